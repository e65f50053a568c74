//! What a link changed in a draft: shown, confirmed first if it replaces typed values, and undone.

use super::check::Knowledge;
use super::draft::{Draft, TagRow};
use super::field::description::{Description, Kind};
use super::field::{FIELDS, Field};
use super::summary::{group_name, region_name, subscription_name};
use crate::arm::any_case::same;
use crate::arm::location::LocationName;
use crate::arm::regions;
use crate::messages;

/// A field that a link fills, with its old and new value as people know them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    pub label: String,
    /// The old value; empty for none.
    pub before: String,
    /// The link's value.
    pub after: String,
}

/// The fields that links carry, without the tags.
fn carried() -> impl Iterator<Item = &'static Description> {
    FIELDS.iter().filter(|field| field.is_linked())
}

/// What a link changed in `before`.
pub fn filled(before: &Draft, after: &Draft, known: &Knowledge) -> Vec<Filled> {
    let text = |draft: &Draft, field: &Description| match (field.field, &field.kind) {
        (Field::Subscription, _) => subscription_name(draft, known),
        (Field::ResourceGroup, _) if draft.has_content(Field::ResourceGroup) => group_name(draft),
        (Field::Region, _) => region(draft, known),
        (_, Kind::List { .. }) => draft.list(field.field).join(", "),
        (_, Kind::Text | Kind::Tags) => draft.value(field.field).to_owned(),
    };
    let changed = carried().filter(|field| !is_same(before, after, field));
    let mut filled: Vec<Filled> =
        changed.map(|field| Filled { label: field.field.label(), before: text(before, field), after: text(after, field) }).collect();
    for row in after.tags.iter().filter(|row| !row.name.is_empty()) {
        let before = before.tags.iter().find(|other| other.name == row.name).map(|row| row.value.clone());
        // A tag without a value is still filled in.
        if before.as_ref() != Some(&row.value) {
            let label = messages::TAG_CALLED.with([&row.name]).text();
            filled.push(Filled { label, before: before.unwrap_or_default(), after: row.value.clone() });
        }
    }
    filled
}

/// The region's display name, or its name while that is unknown.
fn region(draft: &Draft, known: &Knowledge) -> String {
    let listed = LocationName::parse(&draft.region).filter(|_| known.regions.is_none());
    listed.and_then(|name| regions::display_name(&name)).map_or_else(|| region_name(draft, known), str::to_owned)
}

/// `now` without what a link filled in when it turned `before` into `after`. Later changes stay.
pub fn undone(now: &Draft, before: &Draft, after: &Draft) -> Draft {
    let mut draft = now.clone();
    // The group and the region depend on more than their text, and follow below.
    for field in carried().filter(|field| ![Field::ResourceGroup, Field::Region].contains(&field.field) && is_same(now, after, field)) {
        if let Some(text) = draft.value_mut(field.field) {
            before.value(field.field).clone_into(text);
        }
        if let Some(list) = draft.list_mut(field.field) {
            before.list(field.field).clone_into(list);
        }
    }
    let is_same_group =
        |one: &Draft, other: &Draft| one.group_is_new == other.group_is_new && same(&one.resource_group, &other.resource_group);
    if is_same_group(now, after) && !is_same_group(before, after) {
        draft.resource_group.clone_from(&before.resource_group);
        draft.group_is_new = before.group_is_new;
    }
    // A region that nobody chose follows the group.
    let is_as_filled = if now.region_chosen { now.region == after.region } else { is_same_group(now, after) };
    if is_as_filled {
        draft.region.clone_from(&before.region);
        draft.region_chosen = before.region_chosen;
    }
    for row in after.tags.iter().filter(|row| !row.name.is_empty() && !before.tags.contains(row)) {
        let Some(at) = draft.tags.iter().position(|tag| tag == row) else { continue };
        let tag = draft.tags.remove(at);
        if let Some(was) = before.tags.iter().find(|was| was.name == tag.name) {
            draft.tags.insert(at, was.clone());
        }
    }
    draft
}

/// Whether a link that turned `before` into `after` replaced a typed value: one that was not empty, not derived from another
/// field, and not in `defaults`.
pub fn replaces(before: &Draft, after: &Draft, defaults: &Draft) -> bool {
    let goes = |field: &Description| {
        let is_typed = before.has_content(field.field) && (field.field != Field::Region || before.region_chosen);
        is_typed && !is_same(before, defaults, field) && !is_same(before, after, field)
    };
    let tag = |row: &TagRow| !row.value.is_empty() && !defaults.tags.contains(row) && !after.tags.contains(row);
    carried().any(goes) || before.tags.iter().any(tag)
}

/// Whether two drafts have the same value in a field other than the tags.
fn is_same(one: &Draft, other: &Draft, field: &Description) -> bool {
    one.value(field.field) == other.value(field.field) && one.list(field.field) == other.list(field.field)
}

