//! Tags.

use super::any_case::same;

/// Most name and value pairs on one resource (Azure docs, "Use tags to organize your Azure resources", Limitations).
pub const TAGS_MAX: usize = 50;
/// Most characters of a tag's name (the same page).
pub const TAG_NAME_MAX: usize = 512;
/// Most characters of a tag's value (the same page).
pub const TAG_VALUE_MAX: usize = 256;
/// Characters that no tag name may hold (the same page); control characters are refused as well.
pub const TAG_NAME_FORBIDDEN: [char; 7] = ['<', '>', '%', '&', '\\', '?', '/'];

/// Beginnings of tag names that Azure keeps for itself, in any case (known from the portal, in no public page).
pub const TAG_NAME_RESERVED: [&str; 3] = ["microsoft", "azure", "windows"];

/// A tag's name: 1 to 512 characters, none of them forbidden or a control character.
#[derive(Clone, Debug)]
pub struct TagName(String);

/// A tag's value: at most 256 characters of any kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagValue(String);

/// Why a text is not a tag's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TagNameProblem {
    /// Nothing was typed.
    Empty,
    /// More than [`TAG_NAME_MAX`] characters; holds how many there are.
    TooLong(usize),
    /// Characters that may not stand in it, each once, in the order typed.
    BadCharacters(Vec<char>),
}

impl TagName {
    /// The name written in `text`.
    ///
    /// # Errors
    /// All reasons why ARM would refuse it.
    pub fn parse(text: &str) -> Result<Self, Vec<TagNameProblem>> {
        let length = text.chars().count();
        let mut problems = Vec::new();
        let mut bad = Vec::new();
        for letter in text.chars().filter(|letter| TAG_NAME_FORBIDDEN.contains(letter) || letter.is_control()) {
            if !bad.contains(&letter) {
                bad.push(letter);
            }
        }
        if length == 0 {
            problems.push(TagNameProblem::Empty);
        }
        if !bad.is_empty() {
            problems.push(TagNameProblem::BadCharacters(bad));
        }
        if length > TAG_NAME_MAX {
            problems.push(TagNameProblem::TooLong(length));
        }
        if problems.is_empty() { Ok(Self(text.to_owned())) } else { Err(problems) }
    }

    /// The name as typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

// ARM compares tag names without regard to case.
impl PartialEq for TagName {
    fn eq(&self, other: &Self) -> bool {
        same(&self.0, &other.0)
    }
}

impl Eq for TagName {}

impl TagValue {
    /// The value written in `text`.
    ///
    /// # Errors
    /// How many characters there are, where they are more than [`TAG_VALUE_MAX`].
    pub fn parse(text: &str) -> Result<Self, usize> {
        let length = text.chars().count();
        if length > TAG_VALUE_MAX { Err(length) } else { Ok(Self(text.to_owned())) }
    }

    /// The value as typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The tags of a resource: at most [`TAGS_MAX`] pairs, each name once, in the order typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tags(Vec<(TagName, TagValue)>);

impl Tags {
    /// Adds a pair. `false`, and nothing added, where the name is already there or there are too many.
    pub fn add(&mut self, name: TagName, value: TagValue) -> bool {
        let fits = self.0.len() < TAGS_MAX && self.0.iter().all(|(known, _)| *known != name);
        if fits {
            self.0.push((name, value));
        }
        fits
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Names and values, in the order typed.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_every_reason() {
        let table = [("", vec![TagNameProblem::Empty]), ("a/b<\n", vec![TagNameProblem::BadCharacters(vec!['/', '<', '\n'])])];
        for (text, problems) in table {
            assert_eq!(TagName::parse(text).err(), Some(problems), "{text}");
        }
        assert!(TagName::parse("cost centre: \"a\" $x").is_ok());
        assert_eq!(TagName::parse(&"n".repeat(513)).err(), Some(vec![TagNameProblem::TooLong(513)]));
        assert_eq!(TagValue::parse(&"v".repeat(257)), Err(257));
    }

    #[test]
    fn a_name_stands_once_in_any_case() {
        let tag = |name, value| (TagName::parse(name).expect("a name"), TagValue::parse(value).expect("a value"));
        let mut tags = Tags::default();
        let (name, value) = tag("Env", "prod");
        assert!(tags.add(name, value));
        let (name, value) = tag("ENV", "test");
        assert!(!tags.add(name, value));
        assert_eq!(tags.iter().collect::<Vec<_>>(), [("Env", "prod")]);
    }
}
