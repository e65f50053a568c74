//! Which operation a path belongs to. To add one, add a line here and a file beside it (see `docs/simulator.md`).

use serde_json::Value;

use super::answer::Answered;
use super::call::Call;
use super::refusal::Refusal;
use super::world::World;
use super::{
    credentials, deployments, gate, identities, locks, operations, permissions, policy, providers, resource_groups, roles, subscriptions,
    tags, versions,
};
use crate::arm::http::Method;

/// The answer to `call`.
pub(crate) fn answer(world: &mut World, call: &Call) -> Answered {
    if call.query("api-version").is_none_or(str::is_empty) {
        return Err(Refusal::new(
            400,
            "MissingApiVersionParameter",
            "The api-version query parameter (?api-version=) is required for all requests.",
        ));
    }
    let lower: Vec<&str> = call.lower.iter().map(String::as_str).collect();
    match lower[..] {
        ["subscriptions"] => front(call).and_then(|()| subscriptions::list(world, call)),
        ["tenants"] => front(call).and_then(|()| subscriptions::tenants(world, call)),
        ["providers", _, "operations"] => operations::answer(call).unwrap_or_else(|| Err(unknown(call))),
        ["providers", "microsoft.authorization", "roledefinitions"] => roles::definitions(world, call, "", None),
        ["providers", "microsoft.authorization", "roledefinitions", id] => roles::definitions(world, call, "", Some(id)),
        ["providers", ref rest @ ..] => registration(world, call, rest, 0),
        ["subscriptions", _] => front(call).and_then(|()| subscriptions::get(world, call)),
        ["subscriptions", _, ref rest @ ..] => {
            gate::subscription(world, call)?;
            in_subscription(world, call, rest)
        }
        _ => Err(Refusal::no_such_path(call)),
    }
}

fn in_subscription(world: &mut World, call: &Call, rest: &[&str]) -> Answered {
    match rest {
        ["locations"] => front(call).and_then(|()| subscriptions::locations(world, call)),
        ["tagnames"] => front(call).and_then(|()| tags::names(world, call)),
        ["resources"] | ["resourcegroups", _, "resources"] => front(call).and_then(|()| resource_groups::resources(world, call)),
        ["resourcegroups"] => front(call).and_then(|()| resource_groups::list(world, call)),
        ["resourcegroups", _] => front(call).and_then(|()| resource_groups::one(world, call)),
        ["operationresults", _] => deployments::result(world, call).unwrap_or_else(|| resource_groups::delete_result(world, call)),
        ["providers", "microsoft.resources", "deployments", ..] => front(call).and_then(|()| deployments::answer(world, call, 4)),
        ["resourcegroups", _, "providers", "microsoft.resources", "deployments", ..] => {
            front(call).and_then(|()| deployments::answer(world, call, 6))
        }
        // The operations stand at a shorter path as well.
        ["resourcegroups", _, "deployments", ..] => front(call).and_then(|()| deployments::answer(world, call, 4)),
        ["providers", "microsoft.managedidentity", "userassignedidentities"]
        | ["resourcegroups", _, "providers", "microsoft.managedidentity", "userassignedidentities"] => identities::list(world, call),
        ["resourcegroups", _, "providers", "microsoft.managedidentity", "userassignedidentities", _] => identities::one(world, call),
        [
            "resourcegroups",
            _,
            "providers",
            "microsoft.managedidentity",
            "userassignedidentities",
            _,
            "listassociatedresources" | "revoketokens",
        ] => identities::act(world, call),
        ["resourcegroups", _, "providers", "microsoft.managedidentity", "userassignedidentities", _, "federatedidentitycredentials"] => {
            credentials::list(world, call)
        }
        ["resourcegroups", _, "providers", "microsoft.managedidentity", "userassignedidentities", _, "federatedidentitycredentials", _] => {
            credentials::one(world, call)
        }
        ["providers", "microsoft.policyinsights", "checkpolicyrestrictions"]
        | ["resourcegroups", _, "providers", "microsoft.policyinsights", "checkpolicyrestrictions"] => policy::restrictions(world, call),
        [.., "providers", "microsoft.resources", "tags", "default"] => {
            front(call)?;
            let scope = scope(world, call, 4)?;
            tags::of_scope(world, call, &scope)
        }
        [.., "providers", "microsoft.authorization", "permissions"] => {
            let scope = scope(world, call, 3)?;
            permissions::answer(world, call, &scope)
        }
        [.., "providers", "microsoft.authorization", "roledefinitions"] => {
            let scope = scope(world, call, 3)?;
            roles::definitions(world, call, &scope, None)
        }
        [.., "providers", "microsoft.authorization", "roledefinitions", id] => {
            let scope = scope(world, call, 4)?;
            roles::definitions(world, call, &scope, Some(id))
        }
        [.., "providers", "microsoft.authorization", "roleassignments"] => {
            let scope = scope(world, call, 3)?;
            roles::list(world, call, &scope)
        }
        [.., "providers", "microsoft.authorization", "roleassignments", name] => {
            let scope = scope(world, call, 4)?;
            roles::one(world, call, &scope, name)
        }
        [.., "providers", "microsoft.authorization", "locks"] => {
            let scope = scope(world, call, 3)?;
            locks::list(world, call, &scope)
        }
        [.., "providers", "microsoft.authorization", "locks", _] => {
            let scope = scope(world, call, 4)?;
            locks::one(world, call, &scope)
        }
        [.., "providers", "microsoft.managedidentity", "identities", "default"] => identities::system_assigned(call),
        ["providers", rest @ ..] => registration(world, call, rest, 2),
        _ => Err(unknown(call)),
    }
}

