//! Tags.

use super::any_case::same;

/// Maximum number of tags on one resource (Azure docs, "Use tags to organize your Azure resources", Limitations).
pub const TAGS_MAX: usize = 50;
/// Maximum length of a tag name in characters (the same page).
pub const TAG_NAME_MAX: usize = 512;
/// Maximum length of a tag value in characters (the same page).
pub const TAG_VALUE_MAX: usize = 256;
/// Characters not allowed in a tag name (the same page); control characters are refused as well.
pub const TAG_NAME_FORBIDDEN: [char; 7] = ['<', '>', '%', '&', '\\', '?', '/'];

/// Tag name prefixes reserved by Azure, in any case (known from the portal, on no public page).
pub const TAG_NAME_RESERVED: [&str; 3] = ["microsoft", "azure", "windows"];

/// A tag's name: 1 to 512 characters, none of them forbidden or a control character.
#[derive(Clone, Debug)]
pub struct TagName(String);

/// A tag's value: at most 256 characters of any kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagValue(String);

/// Why a tag name is invalid; every reason that applies is reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TagNameProblem {
    Empty,
    /// More than [`TAG_NAME_MAX`] characters; holds the length.
    TooLong(usize),
    /// Characters that are not allowed, each once, in the order typed.
    BadCharacters(Vec<char>),
}

impl TagName {
    /// # Errors
    /// All reasons why ARM would refuse the name.
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

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

// ARM compares tag names case-insensitively.
impl PartialEq for TagName {
    fn eq(&self, other: &Self) -> bool {
        same(&self.0, &other.0)
    }
}

impl Eq for TagName {}

impl TagValue {
    /// # Errors
    /// The length in characters, if it is more than [`TAG_VALUE_MAX`].
    pub fn parse(text: &str) -> Result<Self, usize> {
        let length = text.chars().count();
        if length > TAG_VALUE_MAX { Err(length) } else { Ok(Self(text.to_owned())) }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The tags of a resource: at most [`TAGS_MAX`] pairs with unique names, in the order typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tags(Vec<(TagName, TagValue)>);

impl Tags {
    /// Adds a pair. Returns `false` and adds nothing if the name exists or the limit is reached.
    pub fn add(&mut self, name: TagName, value: TagValue) -> bool {
        let fits = self.0.len() < TAGS_MAX && self.0.iter().all(|(known, _)| *known != name);
        if fits {
            self.0.push((name, value));
        }
        fits
    }

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
    fn reports_every_problem_of_a_name() {
        let table = [("", vec![TagNameProblem::Empty]), ("a/b<\n", vec![TagNameProblem::BadCharacters(vec!['/', '<', '\n'])])];
        for (text, problems) in table {
            assert_eq!(TagName::parse(text).err(), Some(problems), "{text}");
        }
        assert!(TagName::parse("cost centre: \"a\" $x").is_ok());
        assert_eq!(TagName::parse(&"n".repeat(513)).err(), Some(vec![TagNameProblem::TooLong(513)]));
        assert_eq!(TagValue::parse(&"v".repeat(257)), Err(257));
    }

    #[test]
    fn names_are_unique_case_insensitively() {
        let tag = |name, value| (TagName::parse(name).expect("a name"), TagValue::parse(value).expect("a value"));
        let mut tags = Tags::default();
        let (name, value) = tag("Env", "prod");
        assert!(tags.add(name, value));
        let (name, value) = tag("ENV", "test");
        assert!(!tags.add(name, value));
        assert_eq!(tags.iter().collect::<Vec<_>>(), [("Env", "prod")]);
    }
}
