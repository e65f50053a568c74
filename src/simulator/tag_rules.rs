//! Azure's limits on tags, in ARM's words when a resource breaks one.

use serde_json::Value;

use super::refusal::Refusal;
use super::resource::Tags;
use crate::arm::tags::{TAG_NAME_FORBIDDEN, TAG_NAME_MAX, TAG_VALUE_MAX, TAGS_MAX};

/// Parses a body's `tags`; empty if there are none.
pub(crate) fn read(tags: &Value) -> Result<Tags, Refusal> {
    let Some(tags) = tags.as_object() else {
        return match tags {
            Value::Null => Ok(Tags::new()),
            _ => Err(Refusal::bad_content("The request content was invalid and could not be deserialized: 'The tags are not an object.'.")),
        };
    };
    if tags.len() > TAGS_MAX {
        let message = format!("Too many tags specified. Maximum number of tags allowed are '{TAGS_MAX}'.");
        return Err(Refusal::new(400, "TooManyTags", &message));
    }
    let mut read = Tags::new();
    for (name, value) in tags {
        let Some(text) = value.as_str() else {
            let message =
                format!("The request content was invalid and could not be deserialized: 'The value of the tag '{name}' is not a string.'.");
            return Err(Refusal::bad_content(&message));
        };
        check(name, text)?;
        if read.keys().any(|known| known.to_lowercase() == name.to_lowercase()) {
            let message = format!("The tag name '{name}' is given twice. Tag names are case-insensitive.");
            return Err(Refusal::new(400, "InvalidTagName", &message));
        }
        read.insert(name.clone(), value.clone());
    }
    Ok(read)
}

fn check(name: &str, value: &str) -> Result<(), Refusal> {
    if name.is_empty() || name.chars().any(|letter| TAG_NAME_FORBIDDEN.contains(&letter) || letter.is_control()) {
        let message = format!("The tag names '{name}' have reserved characters '<,>,%,&,\\,?,/' or control characters.");
        return Err(Refusal::new(400, "InvalidTagNameCharacters", &message));
    }
    if name.chars().count() > TAG_NAME_MAX {
        let message = format!(
            "Tag name too large. Following tag name '{name}' exceeded the maximum length. Maximum allowed length for tag name - '{TAG_NAME_MAX}' characters."
        );
        return Err(Refusal::new(400, "InvalidTagNameLength", &message));
    }
    if value.chars().count() > TAG_VALUE_MAX {
        let message = format!(
            "Tag value too large. Following tag value '{value}' exceeded the maximum length. Maximum allowed length for tag value - '{TAG_VALUE_MAX}' characters."
        );
        return Err(Refusal::new(400, "InvalidTagValueLength", &message));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn enforces_the_limits() {
        let many: Tags = (0..51).map(|number| (format!("tag{number}"), Value::from(""))).collect();
        for (tags, code) in [
            (json!({ "a/b": "" }), "InvalidTagNameCharacters"),
            (json!({ "": "" }), "InvalidTagNameCharacters"),
            (json!({ "n".repeat(513): "" }), "InvalidTagNameLength"),
            (json!({ "n": "v".repeat(257) }), "InvalidTagValueLength"),
            (json!({ "Env": "", "env": "" }), "InvalidTagName"),
            (json!({ "n": 3 }), "InvalidRequestContent"),
            (json!([]), "InvalidRequestContent"),
            (Value::Object(many), "TooManyTags"),
        ] {
            assert_eq!(read(&tags).map_err(|refusal| refusal.code().to_owned()), Err(code.to_owned()));
        }
        assert_eq!(read(&Value::Null).map(|tags| tags.len()).ok(), Some(0));
        assert_eq!(read(&json!({ "ключ": "v".repeat(256) })).map(|tags| tags.len()).ok(), Some(1));
    }
}
