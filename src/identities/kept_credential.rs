//! The federated credential being typed, in the tab's session storage, for a reload.

use serde::{Deserialize, Serialize};

use crate::arm::resource_id::ResourceId;
use crate::browser::storage;
use crate::federation::draft::CredentialDraft;
use crate::portal::text_owner;

const TEXT: &str = "identity-portal:credential";
const ACCOUNT: &str = "identity-portal:credential-account";

/// What the editor holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Edited {
    pub(super) draft: CredentialDraft,
    /// The name of the credential that the draft replaces; `None` for a new one.
    pub(super) replaced: Option<String>,
}

/// What was typed for this identity, if anything.
pub(super) fn read(identity: &ResourceId) -> Option<Edited> {
    let (id, edited): (String, Edited) = serde_json::from_str(&storage::read(TEXT)?).ok()?;
    id.eq_ignore_ascii_case(identity.as_str()).then_some(edited)
}

/// Stores what `account` (`home_account_id`; empty if nobody is signed in) typed.
pub(super) fn keep(identity: &ResourceId, edited: &Edited, account: &str) {
    if let Ok(text) = serde_json::to_string(&(identity.as_str(), edited)) {
        text_owner::note(ACCOUNT, account);
        storage::write(TEXT, &text);
    }
}

pub(super) fn forget() {
    for key in [TEXT, ACCOUNT] {
        storage::forget(key);
    }
}

/// Deletes what an account (`home_account_id`) typed. `until`: see [`text_owner::goes_with`].
pub fn forget_account(home_account_id: &str, until: Option<u64>) {
    if text_owner::goes_with(ACCOUNT, home_account_id, until) {
        forget();
    }
}
