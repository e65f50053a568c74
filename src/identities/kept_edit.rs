//! What is being typed on an identity's tabs, in the tab's session storage, for a reload.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::arm::resource_id::ResourceId;
use crate::browser::storage;
use crate::portal::text_owner;

/// Where an editor's text is kept.
#[derive(Clone, Copy)]
pub(super) enum Kept {
    Credential,
    Lock,
}

impl Kept {
    /// The storage keys of the text and of its owner.
    fn keys(self) -> (&'static str, &'static str) {
        match self {
            Self::Credential => ("identity-portal:credential", "identity-portal:credential-account"),
            Self::Lock => ("identity-portal:lock", "identity-portal:lock-account"),
        }
    }

    /// What was typed for this identity, if anything.
    pub(super) fn read<T: DeserializeOwned>(self, identity: &ResourceId) -> Option<T> {
        let (id, edited): (String, T) = serde_json::from_str(&storage::read(self.keys().0)?).ok()?;
        id.eq_ignore_ascii_case(identity.as_str()).then_some(edited)
    }

    /// Stores what `account` (`home_account_id`; empty if nobody is signed in) typed, or forgets it if the editor is closed.
    pub(super) fn keep<T: Serialize>(self, identity: &ResourceId, edited: Option<&T>, account: &str) {
        let (text, owner) = self.keys();
        match edited.map(|edited| serde_json::to_string(&(identity.as_str(), edited))) {
            Some(Ok(written)) => {
                text_owner::note(owner, account);
                storage::write(text, &written);
            }
            _ => self.forget(),
        }
    }

    fn forget(self) {
        let (text, owner) = self.keys();
        storage::forget(text);
        storage::forget(owner);
    }
}

/// Deletes what an account (`home_account_id`) typed. `until`: see [`text_owner::goes_with`].
pub fn forget_account(home_account_id: &str, until: Option<u64>) {
    for kept in [Kept::Credential, Kept::Lock] {
        if text_owner::goes_with(kept.keys().1, home_account_id, until) {
            kept.forget();
        }
    }
}
