//! Routes a request to ARM itself, or to the handler of the path's type.

use super::call::Call;
use super::engine::Engine;
use super::refusal::Refusal;
use super::response::ArmResult;
use super::world::World;
use super::{deployments, preconditions, providers, resource_graph, resource_groups, resource_handlers, resource_list, versions};

pub(crate) fn answer(world: &mut World, engine: Option<Engine>, call: &Call) -> ArmResult {
    if call.query("api-version").is_none_or(str::is_empty) {
        return Err(Refusal::new(
            400,
            "MissingApiVersionParameter",
            "The api-version query parameter (?api-version=) is required for all requests.",
        ));
    }
    let lower: Vec<&str> = call.lower.iter().map(String::as_str).collect();
    match lower[..] {
        ["providers", "microsoft.resourcegraph", "resources"] => resource_graph::answer(world, call),
        ["providers", ref rest @ ..] => resource_handlers::answer(world, call).unwrap_or_else(|| registration(world, call, rest, 0)),
        ["subscriptions", _, ref rest @ ..] => {
            preconditions::subscription(world, call)?;
            in_subscription(world, engine, call, rest)
        }
        _ => Err(call.no_such_path()),
    }
}

fn in_subscription(world: &mut World, engine: Option<Engine>, call: &Call, rest: &[&str]) -> ArmResult {
    match rest {
        ["resources"] | ["resourcegroups", _, "resources"] => front(call).and_then(|()| resource_list::list(world, call)),
        ["resourcegroups"] => front(call).and_then(|()| resource_groups::list_filtered(world, call)),
        ["operationresults", _] => deployments::what_if_result(world, call).unwrap_or_else(|| resource_groups::delete_result(world, call)),
        // A deployment's operations also have a shorter path.
        ["providers", "microsoft.resources", "deployments", rest @ ..]
        | ["resourcegroups", _, "providers", "microsoft.resources", "deployments", rest @ ..]
        | ["resourcegroups", _, "deployments", rest @ ..] => {
            front(call)?;
            let name = rest.first().map(|_| call.segment(call.path.len() - rest.len()));
            deployments::answer(world, engine, call, name, rest.get(1..).unwrap_or_default())
        }
        _ => resource_handlers::answer(world, call).unwrap_or_else(|| match rest {
            ["providers", rest @ ..] => registration(world, call, rest, 2),
            _ => Err(call.unknown_type()),
        }),
    }
}

// Provider operations of ARM itself; `rest` follows the segment `providers` at `at`. Anything else belongs to the provider.
fn registration(world: &mut World, call: &Call, rest: &[&str], at: usize) -> ArmResult {
    match rest {
        [] | [_] | [_, "resourcetypes" | "providerpermissions" | "register" | "unregister"] => {
            front(call)?;
            providers::answer(world, call, at).unwrap_or_else(|| Err(call.unknown_type()))
        }
        _ => Err(call.unknown_type()),
    }
}

// ARM's own operations have their own versions.
fn front(call: &Call) -> Result<(), Refusal> {
    versions::of_front(call.api_version())
}
