//! The ARM requests of a deployment's page: state, operations, and cancellation.

use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;

use crate::arm::caller::Caller;
use crate::arm::client::ArmClient;
use crate::arm::deployment::{Deployment, DeploymentOperation, DeploymentState};
use crate::arm::error::ArmError;
use crate::arm::managed_identity::{IDENTITY_API_COMMON, ManagedIdentity};
use crate::arm::resource_id::ResourceId;
use crate::arm::transport::Transport;
use crate::cloud::Cloud;
use crate::cloud::queries::{self, ArmFuture};
use crate::provisioning::run::watch;
use crate::provisioning::run_error::RunError;

/// How often, and at what interval, a deployment is read after a cancel request without an answer.
const POLLS_MAX: u32 = 3;
const POLL_INTERVAL: Duration = Duration::from_secs(2);

/// The state of loading a deployment that this tab didn't start.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum DeploymentLookup {
    Looking,
    Deployment(Box<Deployment>),
    /// The identity that a direct request created.
    Identity(Box<ManagedIdentity>),
    /// It doesn't exist.
    Nothing,
    Failed(ArmError),
}

/// Follows a deployment to its end. `waiting` gets how many seconds ARM asked to wait.
pub(super) async fn follow(cloud: Cloud, id: ResourceId, found: RwSignal<DeploymentLookup>, waiting: RwSignal<Option<u64>>) {
    let ended = queries::from_part(follow_by(cloud, id, found, waiting)).await;
    waiting.try_set(None);
    if let Err(error) = ended {
        found.try_set(DeploymentLookup::Failed(error));
    }
}

crate::part! {
    in resource:
    fn follow_by(cloud: Cloud, id: ResourceId, found: RwSignal<DeploymentLookup>, waiting: RwSignal<Option<u64>>) -> ArmFuture<()> {
        Box::pin(async move {
            let client = queries::client(cloud).observed(Rc::new(move |wait| {
                waiting.try_set(wait.map(|wait| wait.seconds));
            }));
            if !super::view::is_deployment(&id) {
                let identity = client.identity(&id, IDENTITY_API_COMMON).await?;
                found.try_set(identity.map_or(DeploymentLookup::Nothing, |identity| DeploymentLookup::Identity(Box::new(identity))));
                return Ok(());
            }
            let Some(deployment) = client.deployment(&id).await? else {
                found.try_set(DeploymentLookup::Nothing);
                return Ok(());
            };
            let is_under_way = deployment.state == DeploymentState::UnderWay;
            found.try_set(DeploymentLookup::Deployment(Box::new(deployment)));
            if is_under_way {
                match watch(&client, &id, None, &|| ()).await {
                    Ok(deployment) => drop(found.try_set(DeploymentLookup::Deployment(Box::new(deployment)))),
                    Err(RunError::Call(error)) => return Err(error),
                    Err(_) => drop(found.try_set(DeploymentLookup::Nothing)),
                }
            }
            Ok(())
        })
    }
}

/// The current state of a deployment; `None` if it doesn't exist.
pub(super) async fn deployment(cloud: Cloud, id: ResourceId) -> Result<Option<Deployment>, ArmError> {
    queries::from_part(ask_deployment(cloud, id)).await
}

crate::part! {
    in resource:
    fn ask_deployment(cloud: Cloud, id: ResourceId) -> ArmFuture<Option<Deployment>> {
        Box::pin(async move { queries::client(cloud).deployment(&id).await })
    }
}

pub(super) async fn operations(cloud: Cloud, id: ResourceId) -> Result<Vec<DeploymentOperation>, ArmError> {
    queries::from_part(ask_operations(cloud, id)).await
}

crate::part! {
    in resource:
    fn ask_operations(cloud: Cloud, id: ResourceId) -> ArmFuture<Vec<DeploymentOperation>> {
        Box::pin(async move {
            let client = queries::client(cloud);
            client.deployment_operations(&id).all(&client).await
        })
    }
}

/// Cancels a deployment.
pub(super) async fn cancel(cloud: Cloud, id: ResourceId) -> Result<(), ArmError> {
    // Pinned to the current caller: a sign-in in between may be another account's.
    let caller = untrack(|| cloud.caller());
    queries::from_part(ask_cancel(cloud, id, caller)).await
}

crate::part! {
    in resource:
    fn ask_cancel(cloud: Cloud, id: ResourceId, caller: Option<Caller>) -> ArmFuture<()> {
        Box::pin(async move { cancel_and_check(&queries::client_as(cloud, caller), &id).await })
    }
}

/// Cancels a deployment. If no answer comes, reads the deployment before reporting the outcome.
async fn cancel_and_check<T: Transport>(client: &ArmClient<T>, id: &ResourceId) -> Result<(), ArmError> {
    let lost = match client.cancel_deployment(id).await {
        Err(error) if error.is_unanswered() => error,
        answer => return answer,
    };
    for _ in 0..POLLS_MAX {
        if client.deployment(id).await.is_ok_and(|found| found.is_none_or(|found| found.state != DeploymentState::UnderWay)) {
            return Ok(());
        }
        client.transport().wait(POLL_INTERVAL).await;
    }
    Err(lost)
}

/// The created identity, for its ids.
pub(super) async fn identity(cloud: Cloud, id: ResourceId) -> Result<Option<ManagedIdentity>, ArmError> {
    queries::from_part(ask_identity(cloud, id)).await
}

crate::part! {
    in resource:
    fn ask_identity(cloud: Cloud, id: ResourceId) -> ArmFuture<Option<ManagedIdentity>> {
        Box::pin(async move { queries::client(cloud).identity(&id, IDENTITY_API_COMMON).await })
    }
}
