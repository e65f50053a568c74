//! The properties common to a deployment and its validation, and the context of its expressions.

use serde_json::{Map, Value};

use crate::simulator::deployment::{DeploymentRequest, PlannedResource};
use crate::simulator::ids;
use crate::simulator::json::json;
use crate::simulator::template::evaluate::EvaluationContext;
use crate::simulator::template::{parameters, words};
use crate::simulator::world::World;

/// The properties common to a deployment and its validation: template, parameters, mode, providers, dependencies.
pub(super) fn described(request: &DeploymentRequest, resolved: &Map<String, Value>, planned: &[PlannedResource]) -> Value {
    json!({
        "templateHash": ids::hash(request.template.to_string().as_bytes(), 2).to_string(),
        "parameters": parameters::shown(&request.template, resolved),
        "mode": request.mode,
        "providers": providers(request, planned),
        "dependencies": dependencies(planned),
    })
}

fn providers(request: &DeploymentRequest, planned: &[PlannedResource]) -> Value {
    let mut providers: Vec<(String, Vec<Value>)> = Vec::new();
    for planned in planned.iter().filter(|planned| planned.made) {
        let (namespace, kind) = planned.kind.split_once('/').unwrap_or((&planned.kind, ""));
        // A location that is an expression is omitted; ARM would show its value.
        let location =
            request.template.pointer(&planned.at).map(|item| words(&item["location"])).filter(|location| !location.starts_with('['));
        let kind =
            json!({ "resourceType": kind, "locations": location.into_iter().filter(|location| location != "null").collect::<Vec<_>>() });
        match providers.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(namespace)) {
            Some((_, kinds)) if kinds.contains(&kind) => {}
            Some((_, kinds)) => kinds.push(kind),
            None => providers.push((namespace.to_owned(), vec![kind])),
        }
    }
    providers.into_iter().map(|(namespace, kinds)| json!({ "namespace": namespace, "resourceTypes": kinds })).collect()
}

fn dependencies(planned: &[PlannedResource]) -> Value {
    let named = |planned: &PlannedResource| json!({ "id": planned.id, "resourceType": planned.kind, "resourceName": planned.name });
    let dependent = planned.iter().filter(|one| one.made && !one.after.is_empty());
    dependent
        .map(|one| {
            let mut json = named(one);
            json["dependsOn"] = one.after.iter().filter_map(|before| planned.get(*before)).map(named).collect();
            json
        })
        .collect()
}

/// The context for evaluating the deployment's expressions.
pub(super) fn evaluation<'a>(
    request: &'a DeploymentRequest,
    world: &'a World,
    parameters: &'a Map<String, Value>,
    planned: &'a [PlannedResource],
    now: u64,
) -> EvaluationContext<'a> {
    EvaluationContext {
        world,
        place: request.place(),
        template: &request.template,
        parameters,
        planned,
        running: false,
        copy: None,
        now,
        depth: 0,
    }
}
