//! The form's values as exchanged with a host page. A host's values are treated like a link's: overlong ones are truncated, and
//! the rest is checked as if typed.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Error, IgnoredAny, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::provisioning::draft::{Draft, ENTRIES_MAX, TagRow, truncated};
use crate::provisioning::field::description::{Kind, Spelling};
use crate::provisioning::field::{FIELDS, Field};

/// Whether the group is created with the identity.
const NEW_GROUP: &str = "newResourceGroup";
/// Whether the new group gets the tags, too. If absent: when a policy requires tags on groups.
const TAG_GROUP: &str = "tagResourceGroup";

/// The form's values, under the keys of their fields. Empty ones are omitted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values {
    /// Everything except the tags.
    draft: Draft,
    /// Tags by name.
    tags: BTreeMap<String, String>,
}

impl Values {
    /// The values of `draft`.
    pub fn of(draft: &Draft) -> Self {
        let rows = draft.tags.iter().filter(|row| !row.name.is_empty());
        let tags = rows.map(|row| (row.name.clone(), row.value.clone())).collect();
        let tag_group = draft.tag_group.filter(|_| draft.group_is_new);
        let said = Draft { tag_group, tags: Vec::new(), region_chosen: false, direct: false, ..draft.clone() };
        Self { draft: said, tags }
    }

    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Copies the values that are present into `draft`; the rest of it is unchanged.
    pub fn fill(&self, draft: &mut Draft) {
        for known in FIELDS.iter().filter(|known| self.draft.has(known.field)) {
            let field = known.field;
            if let Some(list) = draft.list_mut(field) {
                *list = self.draft.list(field).iter().take(ENTRIES_MAX).map(truncated).collect();
                continue;
            }
            let text = truncated(self.draft.value(field));
            let parsed = if known.host == Spelling::Normalized { (known.parse)(&text) } else { None };
            draft.choose(field, parsed.unwrap_or(text));
            if field == Field::ResourceGroup {
                draft.group_is_new = self.draft.group_is_new;
                draft.tag_group = self.draft.tag_group.filter(|_| draft.group_is_new);
            }
        }
        for (name, value) in self.tags.iter().filter(|(name, _)| !name.is_empty()) {
            let (name, value) = (truncated(name), truncated(value));
            if let Some(row) = draft.tags.iter_mut().find(|row| row.name.eq_ignore_ascii_case(&name)) {
                row.value = value;
            } else if draft.tags.len() < ENTRIES_MAX {
                draft.tags.push(TagRow { name, value });
            }
        }
    }

    /// The values of these fields alone.
    #[must_use]
    pub fn only(&self, fields: &[Field]) -> Self {
        let mut only = Self::default();
        for field in fields {
            if let Some(text) = only.draft.value_mut(*field) {
                self.draft.value(*field).clone_into(text);
            } else if let Some(list) = only.draft.list_mut(*field) {
                self.draft.list(*field).clone_into(list);
            } else {
                only.tags.clone_from(&self.tags);
            }
            if *field == Field::ResourceGroup {
                only.draft.group_is_new = self.draft.group_is_new;
                only.draft.tag_group = self.draft.tag_group;
            }
        }
        only
    }

    /// Whether a field can be locked: it has a value, or needs none.
    pub fn says(&self, field: Field) -> bool {
        let known = field.description();
        match known.kind {
            Kind::Tags => !self.tags.is_empty(),
            // Nothing chosen may be a choice.
            Kind::Text | Kind::List { .. } => known.blank.is_some() || self.draft.has(field),
        }
    }
}

impl Serialize for Values {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for known in &FIELDS {
            match known.kind {
                Kind::Tags if self.tags.is_empty() => {}
                Kind::Tags => map.serialize_entry(known.key, &self.tags)?,
                _ if !self.draft.has(known.field) => {}
                Kind::List { .. } => map.serialize_entry(known.key, self.draft.list(known.field))?,
                Kind::Text => map.serialize_entry(known.key, self.draft.value(known.field))?,
            }
            if known.field == Field::ResourceGroup {
                if self.draft.group_is_new {
                    map.serialize_entry(NEW_GROUP, &true)?;
                }
                if let Some(tagged) = self.draft.tag_group {
                    map.serialize_entry(TAG_GROUP, &tagged)?;
                }
            }
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Values {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Read)
    }
}

