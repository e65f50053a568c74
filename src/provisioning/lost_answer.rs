//! Finds the outcome of a write whose answer was lost. Azure is asked what exists before anything is reported.

use std::time::Duration;

use super::plan::{NewIdentity, NewResource, Plan};
use super::progress::Progress;
use super::run_error::RunError;
use crate::arm::client::ArmClient;
use crate::arm::deployment::Deployment;
use crate::arm::error::ArmError;
use crate::arm::managed_identity::{IDENTITY_API_COMMON, ManagedIdentity};
use crate::arm::resource_id::ResourceId;
use crate::arm::role_assignment::RoleAssignment;
use crate::arm::transport::{Transport, WireError};

/// Maximum number of lookups: Azure may not yet show what it has just accepted.
const LOOKS_MAX: u32 = 3;

/// The deployment whose `PUT` ended with `lost`.
///
/// # Errors
/// `lost` if it does not exist, [`RunError::Unknown`] if Azure could not be asked, [`WireError::OtherCaller`] if somebody
/// else has signed in meanwhile.
pub(super) async fn deployment<T: Transport>(client: &ArmClient<T>, id: &ResourceId, lost: ArmError) -> Result<Deployment, RunError> {
    look(client, lost, async || client.deployment(id).await).await
}

/// The resource of the plan whose `PUT` ended with `lost`: the identity, if it is one.
///
/// # Errors
/// As for [`deployment`]. A resource that differs from the request counts as missing.
pub(super) async fn resource<T: Transport>(
    client: &ArmClient<T>,
    plan: &Plan,
    index: usize,
    progress: &Progress,
    lost: ArmError,
) -> Result<Option<ManagedIdentity>, RunError> {
    match plan.resources.get(index) {
        Some(NewResource::Group(group)) => {
            let found = look(client, lost, async || {
                let found = client.resource_group(&plan.subscription, &group.name).await?;
                Ok(found.filter(|found| found.location == group.location))
            });
            found.await.map(|_| None)
        }
        Some(NewResource::Identity(identity)) => {
            let id = identity.id(&plan.subscription);
            let found = look(client, lost, async || {
                let found = client.identity(&id, identity.api_version()).await?;
                Ok(found.filter(|found| is_as_asked(found, identity, progress.existed)))
            });
            found.await.map(Some)
        }
        Some(NewResource::Credential(new)) => {
            let found = look(client, lost, async || {
                let found = client.federated_credentials(&new.identity).all(client).await?;
                Ok(found.into_iter().find(|found| *found == new.credential))
            });
            found.await.map(|_| None)
        }
        Some(NewResource::Role(role)) => {
            let found = look(client, lost, async || {
                // An identity of the same name that was deleted may have left an assignment of this name.
                let identity = client.identity(&role.identity, IDENTITY_API_COMMON).await?;
                let found = client.role_assignment(&role.assignment).await?;
                let is_its = |one: &RoleAssignment| {
                    identity.as_ref().is_some_and(|identity| one.principal_id.eq_ignore_ascii_case(identity.principal_id.as_str()))
                };
                let is_same = |one: &RoleAssignment| one.role == role.assignment.role && one.condition == role.assignment.condition;
                Ok(found.filter(|found| is_its(found) && is_same(found)))
            });
            found.await.map(|_| None)
        }
        Some(NewResource::Lock(new)) => {
            let found = look(client, lost, async || {
                let found = client.lock(&new.identity, &new.lock.name).await?;
                Ok(found.filter(|found| found.read_only == new.lock.read_only && found.notes == new.lock.notes))
            });
            found.await.map(|_| None)
        }
        None => Ok(None),
    }
}

async fn look<T: Transport, R>(
    client: &ArmClient<T>,
    lost: ArmError,
    ask: impl AsyncFn() -> Result<Option<R>, ArmError>,
) -> Result<R, RunError> {
    let mut answer = Ok(None);
    for round in 0..LOOKS_MAX {
        if round > 0 {
            client.transport().wait(Duration::from_secs(1 << (round - 1))).await;
        }
        answer = ask().await;
        match answer {
            Ok(Some(found)) => return Ok(found),
            Ok(None) => {}
            Err(ref error) if error.is_unanswered() => {}
            // The run waits for its own account, and then looks again.
            Err(error @ ArmError::Wire(WireError::OtherCaller)) => return Err(error.into()),
            // For example, if somebody has to sign in first: asking again would not help.
            Err(_) => break,
        }
    }
    Err(if answer.is_ok() { RunError::Call(lost) } else { RunError::Unknown(lost) })
}

/// Whether `found` matches `asked`. A policy may have added tags: these are accepted only if nothing existed before, since
/// an older identity may already have had them.
fn is_as_asked(found: &ManagedIdentity, asked: &NewIdentity, existed: Option<bool>) -> bool {
    let has_tags = asked.tags.iter().all(|tag| found.tags.iter().any(|known| known == tag));
    let no_more = || found.tags.iter().count() == asked.tags.iter().count();
    found.location == asked.location && found.properties.is_same(&asked.properties) && has_tags && (existed == Some(false) || no_more())
}