#[cfg(test)]
mod tests {
    use super::super::link::{fill, query};
    use super::*;
    use crate::arm::guid::Guid;
    use crate::arm::subscription::{Subscription, SubscriptionState};

    #[test]
    fn what_was_typed_is_not_replaced_unasked() {
        let row = |name: &str, value: &str| TagRow { name: name.into(), value: value.into() };
        let defaults = Draft { subscription: "default".into(), tags: vec![row("owner", "default")], ..Draft::default() };
        let typed = Draft {
            name: "mine".into(),
            region: "eastus".into(),
            restrictions: vec!["Microsoft.App".into()],
            tags: vec![row("owner", "default"), row("Env", "test")],
            ..defaults.clone()
        };
        for (query, asks) in [
            ("", false),
            ("name=mine&subscription=other&resourceGroup=RG1&tag.owner=x&tag.new=y", false),
            // The region only followed the group.
            ("region=westus", false),
            ("name=theirs", true),
            ("tag.Env=prod", true),
            ("restrictions=Microsoft.Web", true),
        ] {
            let mut after = typed.clone();
            fill(&mut after, query);
            assert_eq!(replaces(&typed, &after, &defaults), asks, "{query}");
        }
        let mut after = typed.clone();
        fill(&mut after, "name=theirs&tag.new=&tag.Env=test");
        let told: Vec<_> =
            filled(&typed, &after, &Knowledge::default()).into_iter().map(|one| (one.label, one.before, one.after)).collect();
        let line = |label: &str, before: &str, after: &str| (label.to_owned(), before.to_owned(), after.to_owned());
        assert_eq!(told, [line("Name", "mine", "theirs"), line("Tag new", "", "")]);
    }

    #[test]
    fn names_stand_for_ids_once_they_are_known() {
        let id = Guid::parse("11111111-2222-3333-4444-555555555555").expect("an id");
        let subscription =
            Subscription { id: id.clone(), display_name: "Contoso Development".into(), state: SubscriptionState::Enabled, tenant: None };
        let known = Knowledge { subscriptions: Some(vec![subscription].into()), ..Knowledge::default() };
        let before = Draft { resource_group: "rg-new".into(), group_is_new: true, ..Draft::default() };
        let after = Draft { subscription: id.to_string(), resource_group: "RG1".into(), region: "westus".into(), ..Draft::default() };
        let told = |known| filled(&before, &after, known).into_iter().map(|one| [one.before, one.after]).collect::<Vec<_>>();
        assert_eq!(told(&known), [["", "Contoso Development"], ["(New) rg-new", "RG1"], ["", "West US"]]);
        assert_eq!(told(&Knowledge::default())[0], ["", id.as_str()]);
    }

    #[test]
    fn undoing_a_link_keeps_what_was_changed_since() {
        let row = |name: &str, value: &str| TagRow { name: name.into(), value: value.into() };
        let before = Draft {
            subscription: "mine".into(),
            resource_group: "RG1".into(),
            region: "eastus".into(),
            name: "uami-mine".into(),
            tags: vec![row("Env", "test"), row("owner", "me")],
            ..Draft::default()
        };
        let mut after = before.clone();
        let theirs = Draft {
            subscription: "theirs".into(),
            resource_group: "rg2".into(),
            region: String::new(),
            name: "uami-theirs".into(),
            restrictions: vec!["Microsoft.Web".into()],
            tags: vec![row("Env", "prod"), row("new", "x")],
            ..Draft::example()
        };
        fill(&mut after, &query(&theirs));
        assert!(FIELDS.iter().all(|field| field.field == Field::Region || !is_same(&before, &after, field) || field.kind == Kind::Tags));
        assert_eq!(undone(&after, &before, &after), before);
        // The group takes its listed spelling, and the region follows it.
        let followed = Draft { resource_group: "RG2".into(), region: "westus".into(), ..after.clone() };
        assert_eq!(undone(&followed, &before, &after), before);

        let now = Draft {
            name: "uami-typed".into(),
            region: "northeurope".into(),
            region_chosen: true,
            restrictions: vec!["Microsoft.Web".into(), "Microsoft.App".into()],
            tags: vec![row("Env", "typed"), row("owner", "me"), row("new", "x"), row("later", "y")],
            direct: true,
            ..after.clone()
        };
        let kept = Draft {
            name: now.name.clone(),
            region: now.region.clone(),
            region_chosen: true,
            restrictions: now.restrictions.clone(),
            tags: vec![row("Env", "typed"), row("owner", "me"), row("later", "y")],
            direct: true,
            ..before.clone()
        };
        assert_eq!(undone(&now, &before, &after), kept);
        // Another group was chosen since, so the region belongs to that group.
        let other = Draft { resource_group: "rg3".into(), region: "uksouth".into(), ..after.clone() };
        let undone = undone(&other, &before, &after);
        assert_eq!((undone.resource_group.as_str(), undone.region.as_str(), undone.name.as_str()), ("rg3", "uksouth", "uami-mine"));
    }
}
