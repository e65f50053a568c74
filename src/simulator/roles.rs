//! Role assignments in any scope.

use serde_json::Value;

use super::authorization_filter::AuthorizationFilter;
use super::built_in_roles::with_id;
use super::call::Call;
use super::refusal::Refusal;
use super::resource::Resource;
use super::resource_handler::{Deployed, ResourceHandler};
use super::resource_type::{ResourceType, Target};
use super::response::{ArmResponse, ArmResult};
use super::rights::ROLE_ASSIGNMENT as KIND;
use super::world::World;
use super::{delegation, ids, page, preconditions, versions};
use crate::arm::guid::Guid;
use crate::arm::http::Method;
use crate::arm::managed_identity::IDENTITY_TYPE;
use crate::simulator::json::json;

pub(crate) static TYPE: ResourceType = ResourceType::extension(KIND, versions::AUTHORIZATION);
pub(crate) static HANDLER: ResourceHandler =
    ResourceHandler { show: Some(show), deployed: Some(Deployed::EXTENSION), ..ResourceHandler::new(&TYPE, answer) };

const WRITE: &str = "Microsoft.Authorization/roleAssignments/write";
const DELETE: &str = "Microsoft.Authorization/roleAssignments/delete";
/// How long the directory takes to replicate a new identity's principal, in milliseconds.
const REPLICATION_MS: u64 = 10_000;

fn answer(world: &mut World, call: &Call, target: &Target<'_>) -> ArmResult {
    match (target.name, &target.rest[..]) {
        (None, []) => list(world, call, &target.scope),
        (Some(name), []) => one(world, call, &target.scope, name),
        _ => Err(call.unknown_type()),
    }
}

fn show(world: &World, _: &Call, target: &Target<'_>) -> Option<Value> {
    let at = world.find(KIND, &target.scope, target.name?)?;
    Some(json(&world.tables.resources[at]))
}

/// `GET {scope}/providers/Microsoft.Authorization/roleAssignments`: those of the scope, its parents and its contents.
fn list(world: &World, call: &Call, scope: &str) -> ArmResult {
    TYPE.check_version(call)?;
    if call.method != Method::Get {
        return Err(Refusal::method_not_allowed(call.method, "GET"));
    }
    preconditions::authorize(world, scope, "Microsoft.Authorization/roleAssignments/read")?;
    let filter = AuthorizationFilter::of(call, &["principalid"])?;
    let lower = scope.to_lowercase();
    let within = |inner: &str, outer: &str| inner == outer || inner.starts_with(&format!("{outer}/"));
    let listed = world.resources(KIND).filter(|one| {
        let own = one.scope.to_lowercase();
        let principal = one.properties["principalId"].as_str().unwrap_or_default();
        (within(&lower, &own) || (!filter.at_scope && within(&own, &lower)))
            && filter.allows("principalid", principal)
            && filter.assigned_to.as_ref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(principal))
    });
    page::page(call, &world.endpoint, listed, json)
}

