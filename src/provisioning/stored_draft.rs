//! The draft as stored in the tab: key-value pairs like a query string, since a JSON parser would be larger than the form's check.

use super::draft::{Draft, TagRow};
use super::field::FIELDS;
use super::field::description::Kind;
use crate::arm::percent::{encode, pairs};

// The keys of values that accompany a field, and of the rows of tags.
const GROUP_IS_NEW: &str = "groupIsNew";
const TAG_GROUP: &str = "tagGroup";
const REGION_CHOSEN: &str = "regionChosen";
const TAG_NAME: &str = "tagName";
const TAG_VALUE: &str = "tagValue";
const DIRECT: &str = "direct";
const ACCESS: &str = "access";

/// Serialises `draft`.
pub fn write(draft: &Draft) -> String {
    let mut text = String::new();
    let mut push = |key: &str, value: &str| {
        if !text.is_empty() {
            text.push('&');
        }
        text.push_str(key);
        text.push('=');
        text.push_str(&encode(value));
    };
    for field in FIELDS.iter().filter(|field| field.kind == Kind::Text) {
        push(field.key, draft.value(field.field));
    }
    for (key, set) in [(GROUP_IS_NEW, draft.group_is_new), (REGION_CHOSEN, draft.region_chosen), (DIRECT, draft.direct)] {
        if set {
            push(key, "");
        }
    }
    if let Some(tagged) = draft.tag_group {
        push(TAG_GROUP, if tagged { "true" } else { "false" });
    }
    for field in &FIELDS {
        if let Kind::List { entry } = field.kind {
            draft.list(field.field).iter().for_each(|text| push(entry, text));
        }
    }
    if !draft.access.is_empty() {
        push(ACCESS, &draft.access);
    }
    for tag in &draft.tags {
        push(TAG_NAME, &tag.name);
        push(TAG_VALUE, &tag.value);
    }
    text
}

/// Parses a stored draft. Unknown keys are ignored.
pub fn read(text: &str) -> Draft {
    let mut draft = Draft::default();
    for (key, value) in pairs(text) {
        match key.as_str() {
            GROUP_IS_NEW => draft.group_is_new = true,
            TAG_GROUP => draft.tag_group = Some(value == "true"),
            REGION_CHOSEN => draft.region_chosen = true,
            DIRECT => draft.direct = true,
            ACCESS => draft.access = value,
            TAG_NAME => draft.tags.push(TagRow { name: value, value: String::new() }),
            TAG_VALUE => {
                if let Some(tag) = draft.tags.last_mut() {
                    tag.value = value;
                }
            }
            key => read_field(&mut draft, key, value),
        }
    }
    draft
}

fn read_field(draft: &mut Draft, key: &str, value: String) {
    for field in &FIELDS {
        match field.kind {
            Kind::Text if field.key == key => {
                if let Some(text) = draft.value_mut(field.field) {
                    *text = value;
                }
                return;
            }
            Kind::List { entry } if entry == key => {
                if let Some(list) = draft.list_mut(field.field) {
                    list.push(value);
                }
                return;
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_again() {
        let row = |name: &str, value: &str| TagRow { name: name.into(), value: value.into() };
        let full = Draft {
            resource_group: "(Größe) & more".into(),
            group_is_new: true,
            tag_group: Some(false),
            name: "uami=1+2%20".into(),
            tags: vec![row("Env", "a&b=\n\"'"), row("", "value alone"), row("", "")],
            direct: true,
            access: "{\"lock\":{\"name\":\"a&b=\"}}".into(),
            ..Draft::example()
        };
        for draft in [full, Draft::default()] {
            assert_eq!(read(&write(&draft)), draft);
        }
    }

    #[test]
    fn another_text_does_no_harm() {
        for text in ["", "&&", "tagValue=x", "{\"name\":\"x\"}", "name", "unknown=1", "%%%=%"] {
            let _ = read(text);
        }
        assert_eq!(read("unknown=1&name=a").name, "a");
    }
}
