//! What Create would change in an existing identity: before and after, for each property and tag.
//!
//! ARM replaces the tags as a whole. Properties that are not sent stay, and those at their default are not sent (`template.rs`).

use super::check::Knowledge;
use super::draft::Draft;
use super::field::{Field, PROPERTIES};
use crate::arm::any_case::same;
use crate::arm::location;
use crate::arm::managed_identity::{IdentityProperties, ManagedIdentity};
use crate::messages::{self, Message};

/// The change to a property or tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    None,
    Added,
    Changed,
    Removed,
}

impl Change {
    pub fn label(self) -> Message {
        match self {
            Self::None => messages::UNCHANGED,
            Self::Added => messages::ADDED,
            Self::Changed => messages::CHANGED,
            Self::Removed => messages::REMOVED,
        }
    }

    fn of(before: &str, after: &str) -> Self {
        if before == after { Self::None } else { Self::Changed }
    }
}

/// The row of a property or tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DifferenceRow {
    pub label: String,
    /// The current value; empty if there is none.
    pub before: String,
    /// The new value; empty if there is none.
    pub after: String,
    pub change: Change,
}

/// The rows of an identity, properties first.
pub fn difference(existing: &ManagedIdentity, draft: &Draft, known: &Knowledge) -> Vec<DifferenceRow> {
    let row = |field: Field, before: String, after: String| {
        let change = Change::of(&before, &after);
        DifferenceRow { label: field.label(), before, after, change }
    };
    let region = |name: &str| location::display_name(known.regions.as_deref().unwrap_or_default(), name).to_owned();
    let mut rows = vec![row(Field::Region, region(existing.location.as_str()), region(&draft.region))];
    for property in &PROPERTIES {
        let mut wanted = IdentityProperties::default();
        // Invalid values are blocked elsewhere.
        (property.read)(draft, &mut wanted);
        let (before, after) = ((property.values)(&existing.properties), (property.values)(&wanted));
        let is_same = after.len() == before.len() && after.iter().all(|one| before.iter().any(|other| same(one, other)));
        let after = if after.is_empty() || is_same { &before } else { &after };
        let joined = |values: &[&str]| property.joined(values.iter().map(|&value| value.to_owned()).collect());
        rows.push(row(property.field, joined(&before), joined(after)));
    }
    let tag = |name: &str| messages::TAG_CALLED.with([name]).text();
    for (name, before) in existing.tags.iter() {
        let after = draft.tags.iter().find(|row| same(&row.name, name)).map(|row| row.value.as_str());
        let change = after.map_or(Change::Removed, |after| Change::of(before, after));
        rows.push(DifferenceRow { label: tag(name), before: before.to_owned(), after: after.unwrap_or_default().to_owned(), change });
    }
    for new in draft.tags.iter().filter(|row| !row.is_blank()) {
        if !existing.tags.iter().any(|(name, _)| same(name, &new.name)) {
            rows.push(DifferenceRow { label: tag(&new.name), before: String::new(), after: new.value.clone(), change: Change::Added });
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::arm::managed_identity::read;
    use crate::provisioning::draft::TagRow;

    #[test]
    fn every_property_and_tag_has_its_before_and_after() {
        let mut existing = read(&json!({
            "id": "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami",
            "name": "uami", "location": "eastus", "tags": { "Env": "test", "owner": "web", "same": "x" },
            "properties": {
                "tenantId": "11111111-2222-3333-4444-555555555551", "principalId": "11111111-2222-3333-4444-555555555552",
                "clientId": "11111111-2222-3333-4444-555555555553",
                "assignmentRestrictions": { "providers": ["Microsoft.Compute", "Microsoft.Storage"] },
            },
        }))
        .expect("an identity");
        // Everything the identity has, except the restrictions.
        let restrictions = std::mem::take(&mut existing.properties.restrictions);
        for property in &PROPERTIES {
            (property.read)(&Draft::example(), &mut existing.properties);
        }
        existing.properties.restrictions = restrictions;
        let tag = |name: &str, value: &str| TagRow { name: name.into(), value: value.into() };
        let draft = Draft {
            region: "eastus".into(),
            restrictions: vec!["Microsoft.Web/sites".into()],
            tags: vec![tag("ENV", "prod"), tag("same", "x"), tag("new", ""), tag("", "")],
            ..Draft::default()
        };
        let rows = difference(&existing, &draft, &Knowledge::default());
        let scope = PROPERTIES[0].field.label();
        let told: Vec<_> = rows.iter().map(|row| (row.label.as_str(), row.before.as_str(), row.after.as_str(), row.change)).collect();
        assert_eq!(
            told,
            [
                ("Region", "eastus", "eastus", Change::None),
                (scope.as_str(), "Regional", "Regional", Change::None),
                ("Resource restrictions", "Microsoft.Compute, Microsoft.Storage", "Microsoft.Web/sites", Change::Changed),
                ("Tag Env", "test", "prod", Change::Changed),
                ("Tag owner", "web", "", Change::Removed),
                ("Tag same", "x", "x", Change::None),
                ("Tag new", "", "", Change::Added),
            ]
        );
        // The order does not matter.
        let draft = Draft { restrictions: vec!["microsoft.storage".into(), "Microsoft.Compute/*".into()], ..draft };
        assert_eq!(difference(&existing, &draft, &Knowledge::default())[2].change, Change::None);
    }
}
