//! The form's values as exchanged with a host page. A host's values are treated like a link's: overlong ones are truncated, and
//! the rest is checked as if typed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::arm::location::LocationName;
use crate::arm::tags::TAGS_MAX;
use crate::provisioning::draft::{Draft, TagRow};
use crate::provisioning::field::Field;

/// Maximum characters read of a value.
const VALUE_MAX: usize = 1024;
/// Maximum entries read of a list.
const ENTRIES_MAX: usize = 2 * TAGS_MAX;

/// The form's values. Empty ones are omitted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Values {
    /// The subscription's ID.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub subscription: String,
    /// The resource group's name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub resource_group: String,
    /// Whether the group is created with the identity.
    #[serde(skip_serializing_if = "is_false")]
    pub new_resource_group: bool,
    /// Whether the new group gets the tags, too. If absent: when a policy requires tags on groups.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag_resource_group: Option<bool>,
    /// The region's name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub region: String,
    /// The identity's name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// `None` or `Regional`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub isolation_scope: String,
    /// Resource types or providers that may use the identity.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub restrictions: Vec<String>,
    /// Tags by name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub tags: BTreeMap<String, String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

impl Values {
    /// The values of `draft`.
    pub fn of(draft: &Draft) -> Self {
        Self {
            subscription: draft.subscription.clone(),
            resource_group: draft.resource_group.clone(),
            new_resource_group: draft.group_is_new,
            tag_resource_group: draft.tag_group.filter(|_| draft.group_is_new),
            region: draft.region.clone(),
            name: draft.name.clone(),
            isolation_scope: draft.isolation_scope.clone(),
            restrictions: draft.restrictions.clone(),
            tags: draft.tags.iter().filter(|row| !row.name.is_empty()).map(|row| (row.name.clone(), row.value.clone())).collect(),
        }
    }

    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Copies the values that are present into `draft`; the rest of it is unchanged.
    pub fn fill(&self, draft: &mut Draft) {
        let texts = [
            (&mut draft.subscription, &self.subscription),
            (&mut draft.name, &self.name),
            (&mut draft.isolation_scope, &self.isolation_scope),
        ];
        for (to, from) in texts.into_iter().filter(|(_, from)| !from.is_empty()) {
            *to = short(from);
        }
        if !self.resource_group.is_empty() {
            draft.resource_group = short(&self.resource_group);
            draft.group_is_new = self.new_resource_group;
            draft.tag_group = self.tag_resource_group.filter(|_| draft.group_is_new);
        }
        if !self.region.is_empty() {
            let region = short(&self.region);
            draft.region = LocationName::parse(&region).map_or(region, |name| name.as_str().to_owned());
            draft.region_chosen = true;
        }
        if !self.restrictions.is_empty() {
            draft.restrictions = self.restrictions.iter().take(ENTRIES_MAX).map(|text| short(text)).collect();
        }
        for (name, value) in self.tags.iter().filter(|(name, _)| !name.is_empty()) {
            let (name, value) = (short(name), short(value));
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
            match field {
                Field::Subscription => only.subscription.clone_from(&self.subscription),
                Field::ResourceGroup => {
                    only.resource_group.clone_from(&self.resource_group);
                    only.new_resource_group = self.new_resource_group;
                    only.tag_resource_group = self.tag_resource_group;
                }
                Field::Region => only.region.clone_from(&self.region),
                Field::Name => only.name.clone_from(&self.name),
                Field::IsolationScope => only.isolation_scope.clone_from(&self.isolation_scope),
                Field::Restrictions => only.restrictions.clone_from(&self.restrictions),
                Field::Tags | Field::TagName(_) | Field::TagValue(_) => only.tags.clone_from(&self.tags),
            }
        }
        only
    }

    /// Whether a field can be locked: it has a value, or needs none.
    pub fn says(&self, field: Field) -> bool {
        match field {
            Field::Subscription => !self.subscription.is_empty(),
            Field::ResourceGroup => !self.resource_group.is_empty(),
            Field::Region => !self.region.is_empty(),
            Field::Name => !self.name.is_empty(),
            // No selection is a valid choice for these.
            Field::IsolationScope | Field::Restrictions => true,
            Field::Tags | Field::TagName(_) | Field::TagValue(_) => !self.tags.is_empty(),
        }
    }
}

/// The field for a key of [`Values`]; tags as a whole.
pub fn field_named(name: &str) -> Option<Field> {
    Some(match name {
        "subscription" => Field::Subscription,
        "resourceGroup" => Field::ResourceGroup,
        "region" => Field::Region,
        "name" => Field::Name,
        "isolationScope" => Field::IsolationScope,
        "restrictions" => Field::Restrictions,
        "tags" => Field::Tags,
        _ => return None,
    })
}

/// The field for a control's ID.
pub fn field_of_control(id: &str) -> Option<Field> {
    Some(match id {
        "subscription" => Field::Subscription,
        "resource-group" => Field::ResourceGroup,
        "region" => Field::Region,
        "name" => Field::Name,
        "isolation-scope" => Field::IsolationScope,
        "restrictions" => Field::Restrictions,
        _ if id.starts_with("tag-") => Field::Tags,
        _ => return None,
    })
}

fn short(text: &str) -> String {
    text.chars().take(VALUE_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &str, value: &str) -> TagRow {
        TagRow { name: name.into(), value: value.into() }
    }

    #[test]
    fn values_round_trip() {
        let draft = Draft {
            subscription: "11111111-2222-3333-4444-555555555555".into(),
            resource_group: "rg-new".into(),
            group_is_new: true,
            tag_group: Some(true),
            region: "eastus".into(),
            region_chosen: true,
            name: "uami-apl2003".into(),
            isolation_scope: "Regional".into(),
            restrictions: vec!["Microsoft.Web/sites".into()],
            tags: vec![row("Env", "prod"), row("__proto__", "x")],
            direct: false,
        };
        let mut back = Draft::default();
        Values::of(&draft).fill(&mut back);
        assert_eq!(back, draft);
    }

    #[test]
    fn absent_values_stay_and_overlong_ones_are_truncated() {
        let mut draft = Draft { name: "kept".into(), tags: vec![row("env", "")], ..Draft::default() };
        Values::default().fill(&mut draft);
        assert_eq!(draft.name, "kept");
        let mut values = Values { region: "East US".into(), name: "x".repeat(1_000_000), ..Values::default() };
        values.tags = (0..10_000).map(|number| (number.to_string(), String::new())).collect();
        values.tags.insert("Env".into(), "prod".into());
        values.fill(&mut draft);
        assert_eq!((draft.name.len(), draft.region.as_str(), draft.tags.len()), (VALUE_MAX, "eastus", ENTRIES_MAX));
        assert!(draft.tags.contains(&row("env", "prod")));
    }

    #[test]
    fn fields_are_named_like_their_values() {
        let names = ["subscription", "resourceGroup", "region", "name", "isolationScope", "restrictions", "tags"];
        for name in names {
            assert!(field_named(name).is_some(), "{name}");
        }
        for name in ["", "Name", "__proto__", "resource-group", "direct"] {
            assert_eq!(field_named(name), None, "{name}");
        }
        assert_eq!(field_of_control("tag-value-3"), Some(Field::Tags));
        assert_eq!(field_of_control("new-group-name"), None);
    }
}
