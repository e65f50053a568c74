//! Whether the account may assign this role to this kind of principal: its own assignment may have a condition that permits only some.

use serde_json::Value;

use super::condition::{Condition, Facts};
use super::preconditions;
use super::refusal::Refusal;
use super::rights::rights;
use super::world::World;

/// The refusal to do `action` on a role assignment with these properties in `scope`, if any.
pub(crate) fn authorize(world: &World, scope: &str, action: &str, properties: &Value) -> Result<(), Refusal> {
    if permits(world, scope, action, properties) {
        return Ok(());
    }
    preconditions::authorize(world, scope, action)?;
    let message = format!(
        "The client '{}' with object id '{}' does not have authorization or an ABAC condition not fulfilled to perform action '{action}' over scope '{scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.",
        world.caller.name, world.caller.id
    );
    Err(Refusal::new(403, "AuthorizationFailed", &message))
}

/// Whether the account may do `action` on a role assignment with these properties in `scope`.
pub(crate) fn permits(world: &World, scope: &str, action: &str, properties: &Value) -> bool {
    let role = properties["roleDefinitionId"].as_str().and_then(|id| id.rsplit('/').next());
    let mut attributes = Vec::new();
    for (name, value) in [
        ("RoleDefinitionId", role),
        ("PrincipalId", properties["principalId"].as_str()),
        ("PrincipalType", properties["principalType"].as_str()),
    ] {
        attributes.extend(value.map(|value| (name, value)));
    }
    let facts = Facts { action, attributes: &attributes };
    let is_fulfilled = |text: &String| Condition::parse(text).is_some_and(|condition| condition.holds(&facts));
    rights(world, scope).iter().any(|rights| rights.include(action) && rights.condition.as_ref().is_none_or(is_fulfilled))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::simulator::seed::DEVELOPMENT;
    use crate::simulator::test_harness::TestHarness;

    const PULL: &str = "7f951dda-4ed3-4680-a7ca-43fe172d538d";
    const PUSH: &str = "8311e382-0749-4cb8-b61a-304f252e45ec";
    const ADMINISTRATOR: &str = "f58310d9-a9f6-439a-9e8d-f62e7b41a168";
    const RADIA: &str = "b1d6f0a4-2c73-4e58-8a19-6f3e7d5c4b20";

    /// The status, code and message.
    fn send(harness: &mut TestHarness, method: &str, path: &str, body: Option<Value>) -> (u16, String, String) {
        let answer = harness.send(method, &format!("/subscriptions/{DEVELOPMENT}{path}"), body);
        let text = |field: &str| answer.body["error"][field].as_str().unwrap_or_default().to_owned();
        (answer.status, text("code"), text("message"))
    }

    fn assignment(name: u8, role: &str, kind: Option<&str>) -> (String, Value) {
        let registry = "/resourceGroups/RG1/providers/Microsoft.ContainerRegistry/registries/contosodev";
        let path = format!(
            "{registry}/providers/Microsoft.Authorization/roleAssignments/00000000-0000-4000-8000-0000000000{name:02}?api-version=2022-04-01"
        );
        let role = format!("/subscriptions/{DEVELOPMENT}/providers/Microsoft.Authorization/roleDefinitions/{role}");
        (
            path,
            json!({ "properties": { "roleDefinitionId": role, "principalId": "00000000-0000-4000-8000-00000000000f", "principalType": kind } }),
        )
    }

    #[test]
    fn a_condition_limits_what_may_be_assigned() {
        let mut harness = TestHarness::new("");
        harness.sign_in(RADIA);
        let groups = "/resourcegroups?api-version=2021-04-01";
        assert_eq!(send(&mut harness, "GET", groups, None).0, 403);
        let condition = format!(
            "((!(ActionMatches{{'Microsoft.Authorization/roleAssignments/write'}})) OR (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {{{PULL}}} AND @Request[Microsoft.Authorization/roleAssignments:PrincipalType] ForAnyOfAnyValues:StringEqualsIgnoreCase {{'ServicePrincipal'}}))"
        );
        harness.simulator.assign_role(&format!("/subscriptions/{DEVELOPMENT}"), ADMINISTRATOR, RADIA, Some(&condition));
        assert_eq!(send(&mut harness, "GET", groups, None).0, 200);
        let mut put = |name, role, kind| {
            let (path, body) = assignment(name, role, kind);
            send(&mut harness, "PUT", &path, Some(body))
        };
        assert_eq!(put(1, PULL, Some("ServicePrincipal")).0, 201);
        for (name, role, kind) in [(2, PUSH, Some("ServicePrincipal")), (3, PULL, Some("User")), (4, PULL, None)] {
            let (status, code, message) = put(name, role, kind);
            assert_eq!((status, code.as_str()), (403, "AuthorizationFailed"));
            assert!(message.contains("or an ABAC condition not fulfilled to perform action"), "{message}");
        }
        let (path, _) = assignment(1, PULL, None);
        assert_eq!(send(&mut harness, "DELETE", &path, None).0, 200);
    }

    #[test]
    fn an_assignment_adds_to_what_its_holder_may_do_there_and_below() {
        let mut harness = TestHarness::new("");
        harness.sign_in(RADIA);
        let group = format!("/subscriptions/{DEVELOPMENT}/resourceGroups/RG1");
        harness.simulator.assign_role(&group, "e40ec5ca-96e0-45a2-b4ff-59039f2c2b59", RADIA, None);
        let identity = |group: &str| {
            format!("/resourceGroups/{group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami-new?api-version=2023-01-31")
        };
        let body = || Some(json!({ "location": "eastus" }));
        assert_eq!(send(&mut harness, "PUT", &identity("RG1"), body()).0, 201);
        assert_eq!(send(&mut harness, "PUT", &identity("rg-web-dev"), body()).1, "AuthorizationFailed");
        let (path, body) = assignment(1, PULL, Some("ServicePrincipal"));
        let (status, _, message) = send(&mut harness, "PUT", &path, Some(body));
        assert!(status == 403 && !message.contains("ABAC"), "{message}");
        let permissions = "/resourceGroups/RG1/providers/Microsoft.Authorization/permissions?api-version=2022-04-01";
        assert_eq!(harness.list(&format!("/subscriptions/{DEVELOPMENT}{permissions}")).len(), 1);
        assert_eq!(send(&mut harness, "GET", permissions, None).0, 200);
    }
}
