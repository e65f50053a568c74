//! What is asked for besides the identity: values that Azure accepts.

use super::lock::LockDraft;
use crate::arm::federated_credential::FederatedCredential;
use crate::arm::resource_id::ResourceId;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccessRequest {
    pub credentials: Vec<FederatedCredential>,
    pub roles: Vec<RoleRequest>,
    pub lock: Option<LockDraft>,
}

/// A role at a scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleRequest {
    pub scope: ResourceId,
    /// The role definition's GUID.
    pub role: String,
    /// The role's name in English, as Azure has it.
    pub role_name: String,
    pub condition: Option<String>,
}
