//! The draft as the tab keeps it: pairs like an address's query, since a reader of JSON would weigh more than the form's check.

use super::draft::{Draft, TagRow};
use crate::arm::percent::{encode, pairs};

const SUBSCRIPTION: &str = "subscription";
const GROUP: &str = "resourceGroup";
const GROUP_IS_NEW: &str = "groupIsNew";
const TAG_GROUP: &str = "tagGroup";
const REGION: &str = "region";
const REGION_CHOSEN: &str = "regionChosen";
const NAME: &str = "name";
const ISOLATION_SCOPE: &str = "isolationScope";
const RESTRICTION: &str = "restriction";
const TAG_NAME: &str = "tagName";
const TAG_VALUE: &str = "tagValue";
const DIRECT: &str = "direct";

/// `draft` as text.
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
    push(SUBSCRIPTION, &draft.subscription);
    push(GROUP, &draft.resource_group);
    push(REGION, &draft.region);
    push(NAME, &draft.name);
    push(ISOLATION_SCOPE, &draft.isolation_scope);
    for (key, set) in [(GROUP_IS_NEW, draft.group_is_new), (REGION_CHOSEN, draft.region_chosen), (DIRECT, draft.direct)] {
        if set {
            push(key, "");
        }
    }
    if let Some(tagged) = draft.tag_group {
        push(TAG_GROUP, if tagged { "true" } else { "false" });
    }
    for restriction in &draft.restrictions {
        push(RESTRICTION, restriction);
    }
    for tag in &draft.tags {
        push(TAG_NAME, &tag.name);
        push(TAG_VALUE, &tag.value);
    }
    text
}

/// The draft of such a text. What it does not know it leaves out.
pub fn read(text: &str) -> Draft {
    let mut draft = Draft::default();
    for (key, value) in pairs(text) {
        match key.as_str() {
            SUBSCRIPTION => draft.subscription = value,
            GROUP => draft.resource_group = value,
            REGION => draft.region = value,
            NAME => draft.name = value,
            ISOLATION_SCOPE => draft.isolation_scope = value,
            GROUP_IS_NEW => draft.group_is_new = true,
            TAG_GROUP => draft.tag_group = Some(value == "true"),
            REGION_CHOSEN => draft.region_chosen = true,
            DIRECT => draft.direct = true,
            RESTRICTION => draft.restrictions.push(value),
            TAG_NAME => draft.tags.push(TagRow { name: value, value: String::new() }),
            TAG_VALUE => {
                if let Some(tag) = draft.tags.last_mut() {
                    tag.value = value;
                }
            }
            _ => {}
        }
    }
    draft
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_again() {
        let row = |name: &str, value: &str| TagRow { name: name.into(), value: value.into() };
        let full = Draft {
            subscription: "3f6a1c52-8d04-4b7e-9a35-c1e2d70b4f01".into(),
            resource_group: "(Größe) & more".into(),
            group_is_new: true,
            tag_group: Some(false),
            region: "eastus".into(),
            region_chosen: true,
            name: "uami=1+2%20".into(),
            isolation_scope: "Regional".into(),
            restrictions: vec!["Microsoft.Storage".into(), "Microsoft.Web/sites".into()],
            tags: vec![row("Env", "a&b=\n\"'"), row("", "value alone"), row("", "")],
            direct: true,
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
