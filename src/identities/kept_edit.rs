//! What is being typed on an identity's tabs, in the tab's session storage, for a reload.

use leptos::prelude::*;
use serde_json::Value;

use crate::arm::json::written;
use crate::arm::resource_id::ResourceId;
use crate::browser::storage;
use crate::portal::text_owner;

/// What an editor holds. Not serde's derives, which take several times the code.
pub(super) trait Stored: Sized {
    fn json(&self) -> Value;

    fn of_json(stored: &Value) -> Self;
}

/// The start of the key of an editor's text, and of the key of its owner; the identity's id follows.
#[derive(Clone, Copy)]
pub(super) struct Kept(&'static str, &'static str);

pub(super) const ACCESS: Kept = Kept("identity-portal:access:", "identity-portal:access-account:");
pub(super) const CREDENTIAL: Kept = Kept("identity-portal:credential:", "identity-portal:credential-account:");
pub(super) const LOCK: Kept = Kept("identity-portal:lock:", "identity-portal:lock-account:");

impl Kept {
    /// Whether anything was typed for this identity. Unlike reading it, this takes no code for its type.
    pub(super) fn is_there(self, identity: &ResourceId) -> bool {
        storage::read(&key(self.0, identity)).is_some()
    }

    /// What was typed for this identity, if anything.
    pub(super) fn read<T: Stored>(self, identity: &ResourceId) -> Option<T> {
        serde_json::from_str(&storage::read(&key(self.0, identity))?).ok().map(|stored| T::of_json(&stored))
    }

    /// Stores what `account` (`home_account_id`; empty if nobody is signed in) typed, or forgets it if the editor is closed.
    pub(super) fn keep<T: Stored>(self, identity: &ResourceId, edited: Option<&T>, account: &str) {
        match edited {
            Some(edited) => {
                text_owner::note(&key(self.1, identity), account);
                storage::write(&key(self.0, identity), &written(&edited.json()));
            }
            None => self.forget(&key("", identity)),
        }
    }

    /// Closes the editor with what was sent and forgets it, unless it holds something else by then. The editor may be gone.
    pub(super) fn close_sent<T>(self, identity: &ResourceId, edited: RwSignal<Option<T>>, sent: Option<&T>)
    where
        T: Stored + PartialEq + Send + Sync + 'static,
    {
        if sent.is_some() && self.read(identity).as_ref() == sent {
            self.forget(&key("", identity));
            if edited.try_with_untracked(|edited| edited.as_ref() == sent) == Some(true) {
                edited.try_set(None);
            }
        }
    }

    fn forget(self, identity: &str) {
        storage::forget(&[self.0, identity].concat());
        storage::forget(&[self.1, identity].concat());
    }
}

fn key(start: &str, identity: &ResourceId) -> String {
    [start, &identity.as_str().to_lowercase()].concat()
}

/// Deletes what an account (`home_account_id`) typed. `until`: see [`text_owner::goes_with`].
pub fn forget_account(home_account_id: &str, until: Option<u64>) {
    for kept in [ACCESS, CREDENTIAL, LOCK] {
        for text in storage::keys_from(kept.0) {
            let identity = text.strip_prefix(kept.0).unwrap_or_default();
            if text_owner::goes_with(&[kept.1, identity].concat(), home_account_id, until) {
                kept.forget(identity);
            }
        }
    }
}
