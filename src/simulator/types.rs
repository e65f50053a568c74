//! The table of resource types, from which the router knows paths and providers list their types: a new type is a file of its own, a
//! line here, and one in [`HANDLERS`](super::resource_handlers::HANDLERS).

use super::call::Call;
use super::resource_type::{ResourceScope, ResourceType, Target};
use super::{
    clusters, credentials, deployment_type, identities, locks, operations, permissions, policy, registries, resource_graph_type,
    resource_groups, role_definitions, roles, storage_accounts, subscriptions, tags,
};

/// Every type, in the order in which its provider lists it.
pub(crate) static TYPES: [&ResourceType; 18] = [
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
    &registries::TYPE,
    &clusters::TYPE,
    &resource_graph_type::TYPE,
];

/// The type named `kind`, such as `Microsoft.ManagedIdentity/userAssignedIdentities`, case-insensitively.
pub(crate) fn named(kind: &str) -> Option<&'static ResourceType> {
    TYPES.into_iter().find(|one| one.is(kind))
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
