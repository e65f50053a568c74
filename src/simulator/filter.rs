//! `$filter` of groups and resources: comparisons joined by `and` and `or`, case-insensitive.

use serde_json::Value;

use super::call::Call;
use super::refusal::Refusal;
use super::resource::Tags;

/// A disjunction of conjunctions of comparisons. Empty if there is no filter.
#[derive(Debug, Default)]
pub(crate) struct Filter(Vec<Vec<Comparison>>);

#[derive(Debug)]
struct Comparison {
    /// In lower case.
    field: String,
    how: How,
    value: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    Is,
    IsNot,
    Holds,
    Starts,
}

/// The fields that are compared with an item's tags.
const TAG_NAME: &str = "tagname";
const TAG_VALUE: &str = "tagvalue";

impl Filter {
    /// Parses the filter of `call`, which may use tags and `fields` (in lower case).
    pub(crate) fn of(call: &Call, fields: &[&str]) -> Result<Self, Refusal> {
        let Some(text) = call.query("$filter").filter(|text| !text.trim().is_empty()) else { return Ok(Self::default()) };
        let known = |one: &Comparison| [TAG_NAME, TAG_VALUE].iter().chain(fields).any(|known| *known == one.field);
        read(text).filter(|groups| groups.iter().flatten().all(known)).map(Self).ok_or_else(|| {
            let names = [&["tagName", "tagValue"], fields].concat().join("', '");
            let message = format!("The provided filter '{text}' is not valid. What can be compared is '{names}'.");
            Refusal::new(400, "InvalidFilterInQueryString", &message)
        })
    }

    /// Whether an item matches, with these tags and the values that `field` returns for other fields.
    pub(crate) fn matches<'a>(&self, tags: &Tags, field: impl Fn(&str) -> &'a str) -> bool {
        let matches = |group: &Vec<Comparison>| {
            let (about_tags, others): (Vec<_>, Vec<_>) = group.iter().partition(|one| one.field == TAG_NAME || one.field == TAG_VALUE);
            let tagged = |(name, value): (&String, &Value)| {
                let matches =
                    |one: &&Comparison| one.matches(if one.field == TAG_NAME { name } else { value.as_str().unwrap_or_default() });
                about_tags.iter().all(matches)
            };
            (about_tags.is_empty() || tags.iter().any(tagged)) && others.iter().all(|one| one.matches(field(&one.field)))
        };
        self.0.is_empty() || self.0.iter().any(matches)
    }
}

impl Comparison {
    fn matches(&self, found: &str) -> bool {
        // Tag values are compared case-sensitively.
        let plain = |text: &str| if self.field == TAG_VALUE { text.to_owned() } else { text.to_lowercase() };
        let (found, wanted) = (plain(found), plain(&self.value));
        match self.how {
            How::Is => found == wanted,
            How::IsNot => found != wanted,
            How::Holds => found.contains(&wanted),
            How::Starts => found.starts_with(&wanted),
        }
    }
}

fn read(text: &str) -> Option<Vec<Vec<Comparison>>> {
    let mut groups = vec![Vec::new()];
    let mut rest = text.trim();
    loop {
        let (comparison, after) = comparison(rest)?;
        groups.last_mut()?.push(comparison);
        rest = after.trim_start();
        if rest.is_empty() {
            return Some(groups);
        }
        let (word, after) = rest.split_once(' ')?;
        match word.to_ascii_lowercase().as_str() {
            "and" => {}
            "or" => groups.push(Vec::new()),
            _ => return None,
        }
        rest = after.trim_start();
    }
}

/// Parses `field eq 'x'`, `field ne 'x'`, `substringof('x', field)` or `startswith(field, 'x')`; also returns the rest.
fn comparison(text: &str) -> Option<(Comparison, &str)> {
    let made = |field: &str, how, value| Comparison { field: field.trim().to_lowercase(), how, value };
    let (function, inside) = text.split_once('(').unwrap_or_default();
    match function.trim().to_ascii_lowercase().as_str() {
        "substringof" => {
            let (value, rest) = literal(inside)?;
            let (field, rest) = rest.trim_start().strip_prefix(',')?.split_once(')')?;
            Some((made(field, How::Holds, value), rest))
        }
        "startswith" => {
            let (field, rest) = inside.split_once(',')?;
            let (value, rest) = literal(rest)?;
            Some((made(field, How::Starts, value), rest.trim_start().strip_prefix(')')?))
        }
        _ => {
            let (field, rest) = text.split_once(' ')?;
            let (operator, rest) = rest.trim_start().split_once(' ')?;
            let how = match operator.to_ascii_lowercase().as_str() {
                "eq" => How::Is,
                "ne" => How::IsNot,
                _ => return None,
            };
            let (value, rest) = literal(rest)?;
            Some((made(field, how, value), rest))
        }
    }
}

/// Parses a quoted string, in which `''` is a quote; also returns the rest.
fn literal(text: &str) -> Option<(String, &str)> {
    let mut rest = text.trim_start().strip_prefix('\'')?;
    let mut value = String::new();
    loop {
        let (part, after) = rest.split_once('\'')?;
        value.push_str(part);
        match after.strip_prefix('\'') {
            Some(more) => {
                value.push('\'');
                rest = more;
            }
            None => return Some((value, after)),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn matches(filter: &str) -> Option<bool> {
        let tags = json!({ "Environment": "Production", "Owner": "it's and me" });
        let field = |name: &str| if name == "name" { "uami-Web" } else { "eastus" };
        read(filter).map(|groups| Filter(groups).matches(tags.as_object().expect("tags"), field))
    }

    #[test]
    fn compares() {
        for (filter, expected) in [
            ("name eq 'UAMI-web'", Some(true)),
            ("name ne 'uami-web'", Some(false)),
            ("location eq 'eastus' and name eq 'other'", Some(false)),
            ("location eq 'westus' or name eq 'uami-web'", Some(true)),
            ("substringof('web', name)", Some(true)),
            ("substringof('x',name) or startswith(name, 'uami')", Some(true)),
            ("tagName eq 'environment'", Some(true)),
            ("tagName eq 'environment' and tagValue eq 'Production'", Some(true)),
            ("tagName eq 'environment' and tagValue eq 'production'", Some(false)),
            ("tagName eq 'owner' and tagValue eq 'it''s and me' and name eq 'uami-web'", Some(true)),
            ("tagName eq 'environment' and tagValue eq 'it''s and me'", Some(false)),
            ("startswith(tagName, 'env')", Some(true)),
            ("name eq uami", None),
            ("name gt 'a'", None),
            ("name eq 'a", None),
            ("name eq 'a' but", None),
            ("name eq 'a' but name eq 'b'", None),
            ("substringof('a', name", None),
            ("name", None),
        ] {
            assert_eq!(matches(filter), expected, "{filter}");
        }
    }
}
