//! The stored record of a run.

use serde::{Deserialize, Serialize};

use crate::arm::caller::{Caller, CallerKind};
use crate::arm::resource_id::ResourceId;
use crate::browser::storage;
use crate::provisioning::draft::Draft;
use crate::provisioning::progress::{Failure, FailureKind, Progress};

/// The prefix of the storage keys.
const PREFIX: &str = "identity-portal:run:";

/// How long after its start a run still resumes by itself after a reload, in milliseconds.
const RESUMES_FOR: u64 = 30 * 60 * 1000;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    pub draft: Draft,
    pub progress: Progress,
    /// A record stored before runs had callers gets the default caller: it is shown, but never sent.
    #[serde(default)]
    pub caller: Caller,
}

impl Record {
    /// Whether a request may have reached Azure.
    pub fn is_sent(&self) -> bool {
        self.progress.sent || self.progress.done > 0
    }

    /// Whether it started so long ago that resuming must not send anything, such as in a tab that is restored days later. A
    /// deployment that was sent is never old, since resuming only reads it. `now` is in milliseconds since 1970.
    pub(super) fn is_old(&self, now: u64) -> bool {
        let only_reads = self.progress.sent && self.progress.deployment.is_some();
        !only_reads && now.saturating_sub(self.progress.started) > RESUMES_FOR
    }

    /// The name of the Web Lock that the tab executing it holds. A duplicated tab has a copy of the record.
    pub(super) fn lock(&self, id: &ResourceId) -> String {
        [&key(id), " ", &self.progress.started.to_string()].concat()
    }

    /// The record to resume with after another tab released the lock, having sent possibly everything. A deployment is read,
    /// and sent if it doesn't exist; anything else is only read. `now` is in milliseconds since 1970.
    pub(super) fn taken_over(mut self, now: u64) -> Self {
        let is_sent_again = self.progress.deployment.is_some() && !self.is_old(now);
        self.progress.failure = (!is_sent_again).then(|| Failure { kind: FailureKind::Unanswered, ..Failure::default() });
        self.progress.sent = true;
        self
    }

    /// Whether it waits for a button press: its failure was shown, or it belongs to somebody else.
    pub(super) fn is_stopped(&self) -> bool {
        self.progress.failure.as_ref().is_some_and(|failure| {
            !matches!(failure.kind, FailureKind::SignInRequired | FailureKind::PartMissing | FailureKind::Unanswered)
        })
    }
}

fn key(id: &ResourceId) -> String {
    [PREFIX, &id.as_str().to_lowercase()].concat()
}

pub(super) fn keep(id: &ResourceId, record: &Record) {
    if let Ok(text) = serde_json::to_string(record) {
        storage::write(&key(id), &text);
    }
}

pub(super) fn kept(id: &ResourceId) -> Option<Record> {
    serde_json::from_str(&storage::read(&key(id))?).ok()
}

pub(super) fn forget(id: &ResourceId) {
    storage::forget(&key(id));
}

/// Deletes all records that `matches`, and unreadable ones.
pub(super) fn forget_those(matches: impl Fn(&Record) -> bool) {
    for key in storage::keys_from(PREFIX) {
        let record = storage::read(&key).and_then(|text| serde_json::from_str::<Record>(&text).ok());
        if record.is_none_or(|record| matches(&record)) {
            storage::forget(&key);
        }
    }
}

/// Whether a run belongs to `account` (`home_account_id`), signed in to this page itself.
pub(super) fn is_of(caller: &Caller, account: &str) -> bool {
    caller.kind == CallerKind::Account && caller.account == account
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shown_failure_waits_for_a_button_press() {
        for (kind, stopped) in [
            (FailureKind::Unreachable, true),
            (FailureKind::TimedOut, true),
            (FailureKind::Refused, true),
            (FailureKind::OtherCaller, true),
            (FailureKind::Unanswered, false),
            (FailureKind::SignInRequired, false),
            (FailureKind::PartMissing, false),
        ] {
            let progress = Progress { failure: Some(Failure { kind, ..Failure::default() }), ..Progress::default() };
            assert_eq!(Record { progress, ..Record::default() }.is_stopped(), stopped, "{kind:?}");
        }
        assert!(!Record::default().is_stopped(), "an interrupted run resumes");
    }

    #[test]
    fn a_run_taken_over_from_another_tab_reads_first() {
        let started = 1_700_000_000_000;
        let deployed = Progress { started, deployment: Some("d".into()), ..Progress::default() };
        let direct = Progress { started, ..Progress::default() };
        for (progress, later, only_reads) in [(&deployed, 0, false), (&deployed, RESUMES_FOR + 1, true), (&direct, 0, true)] {
            let record = Record { progress: progress.clone(), ..Record::default() }.taken_over(started + later);
            assert!(record.progress.sent, "{progress:?}");
            let kind = record.progress.failure.map(|failure| failure.kind);
            assert_eq!(kind, only_reads.then_some(FailureKind::Unanswered), "{progress:?} {later}");
        }
    }

    #[test]
    fn runs_of_one_identity_have_different_locks() {
        let id = ResourceId::parse("/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/RG1").expect("an id");
        let lock = |started| Record { progress: Progress { started, ..Progress::default() }, ..Record::default() }.lock(&id);
        assert_eq!(lock(1), lock(1));
        assert_ne!(lock(1), lock(2));
    }

    #[test]
    fn a_run_with_writes_left_resumes_only_for_a_while() {
        let started = 1_700_000_000_000;
        let sent = Progress { started, sent: true, deployment: Some("d".into()), ..Progress::default() };
        let direct = Progress { deployment: None, ..sent.clone() };
        let unsent = Progress { sent: false, ..sent.clone() };
        for (progress, later, old) in [
            (&sent, 2 * RESUMES_FOR, false),
            (&direct, RESUMES_FOR, false),
            (&direct, RESUMES_FOR + 1, true),
            (&unsent, RESUMES_FOR + 1, true),
        ] {
            let record = Record { progress: progress.clone(), ..Record::default() };
            assert_eq!(record.is_old(started + later), old, "{progress:?} {later}");
        }
    }
}
