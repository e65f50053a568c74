//! Reads and writes an identity's locks.

use serde_json::Value;

use super::changes::NotMade;
use super::kept_edit::Stored;
use crate::access::lock::LockDraft;
use crate::arm::client::ArmClient;
use crate::arm::error::ArmError;
use crate::arm::lock::Lock;
use crate::arm::resource_id::ResourceId;
use crate::arm::transport::Transport;
use crate::messages;

impl Stored for LockDraft {
    fn json(&self) -> Value {
        self.json()
    }

    fn of_json(stored: &Value) -> Self {
        Self::of_json(stored)
    }
}

/// A change of one of the identity's own locks: from what was read to what is wanted.
#[derive(Clone, Debug)]
pub(super) struct Change {
    pub(super) name: String,
    pub(super) before: Option<Lock>,
    pub(super) after: Option<LockDraft>,
}

impl Change {
    fn is_made(&self, present: Option<&Lock>) -> bool {
        match (&self.after, present) {
            (None, None) => true,
            (Some(draft), Some(lock)) => lock.read_only == draft.read_only && lock.notes == draft.notes.trim(),
            _ => false,
        }
    }
}

/// Where a lock is, seen from an identity.
pub(super) fn scope_of(lock: &Lock, identity: &ResourceId) -> Option<(bool, String)> {
    let subscription = identity.subscription()?;
    let group = identity.resource_group()?;
    if lock.is_at(identity) {
        Some((true, messages::LOCK_ON_IDENTITY.text().into_owned()))
    } else if lock.is_at(&ResourceId::of_group(&subscription, group)) {
        Some((false, messages::LOCK_ON_GROUP.with([group]).text()))
    } else if lock.is_at(&ResourceId::of_subscription(&subscription)) {
        Some((false, messages::LOCK_ON_SUBSCRIPTION.text().into_owned()))
    } else {
        None
    }
}

/// The locks that apply to the identity, and whether those of the subscription couldn't be read.
pub(super) async fn read<T: Transport>(client: &ArmClient<T>, identity: &ResourceId) -> Result<(Vec<Lock>, bool), ArmError> {
    let (subscription, group) = (identity.subscription(), identity.resource_group());
    let Some((subscription, group)) = subscription.zip(group) else { return Ok((Vec::new(), false)) };
    let of_group = client.locks(&ResourceId::of_group(&subscription, group)).all(client).await?;
    let of_subscription = client.locks(&ResourceId::of_subscription(&subscription)).all(client).await;
    let is_partial = of_subscription.is_err();
    let mut locks: Vec<Lock> = Vec::new();
    for lock in of_group.into_iter().chain(of_subscription.unwrap_or_default()) {
        if scope_of(&lock, identity).is_some() && !locks.iter().any(|known| known.id.eq_ignore_ascii_case(&lock.id)) {
            locks.push(lock);
        }
    }
    Ok((locks, is_partial))
}

/// The identity's own lock of this name, whatever its case.
async fn own<T: Transport>(client: &ArmClient<T>, identity: &ResourceId, name: &str) -> Result<Option<Lock>, ArmError> {
    let (found, _) = read(client, identity).await?;
    Ok(found.into_iter().find(|lock| lock.is_at(identity) && lock.name.eq_ignore_ascii_case(name)))
}

/// Makes a change, if the lock still is what was read. If no answer comes, reads the locks before reporting the outcome.
pub(super) async fn make<T: Transport>(client: &ArmClient<T>, identity: &ResourceId, change: &Change) -> Result<(), NotMade> {
    let present = own(client, identity, &change.name).await?;
    if change.is_made(present.as_ref()) {
        return Ok(());
    }
    if present != change.before {
        return Err(NotMade::Meanwhile);
    }
    let answer = match &change.after {
        Some(draft) => client.put_lock(identity, &change.name, draft.read_only, draft.notes.trim()).await,
        None => client.delete_lock(identity, &change.name).await,
    };
    match answer {
        Err(error) if error.is_unanswered() => {
            let found = own(client, identity, &change.name).await;
            if found.is_ok_and(|found| change.is_made(found.as_ref())) { Ok(()) } else { Err(error.into()) }
        }
        answer => answer.map_err(NotMade::from),
    }
}