// What ARM's front knows of providers; `rest` follows the segment `providers` at `at`. All else is a provider's own.
fn registration(world: &mut World, call: &Call, rest: &[&str], at: usize) -> Answered {
    match rest {
        [] | [_] | [_, "resourcetypes" | "providerpermissions" | "register" | "unregister"] => {
            front(call)?;
            providers::answer(world, call, at).unwrap_or_else(|| Err(unknown(call)))
        }
        _ => Err(unknown(call)),
    }
}

// What ARM's own front answers wants a version of its own.
fn front(call: &Call) -> Result<(), Refusal> {
    versions::of_front(call.api_version())
}

/// The scope before the last `tail` segments, once its group is known to be there.
fn scope(world: &World, call: &Call, tail: usize) -> Result<String, Refusal> {
    if call.lower.get(2).is_some_and(|segment| segment == "resourcegroups") {
        gate::group(world, call)?;
    }
    Ok(call.id(call.path.len().saturating_sub(tail)))
}

// A path into a provider that is not simulated, or no path of ARM's at all.
fn unknown(call: &Call) -> Refusal {
    let Some(at) = call.lower.iter().rposition(|segment| segment == "providers") else { return Refusal::no_such_path(call) };
    let (namespace, kind) = (call.segment(at + 1), call.segment(at + 2));
    if !namespace.contains('.') {
        return providers::invalid_namespace(namespace);
    }
    if kind.is_empty() {
        return Refusal::no_such_path(call);
    }
    let message =
        format!("The resource type '{kind}' could not be found in the namespace '{namespace}' for api version '{}'.", call.api_version());
    Refusal::new(404, "InvalidResourceType", &message)
}

/// A resource that a deployment refers to, as its api-version shows it.
pub(crate) fn look_up(world: &World, id: &str, version: &str, now: u64) -> Option<Value> {
    let call = Call::inner(Method::Get, id, version, None, now);
    let lower: Vec<&str> = call.lower.iter().map(String::as_str).collect();
    let subscription = call.segment(1);
    match lower[..] {
        ["subscriptions", _, "resourcegroups", name] => world.group(subscription, name).map(|group| resource_groups::json(&group)),
        ["subscriptions", _, "resourcegroups", group, "providers", "microsoft.managedidentity", "userassignedidentities", name] => {
            let at = world.find_identity(subscription, group, name)?;
            Some(identities::json(world, &world.tables.identities[at], version))
        }
        [.., "providers", "microsoft.resources", "deployments", _] => {
            let found = world.tables.deployments.iter().find(|one| one.asked.id().eq_ignore_ascii_case(id))?;
            Some(found.json(now))
        }
        [.., "providers", "microsoft.authorization", "roleassignments", _] => world
            .tables
            .assignments
            .iter()
            .map(roles::json)
            .find(|one| one["id"].as_str().is_some_and(|known| known.eq_ignore_ascii_case(id))),
        _ => None,
    }
}
