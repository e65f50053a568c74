//! Role assignments in any scope.

#[cfg(test)]
mod tests;

use serde_json::Value;

use super::authorization_filter::AuthorizationFilter;
use super::built_in_roles::with_id;
use super::call::Call;
use super::condition::Condition;
use super::faults::Fault;
use super::refusal::Refusal;
use super::resource::Resource;
use super::resource_handler::{Deployed, Intended, ResourceHandler};
use super::resource_type::{ResourceType, Target};
use super::response::{ArmResponse, ArmResult};
use super::rights::ROLE_ASSIGNMENT as KIND;
use super::world::World;
use super::{delegation, ids, page, preconditions, time, versions};
use crate::arm::guid::Guid;
use crate::arm::http::Method;
use crate::arm::managed_identity::IDENTITY_TYPE;
use crate::simulator::json::json;

pub(crate) static TYPE: ResourceType = ResourceType::extension(KIND, versions::AUTHORIZATION);
pub(crate) static HANDLER: ResourceHandler = ResourceHandler {
    show: Some(show),
    deployed: Some(Deployed { check: preflight, permit, ..Deployed::EXTENSION }),
    ..ResourceHandler::new(&TYPE, answer)
};

const READ: &str = "Microsoft.Authorization/roleAssignments/read";
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
    preconditions::authorize(world, scope, READ)?;
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
    let id = format!("{scope}/providers/{KIND}/{name}");
    match call.method {
        Method::Get => {
            preconditions::authorize(world, &id, READ)?;
            let missing = || Refusal::by_provider(404, "RoleAssignmentNotFound", &format!("The role assignment '{name}' is not found."));
            ArmResponse::ok(json(&world.tables.resources[at.ok_or_else(missing)?]))
        }
        Method::Put => {
            let body = call.json()?;
            delegation::authorize(world, &id, WRITE, &body["properties"])?;
            preconditions::write(world, &id, WRITE)?;
            let wanted = check(world, scope, name, &body, call.now)?;
            let answer = json(&wanted);
            world.revision += 1;
            if let Some(at) = at {
                world.tables.resources[at] = wanted;
                return ArmResponse::ok(answer);
            }
            world.tables.resources.push(wanted);
            Ok(ArmResponse::new(201, answer))
        }
        Method::Delete => {
            preconditions::delete(world, &id, DELETE)?;
            let Some(at) = at else { return Ok(ArmResponse::empty(204)) };
            delegation::authorize(world, &id, DELETE, &world.tables.resources[at].properties)?;
            ArmResponse::ok(json(&world.remove(at)))
        }
        Method::Head | Method::Patch | Method::Post => Err(Refusal::method_not_allowed(call.method, "GET, PUT, DELETE")),
    }
}

/// A deployment's check: ARM's, and the condition of the account's own assignment, for as much of the body as can be evaluated.
fn preflight(world: &World, intended: &Intended<'_>) -> Result<(), Refusal> {
    intended.check(world)?;
    permit(world, intended)
}

fn permit(world: &World, intended: &Intended<'_>) -> Result<(), Refusal> {
    intended.may_write(world, WRITE)?;
    let properties = &intended.body["properties"];
    let is_known = properties["roleDefinitionId"].is_string();
    if is_known && !delegation::permits(world, intended.id, WRITE, properties) { Err(intended.denied(world, WRITE)) } else { Ok(()) }
}

