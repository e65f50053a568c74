//! A deployment's operations, one per resource that has started, and its status as a long-running operation.

use serde_json::Value;

use crate::simulator::call::Call;
use crate::simulator::deployment::{Deployment, DeploymentOutcome, PlannedResource, Progress};
use crate::simulator::json::json;
use crate::simulator::refusal::Refusal;
use crate::simulator::response::{ArmResponse, ArmResult};
use crate::simulator::world::World;
use crate::simulator::{page, time};

/// The last operation evaluates the outputs.
const OUTPUTS: &str = "0000000000000000";

/// `operations`, `operations/{id}` or `operationStatuses/{id}` of the deployment.
pub(super) fn answer(world: &World, call: &Call, deployment: &Deployment, rest: &[&str]) -> ArmResult {
    match rest {
        ["operations"] => page::page(call, &world.endpoint, all(deployment, call.now).into_iter(), |json| json),
        ["operations", id] => {
            let found = all(deployment, call.now)
                .into_iter()
                .find(|json| json["operationId"].as_str().is_some_and(|known| known.eq_ignore_ascii_case(id)));
            let missing = || {
                let message = format!("The deployment operation '{id}' of the deployment '{}' could not be found.", deployment.asked.name);
                Refusal::new(404, "DeploymentOperationNotFound", &message)
            };
            ArmResponse::ok(found.ok_or_else(missing)?)
        }
        ["operationstatuses", id] if deployment.tracking.eq_ignore_ascii_case(id) => {
            let mut status = json!({ "status": deployment.state(call.now) });
            match deployment.ended {
                Some((_, DeploymentOutcome::Failed | DeploymentOutcome::Canceled)) => status["error"] = deployment.error.clone(),
                Some(_) => {}
                None => return Ok(ArmResponse::new(200, status).with("Retry-After", "1".to_owned())),
            }
            ArmResponse::ok(status)
        }
        _ => Err(call.no_such_path()),
    }
}

fn all(deployment: &Deployment, now: u64) -> Vec<Value> {
    // In start order.
    let mut operations: Vec<(u64, Value)> = Vec::new();
    for (planned, progress) in deployment.planned.iter().zip(&deployment.progress).filter(|(planned, _)| planned.made) {
        if let Some(started) = progress.started {
            let at = operations.partition_point(|(known, _)| *known <= started);
            operations.insert(at, (started, one(deployment, planned, progress, now)));
        }
    }
    let has_outputs = deployment.asked.template["outputs"].as_object().is_some_and(|outputs| !outputs.is_empty());
    if let Some((ended, DeploymentOutcome::Succeeded)) = deployment.ended.filter(|_| has_outputs) {
        let properties = json!({
            "provisioningOperation": "EvaluateDeploymentOutput",
            "provisioningState": "Succeeded",
            "timestamp": time::iso(ended),
            "duration": "PT0.1S",
            "trackingId": deployment.tracking,
            "statusCode": "OK",
        });
        operations.push((ended, shell(deployment, OUTPUTS, properties)));
    }
    operations.into_iter().map(|(_, json)| json).collect()
}

fn one(deployment: &Deployment, planned: &PlannedResource, progress: &Progress, now: u64) -> Value {
    let started = progress.started.unwrap_or_default();
    let canceled = matches!(deployment.ended, Some((_, DeploymentOutcome::Canceled)));
    let state = match progress.ended {
        Some(_) if progress.error.is_null() => "Succeeded",
        Some(_) => "Failed",
        None if canceled => "Canceled",
        None => "Running",
    };
    let until = progress.ended.or(deployment.ended.map(|(ended, _)| ended)).unwrap_or(now);
    let mut properties = json!({
        "provisioningOperation": "Create",
        "provisioningState": state,
        "timestamp": time::iso(until),
        "duration": time::duration(until.saturating_sub(started)),
        "trackingId": deployment.tracking,
        "targetResource": { "id": planned.id, "resourceType": planned.kind, "resourceName": planned.name },
    });
    if progress.ended.is_some() {
        properties["serviceRequestId"] = deployment.correlation.as_str().into();
        properties["statusCode"] = status_code(progress.status).into();
        if !progress.error.is_null() {
            properties["statusMessage"] = json!({ "status": "Failed", "error": progress.error });
        }
    }
    shell(deployment, &progress.operation, properties)
}

fn shell(deployment: &Deployment, operation: &str, properties: Value) -> Value {
    json!({
        "id": format!("{}/operations/{operation}", deployment.asked.id()),
        "operationId": operation,
        "properties": properties,
    })
}

fn status_code(status: u16) -> &'static str {
    match status {
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        400 => "BadRequest",
        403 => "Forbidden",
        404 => "NotFound",
        409 => "Conflict",
        429 => "TooManyRequests",
        _ => "InternalServerError",
    }
}
