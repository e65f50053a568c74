//! Reading one identity: with the newest version the cloud offers, and quietly again for a moment where it is too new.

use std::time::Duration;

use crate::arm::error::ArmError;
use crate::arm::managed_identity::{ManagedIdentity, best_version};
use crate::arm::provider::IDENTITY_PROVIDER;
use crate::arm::resource_id::ResourceId;
use crate::arm::transport::Transport;
use crate::cloud::Cloud;
use crate::cloud::queries::{self, ArmFuture};

/// How often one that is missing is looked for: ARM's own copies need some seconds after it was made.
const LOOKS_MAX: u32 = 4;

/// The type of identities in their provider.
const KIND: &str = "userAssignedIdentities";

/// An identity, with ARM's own JSON of it.
pub(super) type IdentityAndJson = (ManagedIdentity, String);

/// The identity of this id, if it is there.
pub(super) async fn identity(cloud: Cloud, id: ResourceId) -> Result<Option<IdentityAndJson>, ArmError> {
    queries::from_part(ask(cloud, id)).await
}

crate::part! {
    in azure:
    fn ask(cloud: Cloud, id: ResourceId) -> ArmFuture<Option<IdentityAndJson>> {
        Box::pin(async move {
            let client = queries::client(cloud);
            let Some(subscription) = id.subscription() else { return Ok(None) };
            // Whoever may not read the provider reads what every cloud offers.
            let provider = client.provider(&subscription, IDENTITY_PROVIDER).await.ok();
            let offered = provider.as_ref().and_then(|provider| provider.resource_type(KIND)).map(|kind| kind.api_versions.clone());
            let version = best_version(&offered.unwrap_or_default());
            for look in 0..LOOKS_MAX {
                if look > 0 {
                    client.transport().wait(Duration::from_secs(1 << (look - 1))).await;
                }
                if let Some(found) = client.identity_and_json(&id, version).await? {
                    return Ok(Some(found));
                }
            }
            Ok(None)
        })
    }
}
