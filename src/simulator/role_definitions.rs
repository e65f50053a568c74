//! The built-in role definitions, in any scope.

use serde_json::Value;

use super::call::Call;
use super::refusal::Refusal;
use super::resource_handler::ResourceHandler;
use super::resource_type::{ResourceScope, ResourceType, Target};
use super::response::{ArmResponse, ArmResult};
use super::rights::MANAGED_IDENTITY_CONTRIBUTOR;
use super::world::World;
use super::{page, versions};
use crate::arm::http::Method;
use crate::simulator::json::json;

pub(crate) static TYPE: ResourceType = ResourceType {
    scopes: &[ResourceScope::Tenant, ResourceScope::Subscription, ResourceScope::Group, ResourceScope::Resource],
    ..ResourceType::extension("Microsoft.Authorization/roleDefinitions", versions::AUTHORIZATION)
};
pub(crate) static HANDLER: ResourceHandler = ResourceHandler::new(&TYPE, answer);

/// Built-in roles: name, ID, actions. The same in every tenant (Azure docs, "Azure built-in roles").
const ROLES: [(&str, &str, &[&str]); 10] = [
    ("Owner", "8e3af657-a8ff-443c-a75c-2fe8c4bcb635", &["*"]),
    ("Contributor", "b24988ac-6180-42a0-ab88-20f7382dd24c", &["*"]),
    ("Reader", "acdd72a7-3385-48ef-bd42-f606fba81ae7", &["*/read"]),
    (
        "Role Based Access Control Administrator",
        "f58310d9-a9f6-439a-9e8d-f62e7b41a168",
        &["Microsoft.Authorization/roleAssignments/write", "Microsoft.Authorization/roleAssignments/delete", "*/read"],
    ),
    ("Managed Identity Contributor", "e40ec5ca-96e0-45a2-b4ff-59039f2c2b59", MANAGED_IDENTITY_CONTRIBUTOR),
    (
        "Managed Identity Operator",
        "f1a07417-d97a-45cb-824c-7a7467783830",
        &["Microsoft.ManagedIdentity/userAssignedIdentities/*/read", "Microsoft.ManagedIdentity/userAssignedIdentities/*/assign/action"],
    ),
    ("AcrPull", "7f951dda-4ed3-4680-a7ca-43fe172d538d", &["Microsoft.ContainerRegistry/registries/pull/read"]),
    ("AcrPush", "8311e382-0749-4cb8-b61a-304f252e45ec", &["Microsoft.ContainerRegistry/registries/push/write"]),
    ("Container Registry Repository Reader", "b93aa761-3e63-49ed-ac28-beffa264f7ac", &[]),
    ("Container Registry Repository Writer", "2a1e307c-b015-4ebd-883e-5b7698a07328", &[]),
];

// Built-in definitions are read-only.
fn answer(world: &mut World, call: &Call, target: &Target<'_>) -> ArmResult {
    if !target.rest.is_empty() {
        return Err(call.unknown_type());
    }
    TYPE.check_version(call)?;
    if call.method != Method::Get {
        return Err(Refusal::method_not_allowed(call.method, "GET"));
    }
    if let Some(id) = target.name {
        let found = ROLES.iter().find(|(_, known, _)| known.eq_ignore_ascii_case(id));
        let missing = || {
            Refusal::by_provider(
                404,
                "RoleDefinitionDoesNotExist",
                &format!("The specified role definition with ID '{id}' does not exist."),
            )
        };
        return ArmResponse::ok(definition(&target.scope, found.ok_or_else(missing)?));
    }
    let name = eq_filter(call, "rolename")?;
    let roles = ROLES.iter().filter(|(known, _, _)| name.as_ref().is_none_or(|name| known.eq_ignore_ascii_case(name)));
    page::page(call, &world.endpoint, roles, |role| definition(&target.scope, role))
}

/// Whether there is a role with this ID.
pub(crate) fn is_known(id: &str) -> bool {
    ROLES.iter().any(|(_, known, _)| known.eq_ignore_ascii_case(id))
}

/// The value of a filter `field eq 'value'`; ARM's other filters are accepted and ignored.
pub(crate) fn eq_filter(call: &Call, field: &str) -> Result<Option<String>, Refusal> {
    let Some(filter) = call.query("$filter").filter(|filter| !filter.trim().is_empty()) else { return Ok(None) };
    let known = ["assignedto(", "type eq", "rolename eq", "principalid eq", "atscope()", "atscopeandbelow()"];
    if !known.iter().any(|known| filter.to_ascii_lowercase().contains(known)) {
        return Err(Refusal::by_provider(400, "UnsupportedQuery", &format!("The filter '{filter}' is not supported.")));
    }
    let value = filter.split_once(" eq ").filter(|(name, _)| name.trim().eq_ignore_ascii_case(field)).map(|(_, value)| value.trim());
    Ok(value.map(|value| value.trim_matches('\'').to_owned()))
}

fn definition(scope: &str, &(name, id, actions): &(&str, &str, &[&str])) -> Value {
    let not_actions: &[&str] =
        if name == "Contributor" { &["Microsoft.Authorization/*/Delete", "Microsoft.Authorization/*/Write"] } else { &[] };
    let data: &[&str] =
        if name.starts_with("Container Registry") { &["Microsoft.ContainerRegistry/registries/repositories/content/read"] } else { &[] };
    // Built-in roles belong to the scope's subscription, or to the tenant.
    let place: String = scope.split('/').take(3).collect::<Vec<_>>().join("/");
    json!({
        "id": format!("{place}/providers/Microsoft.Authorization/roleDefinitions/{id}"),
        "name": id,
        "type": "Microsoft.Authorization/roleDefinitions",
        "properties": {
            "roleName": name,
            "type": "BuiltInRole",
            "description": name,
            "assignableScopes": ["/"],
            "permissions": [{ "actions": actions, "notActions": not_actions, "dataActions": data, "notDataActions": [] }],
        },
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::simulator::seed::DEVELOPMENT;
    use crate::simulator::test_harness::TestHarness;

    const READER: &str = "/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7";

    fn path(scope: &str, rest: &str) -> String {
        format!("/subscriptions/{DEVELOPMENT}{scope}/providers/Microsoft.Authorization/{rest}api-version=2022-04-01")
    }

    #[test]
    fn knows_the_built_in_roles() {
        let mut harness = TestHarness::new("");
        let role = harness.list(&path("", "roleDefinitions?$filter=roleName eq 'Reader'&"));
        assert_eq!((role.len(), &role[0]["properties"]["permissions"][0]["actions"]), (1, &json!(["*/read"])));
        assert_eq!(harness.list(&path("/resourceGroups/RG1", "roleDefinitions?")).len(), 10);
        assert_eq!(harness.get(&format!("{READER}?api-version=2022-04-01")).body["id"], READER);
        assert_eq!(
            harness.list("/providers/Microsoft.Authorization/roleDefinitions?$filter=atScopeAndBelow()&api-version=2022-04-01").len(),
            10
        );
        assert_eq!(harness.get(&path("", "roleDefinitions/x?")).refusal(), "404 RoleDefinitionDoesNotExist");
        assert_eq!(harness.get(&path("", "roleDefinitions?$filter=x&")).refusal(), "400 UnsupportedQuery");
    }
}
