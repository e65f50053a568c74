//! Reads and writes an identity's federated credentials.

use std::time::Duration;

use super::changes::NotMade;
use crate::arm::client::ArmClient;
use crate::arm::federated_credential::{CONCURRENT_WRITE, FederatedCredential};
use crate::arm::resource_id::ResourceId;
use crate::arm::transport::Transport;

/// How often a write is tried while another one to the same identity's credentials is running.
const ATTEMPTS_MAX: u32 = 5;

/// A change from what was read to what is wanted: `None` where there is no credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) name: String,
    pub(super) before: Option<FederatedCredential>,
    pub(super) after: Option<FederatedCredential>,
}

/// The credential of this name, whatever its case.
fn named<'a>(credentials: &'a [FederatedCredential], name: &str) -> Option<&'a FederatedCredential> {
    credentials.iter().find(|one| one.name.eq_ignore_ascii_case(name))
}

/// Makes a change, if the credential still is what was read. Waits for another write to the same identity's credentials. If no answer
/// comes, reads the credentials before reporting the outcome.
pub(super) async fn make<T: Transport>(client: &ArmClient<T>, identity: &ResourceId, change: &Change) -> Result<(), NotMade> {
    for attempt in 1.. {
        let present = client.federated_credentials(identity).all(client).await?;
        let present = named(&present, &change.name);
        if present == change.after.as_ref() {
            return Ok(());
        }
        if present != change.before.as_ref() {
            return Err(NotMade::Meanwhile);
        }
        let answer = match &change.after {
            Some(credential) => client.put_federated_credential(identity, credential).await,
            None => client.delete_federated_credential(identity, &change.name).await,
        };
        match answer {
            Err(error) if error.has_code(CONCURRENT_WRITE) && attempt < ATTEMPTS_MAX => {
                client.transport().wait(Duration::from_secs(1 << (attempt - 1))).await;
            }
            Err(error) if error.is_unanswered() => {
                let found = client.federated_credentials(identity).all(client).await;
                let is_made = found.is_ok_and(|found| named(&found, &change.name) == change.after.as_ref());
                return if is_made { Ok(()) } else { Err(error.into()) };
            }
            answer => return answer.map_err(NotMade::from),
        }
    }
    Ok(())
}
