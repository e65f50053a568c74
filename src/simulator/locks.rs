//! `Microsoft.Authorization/locks` of a subscription, group or resource.

use serde_json::Value;

use super::call::Call;
use super::faults::Fault;
use super::page;
use super::preconditions::{self, LOCK};
use super::refusal::Refusal;
use super::resource::Resource;
use super::resource_handler::{Deployed, ResourceHandler};
use super::resource_type::{ResourceType, Target};
use super::response::{ArmResponse, ArmResult};
use super::world::World;
use crate::arm::http::Method;
use crate::simulator::json::json;

pub(crate) static TYPE: ResourceType =
    ResourceType::extension(LOCK, "2020-05-01 2017-04-01 2016-09-01 2015-06-01 2015-05-01-preview 2015-01-01");
pub(crate) static HANDLER: ResourceHandler = ResourceHandler { deployed: Some(Deployed::EXTENSION), ..ResourceHandler::new(&TYPE, answer) };

fn answer(world: &mut World, call: &Call, target: &Target<'_>) -> ArmResult {
    match (target.name, &target.rest[..]) {
        (None, []) => list(world, call, &target.scope),
        (Some(name), []) => one(world, call, &target.scope, name),
        _ => Err(call.unknown_type()),
    }
}

/// `GET {scope}/providers/Microsoft.Authorization/locks`: the locks of the scope, its parents and its contents.
pub(crate) fn list(world: &World, call: &Call, scope: &str) -> ArmResult {
    TYPE.check_version(call)?;
    if call.method != Method::Get {
        return Err(Refusal::method_not_allowed(call.method, "GET"));
    }
    preconditions::authorize(world, scope, "Microsoft.Authorization/locks/read")?;
    let lower = scope.to_lowercase();
    let touches = |lock: &&Resource| {
        lock.scope == lower || lower.starts_with(&format!("{}/", lock.scope)) || lock.scope.starts_with(&format!("{lower}/"))
    };
    let fault = world.faults.has(Fault::Locked) && lower.contains("/resourcegroups/");
    let fault = fault.then(|| Resource::new(LOCK, &lower, "locked", json!({ "level": "ReadOnly" })));
    page::page(call, &world.endpoint, world.resources(LOCK).filter(touches).cloned().chain(fault), |lock| json(&lock))
}

/// `{scope}/providers/Microsoft.Authorization/locks/{name}`.
fn one(world: &mut World, call: &Call, scope: &str, name: &str) -> ArmResult {
    TYPE.check_version(call)?;
    let lower = scope.to_lowercase();
    let at = world.find(LOCK, &lower, name);
    match call.method {
        Method::Get => {
            preconditions::authorize(world, scope, "Microsoft.Authorization/locks/read")?;
            let missing = || Refusal::by_provider(404, "LockNotFound", &format!("The lock '{name}' could not be found."));
            ArmResponse::ok(json(&world.tables.resources[at.ok_or_else(missing)?]))
        }
        Method::Put => {
            preconditions::authorize(world, scope, "Microsoft.Authorization/locks/write")?;
            let body = call.json()?;
            let level = body["properties"]["level"].as_str().unwrap_or_default();
            if !["NotSpecified", "CanNotDelete", "ReadOnly"].iter().any(|known| known.eq_ignore_ascii_case(level)) {
                return Err(Refusal::by_provider(400, "InvalidLockLevel", &format!("The lock level '{level}' is invalid.")));
            }
            world.revision += 1;
            let lock = Resource::new(LOCK, &lower, name, body["properties"].clone());
            let answer = json(&lock);
            if let Some(at) = at {
                world.tables.resources[at] = lock;
                return ArmResponse::ok(answer);
            }
            world.tables.resources.push(lock);
            Ok(ArmResponse::new(201, answer))
        }
        Method::Delete => {
            preconditions::authorize(world, scope, "Microsoft.Authorization/locks/delete")?;
            let Some(at) = at else { return Ok(ArmResponse::empty(204)) };
            world.remove(at);
            Ok(ArmResponse::empty(200))
        }
        Method::Head | Method::Patch | Method::Post => Err(Refusal::method_not_allowed(call.method, "GET, PUT, DELETE")),
    }
}

fn json(lock: &Resource) -> Value {
    json!({
        "id": lock.plain_id(),
        "name": lock.name,
        "type": LOCK,
        "properties": lock.properties,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::simulator::seed::{DEVELOPMENT, LOCKED_GROUP};
    use crate::simulator::test_harness::TestHarness;

    fn path(scope: &str, rest: &str) -> String {
        format!("/subscriptions/{DEVELOPMENT}{scope}/providers/Microsoft.Authorization/locks{rest}?api-version=2020-05-01")
    }

    #[test]
    fn lists_creates_and_deletes() {
        let mut harness = TestHarness::new("");
        assert_eq!(harness.list(&path("", "")).len(), 2);
        let group = format!("/resourceGroups/{LOCKED_GROUP}");
        assert_eq!(harness.list(&path(&group, ""))[0]["properties"]["level"], "ReadOnly");
        assert_eq!(harness.list(&path("/resourceGroups/RG1", "")).len(), 0);
        let lock = json!({ "properties": { "level": "ReadOnly" } });
        assert_eq!(harness.send("PUT", &path("/resourceGroups/RG1", "/mine"), Some(lock.clone())).status, 201);
        assert_eq!(harness.send("PUT", &path("/resourceGroups/RG1", "/mine"), Some(lock)).status, 200);
        let tags = format!("/subscriptions/{DEVELOPMENT}/resourceGroups/RG1?api-version=2024-07-01");
        assert_eq!(harness.send("PATCH", &tags, Some(json!({ "tags": {} }))).refusal(), "409 ScopeLocked");
        assert_eq!(harness.send("DELETE", &path("/resourceGroups/RG1", "/mine"), None).status, 200);
        assert_eq!(harness.send("DELETE", &path("/resourceGroups/RG1", "/mine"), None).status, 204);
        assert_eq!(harness.send("PATCH", &tags, Some(json!({ "tags": {} }))).status, 200);
    }
}
