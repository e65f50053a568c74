//! What the tab keeps of a run.

use serde::{Deserialize, Serialize};

use crate::arm::caller::{Caller, CallerKind};
use crate::arm::resource_id::ResourceId;
use crate::browser::storage;
use crate::provisioning::draft::Draft;
use crate::provisioning::progress::{Failure, FailureKind, Progress};

/// Before the id under which the tab keeps a run.
const KEPT: &str = "identity-portal:run:";

/// How long after its start a run goes on by itself after a reload, in milliseconds.
const GOES_ON_FOR: u64 = 30 * 60 * 1000;

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

    /// Whether it is of another sitting, in which nobody remembers what was pressed, and would send something yet: a tab that is
    /// restored days later. `now`: milliseconds since 1970.
    pub(super) fn is_old(&self, now: u64) -> bool {
        let only_looks = self.progress.sent && self.progress.deployment.is_some();
        !only_looks && now.saturating_sub(self.progress.started) > GOES_ON_FOR
    }

    /// By what tabs agree on who carries it out. A copied tab has a copy of the record.
    pub(super) fn lock(&self, id: &ResourceId) -> String {
        [&key(id), " ", &self.progress.started.to_string()].concat()
    }

    /// How it is taken up once the tab that carried it out has let go: that one may have sent all of it. A deployment is looked
    /// for, and sent where it is not there; anything else is only looked for. `now`: milliseconds since 1970.
    pub(super) fn taken_over(mut self, now: u64) -> Self {
        let is_sent_again = self.progress.deployment.is_some() && !self.is_old(now);
        self.progress.failure = (!is_sent_again).then(|| Failure { kind: FailureKind::Unanswered, ..Failure::default() });
        self.progress.sent = true;
        self
    }

    /// Whether it stopped for good until somebody presses: it was said to have failed, or it is somebody else's.
    pub(super) fn is_stopped(&self) -> bool {
        self.progress.failure.as_ref().is_some_and(|failure| {
            !matches!(failure.kind, FailureKind::SignInRequired | FailureKind::PartMissing | FailureKind::Unanswered)
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
pub(super) fn forget_those(theirs: impl Fn(&Record) -> bool) {
    for key in storage::keys_from(KEPT) {
        let record = storage::read(&key).and_then(|text| serde_json::from_str::<Record>(&text).ok());
        if record.is_none_or(|record| theirs(&record)) {
            storage::forget(&key);
        }
    }
}

/// Whether a run is of the account that signed in here as `account` (`home_account_id`).
pub(super) fn is_of(caller: &Caller, account: &str) -> bool {
    caller.kind == CallerKind::Account && caller.account == account
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_said_to_have_failed_waits_for_a_press() {
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
        assert!(!Record::default().is_stopped(), "one that was cut short goes on");
    }

    #[test]
    fn what_another_tab_carried_out_is_looked_for_first() {
        let started = 1_700_000_000_000;
        let deployed = Progress { started, deployment: Some("d".into()), ..Progress::default() };
        let direct = Progress { started, ..Progress::default() };
        for (progress, later, only_looks) in [(&deployed, 0, false), (&deployed, GOES_ON_FOR + 1, true), (&direct, 0, true)] {
            let record = Record { progress: progress.clone(), ..Record::default() }.taken_over(started + later);
            assert!(record.progress.sent, "{progress:?}");
            let kind = record.progress.failure.map(|failure| failure.kind);
            assert_eq!(kind, only_looks.then_some(FailureKind::Unanswered), "{progress:?} {later}");
        }
    }

    #[test]
    fn runs_of_one_identity_are_told_apart() {
        let id = ResourceId::parse("/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/RG1").expect("an id");
        let lock = |started| Record { progress: Progress { started, ..Progress::default() }, ..Record::default() }.lock(&id);
        assert_eq!(lock(1), lock(1));
        assert_ne!(lock(1), lock(2));
    }

    #[test]
    fn what_would_send_something_goes_on_for_a_while_only() {
        let started = 1_700_000_000_000;
        let sent = Progress { started, sent: true, deployment: Some("d".into()), ..Progress::default() };
        let direct = Progress { deployment: None, ..sent.clone() };
        let unsent = Progress { sent: false, ..sent.clone() };
        for (progress, later, old) in [
            (&sent, 2 * GOES_ON_FOR, false),
            (&direct, GOES_ON_FOR, false),
            (&direct, GOES_ON_FOR + 1, true),
            (&unsent, GOES_ON_FOR + 1, true),
        ] {
            let record = Record { progress: progress.clone(), ..Record::default() };
            assert_eq!(record.is_old(started + later), old, "{progress:?} {later}");
        }
    }
}
