//! What a link changed of a draft: told, asked about first where it was typed, and undone.

use super::draft::{Draft, TagRow};
use crate::arm::any_case::same;
use crate::messages::{self, Message};

/// A field that a link fills: its label, what stood there, and what stands there now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    /// The field's label.
    pub label: String,
    /// The value before; empty for none.
    pub before: String,
    /// The link's value.
    pub after: String,
}

/// What a link changed of `before`.
pub fn filled(before: &Draft, after: &Draft) -> Vec<Filled> {
    let label = |message: Message| message.text().into_owned();
    let fields = [
        (messages::SUBSCRIPTION, &before.subscription, &after.subscription),
        (messages::RESOURCE_GROUP, &before.resource_group, &after.resource_group),
        (messages::REGION, &before.region, &after.region),
        (messages::NAME, &before.name, &after.name),
        (messages::ISOLATION_SCOPE, &before.isolation_scope, &after.isolation_scope),
    ];
    let changed = fields.into_iter().filter(|(_, before, after)| before != after);
    let mut filled: Vec<Filled> =
        changed.map(|(name, before, after)| Filled { label: label(name), before: before.clone(), after: after.clone() }).collect();
    let restrictions = |draft: &Draft| draft.restrictions.join(", ");
    if before.restrictions != after.restrictions {
        let label = label(messages::RESOURCE_RESTRICTIONS);
        filled.push(Filled { label, before: restrictions(before), after: restrictions(after) });
    }
    for row in after.tags.iter().filter(|row| !row.name.is_empty()) {
        let before = before.tags.iter().find(|other| other.name == row.name).map(|row| row.value.clone());
        // A tag without a value is filled in all the same.
        if before.as_ref() != Some(&row.value) {
            let label = messages::TAG_CALLED.with([&row.name]).text();
            filled.push(Filled { label, before: before.unwrap_or_default(), after: row.value.clone() });
        }
    }
    filled
}

/// `now` without what a link filled in when it made `after` of `before`. What was changed since stays.
pub fn undone(now: &Draft, before: &Draft, after: &Draft) -> Draft {
    let mut draft = now.clone();
    let texts: [fn(&mut Draft) -> &mut String; 3] =
        [|draft| &mut draft.subscription, |draft| &mut draft.name, |draft| &mut draft.isolation_scope];
    let (mut was, mut filled) = (before.clone(), after.clone());
    for text in texts {
        if text(&mut draft) == text(&mut filled) {
            text(&mut draft).clone_from(text(&mut was));
        }
    }
    let is_same_group =
        |one: &Draft, other: &Draft| one.group_is_new == other.group_is_new && same(&one.resource_group, &other.resource_group);
    if is_same_group(now, after) && !is_same_group(before, after) {
        draft.resource_group.clone_from(&before.resource_group);
        draft.group_is_new = before.group_is_new;
    }
    // A region that nobody chose followed the group.
    let is_as_filled = if now.region_chosen { now.region == after.region } else { is_same_group(now, after) };
    if is_as_filled {
        draft.region.clone_from(&before.region);
        draft.region_chosen = before.region_chosen;
    }
    if now.restrictions == after.restrictions {
        draft.restrictions.clone_from(&before.restrictions);
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

/// Whether a link that made `after` of `before` replaced something that was typed: that was neither empty, nor followed from
/// something else, nor in `defaults`.
pub fn replaces(before: &Draft, after: &Draft, defaults: &Draft) -> bool {
    let texts: [fn(&Draft) -> &String; 4] =
        [|draft| &draft.subscription, |draft| &draft.resource_group, |draft| &draft.name, |draft| &draft.isolation_scope];
    let goes = |text: fn(&Draft) -> &String| {
        let typed = text(before);
        !typed.is_empty() && typed != text(defaults) && typed != text(after)
    };
    let region = before.region_chosen && before.region != defaults.region && before.region != after.region;
    let restrictions = !before.restrictions.is_empty() && before.restrictions != defaults.restrictions;
    let tag = |row: &TagRow| !row.value.is_empty() && !defaults.tags.contains(row) && !after.tags.contains(row);
    texts.into_iter().any(goes) || region || restrictions && before.restrictions != after.restrictions || before.tags.iter().any(tag)
}

#[cfg(test)]
mod tests {
    use super::super::link::fill;
    use super::*;

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
        let told: Vec<_> = filled(&typed, &after).into_iter().map(|one| (one.label, one.before, one.after)).collect();
        let line = |label: &str, before: &str, after: &str| (label.to_owned(), before.to_owned(), after.to_owned());
        assert_eq!(told, [line("Name", "mine", "theirs"), line("Tag new", "", "")]);
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
        fill(
            &mut after,
            "subscription=theirs&resourceGroup=rg2&name=uami-theirs&isolationScope=Regional&restrictions=Microsoft.Web&tag.Env=prod&tag.new=x",
        );
        assert_eq!(undone(&after, &before, &after), before);
        // Its group is written as it is listed, and the region follows it.
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
            subscription: before.subscription.clone(),
            resource_group: before.resource_group.clone(),
            isolation_scope: before.isolation_scope.clone(),
            tags: vec![row("Env", "typed"), row("owner", "me"), row("later", "y")],
            ..now.clone()
        };
        assert_eq!(undone(&now, &before, &after), kept);
        // Another group was chosen since: the region is that one's.
        let other = Draft { resource_group: "rg3".into(), region: "uksouth".into(), ..after.clone() };
        let undone = undone(&other, &before, &after);
        assert_eq!((undone.resource_group.as_str(), undone.region.as_str(), undone.name.as_str()), ("rg3", "uksouth", "uami-mine"));
    }
}
