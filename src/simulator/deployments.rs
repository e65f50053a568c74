//! `Microsoft.Resources/deployments` in a group or subscription: reading, cancelling and deleting. All other requests go to the
//! [`Engine`].

mod operations;
#[cfg(test)]
mod tests;

use super::call::Call;
use super::deployment::DeploymentOutcome;
use super::deployment_path::{DeploymentPath, still_active};
use super::engine::Engine;
use super::json::json;
use super::refusal::Refusal;
use super::response::{ArmResponse, ArmResult};
use super::world::World;
use super::{page, preconditions};
use crate::arm::http::Method;

/// Answers `.../deployments`, a deployment by name, and what follows the name (in lower case). Requests that need the engine
/// get a 503 without one.
pub(crate) fn answer(world: &mut World, engine: Option<Engine>, call: &Call, name: Option<&str>, rest: &[&str]) -> ArmResult {
    let path = DeploymentPath::of(world, call, name.unwrap_or_default())?;
    match (name, rest, call.method) {
        (None, _, Method::Get) => {
            path.authorize(world, "Microsoft.Resources/deployments/read")?;
            list(world, call, &path)
        }
        (Some(_), [], Method::Put) => (loaded(engine)?.create)(world, call, &path),
        (Some(_), [], _) => one(world, call, &path),
        (_, ["validate"], Method::Post) => (loaded(engine)?.validate)(world, call, &path),
        (_, ["whatif"], Method::Post) => (loaded(engine)?.what_if)(world, call, &path),
        (_, ["cancel"], Method::Post) => cancel(world, call, &path),
        (_, ["exporttemplate"], Method::Post) => {
            path.authorize(world, "Microsoft.Resources/deployments/exportTemplate/action")?;
            let at = path.find(world)?;
            ArmResponse::ok(json!({ "template": world.tables.deployments[at].asked.template }))
        }
        (_, ["validate" | "whatif" | "cancel" | "exporttemplate"], _) => Err(Refusal::method_not_allowed(call.method, "POST")),
        (_, [kind @ ("operations" | "operationstatuses"), ..], Method::Get) => {
            path.authorize(world, &format!("Microsoft.Resources/deployments/{kind}/read"))?;
            let at = path.find(world)?;
            operations::answer(world, call, &world.tables.deployments[at], rest)
        }
        (None, _, _) | (_, ["operations" | "operationstatuses", ..], _) => Err(Refusal::method_not_allowed(call.method, "GET")),
        _ => Err(call.no_such_path()),
    }
}

/// Whether answering `call` may need the engine: any PUT or POST of deployments.
pub(crate) fn needs_engine(call: &Call) -> bool {
    matches!(call.method, Method::Put | Method::Post) && call.lower.iter().any(|segment| segment == "deployments")
}

/// Whether a deployment is running: only the engine can advance it.
pub(crate) fn under_way(world: &World) -> bool {
    world.tables.deployments.iter().any(|one| one.ended.is_none())
}

/// The result of a what-if: 202 until it is ready. `None` if the path is another operation's.
pub(crate) fn what_if_result(world: &World, call: &Call) -> Option<ArmResult> {
    let ready = world.ready.iter().find(|ready| ready.token == call.segment(3))?;
    if call.now < ready.at {
        let location = format!("{}{}", world.endpoint, call.target);
        return Some(Ok(ArmResponse::empty(202).with("Location", location).with("Retry-After", "1".to_owned())));
    }
    Some(ArmResponse::ok(ready.body.clone()))
}

fn loaded(engine: Option<Engine>) -> Result<Engine, Refusal> {
    engine.ok_or_else(|| Refusal::new(503, "ServiceUnavailable", "The deployment engine is not loaded."))
}

fn one(world: &mut World, call: &Call, path: &DeploymentPath) -> ArmResult {
    match call.method {
        Method::Head => Ok(ArmResponse::empty(if path.find(world).is_ok() { 204 } else { 404 })),
        Method::Get => {
            path.authorize(world, "Microsoft.Resources/deployments/read")?;
            let at = path.find(world)?;
            ArmResponse::ok(world.tables.deployments[at].json(call.now))
        }
        Method::Delete => {
            let Ok(at) = path.find(world) else { return Ok(ArmResponse::empty(204)) };
            let id = world.tables.deployments[at].asked.id();
            preconditions::delete(world, &id, "Microsoft.Resources/deployments/delete")?;
            if world.tables.deployments[at].ended.is_none() {
                return Err(still_active(&world.tables.deployments[at]));
            }
            world.revision += 1;
            world.tables.deployments.remove(at);
            let location = format!(
                "{}/subscriptions/{}/operationresults/deleted-deployment?api-version={}",
                world.endpoint,
                path.subscription,
                call.api_version()
            );
            Ok(ArmResponse::empty(202).with("Location", location).with("Retry-After", "1".to_owned()))
        }
        Method::Put | Method::Patch | Method::Post => Err(Refusal::method_not_allowed(call.method, "GET, HEAD, PUT, DELETE")),
    }
}

fn list(world: &World, call: &Call, path: &DeploymentPath) -> ArmResult {
    let state = match call.query("$filter").filter(|filter| !filter.is_empty()) {
        Some(filter) => {
            let value = filter.trim().strip_prefix("provisioningState eq '").and_then(|rest| rest.strip_suffix('\''));
            let invalid = || Refusal::new(400, "InvalidFilterInQueryString", &format!("The provided filter '{filter}' is not valid."));
            Some(value.ok_or_else(invalid)?)
        }
        None => None,
    };
    // The table is in start order; ARM lists the newest first.
    let listed = world
        .tables
        .deployments
        .iter()
        .rev()
        .filter(|one| one.asked.is(&path.subscription, path.group.as_deref(), &one.asked.name))
        .filter(|one| state.is_none_or(|state| one.state(call.now).eq_ignore_ascii_case(state)));
    page::page(call, &world.endpoint, listed, |one| one.json(call.now))
}

fn cancel(world: &mut World, call: &Call, path: &DeploymentPath) -> ArmResult {
    path.authorize(world, "Microsoft.Resources/deployments/cancel/action")?;
    let at = path.find(world)?;
    let deployment = &mut world.tables.deployments[at];
    if deployment.ended.is_some() {
        let message = format!("The deployment '{}' cannot be canceled because it is not running.", deployment.asked.name);
        return Err(Refusal::new(409, "DeploymentCannotBeCancelled", &message));
    }
    deployment.ended = Some((call.now, DeploymentOutcome::Canceled));
    deployment.error = json!({ "code": "DeploymentCanceled", "message": "The deployment was canceled." });
    world.revision += 1;
    Ok(ArmResponse::empty(204))
}