/// The assignment that the body describes, or the refusal. Changes nothing.
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
    let kind = properties["principalType"].as_str();
    refuse_unknown_principal(world, principal, kind.is_some(), now)?;
    check_condition(properties)?;
    let is_same = |one: &Resource| {
        one.scope.eq_ignore_ascii_case(scope)
            && one.properties["principalId"].as_str().is_some_and(|known| known.eq_ignore_ascii_case(principal))
            && one.properties["roleDefinitionId"].as_str().is_some_and(|known| known.to_lowercase().ends_with(&id.to_lowercase()))
    };
    // Names are unique in the whole tenant.
    let existing = world.resources(KIND).find(|one| one.name.eq_ignore_ascii_case(name));
    if existing.is_some_and(|existing| !is_same(existing)) {
        let message = "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.";
        return Err(Refusal::by_provider(400, "RoleAssignmentUpdateNotPermitted", message));
    }
    if let Some(other) = world.resources(KIND).find(|one| !one.name.eq_ignore_ascii_case(name) && is_same(one)) {
        let message =
            format!("The role assignment already exists. The ID of the existing role assignment is {}.", other.name.replace('-', ""));
        return Err(Refusal::by_provider(409, "RoleAssignmentExists", &message));
    }
    if existing.is_none() && hit(world, Fault::RolesFull, principal) {
        return Err(Refusal::by_provider(400, "RoleAssignmentLimitExceeded", "No more role assignments can be created."));
    }
    let mut kept = json!({
        "roleDefinitionId": role,
        "principalId": principal,
        "principalType": kind.unwrap_or(if principal.eq_ignore_ascii_case(&world.caller.id) { "User" } else { "ServicePrincipal" }),
        "createdBy": existing.map_or(world.caller.id.as_str(), |existing| existing.properties["createdBy"].as_str().unwrap_or_default()),
        "updatedBy": world.caller.id,
        "updatedOn": time::iso(now),
    });
    for field in ["description", "condition", "conditionVersion", "delegatedManagedIdentityResourceId"] {
        if !properties[field].is_null() {
            kept[field] = properties[field].clone();
        }
    }
    let made_at = existing.map_or(now, |existing| existing.made_at);
    Ok(Resource { made_at, ..Resource::new(KIND, scope, name, kept) })
}

// With a principal type, ARM does not look up the principal.
fn refuse_unknown_principal(world: &World, principal: &str, has_kind: bool, now: u64) -> Result<(), Refusal> {
    let identity = identity_of(world, principal);
    let is_replicated = |identity: &Resource| identity.made_at.saturating_add(REPLICATION_MS) <= now;
    let is_known = if has_kind {
        !identity.is_some_and(|identity| hit(world, Fault::Replication, principal) && !is_replicated(identity))
    } else {
        principal.eq_ignore_ascii_case(&world.caller.id) || identity.is_some_and(is_replicated)
    };
    if is_known {
        return Ok(());
    }
    let message = format!(
        "Principal {} does not exist in the directory {}. Check that you have the correct principal ID. If you are creating this principal and then immediately assigning a role, this error might be related to a replication delay. In this case, set the role assignment principalType property to a value, such as ServicePrincipal, User, or Group.  See https://aka.ms/docs-principaltype",
        principal.replace('-', ""),
        world.caller.tenant.id
    );
    Err(Refusal::by_provider(400, "PrincipalNotFound", &message))
}

fn check_condition(properties: &Value) -> Result<(), Refusal> {
    let Some(condition) = properties["condition"].as_str().filter(|condition| !condition.is_empty()) else { return Ok(()) };
    if properties["conditionVersion"] == "2.0" && Condition::parse(condition).is_some() {
        return Ok(());
    }
    // Azure says the same of a wrong version.
    Err(Refusal::by_provider(400, "BadRequest", "The given role assignment condition is invalid."))
}

fn identity_of<'world>(world: &'world World, principal: &str) -> Option<&'world Resource> {
    world.resources(IDENTITY_TYPE).find(|one| one.properties["principalId"].as_str().is_some_and(|id| id.eq_ignore_ascii_case(principal)))
}

/// Whether everything has the fault, or the identity with this principal, by its name.
fn hit(world: &World, fault: Fault, principal: &str) -> bool {
    world.faults.has(fault) || identity_of(world, principal).is_some_and(|identity| world.faults.hit(fault, &identity.name))
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
    properties["createdOn"] = time::iso(assignment.made_at).into();
    properties["scope"] = if assignment.scope.is_empty() { "/" } else { assignment.scope.as_str() }.into();
    json!({
        "id": assignment.plain_id(),
        "name": assignment.name,
        "type": KIND,
        "properties": properties,
    })
}
