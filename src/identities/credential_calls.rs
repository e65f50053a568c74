//! Reads and writes an identity's federated credentials.

use std::time::Duration;

use crate::arm::caller::Caller;
use crate::arm::client::ArmClient;
use crate::arm::error::ArmError;
use crate::arm::federated_credential::{CONCURRENT_WRITE, CREDENTIAL_DELETE, CREDENTIAL_WRITE, FederatedCredential};
use crate::arm::permission::allow;
use crate::arm::resource_id::ResourceId;
use crate::arm::transport::Transport;
use crate::cloud::{Cloud, queries};

/// How often a write is tried while another one to the same identity's credentials is running.
const ATTEMPTS_MAX: u32 = 5;

/// A write: one credential is created or replaced, or removed by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Change {
    Put(FederatedCredential),
    Delete(String),
}

impl Change {
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Put(credential) => &credential.name,
            Self::Delete(name) => name,
        }
    }

    /// Makes the change in a list.
    pub(super) fn apply(&self, credentials: &mut Vec<FederatedCredential>) {
        let at = credentials.iter().position(|one| one.name.eq_ignore_ascii_case(self.name()));
        match (self, at) {
            (Self::Put(credential), Some(at)) => credentials[at] = credential.clone(),
            (Self::Put(credential), None) => credentials.push(credential.clone()),
            (Self::Delete(_), Some(at)) => drop(credentials.remove(at)),
            (Self::Delete(_), None) => {}
        }
    }

    /// Whether `credentials` are as they are after this write.
    fn is_done(&self, credentials: &[FederatedCredential]) -> bool {
        match self {
            Self::Put(wanted) => credentials.contains(wanted),
            Self::Delete(name) => !credentials.iter().any(|one| one.name.eq_ignore_ascii_case(name)),
        }
    }
}

pub(super) async fn list(cloud: Cloud, identity: &ResourceId) -> Result<Vec<FederatedCredential>, ArmError> {
    let client = queries::client(cloud);
    client.federated_credentials(identity).all(&client).await
}

/// Whether the account may change credentials of this identity; `None` if that couldn't be read.
pub(super) async fn may_change(cloud: Cloud, identity: &ResourceId) -> Option<bool> {
    let client = queries::client(cloud);
    let group = ResourceId::of_group(&identity.subscription()?, identity.resource_group()?);
    let permissions = client.permissions(&group).all(&client).await.ok()?;
    Some(allow(&permissions, CREDENTIAL_WRITE) && allow(&permissions, CREDENTIAL_DELETE))
}

/// Makes a change as `caller`, and as nobody else.
pub(super) async fn change(cloud: Cloud, caller: Option<Caller>, identity: &ResourceId, change: &Change) -> Result<(), ArmError> {
    write(&queries::client_as(cloud, caller), identity, change).await
}

/// Waits for another write to the same identity's credentials. If no answer comes, reads the credentials before reporting the outcome.
async fn write<T: Transport>(client: &ArmClient<T>, identity: &ResourceId, change: &Change) -> Result<(), ArmError> {
    let mut attempt = 1;
    loop {
        let answer = match change {
            Change::Put(credential) => client.put_federated_credential(identity, credential).await,
            Change::Delete(name) => client.delete_federated_credential(identity, name).await,
        };
        match answer {
            Err(error) if error.has_code(CONCURRENT_WRITE) && attempt < ATTEMPTS_MAX => {
                client.transport().wait(Duration::from_secs(1 << (attempt - 1))).await;
                attempt += 1;
            }
            Err(error) if error.is_unanswered() => {
                let found = client.federated_credentials(identity).all(client).await;
                return if found.is_ok_and(|found| change.is_done(&found)) { Ok(()) } else { Err(error) };
            }
            answer => return answer,
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn knows_from_the_list_whether_a_write_was_made() {
        let credential = |name: &str, subject: &str| FederatedCredential {
            name: name.into(),
            subject: subject.into(),
            ..FederatedCredential::default()
        };
        let list = [credential("one", "a")];
        for (change, expected) in [
            (Change::Put(credential("one", "a")), true),
            (Change::Put(credential("one", "b")), false),
            (Change::Put(credential("two", "a")), false),
            (Change::Delete("ONE".into()), false),
            (Change::Delete("two".into()), true),
        ] {
            assert_eq!(change.is_done(&list), expected, "{change:?}");
            let mut after = list.to_vec();
            change.apply(&mut after);
            assert!(change.is_done(&after), "{change:?}");
        }
    }
}
