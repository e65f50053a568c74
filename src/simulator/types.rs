//! The table of resource types, which drives the router, the provider list, deployments and storage: a new type is a file of
//! its own and a line here.

use serde_json::Value;

use super::call::Call;
use super::refusal::Refusal;
use super::resource::Resource;
use super::resource_type::{ResourceScope, ResourceType, Target};
use super::response::ArmResult;
use super::world::World;
use super::{
    credentials, deployment_type, identities, locks, operations, permissions, policy, preconditions, resource_groups, role_definitions,
    roles, storage_accounts, subscriptions, tags, versions,
};
use crate::arm::http::Method;

/// Every type, in the order in which its provider lists it.
pub(crate) static TYPES: [&ResourceType; 15] = [
    &identities::TYPE,
    &credentials::TYPE,
    &identities::SYSTEM_ASSIGNED,
    &operations::OF_IDENTITIES,
    &subscriptions::TYPE,
    &resource_groups::TYPE,
    &deployment_type::TYPE,
    &tags::TYPE,
    &operations::OF_RESOURCES,
    &roles::TYPE,
    &role_definitions::TYPE,
    &permissions::TYPE,
    &locks::TYPE,
    &policy::TYPE,
    &storage_accounts::TYPE,
];

/// The type named `kind`, such as `Microsoft.ManagedIdentity/userAssignedIdentities`, case-insensitively.
pub(crate) fn named(kind: &str) -> Option<&'static ResourceType> {
    TYPES.into_iter().find(|one| one.is(kind))
}

pub(crate) fn id(resource: &Resource) -> String {
    named(&resource.kind).map_or_else(|| resource.plain_id(), |kind| (kind.id)(resource))
}

/// The target of a path, and the kind of its scope. `None` if the path names no type of the table.
pub(crate) fn target(call: &Call) -> Option<(Target<'_>, ResourceScope)> {
    // A resource may be named `providers`; a namespace contains a period.
    let at = (0..call.lower.len()).rev().find(|at| call.lower[*at] == "providers" && call.segment(at + 1).contains('.'))?;
    let namespace = call.segment(at + 1);
    let below = &call.lower[at + 2..];
    // The longest type in the path, where types and names alternate.
    let (kind, depth) = (1..=below.len().div_ceil(2)).rev().find_map(|depth| {
        let name = below.iter().step_by(2).take(depth).map(String::as_str).collect::<Vec<_>>().join("/");
        named(&[namespace, "/", &name].concat()).map(|kind| (kind, depth))
    })?;
    let scope = match call.lower[..at].iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => ResourceScope::Tenant,
        ["subscriptions", _] => ResourceScope::Subscription,
        ["subscriptions", _, "resourcegroups", _] => ResourceScope::Group,
        ["subscriptions", ..] => ResourceScope::Resource,
        _ => return None,
    };
    let target = Target {
        kind,
        scope: call.id(at),
        name: call.path.get(at + 1 + 2 * depth).map(String::as_str),
        rest: below.iter().skip(2 * depth).map(String::as_str).collect(),
    };
    kind.scopes.contains(&scope).then_some((target, scope))
}

/// Answers with the path's type. `None` if no type of the table answers.
pub(crate) fn answer(world: &mut World, call: &Call) -> Option<ArmResult> {
    if let ["subscriptions", _, "resourcegroups", _] = call.lower.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        return Some(versions::of_front(call.api_version()).and_then(|()| resource_groups::one(world, call)));
    }
    let (target, scope) = target(call)?;
    let answer = target.kind.answer?;
    Some(check_scope(world, call, target.kind, scope).and_then(|()| answer(world, call, &target)))
}

fn check_scope(world: &World, call: &Call, kind: &ResourceType, scope: ResourceScope) -> Result<(), Refusal> {
    if scope != ResourceScope::Tenant {
        preconditions::subscription(world, call)?;
        // These types are ARM's own, except for the list of operations.
        if kind.namespace() == resource_groups::TYPE.namespace() {
            versions::of_front(call.api_version())?;
        }
    }
    if kind.scopes.contains(&ResourceScope::Resource) && call.is_in_group() {
        preconditions::group(world, call)?;
    }
    Ok(())
}

/// A resource that a deployment references, in the given API version.
pub(crate) fn look_up(world: &World, id: &str, api_version: &str, now: u64) -> Option<Value> {
    let call = &Call::inner(Method::Get, id, api_version, None, now);
    if let ["subscriptions", _, "resourcegroups", name] = call.lower.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        return world.group(call.segment(1), name).map(|group| resource_groups::json(&group));
    }
    let (target, _) = target(call)?;
    (target.kind.show?)(world, call, &target)
}
