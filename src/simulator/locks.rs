//! `Microsoft.Authorization/locks`, of a subscription, a group or a resource.

use serde_json::Value;

use super::answer::{Answer, Answered};
use super::call::Call;
use super::faults::Fault;
use super::gate;
use super::page;
use super::refusal::Refusal;
use super::versions;
use super::world::{Lock, World};
use crate::arm::http::Method;
use crate::simulator::json::json;

/// `GET {scope}/providers/Microsoft.Authorization/locks`: the locks of the scope, of what is above it and of what is in it.
pub(crate) fn list(world: &World, call: &Call, scope: &str) -> Answered {
    check_version(call)?;
    if call.method != Method::Get {
        return Err(Refusal::method_not_allowed(call.method, "GET"));
    }
    gate::authorize(world, scope, "Microsoft.Authorization/locks/read")?;
    let lower = scope.to_lowercase();
    let touches = |lock: &&Lock| {
        lock.scope == lower || lower.starts_with(&format!("{}/", lock.scope)) || lock.scope.starts_with(&format!("{lower}/"))
    };
    let fault = world.faults.has(Fault::Locked) && lower.contains("/resourcegroups/");
    let fault = fault.then(|| Lock { scope: lower.clone(), name: "locked".to_owned(), properties: json!({ "level": "ReadOnly" }) });
    page::page(call, &world.endpoint, world.tables.locks.iter().filter(touches).cloned().chain(fault), |lock| json(&lock))
}

/// `{scope}/providers/Microsoft.Authorization/locks/{name}`.
pub(crate) fn one(world: &mut World, call: &Call, scope: &str) -> Answered {
    check_version(call)?;
    let name = call.path.last().map_or("", String::as_str);
    let lower = scope.to_lowercase();
    let at = world.tables.locks.iter().position(|lock| lock.scope == lower && lock.name.eq_ignore_ascii_case(name));
    match call.method {
        Method::Get => {
            gate::authorize(world, scope, "Microsoft.Authorization/locks/read")?;
            let missing = || Refusal::by_provider(404, "LockNotFound", &format!("The lock '{name}' could not be found."));
            Answer::ok(json(&world.tables.locks[at.ok_or_else(missing)?]))
        }
        Method::Put => {
            gate::authorize(world, scope, "Microsoft.Authorization/locks/write")?;
            let body = call.json()?;
            let level = body["properties"]["level"].as_str().unwrap_or_default();
            if !["NotSpecified", "CanNotDelete", "ReadOnly"].iter().any(|known| known.eq_ignore_ascii_case(level)) {
                return Err(Refusal::by_provider(400, "InvalidLockLevel", &format!("The lock level '{level}' is invalid.")));
            }
            world.revision += 1;
            let lock = Lock { scope: lower, name: name.to_owned(), properties: body["properties"].clone() };
            let answer = json(&lock);
            if let Some(at) = at {
                world.tables.locks[at] = lock;
                return Answer::ok(answer);
            }
            world.tables.locks.push(lock);
            Ok(Answer::new(201, answer))
        }
        Method::Delete => {
            gate::authorize(world, scope, "Microsoft.Authorization/locks/delete")?;
            let Some(at) = at else { return Ok(Answer::empty(204)) };
            world.revision += 1;
            world.tables.locks.remove(at);
            Ok(Answer::empty(200))
        }
        Method::Head | Method::Patch | Method::Post => Err(Refusal::method_not_allowed(call.method, "GET, PUT, DELETE")),
    }
}

fn check_version(call: &Call) -> Result<(), Refusal> {
    versions::of_type("Microsoft.Authorization", "locks", versions::LOCKS, call.api_version())
}

fn json(lock: &Lock) -> Value {
    json!({
        "id": format!("{}/providers/Microsoft.Authorization/locks/{}", lock.scope, lock.name),
        "name": lock.name,
        "type": "Microsoft.Authorization/locks",
        "properties": lock.properties,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::simulator::seed::{DEVELOPMENT, LOCKED_GROUP};
    use crate::simulator::trial::Trial;

    fn path(scope: &str, rest: &str) -> String {
        format!("/subscriptions/{DEVELOPMENT}{scope}/providers/Microsoft.Authorization/locks{rest}?api-version=2020-05-01")
    }

    #[test]
    fn lists_makes_and_removes() {
        let mut trial = Trial::new("");
        assert_eq!(trial.list(&path("", "")).len(), 2);
        let group = format!("/resourceGroups/{LOCKED_GROUP}");
        assert_eq!(trial.list(&path(&group, ""))[0]["properties"]["level"], "ReadOnly");
        assert_eq!(trial.list(&path("/resourceGroups/RG1", "")).len(), 0);
        let lock = json!({ "properties": { "level": "ReadOnly" } });
        assert_eq!(trial.send("PUT", &path("/resourceGroups/RG1", "/mine"), Some(lock.clone())).status, 201);
        assert_eq!(trial.send("PUT", &path("/resourceGroups/RG1", "/mine"), Some(lock)).status, 200);
        let tags = format!("/subscriptions/{DEVELOPMENT}/resourceGroups/RG1?api-version=2024-07-01");
        assert_eq!(trial.send("PATCH", &tags, Some(json!({ "tags": {} }))).refusal(), "409 ScopeLocked");
        assert_eq!(trial.send("DELETE", &path("/resourceGroups/RG1", "/mine"), None).status, 200);
        assert_eq!(trial.send("DELETE", &path("/resourceGroups/RG1", "/mine"), None).status, 204);
        assert_eq!(trial.send("PATCH", &tags, Some(json!({ "tags": {} }))).status, 200);
    }
}
