//! The person's edits to the draft, and their consequences: a field that depends on another is set here.

use leptos::prelude::*;

use super::{Attention, Form};
use crate::access::draft::AccessDraft;
use crate::arm::any_case::same;
use crate::browser::element;
use crate::embed::values::Values;
use crate::provisioning::draft::{Draft, TagRow};
use crate::provisioning::field::{Field, Tab};

impl Form {
    /// The person left `field`.
    pub fn leave(self, field: Field) {
        self.trim(field);
        if self.attention.with_untracked(|attention| !attention.left.contains(&field)) {
            self.attention.update(|attention| attention.left.push(field));
        }
    }

    /// Trims whitespace from both ends of what was typed or pasted.
    fn trim(self, field: Field) {
        let is_padded = |text: &str| text.trim().len() < text.len();
        if self.draft.with_untracked(|draft| is_padded(draft.value(field))) {
            self.edit(Box::new(|draft| {
                if let Some(text) = draft.value_mut(field) {
                    *text = text.trim().to_owned();
                }
            }));
        }
    }

    /// The only edit that leaves the rest of the draft as it is.
    pub fn write_name(self, name: String) {
        self.draft.0.update(|draft| draft.name = name);
    }

    /// Any other edit. Returns `false` if the form no longer exists. Boxed, so that all edits share their code.
    fn edit(self, edit: Box<dyn FnOnce(&mut Draft) + '_>) -> bool {
        let is_edited = self.draft.0.try_update(edit).is_some();
        if is_edited {
            self.rest.update(|changes| *changes += 1);
        }
        is_edited
    }

    /// Selects a value of a field that has a fixed list of values.
    pub fn select(self, field: Field, value: String) {
        self.edit(Box::new(|draft| {
            if let Some(text) = draft.value_mut(field) {
                *text = value;
            }
        }));
    }

    /// Sets the resource types that may use the identity.
    pub fn select_restrictions(self, restrictions: Vec<String>) {
        self.edit(Box::new(|draft| draft.restrictions = restrictions));
    }

    /// Sets whether a new group gets the identity's tags.
    pub fn choose_group_tags(self, chosen: bool) {
        self.edit(Box::new(|draft| draft.tag_group = Some(chosen)));
    }

    /// Replaces the draft, for example with that of an opened link.
    pub fn replace(self, draft: Draft) {
        self.edit(Box::new(|before| *before = draft));
    }

    /// Fills in values from a host page. Returns `false` if the form no longer exists.
    pub fn fill(self, values: &Values) -> bool {
        self.edit(Box::new(|draft| values.fill(draft)))
    }

    /// Another directory is in use: clears the place, which belongs to the previous one, and nothing else that was typed.
    pub fn leave_directory(self) {
        self.edit(Box::new(|draft| {
            draft.subscription.clear();
            leave_place(draft);
        }));
    }

    /// Selects a subscription, and clears what belongs to the previous one.
    pub fn select_subscription(self, id: String) {
        self.edit(Box::new(|draft| {
            if draft.subscription == id {
                return;
            }
            let is_other = !draft.subscription.is_empty();
            draft.subscription = id;
            if is_other {
                leave_place(draft);
            }
        }));
    }

    /// Selects an existing group. The region follows it until the person chooses one.
    pub fn select_group(self, name: String) {
        let region = self.known.with_untracked(|known| {
            let mut groups = known.groups.iter().flat_map(|groups| groups.iter());
            groups.find(|group| same(group.name.as_str(), &name)).map(|group| group.location.to_string())
        });
        self.edit(Box::new(|draft| {
            draft.resource_group = name;
            draft.group_is_new = false;
            if let Some(region) = region.filter(|_| !draft.region_chosen) {
                draft.region = region;
            }
        }));
    }

    /// The person typed a group's name in any case, which may not exist.
    pub fn type_group(self, name: String) {
        let listed = self.known.with_untracked(|known| known.group_named(&name));
        self.select_group(listed.unwrap_or(name));
    }

    /// Names a group to be created with the identity.
    pub fn name_new_group(self, name: String) {
        self.edit(Box::new(|draft| {
            draft.resource_group = name;
            draft.group_is_new = true;
        }));
    }

    /// The person chose a region.
    pub fn select_region(self, name: String) {
        self.edit(Box::new(|draft| {
            draft.region_chosen = true;
            draft.region = name;
        }));
    }

    /// Edits a tag row. A new empty row appears when the last one is filled.
    pub fn write_tag(self, row: usize, write: impl FnOnce(&mut TagRow)) {
        self.edit(Box::new(|draft| {
            if draft.tags.len() <= row {
                draft.tags.resize_with(row + 1, TagRow::default);
            }
            if let Some(tag) = draft.tags.get_mut(row) {
                write(tag);
            }
        }));
    }

    /// Removes a tag row, and focuses the row that takes its place.
    pub fn remove_tag(self, row: usize) {
        self.edit(Box::new(|draft| {
            if row < draft.tags.len() {
                draft.tags.remove(row);
            }
        }));
        element::next_frame(Box::new(move || element::focus(&Field::TagName(row).control())));
    }

    /// Selects the subscription if only one is usable.
    pub fn choose_only_subscription(self) {
        let rules = self.rules.read_value();
        let only = self.known.with_untracked(|known| {
            let mut usable = known.subscriptions.iter().flat_map(|all| all.iter()).filter(|subscription| rules.allow(subscription));
            usable.next().filter(|_| usable.next().is_none()).map(|subscription| subscription.id.to_string())
        });
        if let Some(id) = only.filter(|_| self.draft.with_untracked(|draft| draft.subscription.is_empty())) {
            self.select_subscription(id);
        }
    }

    /// Sets the region from a group that was chosen before the groups were loaded.
    pub fn follow_group(self) {
        let chosen = self.draft.with_untracked(|draft| (!draft.group_is_new).then(|| draft.resource_group.clone()));
        // Group names are case-insensitive; from here on, the draft has the listed spelling.
        if let Some((chosen, listed)) =
            chosen.and_then(|name| self.known.with_untracked(|known| known.group_named(&name)).map(|listed| (name, listed)))
            && (chosen != listed || self.draft.with_untracked(|draft| draft.region.is_empty()))
        {
            self.select_group(listed);
        }
    }

    /// Resets the form to an empty one.
    pub fn clear(self) {
        self.edit(Box::new(|draft| *draft = Draft::default()));
        self.attention.set(Attention::default());
        self.tab.0.set(Tab::Basics);
    }

    /// Removes an entry of the tab Access. Those after it take its place, but none of its problems.
    pub fn remove_access(self, remove: impl FnOnce(&mut AccessDraft)) {
        self.attention.update(|attention| attention.left.retain(|field| field.tab() != Tab::Access));
        self.write_access(remove);
    }

    /// Edits what is chosen in the tab Access.
    pub fn write_access(self, write: impl FnOnce(&mut AccessDraft)) {
        let mut access = self.draft.with_untracked(|draft| AccessDraft::of_stored(&draft.access));
        write(&mut access);
        self.edit(Box::new(|draft| draft.access = access.stored()));
    }

    /// Chooses between a deployment and direct requests.
    pub fn choose_path(self, direct: bool) {
        self.edit(Box::new(|draft| draft.direct = direct));
    }
}

/// Clears the group and the region, which belong to the previous subscription, except a new group's name and a chosen region.
fn leave_place(draft: &mut Draft) {
    if !draft.group_is_new {
        draft.resource_group.clear();
    }
    if !draft.region_chosen {
        draft.region.clear();
    }
}
