//! What is read at a registry before a role is assigned there: what an identity has already, and whether the account may assign roles.

use super::check::Permission;
use super::role::ASSIGNERS;
use crate::arm::any_case::same;
use crate::arm::client::ArmClient;
use crate::arm::guid::Guid;
use crate::arm::permission::allow;
use crate::arm::resource_id::ResourceId;
use crate::arm::role_assignment::{ROLE_ASSIGNMENT_TYPE, ROLE_WRITE, RoleAssignment};
use crate::arm::transport::Transport;

/// The assignments of a principal at `scope` and above it; `None` if they couldn't be read.
pub async fn assignments<T: Transport>(client: &ArmClient<T>, scope: &ResourceId, principal: &Guid) -> Option<Vec<RoleAssignment>> {
    let mut found = client.role_assignments_of(scope, principal).all(client).await.ok()?;
    let below = [scope.as_str(), "/"].concat();
    found.retain(|one| !one.scope.get(..below.len()).is_some_and(|start| same(start, &below)));
    Some(found)
}

/// Whether an account may assign roles at `scope`. `account`: its object id in the directory, if known.
pub async fn permission<T: Transport>(client: &ArmClient<T>, scope: &ResourceId, account: Option<&Guid>) -> Permission {
    let Ok(permissions) = client.permissions(scope).all(client).await else { return Permission::Unknown };
    if !allow(&permissions, ROLE_WRITE) {
        return Permission::Refused;
    }
    // The permissions don't tell of conditions.
    let Some(account) = account else { return Permission::Allowed };
    let own = client.role_assignments_to(scope, account).all(client).await.unwrap_or_default();
    let is_condition_on_roles = |condition: &str| condition.to_ascii_lowercase().contains(&ROLE_ASSIGNMENT_TYPE.to_ascii_lowercase());
    let is_limited = own.iter().any(|one| one.condition.as_deref().is_some_and(is_condition_on_roles));
    let is_free = own.iter().any(|one| one.condition.is_none() && ASSIGNERS.contains(&one.role.as_str()));
    if is_limited && !is_free { Permission::Conditional } else { Permission::Allowed }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::arm::fake::{answer, scripted};

    const REGISTRY: &str =
        "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg/providers/Microsoft.ContainerRegistry/registries/reg1";

    fn scope() -> ResourceId {
        ResourceId::parse(REGISTRY).expect("an id")
    }

    fn account() -> Guid {
        Guid::from_bytes([1; 16])
    }

    fn assignment(scope: &str, role: &str, condition: Option<&str>) -> Value {
        json!({ "id": "i", "name": "n", "properties": { "roleDefinitionId": role, "scope": scope, "condition": condition } })
    }

    #[test]
    fn what_is_below_the_registry_does_not_count() {
        let all = [
            assignment(REGISTRY, "/a", None),
            assignment("/", "/b", None),
            assignment(&[REGISTRY, "/x/y"].concat(), "/c", None),
            assignment(&[REGISTRY, "2"].concat(), "/d", None),
        ];
        let (client, _) = scripted([answer(200, &json!({ "value": all }).to_string())]);
        let found = pollster::block_on(assignments(&client, &scope(), &account())).unwrap_or_default();
        let roles: Vec<_> = found.iter().map(|one| one.role.as_str()).collect();
        assert_eq!(roles, ["a", "b", "d"]);
        assert_eq!(pollster::block_on(assignments(&client, &scope(), &account())), None);
    }

    #[test]
    fn the_right_to_assign_may_have_a_condition() {
        let delegated = "@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {x}";
        let own = |role: &str, condition: Option<&str>| assignment("/", &["/", role].concat(), condition);
        let rights = |action: &str| json!({ "value": [{ "actions": [action], "notActions": [] }] });
        let table = [
            (vec![rights("*/read")], Permission::Refused),
            (vec![rights("*"), json!({ "value": [] })], Permission::Allowed),
            (vec![rights("*"), json!({ "value": [own("x", Some(delegated))] })], Permission::Conditional),
            (vec![rights("*"), json!({ "value": [own("x", Some("on blobs"))] })], Permission::Allowed),
            (vec![rights("*"), json!({ "value": [own("x", Some(delegated)), own(ASSIGNERS[0], None)] })], Permission::Allowed),
            (vec![], Permission::Unknown),
        ];
        for (answers, expected) in table {
            let (client, _) = scripted(answers.iter().map(|body| answer(200, &body.to_string())));
            assert_eq!(pollster::block_on(permission(&client, &scope(), Some(&account()))), expected, "{answers:?}");
        }
    }
}