struct Read;

impl<'de> Visitor<'de> for Read {
    type Value = Values;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the values of the form")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Values, A::Error> {
        let mut values = Values::default();
        let mut keys = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            let field = Field::of_key(&key).map(|known| known.field);
            if let Some(text) = field.and_then(|field| values.draft.value_mut(field)) {
                *text = map.next_value()?;
            } else if let Some(list) = field.and_then(|field| values.draft.list_mut(field)) {
                *list = map.next_value()?;
            } else if field.is_some() {
                values.tags = map.next_value()?;
            } else if key == NEW_GROUP {
                values.draft.group_is_new = map.next_value()?;
            } else if key == TAG_GROUP {
                values.draft.tag_group = map.next_value()?;
            } else {
                map.next_value::<IgnoredAny>()?;
                continue;
            }
            if keys.contains(&key) {
                return Err(A::Error::custom("a key twice"));
            }
            keys.push(key);
        }
        Ok(values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provisioning::draft::VALUE_MAX;

    fn row(name: &str, value: &str) -> TagRow {
        TagRow { name: name.into(), value: value.into() }
    }

    #[test]
    fn values_go_there_and_back() {
        let draft =
            Draft { group_is_new: true, tag_group: Some(true), tags: vec![row("Env", "prod"), row("__proto__", "x")], ..Draft::example() };
        let mut back = Draft::default();
        let values = Values::of(&draft);
        let sent = serde_json::to_string(&values).expect("JSON");
        assert_eq!(serde_json::from_str::<Values>(&sent).expect("values"), values);
        values.fill(&mut back);
        assert_eq!(back, draft);
        let all: Vec<Field> = FIELDS.iter().map(|known| known.field).collect();
        assert_eq!(values.only(&all), values);
        assert!(FIELDS.iter().all(|known| values.says(known.field) && !values.only(&[known.field]).is_empty()));
    }

    #[test]
    fn absent_values_stay_and_overlong_ones_are_truncated() {
        let mut draft = Draft { name: "kept".into(), tags: vec![row("env", "")], ..Draft::default() };
        Values::default().fill(&mut draft);
        assert_eq!(draft.name, "kept");
        let mut values = Values::of(&Draft { region: "East US".into(), name: "x".repeat(1_000_000), ..Draft::default() });
        values.tags = (0..10_000).map(|number| (number.to_string(), String::new())).collect();
        values.tags.insert("Env".into(), "prod".into());
        values.fill(&mut draft);
        assert_eq!((draft.name.len(), draft.region.as_str(), draft.tags.len()), (VALUE_MAX, "eastus", ENTRIES_MAX));
        assert!(draft.tags.contains(&row("env", "prod")));
    }

    #[test]
    fn what_is_not_of_this_shape_is_refused() {
        let read = |text: &str| serde_json::from_str::<Values>(text).ok();
        assert_eq!(
            read(r#"{"name":"a","later":{"x":[1]},"tagResourceGroup":null}"#),
            Some(Values::of(&Draft { name: "a".into(), ..Draft::default() }))
        );
        for text in
            [r#"{"name":1}"#, r#"{"name":null}"#, r#"{"restrictions":"a"}"#, r#"{"tags":[]}"#, r#"{"name":"a","name":"b"}"#, "[]", "null"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_host_names_fields_by_their_keys() {
        for name in ["", "Name", "__proto__", "resource-group", "direct", "newResourceGroup"] {
            assert!(Field::of_key(name).is_none(), "{name}");
        }
        assert_eq!(Field::of_control("tag-value-3"), Some(Field::Tags));
        assert_eq!(Field::of_control("new-group-name"), None);
    }
}