/// `{scope}/providers/Microsoft.Authorization/roleAssignments/{guid}`.
fn one(world: &mut World, call: &Call, scope: &str, name: &str) -> ArmResult {
    TYPE.check_version(call)?;
    let at = world.find(KIND, scope, name);
    match call.method {
        Method::Get => {
            preconditions::authorize(world, scope, &format!("{KIND}/read"))?;
            let missing = || Refusal::by_provider(404, "RoleAssignmentNotFound", &format!("The role assignment '{name}' is not found."));
            ArmResponse::ok(json(&world.tables.resources[at.ok_or_else(missing)?]))
        }
        Method::Put => {
            preconditions::write(world, scope, WRITE)?;
            let body = call.json()?;
            delegation::authorize(world, scope, WRITE, &body["properties"])?;
            let wanted = check(world, scope, name, &body, call.now)?;
            let answer = json(&wanted);
            if let Some(at) = at {
                // The role and principal of an existing assignment cannot change.
                let known = &world.tables.resources[at].properties;
                if known["principalId"] != wanted.properties["principalId"]
                    || known["roleDefinitionId"] != wanted.properties["roleDefinitionId"]
                {
                    let message = "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.";
                    return Err(Refusal::by_provider(400, "RoleAssignmentUpdateNotPermitted", message));
                }
                return ArmResponse::ok(answer);
            }
            world.revision += 1;
            world.tables.resources.push(wanted);
            Ok(ArmResponse::new(201, answer))
        }
        Method::Delete => {
            preconditions::delete(world, scope, DELETE)?;
            let Some(at) = at else { return Ok(ArmResponse::empty(204)) };
            delegation::authorize(world, scope, DELETE, &world.tables.resources[at].properties)?;
            ArmResponse::ok(json(&world.remove(at)))
        }
        Method::Head | Method::Patch | Method::Post => Err(Refusal::method_not_allowed(call.method, "GET, PUT, DELETE")),
    }
}

fn check(world: &World, scope: &str, name: &str, body: &Value, now: u64) -> Result<Resource, Refusal> {
    let properties = &body["properties"];
    let (role, principal) = match (properties["roleDefinitionId"].as_str(), properties["principalId"].as_str()) {
        (Some(role), Some(principal)) if Guid::parse(name).is_some() && Guid::parse(principal).is_some() => (role, principal),
        (Some(_), Some(_)) => {
            let message = format!("The role assignment ID '{name}' is not valid. The role assignment ID must be a GUID.");
            return Err(Refusal::by_provider(400, "InvalidRoleAssignmentId", &message));
        }
        _ => {
            return Err(Refusal::bad_content(
                "The request content was invalid and could not be deserialized: 'roleDefinitionId and principalId are required.'.",
            ));
        }
    };
    let id = role.rsplit('/').next().unwrap_or_default();
    if with_id(id).is_none() {
        let message = format!("The specified role definition with ID '{}' does not exist.", id.replace('-', ""));
        return Err(Refusal::by_provider(404, "RoleDefinitionDoesNotExist", &message));
    }
    // With a principal type, ARM does not look up the principal.
    let kind = properties["principalType"].as_str();
    let found = principal.eq_ignore_ascii_case(&world.caller.id)
        || world
            .tables
            .resources
            .iter()
            .filter(|one| one.kind == IDENTITY_TYPE && one.made_at.saturating_add(REPLICATION_MS) <= now)
            .any(|one| one.properties["principalId"].as_str().is_some_and(|id| id.eq_ignore_ascii_case(principal)));
    if kind.is_none() && !found {
        let message = format!(
            "Principal {} does not exist in the directory {}. Check that you have the correct principal ID. If you are creating this principal and then immediately assigning a role, this error might be related to a replication delay. In this case, set the role assignment principalType property to a value, such as ServicePrincipal, User, or Group.  See https://aka.ms/docs-principaltype",
            principal.replace('-', ""),
            world.caller.tenant.id
        );
        return Err(Refusal::by_provider(400, "PrincipalNotFound", &message));
    }
    let same = |one: &&Resource| {
        one.scope.to_lowercase() == scope.to_lowercase()
            && !one.name.eq_ignore_ascii_case(name)
            && one.properties["principalId"].as_str().is_some_and(|known| known.eq_ignore_ascii_case(principal))
            && one.properties["roleDefinitionId"].as_str().is_some_and(|known| known.to_lowercase().ends_with(&id.to_lowercase()))
    };
    if let Some(existing) = world.resources(KIND).find(same) {
        let message =
            format!("The role assignment already exists. The ID of the existing role assignment is {}.", existing.name.replace('-', ""));
        return Err(Refusal::by_provider(409, "RoleAssignmentExists", &message));
    }
    let mut kept = json!({
        "roleDefinitionId": role,
        "principalId": principal,
        "principalType": kind.unwrap_or(if principal.eq_ignore_ascii_case(&world.caller.id) { "User" } else { "ServicePrincipal" }),
    });
    for field in ["description", "condition", "conditionVersion", "delegatedManagedIdentityResourceId"] {
        if !properties[field].is_null() {
            kept[field] = properties[field].clone();
        }
    }
    Ok(Resource { made_at: now, ..Resource::new(KIND, scope, name, kept) })
}

