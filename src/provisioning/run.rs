//! Executes a plan through the client, and resumes it wherever it stopped.
//!
//! Every step is recorded in the [`Progress`] before the next one begins. Requests that create one resource are simply
//! repeated, since that leads to the same end state; a deployment that was sent is looked up first, since sending it
//! again would be refused or run it twice.

mod access;

use std::time::Duration;

use super::lost_answer;
use super::plan::{NewIdentity, NewResource, Plan};
use super::progress::{Failure, Operation, Progress};
use super::run_error::RunError;
use super::template::{deployment_body, group_body, identity_body};
use crate::arm::client::ArmClient;
use crate::arm::deployment::{Change, Deployment, DeploymentState};
use crate::arm::error::{ArmError, Refusal};
use crate::arm::managed_identity::ManagedIdentity;
use crate::arm::provider::IDENTITY_PROVIDER;
use crate::arm::resource_id::ResourceId;
use crate::arm::transport::{Transport, WireError};
use crate::entra::challenge;

/// ARM's error code for an unregistered provider.
const NOT_REGISTERED: &str = "MissingSubscriptionRegistration";
/// Maximum lookups of a new resource before it counts as missing: ARM's replicas need a moment.
const LOOKS_MAX: u32 = 6;
/// Maximum consecutive polls without an answer before the run stops, to be resumed later.
const SILENT_POLLS_MAX: u32 = 5;

/// The result of ARM's own validation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValidationOutcome {
    /// ARM would accept the plan.
    Valid,
    /// ARM was asked, but a browser cannot read the answer.
    Unanswered,
    /// ARM would accept the plan once the provider is registered, which Create does.
    NeedsRegistration,
}

/// Has ARM validate the plan without executing it. `progress`: see [`Progress::new`]. A direct plan consists of single
/// requests, which ARM cannot validate: nothing is sent, and the result is unanswered.
///
/// # Errors
/// If ARM would refuse the plan, or could not be asked.
pub async fn validate<T: Transport>(client: &ArmClient<T>, plan: &Plan, progress: &Progress) -> Result<ValidationOutcome, ArmError> {
    let Some(id) = progress.deployment_id() else { return Ok(ValidationOutcome::Unanswered) };
    match client.validate_deployment(&id, &deployment_body(plan)).await {
        Ok(true) => Ok(ValidationOutcome::Valid),
        Ok(false) => Ok(ValidationOutcome::Unanswered),
        Err(error) if error.has_code(NOT_REGISTERED) => Ok(ValidationOutcome::NeedsRegistration),
        Err(error) => Err(error),
    }
}

/// Has ARM predict the plan's changes without executing it; `None` if ARM can't be asked or a browser can't read the answer.
/// `progress`: see [`Progress::new`].
///
/// # Errors
/// If ARM would refuse the plan, or could not be asked.
pub async fn what_if<T: Transport>(client: &ArmClient<T>, plan: &Plan, progress: &Progress) -> Result<Option<Vec<Change>>, ArmError> {
    match progress.deployment_id() {
        Some(id) => client.what_if(&id, &deployment_body(plan)).await,
        None => Ok(None),
    }
}

/// Executes the plan from where `progress` stands, and returns the resulting identity. `told` is called for every step, to
/// show and store it.
///
/// # Errors
/// Why it stopped; `progress` records the same. Calling it again resumes from there.
pub async fn run<T: Transport>(
    client: &ArmClient<T>,
    plan: &Plan,
    progress: &mut Progress,
    told: &dyn Fn(&Progress),
) -> Result<ManagedIdentity, RunError> {
    let lost = match progress.failure.take().as_ref().map(RunError::from) {
        Some(RunError::Unknown(lost)) => Some(lost),
        _ => None,
    };
    told(progress);
    let result = carry_out(client, plan, progress, lost, told).await;
    if let Err(error) = &result {
        progress.failure = Some(Failure::from(error));
        told(progress);
    }
    result
}

