//! The credentials and roles of a run by direct requests.

use crate::arm::client::ArmClient;
use crate::arm::error::{ArmError, Refusal};
use crate::arm::federated_credential::CONCURRENT_WRITE;
use crate::arm::managed_identity::ManagedIdentity;
use crate::arm::retry::Wait;
use crate::arm::role_assignment::{PRINCIPAL_NOT_FOUND, ROLE_ASSIGNMENT_EXISTS};
use crate::arm::transport::Transport;
use crate::provisioning::plan::{NewCredential, NewRole, Plan};

/// The waits for Entra ID to know a new identity, in seconds: two minutes in all.
const REPLICATION: [u64; 6] = [2, 4, 8, 16, 30, 60];
/// The waits for another write to the same identity's credentials, in seconds.
const CONCURRENT: [u64; 4] = [1, 2, 4, 8];
/// The status of a refusal that is waited for.
const CONFLICT: u16 = 409;

/// Creates a credential. Waits for another write to the same identity's credentials.
pub(super) async fn put_credential<T: Transport>(client: &ArmClient<T>, new: &NewCredential) -> Result<(), ArmError> {
    patiently(client, &CONCURRENT, CONCURRENT_WRITE, async || client.put_federated_credential(&new.identity, &new.credential).await).await
}

/// Assigns a role. Waits until Entra ID knows the identity. A role that it has already is no error.
pub(super) async fn assign<T: Transport>(
    client: &ArmClient<T>,
    plan: &Plan,
    role: &NewRole,
    made: &mut Option<ManagedIdentity>,
) -> Result<(), ArmError> {
    let identity = if let Some(identity) = made {
        identity
    } else {
        let asked = plan.identities().find(|asked| asked.id(&plan.subscription) == role.identity);
        let version = asked.map_or(crate::arm::managed_identity::IDENTITY_API_COMMON, |asked| asked.api_version());
        let found = client.identity(&role.identity, version).await?;
        // It was made before, and somebody has removed it since.
        made.insert(found.ok_or_else(|| ArmError::Refused(Box::new(Refusal { status: 404, ..Refusal::default() })))?)
    };
    let principal = identity.principal_id.clone();
    let put = async || client.put_role_assignment(&role.assignment, &principal).await;
    match patiently(client, &REPLICATION, PRINCIPAL_NOT_FOUND, put).await {
        Err(error) if error.has_code(ROLE_ASSIGNMENT_EXISTS) => Ok(()),
        answer => answer,
    }
}

/// Repeats `put` after each of `waits` (in seconds) while Azure refuses it with `code`.
async fn patiently<T: Transport>(
    client: &ArmClient<T>,
    waits: &[u64],
    code: &str,
    put: impl AsyncFn() -> Result<(), ArmError>,
) -> Result<(), ArmError> {
    for (attempt, seconds) in (1..).zip(waits) {
        match put().await {
            Err(error) if error.has_code(code) => client.pause(Wait { seconds: *seconds, status: CONFLICT, attempt }).await,
            answer => return answer,
        }
    }
    put().await
}
