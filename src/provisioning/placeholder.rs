//! A plan for an unfinished draft: descriptive placeholders, themselves valid, replace blank or invalid values.

use super::check::{Knowledge, request};
use super::draft::{Draft, TagRow};
use super::field::description::Kind;
use super::field::{FIELDS, Field};
use super::plan::Plan;
use crate::access::draft::AccessDraft;
use crate::arm::tags::{TAGS_MAX, TagName, TagValue};

/// Placeholder for a tag's name; the row number follows.
pub const TAG_NAME: &str = "your-tag-";
/// Placeholder for a tag's value.
pub const TAG_VALUE: &str = "your-value";

/// The plan that a draft would become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sketch {
    pub plan: Plan,
    /// Fields that differ from what was typed, in field order: replaced by a placeholder, or without their unusable entries
    /// (restrictions, and tags beyond [`TAGS_MAX`]).
    pub placeholders: Vec<Field>,
}

/// The plan that `draft` would become. Every invalid field is replaced, so that no draft gives `None`.
pub fn sketch(draft: &Draft, known: &Knowledge) -> Option<Sketch> {
    let mut draft = draft.clone();
    let mut placeholders = Vec::new();
    let mut replace = |text: &mut String, holds: bool, field: Field, placeholder: &str| {
        if !holds {
            placeholder.clone_into(text);
            placeholders.push(field);
        }
    };
    for field in FIELDS.iter().filter(|field| field.kind == Kind::Text) {
        if let Some(text) = draft.value_mut(field.field) {
            let holds = (field.parse)(text).is_some() || text.is_empty() && field.blank.is_some();
            replace(text, holds, field.field, field.placeholder);
        }
    }

    let mut names: Vec<TagName> = Vec::new();
    for (row, tag) in draft.tags.iter_mut().enumerate().filter(|(_, tag)| !tag.is_blank()) {
        let name = TagName::parse(&tag.name).ok().filter(|name| !names.contains(name));
        let mut placeholder = TAG_NAME.to_owned();
        placeholder.push_str(&(row + 1).to_string());
        replace(&mut tag.name, name.is_some(), Field::TagName(row), &placeholder);
        names.extend(name);
        let holds = TagValue::parse(&tag.value).is_ok();
        replace(&mut tag.value, holds, Field::TagValue(row), TAG_VALUE);
    }

    if draft.tags.iter().filter(|tag| !tag.is_blank()).count() > TAGS_MAX {
        placeholders.push(Field::Tags);
        draft.tags.retain(|tag: &TagRow| !tag.is_blank());
        draft.tags.truncate(TAGS_MAX);
    }
    for field in &FIELDS {
        let holds = |text: &String| (field.parse)(text).is_some();
        if let Some(list) = draft.list_mut(field.field).filter(|list| !list.iter().all(holds)) {
            placeholders.push(field.field);
            list.retain(holds);
        }
    }
    placeholders.sort_unstable();
    let access = std::mem::take(&mut draft.access);
    let mut request = request(&draft, known)?;
    request.access = AccessDraft::of_stored(&access).usable();
    Some(Sketch { plan: Plan::new(request), placeholders })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &str, value: &str) -> TagRow {
        TagRow { name: name.into(), value: value.into() }
    }

    #[test]
    fn an_empty_draft_is_all_placeholders() {
        let sketch = sketch(&Draft::default(), &Knowledge::default()).expect("a plan");
        assert_eq!(sketch.placeholders, [Field::Subscription, Field::ResourceGroup, Field::Region, Field::Name]);
        let identity = sketch.plan.identities().next().expect("an identity");
        assert_eq!(
            (identity.name.as_str(), identity.group.as_str(), identity.location.as_str()),
            ("your-identity", "your-resource-group", "eastus")
        );
        assert_eq!(sketch.plan.subscription.as_str(), "00000000-0000-0000-0000-000000000000");
    }

    #[test]
    fn what_holds_stays_and_what_does_not_is_named() {
        let draft = Draft {
            subscription: "x".into(),
            resource_group: "rg.".into(),
            region: "East US".into(),
            name: "uami-apl2003".into(),
            restrictions: vec!["Microsoft.Compute".into(), "compute".into()],
            tags: vec![row("", ""), row("a/b", "1"), row("Env", "prod"), row("ENV", "test"), row("long", &"v".repeat(257))],
            ..Draft::default()
        };
        let sketch = sketch(&draft, &Knowledge::default()).expect("a plan");
        assert_eq!(
            sketch.placeholders,
            [Field::Subscription, Field::ResourceGroup, Field::Restrictions, Field::TagName(1), Field::TagName(3), Field::TagValue(4),]
        );
        let identity = sketch.plan.identities().next().expect("an identity");
        assert_eq!((identity.name.as_str(), identity.location.as_str()), ("uami-apl2003", "eastus"));
        assert_eq!(
            identity.tags.iter().collect::<Vec<_>>(),
            [("your-tag-2", "1"), ("Env", "prod"), ("your-tag-4", "test"), ("long", TAG_VALUE)]
        );
        assert_eq!(identity.properties.restrictions.len(), 1);
    }

    #[test]
    fn tags_beyond_the_limit_are_left_out_and_told() {
        let tags = (0..=TAGS_MAX).map(|row_number| row(&row_number.to_string(), "")).collect();
        let sketch = sketch(&Draft { tags, ..Draft::default() }, &Knowledge::default()).expect("a plan");
        assert!(sketch.placeholders.contains(&Field::Tags));
        assert_eq!(sketch.plan.identities().next().map(|identity| identity.tags.iter().count()), Some(TAGS_MAX));
    }
}
