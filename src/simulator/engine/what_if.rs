//! What-if: 202 with a URL, where the result is available after a delay.

use serde_json::{Map, Value};

use super::preflight::{self, Wanted};
use super::request;
use crate::simulator::call::Call;
use crate::simulator::deployment::Ready;
use crate::simulator::deployment_path::DeploymentPath;
use crate::simulator::json::json;
use crate::simulator::response::{ArmResponse, ArmResult};
use crate::simulator::world::World;
use crate::simulator::{regions, resource_handlers};

/// The delay in milliseconds.
const TAKES_MS: u64 = 1_500;
/// Maximum number of results kept.
const KEPT: usize = 16;

pub(super) fn start(world: &mut World, call: &Call, path: &DeploymentPath) -> ArmResult {
    path.authorize(world, "Microsoft.Resources/deployments/whatIf/action")?;
    let request = request::read(world, call, path)?;
    let body = match preflight::check(world, &request, call.now) {
        Ok(checked) => {
            let changes: Vec<Value> = checked.wanted.iter().map(|wanted| change(world, wanted, call.now)).collect();
            json!({ "status": "Succeeded", "properties": { "correlationId": world.ids.fresh(), "changes": changes } })
        }
        Err(refusal) => json!({ "status": "Failed", "error": refusal.error }),
    };
    let token = format!("whatif-{}", world.ids.fresh());
    let location =
        format!("{}/subscriptions/{}/operationresults/{token}?api-version={}", world.endpoint, request.subscription, call.api_version());
    if world.ready.len() >= KEPT {
        world.ready.remove(0);
    }
    world.ready.push(Ready { token, at: call.now + TAKES_MS, body });
    Ok(ArmResponse::empty(202).with("Location", location).with("Retry-After", "1".to_owned()))
}

fn change(world: &World, wanted: &Wanted, now: u64) -> Value {
    let shown = |body: &Value| {
        let mut shown = json!({ "id": wanted.id, "type": wanted.kind, "name": wanted.name, "apiVersion": wanted.api_version });
        for field in ["location", "tags", "properties"] {
            match &body[field] {
                Value::Null => {}
                Value::Object(fields) if fields.is_empty() => {}
                Value::String(location) if field == "location" => shown[field] = regions::normal(location).into(),
                value => shown[field] = value.clone(),
            }
        }
        shown
    };
    let existing = resource_handlers::look_up(world, &wanted.id, &wanted.api_version, now);
    let Some(after) = wanted.body.as_ref().map(shown) else {
        return json!({ "resourceId": wanted.id, "changeType": "Unsupported", "unsupportedReason": "Its properties are known only once the deployment runs." });
    };
    let Some(before) = existing.as_ref().map(shown) else {
        return json!({ "resourceId": wanted.id, "changeType": "Create", "after": after });
    };
    let delta = delta(&before, &after);
    let kind = if delta.is_empty() { "NoChange" } else { "Modify" };
    json!({ "resourceId": wanted.id, "changeType": kind, "before": before, "after": after, "delta": delta })
}

// Tags are replaced as a whole; properties that are not sent stay.
fn delta(before: &Value, after: &Value) -> Vec<Value> {
    let none = Map::new();
    let mut delta = Vec::new();
    for field in ["tags", "properties"] {
        let (old, new) = (before[field].as_object().unwrap_or(&none), after[field].as_object().unwrap_or(&none));
        for (name, value) in new {
            let path = format!("{field}.{name}");
            match old.get(name) {
                Some(known) if known == value => {}
                Some(known) => delta.push(json!({ "path": path, "propertyChangeType": "Modify", "before": known, "after": value })),
                None => delta.push(json!({ "path": path, "propertyChangeType": "Create", "after": value })),
            }
        }
        if field == "tags" {
            for (name, value) in old.iter().filter(|(name, _)| !new.contains_key(*name)) {
                delta.push(json!({ "path": format!("{field}.{name}"), "propertyChangeType": "Delete", "before": value }));
            }
        }
    }
    delta
}
