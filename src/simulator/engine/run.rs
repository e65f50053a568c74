//! Advances deployments over time. Nothing runs in the background: each request first advances the world to its own time, so
//! that a saved deployment continues where it stopped.

use serde_json::Value;

use super::described::evaluation;
use super::preflight::body;
use crate::arm::http::Method;
use crate::simulator::call::Call;
use crate::simulator::deployment::{Deployment, DeploymentOutcome, NESTED, PlannedResource};
use crate::simulator::deployment_path::DeploymentPath;
use crate::simulator::faults::Fault;
use crate::simulator::json::json;
use crate::simulator::records::group_id;
use crate::simulator::refusal::Refusal;
use crate::simulator::resource::Resource;
use crate::simulator::resource_handler::Deployed;
use crate::simulator::resource_handlers;
use crate::simulator::template::evaluate::EvaluationContext;
use crate::simulator::template::{TemplateError, truncated, words};
use crate::simulator::world::World;

/// ARM's delay before the first resource, and after the last, in milliseconds.
const BEGIN_MS: u64 = 500;
const END_MS: u64 = 300;
/// The slowdown factor of the fault `slow`.
const SLOW: u64 = 5;

/// Advances every running deployment to `now`.
pub(super) fn advance(world: &mut World, now: u64) {
    // Deployments append nested deployments to the table, and a parent has to be visited again after they end.
    let mut moved = true;
    while moved {
        moved = false;
        let mut index = 0;
        while index < world.tables.deployments.len() {
            if world.tables.deployments[index].ended.is_none() {
                moved |= step(world, index, now);
            }
            index += 1;
        }
    }
}

// Executes the due steps of one deployment; returns whether there were any.
fn step(world: &mut World, index: usize, now: u64) -> bool {
    // Its resources are evaluated when they start and when they end.
    world.budget.refill(2);
    let mut deployment = world.tables.deployments[index].clone();
    let asking = std::mem::replace(&mut world.caller, deployment.by.clone());
    let mut moved = false;
    for at in 0..deployment.planned.len() {
        moved |= if deployment.progress[at].started.is_none() {
            begin(world, &mut deployment, at, now)
        } else if deployment.progress[at].ended.is_none() {
            end(world, &mut deployment, at, now)
        } else {
            false
        };
    }
    moved |= finish(world, &mut deployment, now, moved);
    world.caller = asking;
    if moved {
        world.revision += 1;
        // Nested deployments that were started meanwhile may have moved it in the table.
        if let Some(place) = world.tables.deployments.iter_mut().find(|one| one.tracking == deployment.tracking) {
            *place = deployment;
        }
    }
    moved
}

fn begin(world: &mut World, deployment: &mut Deployment, at: usize, now: u64) -> bool {
    let planned = &deployment.planned[at];
    let mut due = deployment.started + BEGIN_MS;
    for before in &planned.after {
        match deployment.progress.get(*before).map(|progress| (progress.ended, progress.error.is_null())) {
            Some((Some(ended), true)) => due = due.max(ended),
            _ => return false,
        }
    }
    // After a failure, nothing else is started.
    if due > now || deployment.progress.iter().any(|progress| !progress.error.is_null()) {
        return false;
    }
    if !planned.made {
        settle(deployment, at, due, due, Ok(200));
        return true;
    }
    if !planned.kind.eq_ignore_ascii_case(NESTED) {
        // A resource it references must exist; until then it waits.
        if evaluated(world, deployment, at, due) == Err(TemplateError::NotYet) {
            return false;
        }
        deployment.progress[at].started = Some(due);
        return true;
    }
    match evaluated(world, deployment, at, due) {
        Ok(body) => {
            let planned = &deployment.planned[at];
            let call = Call::inner(Method::Put, &planned.id, &planned.api_version, Some(&body), due);
            let created = DeploymentPath::of(world, &call, &planned.name).and_then(|path| super::create(world, &call, &path));
            match created {
                Ok(_) => deployment.progress[at].started = Some(due),
                Err(refusal) => settle(deployment, at, due, due, Err(refusal)),
            }
        }
        Err(TemplateError::NotYet) => return false,
        Err(TemplateError::Wrong(why)) => settle(deployment, at, due, due, Err(unprocessable(&deployment.planned[at], &why))),
    }
    true
}