/// An assignment to a user, made before the first request.
pub(crate) fn of_user(scope: &str, role: &str, principal: &str, condition: Option<&str>) -> Resource {
    let subscription: String = scope.split('/').take(3).collect::<Vec<_>>().join("/");
    let mut properties = json!({
        "roleDefinitionId": format!("{subscription}/providers/Microsoft.Authorization/roleDefinitions/{role}"),
        "principalId": principal,
        "principalType": "User",
    });
    if let Some(condition) = condition {
        properties["condition"] = condition.into();
        properties["conditionVersion"] = "2.0".into();
    }
    Resource { made_at: 1, ..Resource::new(KIND, scope, &ids::of_text(&format!("{role} of {principal} in {scope}")), properties) }
}

/// The assignment's JSON.
fn json(assignment: &Resource) -> Value {
    let mut properties = assignment.properties.clone();
    properties["scope"] = if assignment.scope.is_empty() { "/" } else { assignment.scope.as_str() }.into();
    json!({
        "id": assignment.plain_id(),
        "name": assignment.name,
        "type": KIND,
        "properties": properties,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::simulator::seed::DEVELOPMENT;
    use crate::simulator::test_harness::TestHarness;

    const READER: &str = "/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7";
    const NAME: &str = "05c5a614-a7d6-4502-b150-c2fb455033ff";

    fn path(scope: &str, rest: &str) -> String {
        format!("/subscriptions/{DEVELOPMENT}{scope}/providers/Microsoft.Authorization/{rest}api-version=2022-04-01")
    }

    #[test]
    fn assigns_a_role_to_a_new_identity() {
        let mut harness = TestHarness::new("");
        let identity = format!(
            "/subscriptions/{DEVELOPMENT}/resourceGroups/RG1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami?api-version=2023-01-31"
        );
        let made = harness.send("PUT", &identity, Some(json!({ "location": "eastus" }))).body;
        let principal = &made["properties"]["principalId"];
        let mut body = json!({ "properties": { "roleDefinitionId": READER, "principalId": principal } });
        let at = path("/resourceGroups/RG1", &format!("roleAssignments/{NAME}?"));
        assert_eq!(harness.send("PUT", &at, Some(body.clone())).refusal(), "400 PrincipalNotFound");
        body["properties"]["principalType"] = "ServicePrincipal".into();
        assert_eq!(harness.send("PUT", &at, Some(body.clone())).status, 201);
        assert_eq!(harness.send("PUT", &at, Some(body.clone())).status, 200);
        assert_eq!(harness.send("PUT", &at.replace("05c5", "15c5"), Some(body.clone())).refusal(), "409 RoleAssignmentExists");
        assert_eq!(harness.send("PUT", &at.replace(NAME, "x"), Some(body)).refusal(), "400 InvalidRoleAssignmentId");
        assert_eq!(harness.list(&path("/resourceGroups/RG1", "roleAssignments?")).len(), 2);
        assert_eq!(harness.list(&path("/resourceGroups/RG2", "roleAssignments?").replace("RG2", "rg-web-dev")).len(), 1);
        let mine = format!("roleAssignments?$filter=principalId%20eq%20'{}'&", principal.as_str().expect("an id"));
        assert_eq!(harness.list(&path("", &mine)).len(), 1);
        assert_eq!(harness.send("DELETE", &at, None).status, 200);
        assert_eq!(harness.send("DELETE", &at, None).status, 204);
    }
}
