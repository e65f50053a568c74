//! The handlers of all resource types: they answer requests for resources, and say what deployments do with them.

use serde_json::Value;

use super::call::Call;
use super::refusal::Refusal;
use super::resource::Resource;
use super::resource_handler::ResourceHandler;
use super::resource_type::{ResourceScope, ResourceType};
use super::response::ArmResult;
use super::world::World;
use super::{
    clusters, credentials, deployment_type, identities, locks, operations, permissions, policy, preconditions, registries, resource_groups,
    role_definitions, roles, tags, types, versions,
};
use crate::arm::http::Method;

/// Every handler. A type without one is only listed.
pub(crate) static HANDLERS: [&ResourceHandler; 15] = [
    &identities::HANDLER,
    &credentials::HANDLER,
    &identities::SYSTEM_ASSIGNED_HANDLER,
    &operations::HANDLER_OF_IDENTITIES,
    &resource_groups::HANDLER,
    &deployment_type::HANDLER,
    &tags::HANDLER,
    &operations::HANDLER_OF_RESOURCES,
    &roles::HANDLER,
    &role_definitions::HANDLER,
    &permissions::HANDLER,
    &locks::HANDLER,
    &policy::HANDLER,
    &registries::HANDLER,
    &clusters::HANDLER,
];

/// The handler of the type named `kind`, such as `Microsoft.ManagedIdentity/userAssignedIdentities`, case-insensitively.
pub(crate) fn named(kind: &str) -> Option<&'static ResourceHandler> {
    HANDLERS.into_iter().find(|one| one.kind.is(kind))
}

pub(crate) fn id(resource: &Resource) -> String {
    named(&resource.kind).map_or_else(|| resource.plain_id(), |handler| (handler.id)(resource))
}

/// Answers with the path's type. `None` if no type of the table answers.
pub(crate) fn answer(world: &mut World, call: &Call) -> Option<ArmResult> {
    if let ["subscriptions", _, "resourcegroups", _] = call.lower.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        return Some(versions::of_front(call.api_version()).and_then(|()| resource_groups::one(world, call)));
    }
    let (target, scope) = types::target(call)?;
    let answer = named(target.kind.full_name)?.answer?;
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
    let (target, _) = types::target(call)?;
    (named(target.kind.full_name)?.show?)(world, call, &target)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulator::types::TYPES;

    #[test]
    fn each_type_that_has_requests_has_a_handler() {
        for kind in TYPES {
            assert!(kind.scopes.is_empty() || named(kind.full_name).is_some(), "{}", kind.full_name);
        }
        for handler in HANDLERS {
            assert!(TYPES.into_iter().any(|kind| std::ptr::eq(kind, handler.kind)), "{}", handler.kind.full_name);
        }
    }
}