fn end(world: &mut World, deployment: &mut Deployment, at: usize, now: u64) -> bool {
    let planned = &deployment.planned[at];
    let started = deployment.progress[at].started.unwrap_or_default();
    if planned.kind.eq_ignore_ascii_case(NESTED) {
        let child = world.tables.deployments.iter().find(|one| one.asked.id().eq_ignore_ascii_case(&planned.id));
        let (ended, error) = match child {
            Some(child) => match child.ended {
                Some((ended, outcome)) => (ended, (outcome != DeploymentOutcome::Succeeded).then(|| child.error.clone())),
                None => return false,
            },
            None => (now, Some(json!({ "code": "DeploymentNotFound", "message": "The nested deployment was deleted." }))),
        };
        let result = match error {
            None => Ok(200),
            Some(error) => {
                let mut refusal = Refusal::new(409, "", "");
                refusal.error = error;
                Err(refusal)
            }
        };
        settle(deployment, at, started, ended, result);
        return true;
    }
    let due = started + duration_ms(world, planned);
    if due > now {
        return false;
    }
    let result = match failure(world, planned).map_or_else(|| Ok(evaluated(world, deployment, at, due)), Err) {
        Err(refusal) => Err(refusal),
        Ok(Ok(body)) => {
            let call = Call::inner(Method::Put, &planned.id, &planned.api_version, Some(&body), due);
            resource_handlers::answer(world, &call).unwrap_or_else(|| Err(call.unknown_type())).map(|answer| answer.status)
        }
        Ok(Err(TemplateError::Wrong(why))) => Err(unprocessable(planned, &why)),
        Ok(Err(TemplateError::NotYet)) => Err(unprocessable(planned, "A resource that it refers to is not there.")),
    };
    settle(deployment, at, started, due, result);
    true
}

// Ends the deployment when nothing is left to do.
fn finish(world: &mut World, deployment: &mut Deployment, now: u64, moved: bool) -> bool {
    let last = deployment.progress.iter().filter_map(|progress| progress.ended).max().unwrap_or(deployment.started + BEGIN_MS);
    let failed = deployment.progress.iter().any(|progress| !progress.error.is_null());
    let under_way = deployment.progress.iter().any(|progress| progress.started.is_some() && progress.ended.is_none());
    let all = deployment.progress.iter().all(|progress| progress.ended.is_some());
    // Waiting for a reference that nothing will create would never end: that is a circular dependency.
    let free = |planned: &PlannedResource| {
        planned.after.iter().all(|before| deployment.progress.get(*before).is_some_and(|progress| progress.ended.is_some()))
    };
    let stuck = !moved
        && !failed
        && !under_way
        && !all
        && last <= now
        && deployment.planned.iter().zip(&deployment.progress).all(|(planned, progress)| progress.ended.is_some() || free(planned));
    if stuck
        && last + BEGIN_MS < now
        && let Some(at) = deployment.progress.iter().position(|progress| progress.ended.is_none())
    {
        let refusal = unprocessable(&deployment.planned[at], "It refers to a resource that is not there.");
        settle(deployment, at, last, last, Err(refusal));
        return true;
    }
    if under_way || !(failed || all) || last + END_MS > now {
        return false;
    }
    let ended = last + END_MS;
    if failed {
        fail(deployment, ended);
        return true;
    }
    match outputs(world, deployment, ended) {
        Ok(outputs) => {
            deployment.outputs = outputs;
            deployment.ended = Some((ended, DeploymentOutcome::Succeeded));
            if deployment.asked.mode == "Complete" {
                remove_others(world, deployment);
            }
        }
        Err(why) => {
            deployment.error = json!({
                "code": "DeploymentFailed",
                "target": deployment.asked.id(),
                "message": "At least one resource deployment operation failed. Please list deployment operations for details. Please see https://aka.ms/arm-deployment-operations for usage details.",
                "details": [{ "code": "DeploymentOutputEvaluationFailed", "message": format!("The template output evaluation failed: '{}'.", truncated(&why)) }],
            });
            deployment.ended = Some((ended, DeploymentOutcome::Failed));
        }
    }
    true
}

