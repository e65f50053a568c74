//! Reads one identity, with the newest api-version that the cloud offers.

use std::time::Duration;

use crate::arm::error::ArmError;
use crate::arm::managed_identity::{ManagedIdentity, best_version};
use crate::arm::provider::IDENTITY_PROVIDER;
use crate::arm::resource_id::ResourceId;
use crate::arm::transport::Transport;
use crate::cloud::Cloud;
use crate::cloud::queries::{self, ArmFuture};

/// How often an identity that was created here is requested: ARM's replicas need some seconds to know it.
const ATTEMPTS_MAX: u32 = 4;

/// The resource type within the provider.
const KIND: &str = "userAssignedIdentities";

/// An identity, with ARM's JSON.
pub(super) type IdentityAndJson = (ManagedIdentity, String);

/// `None` if the identity doesn't exist. If it was `created` here, that is asked several times.
pub(super) async fn identity(cloud: Cloud, id: ResourceId, created: bool) -> Result<Option<IdentityAndJson>, ArmError> {
    queries::from_part(ask(cloud, id, if created { ATTEMPTS_MAX } else { 1 })).await
}

crate::part! {
    in resource:
    fn ask(cloud: Cloud, id: ResourceId, attempts: u32) -> ArmFuture<Option<IdentityAndJson>> {
        Box::pin(async move {
            let client = queries::client(cloud);
            let Some(subscription) = id.subscription() else { return Ok(None) };
            // Without permission to read the provider, use the version that every cloud offers.
            let provider = client.provider(&subscription, IDENTITY_PROVIDER).await.ok();
            let offered = provider.as_ref().and_then(|provider| provider.resource_type(KIND)).map(|kind| kind.api_versions.clone());
            let version = best_version(&offered.unwrap_or_default());
            for attempt in 0..attempts {
                if attempt > 0 {
                    client.transport().wait(Duration::from_secs(1 << (attempt - 1))).await;
                }
                if let Some(found) = client.identity_and_json(&id, version).await? {
                    return Ok(Some(found));
                }
            }
            Ok(None)
        })
    }
}
