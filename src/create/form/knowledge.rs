//! What the form learns about Azure. `loading.rs`, `prechecks.rs` and `sending.rs` send the requests.

use std::sync::Arc;

use leptos::prelude::*;

use super::Form;
use super::lookups::List;
use crate::arm::managed_identity::ManagedIdentity;
use crate::arm::tag_names::UsedTag;
use crate::arm::{guid::Guid, last_read, natural};
use crate::cloud::queries::Offer;
use crate::provisioning::check::{GroupPolicy, Knowledge, PolicyFinding, PreflightResult, Verdict};
use crate::provisioning::field::Field;

impl Form {
    /// Updates what is known, except about the name and this account's rights.
    fn learn(self, learn: impl FnOnce(&mut Knowledge)) {
        self.known.0.update(learn);
        self.offer.update(|changes| *changes += 1);
    }

    /// Another account or directory is in use: clears what is known and loads it again.
    pub fn reload(self) {
        self.lookups.clear();
        let signed_out = self.lookups.signed_out.get_untracked();
        self.learn(|known| *known = Knowledge { signed_out, ..Knowledge::default() });
        self.lookups.clear_failures();
        self.lookups.again();
    }

    /// Sets whether nobody is signed in.
    pub fn set_signed_out(self, signed_out: bool) {
        self.lookups.set_signed_out(signed_out);
        if self.known.with_untracked(|known| known.signed_out != signed_out) {
            self.learn(|known| known.signed_out = signed_out);
        }
    }

    /// Another subscription is chosen: clears what the previous one offered.
    pub fn leave_subscription(self) {
        self.lookups.group_list.0.set(List::default());
        self.learn(|known| {
            known.groups = None;
            known.regions = None;
            known.api_versions = None;
            known.registration = PreflightResult::Pending;
        });
    }

    /// All subscriptions have arrived.
    pub fn learn_subscriptions(self) {
        let lookups = self.lookups;
        lookups.subscription_list.0.update(|list| {
            let list = Arc::make_mut(list);
            list.sort_by(|one, other| natural::compare(&one.display_name, &other.display_name));
            list.shrink_to_fit();
        });
        self.learn(|known| known.subscriptions = Some(lookups.subscription_list.get_untracked()));
        lookups.complete(Field::Subscription);
        lookups.note_age(Field::Subscription, || last_read::List::Subscriptions(lookups.subscription_list.get_untracked()));
        self.choose_only_subscription();
    }

    /// All groups of `subscription` have arrived.
    pub fn learn_groups(self, subscription: Guid) {
        let lookups = self.lookups;
        lookups.group_list.0.update(|list| {
            let list = Arc::make_mut(list);
            list.sort_by(|one, other| natural::compare(one.name.as_str(), other.name.as_str()));
            list.shrink_to_fit();
        });
        self.learn(|known| known.groups = Some(lookups.group_list.get_untracked()));
        lookups.complete(Field::ResourceGroup);
        lookups.note_age(Field::ResourceGroup, || last_read::List::Groups(subscription, lookups.group_list.get_untracked()));
        self.follow_group();
    }

    /// The chosen subscription's offer has arrived.
    pub fn learn_offer(self, mut offer: Offer) {
        // Recommended regions come first: the list orders its sections by their first entries.
        offer.regions.sort_by(|one, other| {
            other.recommended.cmp(&one.recommended).then_with(|| natural::compare(&one.display_name, &other.display_name))
        });
        self.lookups.note_age(Field::Region, || last_read::List::Regions(offer.regions.clone()));
        self.learn(|known| {
            known.regions = Some(offer.regions);
            known.api_versions = Some(offer.api_versions);
            known.registration =
                PreflightResult::Known(if offer.registered { Verdict::Allowed } else { Verdict::Refused("NotRegistered".into()) });
        });
        self.lookups.complete(Field::Region);
    }

    /// Suggests the tags in use in the chosen subscription.
    pub fn suggest_tags(self, tags: Vec<UsedTag>) {
        self.used_tags.0.set(tags);
    }

    /// Sets whether this account may create there, and whether a lock prevents it.
    pub fn learn_rights(self, permission: PreflightResult<Verdict>, lock: PreflightResult<Verdict>) {
        if self.known.try_with_untracked(|known| known.permission != permission || known.lock != lock) == Some(true) {
            self.known.0.update(|known| {
                known.permission = permission;
                known.lock = lock;
            });
        }
    }

    /// Sets whether an identity with this name exists.
    pub fn learn_existing(self, existing: PreflightResult<Option<Box<ManagedIdentity>>>) {
        let is_news = |known: &Knowledge| !(known.existing.is_pending() && existing.is_pending());
        if self.known.try_with_untracked(is_news) == Some(true) {
            self.known.0.update(|known| known.existing = existing);
        }
    }

    /// Sets whether Create would change nothing in the existing identity.
    pub fn learn_changes_nothing(self, changes_nothing: bool) {
        if self.known.with_untracked(|known| known.changes_nothing != changes_nothing) {
            self.known.0.update(|known| known.changes_nothing = changes_nothing);
        }
    }

    /// Updates whether an identity with this name exists; without a new answer, the previous one stays. Returns whether the name is
    /// free, or `false` if the form no longer exists.
    pub fn confirm_existing(self, existing: PreflightResult<Option<Box<ManagedIdentity>>>) -> bool {
        let is_free = self.known.0.try_update(|known| {
            if matches!(existing, PreflightResult::Known(_)) || !matches!(known.existing, PreflightResult::Known(_)) {
                known.existing = existing;
            }
            matches!(known.existing, PreflightResult::Known(None))
        });
        is_free.unwrap_or_default()
    }

    /// Sets the policy findings for the identity, and for its group if that is new.
    pub fn learn_policies(self, policy: PreflightResult<Vec<PolicyFinding>>, group: PreflightResult<GroupPolicy>) {
        if self.known.try_with_untracked(|known| known.policy != policy || known.group_policy != group) == Some(true) {
            self.learn(|known| {
                known.policy = policy;
                known.group_policy = group;
            });
        }
    }
}
