//! The deployment engine: validates templates and runs deployments over time. The [`Simulator`](super::Simulator) gets it as a
//! value, because browsers load it only with the first request that needs it.

mod described;
mod preflight;
mod request;
mod run;
mod what_if;

use serde_json::Value;

use described::described;

use super::call::Call;
use super::deployment::{Deployment, Progress, shell};
use super::deployment_path::{DeploymentPath, still_active};
use super::json::json;
use super::refusal::Refusal;
use super::response::{ArmResponse, ArmResult};
use super::world::World;
use super::{preconditions, time};

/// Maximum deployments kept in a group or subscription (Azure Resource Manager limits). ARM deletes old ones automatically.
const KEPT: usize = 800;

/// The engine's entry points. Only [`engine()`] creates one.
#[derive(Clone, Copy, Debug)]
pub struct Engine {
    /// PUT of a deployment.
    pub(super) create: Handler,
    /// POST of `validate`.
    pub(super) validate: Handler,
    /// POST of `whatIf`.
    pub(super) what_if: Handler,
    /// Advances every running deployment to a time, in milliseconds since 1970.
    pub(super) advance: fn(&mut World, u64),
}

type Handler = fn(&mut World, &Call, &DeploymentPath) -> ArmResult;

/// Calling this links all of the engine's code.
pub fn engine() -> Engine {
    Engine { create, validate, what_if: what_if::start, advance: run::advance }
}

fn validate(world: &mut World, call: &Call, path: &DeploymentPath) -> ArmResult {
    path.authorize(world, "Microsoft.Resources/deployments/validate/action")?;
    let request = request::read(world, call, path)?;
    preconditions::write(world, &request.id(), "Microsoft.Resources/deployments/validate/action")?;
    let checked = preflight::check(world, &request, call.now)?;
    let mut properties = described(&request, &checked.parameters, &checked.planned);
    properties["provisioningState"] = "Succeeded".into();
    properties["timestamp"] = time::iso(call.now).into();
    properties["duration"] = "PT0S".into();
    properties["correlationId"] = world.ids.fresh().into();
    properties["validatedResources"] = checked.wanted.iter().map(|wanted| json!({ "id": wanted.id })).collect();
    if checked.unknown {
        properties["diagnostics"] = json!([{
            "level": "Warning",
            "code": "NestedDeploymentShortCircuited",
            "message": "A nested deployment got short-circuited and all its resources got skipped from validation. This is due to a nested template having a parameter that was not fully evaluated (e.g. contains a reference() function).",
        }]);
    }
    ArmResponse::ok(shell(&request, properties))
}

fn create(world: &mut World, call: &Call, path: &DeploymentPath) -> ArmResult {
    path.authorize(world, "Microsoft.Resources/deployments/write")?;
    let request = request::read(world, call, path)?;
    preconditions::write(world, &request.id(), "Microsoft.Resources/deployments/write")?;
    let existing = path.find(world).ok();
    if let Some(existing) = existing.map(|at| &world.tables.deployments[at]) {
        if existing.ended.is_none() {
            return Err(still_active(existing));
        }
        if existing.asked.location != request.location {
            let message = format!(
                "Invalid deployment location '{}'. The deployment '{}' already exists in location '{}'.",
                request.location.as_deref().unwrap_or_default(),
                request.name,
                existing.asked.location.as_deref().unwrap_or_default()
            );
            return Err(Refusal::new(409, "InvalidDeploymentLocation", &message));
        }
    }
    let checked = preflight::check(world, &request, call.now)?;
    let progress = checked.planned.iter().map(|_| not_started(world)).collect();
    let deployment = Deployment {
        by: world.caller.clone(),
        described: described(&request, &checked.parameters, &checked.planned),
        asked: request,
        parameters: checked.parameters,
        correlation: call.headers.get("x-ms-correlation-request-id").map_or_else(|| world.ids.fresh(), str::to_owned),
        tracking: world.ids.fresh(),
        started: call.now,
        ended: None,
        planned: checked.planned,
        progress,
        outputs: json!({}),
        error: Value::Null,
    };
    let status =
        format!("{}{}/operationStatuses/{}?api-version={}", world.endpoint, deployment.asked.id(), deployment.tracking, call.api_version());
    let json = deployment.json(call.now);
    world.revision += 1;
    if let Some(at) = existing {
        world.tables.deployments.remove(at);
    }
    if world.tables.deployments.len() >= KEPT {
        world.tables.deployments.remove(0);
    }
    world.tables.deployments.push(deployment);
    let answer = ArmResponse::new(if existing.is_some() { 200 } else { 201 }, json);
    Ok(answer.with("Azure-AsyncOperation", status).with("Retry-After", "1".to_owned()))
}

fn not_started(world: &mut World) -> Progress {
    Progress { operation: world.ids.fresh().to_ascii_uppercase().replace('-', "")[..16].to_owned(), ..Progress::default() }
}
