//! The built-in role definitions, in any scope.

use serde_json::Value;

use super::authorization_filter::AuthorizationFilter;
use super::built_in_roles::{BuiltInRole, ROLES, with_id};
use super::call::Call;
use super::refusal::Refusal;
use super::resource_handler::ResourceHandler;
use super::resource_type::{ResourceScope, ResourceType, Target};
use super::response::{ArmResponse, ArmResult};
use super::world::World;
use super::{page, versions};
use crate::arm::http::Method;
use crate::simulator::json::json;

pub(crate) static TYPE: ResourceType = ResourceType {
    scopes: &[ResourceScope::Tenant, ResourceScope::Subscription, ResourceScope::Group, ResourceScope::Resource],
    ..ResourceType::extension("Microsoft.Authorization/roleDefinitions", versions::AUTHORIZATION)
};
pub(crate) static HANDLER: ResourceHandler = ResourceHandler::new(&TYPE, answer);

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
        let found = with_id(id);
        let missing = || {
            Refusal::by_provider(
                404,
                "RoleDefinitionDoesNotExist",
                &format!("The specified role definition with ID '{id}' does not exist."),
            )
        };
        return ArmResponse::ok(definition(&target.scope, found.ok_or_else(missing)?));
    }
    let filter = AuthorizationFilter::of(call, &["rolename", "type"])?;
    let roles = ROLES.iter().filter(|role| filter.allows("rolename", role.name) && filter.allows("type", "BuiltInRole"));
    page::page(call, &world.endpoint, roles, |role| definition(&target.scope, role))
}

fn definition(scope: &str, role: &BuiltInRole) -> Value {
    // Built-in roles belong to the scope's subscription, or to the tenant.
    let place: String = scope.split('/').take(3).collect::<Vec<_>>().join("/");
    json!({
        "id": format!("{place}/providers/Microsoft.Authorization/roleDefinitions/{}", role.id),
        "name": role.id,
        "type": "Microsoft.Authorization/roleDefinitions",
        "properties": {
            "roleName": role.name,
            "type": "BuiltInRole",
            "description": role.description,
            "assignableScopes": ["/"],
            "permissions": [{
                "actions": role.actions,
                "notActions": role.not_actions,
                "dataActions": role.data_actions,
                "notDataActions": [],
            }],
        },
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::ROLES;
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
        assert_eq!(harness.list(&path("/resourceGroups/RG1", "roleDefinitions?")).len(), ROLES.len());
        assert_eq!(harness.list(&path("", "roleDefinitions?$filter=atScopeAndBelow() and type eq 'CustomRole'&")).len(), 0);
        let reader = harness
            .list(&path("", "roleDefinitions?$filter=type eq 'BuiltInRole' and roleName eq 'Container Registry Repository Reader'&"));
        assert_eq!(reader[0]["properties"]["permissions"][0]["dataActions"].as_array().map(Vec::len), Some(2));
        assert_eq!(harness.get(&format!("{READER}?api-version=2022-04-01")).body["id"], READER);
        assert_eq!(
            harness.list("/providers/Microsoft.Authorization/roleDefinitions?$filter=atScopeAndBelow()&api-version=2022-04-01").len(),
            ROLES.len()
        );
        assert_eq!(harness.get(&path("", "roleDefinitions/x?")).refusal(), "404 RoleDefinitionDoesNotExist");
        assert_eq!(harness.get(&path("", "roleDefinitions?$filter=x&")).refusal(), "400 UnsupportedQuery");
    }
}