async fn carry_out<T: Transport>(
    client: &ArmClient<T>,
    plan: &Plan,
    progress: &mut Progress,
    mut lost: Option<ArmError>,
    told: &dyn Fn(&Progress),
) -> Result<ManagedIdentity, RunError> {
    let (mut made, mut stepped_up) = (None, false);
    if progress.existed.is_none()
        && progress.done == 0
        && !progress.sent
        && let Some(identity) = plan.identities().last()
    {
        let found = client.identity(&identity.id(&plan.subscription), identity.api_version()).await;
        progress.existed = found.ok().map(|found| found.is_some());
    }
    while let Some(operation) = progress.operations(plan).into_iter().nth(progress.done) {
        match operation {
            Operation::Deploy(id) => match deploy(client, plan, &id, progress, lost.take(), told).await {
                // The sign-in lacked claims. Sending the deployment again asks the person for them; a second refusal is final.
                Err(RunError::Failed(refusal)) if !stepped_up && challenge::required_claims(&refusal).is_some() => {
                    stepped_up = true;
                    progress.sent = false;
                    progress.status_path = None;
                    told(progress);
                    continue;
                }
                done => done?,
            },
            Operation::Put(index) => {
                let before = progress.sent;
                let sent = if let Some(lost) = lost.take() {
                    Err(lost)
                } else {
                    progress.sent = true;
                    told(progress);
                    put(client, plan, index, &mut made).await
                };
                if sent.as_ref().is_err_and(never_left) {
                    progress.sent = before;
                }
                let done = match sent {
                    Err(lost) if lost.is_unanswered() => lost_answer::resource(client, plan, index, progress, lost).await?,
                    sent => sent?,
                };
                made = done.or(made);
            }
        }
        progress.done += 1;
        progress.sent = false;
        told(progress);
    }
    match (made, plan.identities().last()) {
        (Some(identity), _) => Ok(identity),
        (None, Some(identity)) => look_for(client, plan, identity).await,
        (None, None) => Err(RunError::Missing),
    }
}

/// Creates one resource with one request. `made`: the identity, if it is known; a role reads it, since it is assigned to its principal.
async fn put<T: Transport>(
    client: &ArmClient<T>,
    plan: &Plan,
    index: usize,
    made: &mut Option<ManagedIdentity>,
) -> Result<Option<ManagedIdentity>, ArmError> {
    match plan.resources.get(index) {
        Some(NewResource::Group(group)) => {
            client.put_resource_group(&plan.subscription, &group.name, &group_body(group).json_line()).await?;
            Ok(None)
        }
        Some(NewResource::Identity(identity)) => {
            let (id, body) = (identity.id(&plan.subscription), identity_body(identity).json_line());
            let made = match client.put_identity(&id, identity.api_version(), &body).await {
                Err(error) if error.has_code(NOT_REGISTERED) => {
                    client.register_provider(&plan.subscription, IDENTITY_PROVIDER).await?;
                    client.put_identity(&id, identity.api_version(), &body).await
                }
                made => made,
            };
            made.map(Some)
        }
        Some(NewResource::Credential(new)) => access::put_credential(client, new).await.map(|()| None),
        Some(NewResource::Role(role)) => access::assign(client, plan, role, made).await.map(|()| None),
        Some(NewResource::Lock(new)) => {
            let (read_only, notes) = (new.lock.read_only, &new.lock.notes);
            client.put_lock(&new.identity, &new.lock.name, read_only, notes).await.map(|()| None)
        }
        None => Ok(None),
    }
}