fn fail(deployment: &mut Deployment, ended: u64) {
    let details: Vec<Value> =
        deployment.progress.iter().filter(|progress| !progress.error.is_null()).map(|progress| progress.error.clone()).collect();
    deployment.error = json!({
        "code": "DeploymentFailed",
        "target": deployment.asked.id(),
        "message": "At least one resource deployment operation failed. Please list deployment operations for details. Please see https://aka.ms/arm-deployment-operations for usage details.",
        "details": details,
    });
    deployment.ended = Some((ended, DeploymentOutcome::Failed));
}

// Complete mode deletes the group's resources that are not in the template.
fn remove_others(world: &mut World, deployment: &Deployment) {
    let Some(group) = &deployment.asked.group else { return };
    let scope = group_id(&deployment.asked.subscription, group).to_lowercase();
    let is_left_out = |one: &Resource| {
        deployed(&one.kind).is_some_and(|deployed| deployed.is_swept)
            && one.scope.to_lowercase() == scope
            && !deployment
                .planned
                .iter()
                .any(|planned| planned.kind.eq_ignore_ascii_case(&one.kind) && planned.name.eq_ignore_ascii_case(&one.name))
    };
    while let Some(at) = world.tables.resources.iter().position(is_left_out) {
        world.remove(at);
    }
}

fn deployed(kind: &str) -> Option<&'static Deployed> {
    resource_handlers::named(kind)?.deployed.as_ref()
}

fn evaluated(world: &World, deployment: &Deployment, at: usize, now: u64) -> Result<Value, TemplateError> {
    let scope = evaluation(&deployment.asked, world, &deployment.parameters, &deployment.planned, now);
    body(&EvaluationContext { running: true, ..scope }, &deployment.planned[at])
}

fn outputs(world: &World, deployment: &Deployment, now: u64) -> Result<Value, String> {
    let scope = evaluation(&deployment.asked, world, &deployment.parameters, &deployment.planned, now);
    let scope = EvaluationContext { running: true, ..scope };
    let mut outputs = json!({});
    for (name, output) in deployment.asked.template["outputs"].as_object().into_iter().flatten() {
        let why = |trouble| match trouble {
            TemplateError::Wrong(why) => why,
            TemplateError::NotYet => "It refers to a resource that is not there.".to_owned(),
        };
        if output.get("condition").is_some() && scope.value(&output["condition"]).map_err(why)? == Value::Bool(false) {
            continue;
        }
        let kind = words(&output["type"]);
        let mut letters = kind.chars();
        let shown: String = letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect();
        outputs[name] = json!({ "type": shown });
        if !kind.to_ascii_lowercase().starts_with("secure") {
            outputs[name]["value"] = scope.value(&output["value"]).map_err(why)?;
        }
    }
    Ok(outputs)
}

fn settle(deployment: &mut Deployment, at: usize, started: u64, ended: u64, result: Result<u16, Refusal>) {
    let progress = &mut deployment.progress[at];
    progress.started = Some(started);
    progress.ended = Some(ended);
    match result {
        Ok(status) => {
            progress.status = status;
            deployment.planned[at].done = true;
        }
        Err(refusal) => {
            progress.status = refusal.status;
            progress.error = refusal.error.clone();
        }
    }
}

fn duration_ms(world: &World, planned: &PlannedResource) -> u64 {
    let duration_ms = deployed(&planned.kind).map_or(0, |deployed| deployed.takes_ms);
    if world.faults.hit(Fault::Slow, &planned.name) { duration_ms * SLOW } else { duration_ms }
}

fn failure(world: &World, planned: &PlannedResource) -> Option<Refusal> {
    deployed(&planned.kind).and_then(|deployed| (deployed.failure)(world, &planned.name))
}

fn unprocessable(planned: &PlannedResource, why: &str) -> Refusal {
    let message = format!("Unable to process template language expressions for resource '{}'. '{}'", planned.id, truncated(why));
    Refusal::new(400, "InvalidTemplate", &message)
}
