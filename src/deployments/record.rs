//! What the tab keeps of a run.

use serde::{Deserialize, Serialize};

use crate::arm::caller::{Caller, CallerKind};
use crate::arm::resource_id::ResourceId;
use crate::browser::storage;
use crate::create::draft::Draft;
use crate::create::progress::{FailureKind, Progress};

/// Before the id under which the tab keeps a run.
const KEPT: &str = "identity-portal:run:";

/// What the tab keeps of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// What was typed.
    pub draft: Draft,
    /// How far it is.
    pub progress: Progress,
    /// Whose it is. What was kept before runs had callers is nobody's: it is shown, and never sent.
    #[serde(default)]
    pub caller: Caller,
}

impl Record {
    /// Whether anything of it may have reached Azure.
    pub fn is_sent(&self) -> bool {
        self.progress.sent || self.progress.done > 0
    }

    /// Whether it stopped for good until somebody presses: Azure answered, or it is somebody else's.
    pub(super) fn is_stopped(&self) -> bool {
        self.progress.failure.as_ref().is_some_and(|failure| {
            !matches!(
                failure.kind,
                FailureKind::Unreachable
                    | FailureKind::TimedOut
                    | FailureKind::SignInRequired
                    | FailureKind::PartMissing
                    | FailureKind::Unanswered
            )
        })
    }
}

fn key(id: &ResourceId) -> String {
    [KEPT, &id.as_str().to_lowercase()].concat()
}

/// Keeps `record` as the run of this id.
pub(super) fn keep(id: &ResourceId, record: &Record) {
    if let Ok(text) = serde_json::to_string(record) {
        storage::write(&key(id), &text);
    }
}

/// What the tab keeps of the run of this id.
pub(super) fn kept(id: &ResourceId) -> Option<Record> {
    serde_json::from_str(&storage::read(&key(id))?).ok()
}

/// Forgets the run of this id.
pub(super) fn forget(id: &ResourceId) {
    storage::forget(&key(id));
}

/// Forgets all runs that are `theirs`, and those that can't be read.
pub(super) fn forget_those(theirs: impl Fn(&Caller) -> bool) {
    for key in storage::keys_from(KEPT) {
        let record = storage::read(&key).and_then(|text| serde_json::from_str::<Record>(&text).ok());
        if record.is_none_or(|record| theirs(&record.caller)) {
            storage::forget(&key);
        }
    }
}

/// Whether a run is of the account that signed in here as `account` (`home_account_id`).
pub(super) fn is_of(caller: &Caller, account: &str) -> bool {
    caller.kind == CallerKind::Account && caller.account == account
}