/// Starts the deployment unless it already exists, and waits for its end. `lost`: the error of an earlier attempt to send it
/// whose outcome is unknown.
async fn deploy<T: Transport>(
    client: &ArmClient<T>,
    plan: &Plan,
    id: &ResourceId,
    progress: &mut Progress,
    lost: Option<ArmError>,
    told: &dyn Fn(&Progress),
) -> Result<(), RunError> {
    let from_before = match lost {
        Some(lost) => Some(lost_answer::deployment(client, id, lost).await?),
        None if progress.sent => client.deployment(id).await.map_err(unknown)?,
        None => None,
    };
    if from_before.is_none() {
        let before = progress.sent;
        progress.sent = true;
        told(progress);
        let body = deployment_body(plan);
        let started = match client.put_deployment(id, &body).await {
            Err(error) if error.has_code(NOT_REGISTERED) => {
                client.register_provider(&plan.subscription, IDENTITY_PROVIDER).await?;
                client.put_deployment(id, &body).await
            }
            started => started,
        };
        match started {
            Ok(started) => {
                progress.correlation_id = started.deployment.correlation_id;
                progress.status_path = started.status_path;
                told(progress);
            }
            // The earlier one was accepted after all, and is running.
            Err(error) if error.has_code("DeploymentActive") => {}
            Err(lost) if lost.is_unanswered() => drop(lost_answer::deployment(client, id, lost).await?),
            Err(error) => {
                if never_left(&error) {
                    progress.sent = before;
                }
                return Err(error.into());
            }
        }
    }
    let watched = watch(client, id, progress.status_path.as_deref(), &|| told(progress)).await;
    let deployment = watched.map_err(|error| match error {
        // The deployment continues in Azure even if it cannot be watched.
        RunError::Call(error) => unknown(error),
        error => error,
    })?;
    if deployment.correlation_id.is_some() {
        progress.correlation_id.clone_from(&deployment.correlation_id);
    }
    match deployment.state {
        DeploymentState::Succeeded | DeploymentState::UnderWay => Ok(()),
        DeploymentState::Canceled => Err(RunError::Canceled),
        DeploymentState::Failed => Err(RunError::Failed(Box::new(Refusal {
            correlation_id: deployment.correlation_id,
            ..Refusal::from(deployment.error.unwrap_or_default())
        }))),
    }
}

/// Whether a request with this error was never sent.
fn never_left(error: &ArmError) -> bool {
    matches!(error, ArmError::Wire(WireError::SignInRequired | WireError::OtherCaller | WireError::PartMissing))
}

/// The outcome of a sent request could not be queried.
fn unknown(error: ArmError) -> RunError {
    match error {
        // The required caller was known before sending, and is reported.
        ArmError::Wire(WireError::OtherCaller) => RunError::Call(error),
        error => RunError::Unknown(error),
    }
}

/// Waits until a deployment has ended, however long that takes; dropping the future stops waiting, not the deployment.
/// `status_path`: the path of its status, if known; otherwise the deployment itself is polled. `polled` is called after each
/// poll before the end, so that a page can read its operations.
///
/// # Errors
/// If several polls in a row failed, or it does not exist.
pub async fn watch<T: Transport>(
    client: &ArmClient<T>,
    id: &ResourceId,
    status_path: Option<&str>,
    polled: &dyn Fn(),
) -> Result<Deployment, RunError> {
    let (mut poll, mut silent, mut unseen) = (0_u32, 0_u32, 0_u32);
    loop {
        let state = match status_path {
            Some(path) => client.deployment_state(path).await,
            None => Ok(DeploymentState::Succeeded),
        };
        // The short status says when to read the whole deployment; if it is missing or fails, read the whole.
        if matches!(state, Ok(DeploymentState::UnderWay)) {
            silent = 0;
        } else {
            match client.deployment(id).await {
                Ok(Some(deployment)) if deployment.state != DeploymentState::UnderWay => return Ok(deployment),
                Ok(Some(_)) => silent = 0,
                Ok(None) if unseen == LOOKS_MAX => return Err(RunError::Missing),
                Ok(None) => unseen += 1,
                // No answer, or one from something else, such as a proxy's page: the next may be ARM's again.
                Err(ArmError::Wire(WireError::Unreachable | WireError::TimedOut) | ArmError::NotUnderstood { .. })
                    if silent < SILENT_POLLS_MAX =>
                {
                    silent += 1;
                }
                Err(error) => return Err(error.into()),
            }
        }
        polled();
        poll += 1;
        client.transport().wait(Duration::from_secs(u64::from(poll.min(10)))).await;
    }
}

/// The identity that was just created. ARM's replicas may not have it at once.
async fn look_for<T: Transport>(client: &ArmClient<T>, plan: &Plan, identity: &NewIdentity) -> Result<ManagedIdentity, RunError> {
    let id = identity.id(&plan.subscription);
    for look in 0..LOOKS_MAX {
        if look > 0 {
            client.transport().wait(Duration::from_secs(1 << (look - 1))).await;
        }
        if let Some(identity) = client.identity(&id, identity.api_version()).await.map_err(unknown)? {
            return Ok(identity);
        }
    }
    Err(RunError::Missing)
}
