//! `GET /providers/{namespace}/operations`: a provider's operations, as SDKs and `az` list them.

use serde_json::Value;

use super::call::Call;
use super::refusal::Refusal;
use super::resource_handler::ResourceHandler;
use super::resource_type::{ResourceScope, ResourceType, Target};
use super::response::{ArmResponse, ArmResult};
use super::{identities, versions};
use crate::arm::http::Method;
use crate::simulator::json::json;

/// `Microsoft.ManagedIdentity/operations`.
pub(crate) static OF_IDENTITIES: ResourceType = of("Microsoft.ManagedIdentity/operations", identities::VERSIONS);
pub(crate) static HANDLER_OF_IDENTITIES: ResourceHandler =
    ResourceHandler::new(&OF_IDENTITIES, |_, call, target| list(call, target, &MANAGED_IDENTITY));
/// `Microsoft.Resources/operations`.
pub(crate) static OF_RESOURCES: ResourceType = of("Microsoft.Resources/operations", versions::RESOURCES);
pub(crate) static HANDLER_OF_RESOURCES: ResourceHandler =
    ResourceHandler::new(&OF_RESOURCES, |_, call, target| list(call, target, &RESOURCES));

const fn of(full_name: &'static str, versions: &'static str) -> ResourceType {
    ResourceType { scopes: &[ResourceScope::Tenant], ..ResourceType::listed(full_name, versions) }
}

/// An operation without its namespace, its resource, and its description.
type Operation = (&'static str, &'static str, &'static str);

const MANAGED_IDENTITY: [Operation; 11] = [
    ("register/action", "Subscription", "Register the provider"),
    ("userAssignedIdentities/read", "User-assigned identity", "Get or list identities"),
    ("userAssignedIdentities/write", "User-assigned identity", "Create or update an identity"),
    ("userAssignedIdentities/delete", "User-assigned identity", "Delete an identity"),
    ("userAssignedIdentities/assign/action", "User-assigned identity", "Assign an identity to a resource"),
    ("userAssignedIdentities/listAssociatedResources/action", "User-assigned identity", "List the resources of an identity"),
    ("userAssignedIdentities/revokeTokens/action", "User-assigned identity", "Revoke the tokens of an identity"),
    ("userAssignedIdentities/federatedIdentityCredentials/read", "Federated credential", "Get or list credentials"),
    ("userAssignedIdentities/federatedIdentityCredentials/write", "Federated credential", "Create or update a credential"),
    ("userAssignedIdentities/federatedIdentityCredentials/delete", "Federated credential", "Delete a credential"),
    ("identities/read", "System-assigned identity", "Get the identity of a resource"),
];
const RESOURCES: [Operation; 8] = [
    ("subscriptions/read", "Subscription", "Get or list subscriptions"),
    ("subscriptions/resourceGroups/read", "Resource group", "Get or list resource groups"),
    ("subscriptions/resourceGroups/write", "Resource group", "Create or update a resource group"),
    ("subscriptions/resourceGroups/delete", "Resource group", "Delete a resource group"),
    ("deployments/read", "Deployment", "Get or list deployments"),
    ("deployments/write", "Deployment", "Create or update a deployment"),
    ("deployments/validate/action", "Deployment", "Validate a deployment"),
    ("deployments/whatIf/action", "Deployment", "Tell what a deployment would change"),
];

fn list(call: &Call, target: &Target<'_>, operations: &[Operation]) -> ArmResult {
    if target.name.is_some() {
        return Err(call.unknown_type());
    }
    target.kind.check_version(call)?;
    let namespace = target.kind.namespace();
    if call.method != Method::Get {
        return Err(Refusal::method_not_allowed(call.method, "GET"));
    }
    let json = |(name, resource, does): &Operation| {
        json!({
            "name": format!("{namespace}/{name}"),
            "display": { "provider": namespace, "resource": *resource, "operation": *does, "description": *does },
        })
    };
    ArmResponse::ok(json!({ "value": operations.iter().map(json).collect::<Vec<Value>>() }))
}

#[cfg(test)]
mod tests {
    use crate::simulator::test_harness::TestHarness;

    #[test]
    fn lists_a_providers_operations() {
        let mut harness = TestHarness::new("");
        let listed = harness.list("/providers/Microsoft.ManagedIdentity/operations?api-version=2023-01-31");
        assert!(listed.iter().any(|one| one["name"] == "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action"));
        assert_eq!(harness.list("/providers/microsoft.resources/Operations?api-version=2021-04-01").len(), 8);
        for (path, refusal) in [
            ("/providers/Microsoft.ManagedIdentity/operations?api-version=2021-04-01", "404 InvalidResourceType"),
            ("/providers/Microsoft.Storage/operations?api-version=2023-05-01", "404 InvalidResourceType"),
        ] {
            assert_eq!(harness.get(path).refusal(), refusal);
        }
    }
}
