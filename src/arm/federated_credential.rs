//! Federated credentials of a managed identity: whose tokens may sign in as it.

use serde_json::{Value, json};

use super::client::{ArmClient, versioned};
use super::error::ArmError;
use super::http::Method;
use super::json::{text, texts, written};
use super::managed_identity::IDENTITY_API_COMMON;
use super::paging::Pages;
use super::percent::{encode, encode_path};
use super::resource_id::ResourceId;
use super::transport::Transport;

pub const CREDENTIAL_TYPE: &str = "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials";
/// What an account needs to create or change a credential.
pub const CREDENTIAL_WRITE: &str = "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write";
/// What an account needs to delete a credential.
pub const CREDENTIAL_DELETE: &str = "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/delete";

/// ARM's code for a write during another write to the same identity's credentials.
pub const CONCURRENT_WRITE: &str = "ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity";

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FederatedCredential {
    pub name: String,
    pub issuer: String,
    /// Empty for a credential with a pattern, which is a preview of Azure's.
    pub subject: String,
    /// Azure takes exactly one.
    pub audiences: Vec<String>,
}

impl FederatedCredential {
    /// What ARM takes.
    fn properties(&self) -> Value {
        json!({ "issuer": self.issuer, "subject": self.subject, "audiences": self.audiences })
    }

    /// As ARM lists it, as far as it is read.
    pub fn json(&self) -> Value {
        json!({ "name": self.name, "properties": self.properties() })
    }
}

impl<T: Transport> ArmClient<T> {
    /// The credentials of the identity with this id.
    pub fn federated_credentials(&self, identity: &ResourceId) -> Pages<FederatedCredential> {
        Pages::new(versioned(&list_path(identity), IDENTITY_API_COMMON), read)
    }

    /// Creates a credential, or replaces the one of the same name.
    ///
    /// # Errors
    /// If ARM refuses; [`CONCURRENT_WRITE`] during another write to the same identity's credentials.
    pub async fn put_federated_credential(&self, identity: &ResourceId, credential: &FederatedCredential) -> Result<(), ArmError> {
        let body = written(&json!({ "properties": credential.properties() }));
        self.call(Method::Put, &path(identity, &credential.name), Some(&body)).await.map(drop)
    }

    /// Deletes a credential; one that doesn't exist is no error.
    ///
    /// # Errors
    /// If ARM refuses; [`CONCURRENT_WRITE`] during another write to the same identity's credentials.
    pub async fn delete_federated_credential(&self, identity: &ResourceId, name: &str) -> Result<(), ArmError> {
        self.call(Method::Delete, &path(identity, name), None).await.map(drop)
    }
}

fn list_path(identity: &ResourceId) -> String {
    [&encode_path(identity.as_str()), "/federatedIdentityCredentials"].concat()
}

fn path(identity: &ResourceId, name: &str) -> String {
    versioned(&[&list_path(identity), "/", &encode(name)].concat(), IDENTITY_API_COMMON)
}

/// Parses ARM's JSON of a credential.
pub fn read(value: &Value) -> Option<FederatedCredential> {
    let name = text(value, "name");
    (!name.is_empty()).then(|| FederatedCredential {
        name: name.to_owned(),
        issuer: text(value, "properties.issuer").to_owned(),
        subject: text(value, "properties.subject").to_owned(),
        audiences: texts(value, "properties.audiences"),
    })
}
