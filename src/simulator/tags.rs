//! Tags: the names in use in a subscription, and `Microsoft.Resources/tags/default` of a subscription, group or identity.

use serde_json::Value;

use super::call::Call;
use super::records::group_id;
use super::refusal::Refusal;
use super::resource::Tags;
use super::resource_handler::{Deployed, ResourceHandler};
use super::resource_type::{ResourceType, Target};
use super::response::{ArmResponse, ArmResult};
use super::world::World;
use super::{page, preconditions, tag_rules, versions};
use crate::arm::http::Method;
use crate::simulator::json::json;

pub(crate) static TYPE: ResourceType = ResourceType::extension("Microsoft.Resources/tags", versions::RESOURCES);
pub(crate) static HANDLER: ResourceHandler =
    ResourceHandler { deployed: Some(Deployed::EXTENSION), ..ResourceHandler::new(&TYPE, of_scope) };

/// `GET /subscriptions/{id}/tagNames`.
pub(crate) fn names(world: &World, call: &Call) -> ArmResult {
    let id = preconditions::subscription(world, call)?.id;
    if call.method != Method::Get {
        return Err(Refusal::method_not_allowed(call.method, "GET"));
    }
    preconditions::member(world, &id, "Microsoft.Resources/subscriptions/tagNames/read")?;
    // The count of each value, by name and value.
    let mut used = Tags::new();
    let groups = world.tables.groups.iter().filter(|group| group.subscription == id).map(|group| &group.tags);
    let resources = world.tables.resources.iter().filter(|one| one.is_in(&id)).map(|one| &one.tags);
    for (name, value) in groups.chain(resources).flatten() {
        let values = used.entry(name.clone()).or_insert_with(|| json!({}));
        let count = &mut values[value.as_str().unwrap_or_default()];
        *count = json!(count.as_u64().unwrap_or_default() + 1);
    }
    page::page(call, &world.endpoint, used.iter(), |(name, values)| {
        let tag = format!("/subscriptions/{id}/tagNames/{name}");
        let mut total = 0;
        let mut listed = Vec::new();
        for (value, count) in values.as_object().into_iter().flatten() {
            let count = count.as_u64().unwrap_or_default();
            total += count;
            listed.push(json!({ "id": format!("{tag}/tagValues/{value}"), "tagValue": value, "count": count_json(count) }));
        }
        json!({ "id": tag, "tagName": name, "count": count_json(total), "values": listed })
    })
}

/// `{scope}/providers/Microsoft.Resources/tags/default`.
fn of_scope(world: &mut World, call: &Call, target: &Target<'_>) -> ArmResult {
    if target.name.is_none_or(|name| !name.eq_ignore_ascii_case("default")) || !target.rest.is_empty() {
        return Err(call.unknown_type());
    }
    let scope = target.scope.as_str();
    let existing = find(world, call)?.clone();
    let tags = match call.method {
        Method::Get => {
            preconditions::authorize(world, scope, "Microsoft.Resources/tags/read")?;
            return ArmResponse::ok(json(scope, &existing));
        }
        Method::Put => tag_rules::read(&call.json()?["properties"]["tags"])?,
        Method::Patch => {
            let body = call.json()?;
            let sent = tag_rules::read(&body["properties"]["tags"])?;
            combine(existing, sent, body["operation"].as_str().unwrap_or_default())?
        }
        Method::Delete => Tags::new(),
        Method::Head | Method::Post => return Err(Refusal::method_not_allowed(call.method, "GET, PUT, PATCH, DELETE")),
    };
    preconditions::write(world, scope, "Microsoft.Resources/tags/write")?;
    // The merged tags may exceed the limit.
    let tags = tag_rules::read(&Value::Object(tags))?;
    world.revision += 1;
    let answer = json(scope, &tags);
    *find(world, call)? = tags;
    if call.method == Method::Delete { Ok(ArmResponse::empty(200)) } else { ArmResponse::ok(answer) }
}

fn combine(mut existing: Tags, sent: Tags, operation: &str) -> Result<Tags, Refusal> {
    let same = |one: &str, other: &str| one.to_lowercase() == other.to_lowercase();
    match operation.to_ascii_lowercase().as_str() {
        "replace" => Ok(sent),
        "merge" => {
            for (name, value) in sent {
                let known = existing.keys().find(|known| same(known, &name)).cloned();
                existing.insert(known.unwrap_or(name), value);
            }
            Ok(existing)
        }
        "delete" => {
            existing.retain(|name, value| !sent.iter().any(|(sent, tagged)| same(sent, name) && tagged == value));
            Ok(existing)
        }
        _ => Err(Refusal::new(400, "InvalidTagsPatchOperation", "The 'operation' property must be one of 'Replace', 'Merge', 'Delete'.")),
    }
}

// The tags of the path's scope; `preconditions` has checked that its subscription and group exist.
fn find<'world>(world: &'world mut World, call: &Call) -> Result<&'world mut Tags, Refusal> {
    let subscription = preconditions::subscription(world, call)?.id;
    // Without `providers/Microsoft.Resources/tags/default`.
    let scope = &call.lower[..call.lower.len().saturating_sub(4)];
    match scope.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["subscriptions", _] => {
            if !world.tables.subscriptions.iter().any(|one| one.id == subscription) {
                // A generated subscription is stored once it is tagged.
                world.tables.subscriptions.extend(world.subscription(&subscription));
            }
            let found = world.tables.subscriptions.iter_mut().find(|one| one.id == subscription);
            found.map(|one| &mut one.tags).ok_or_else(|| Refusal::subscription_not_found(&subscription))
        }
        ["subscriptions", _, "resourcegroups", _] => {
            let name = call.segment(3);
            world.group_mut(&subscription, name).map(|group| &mut group.tags).ok_or_else(|| Refusal::group_not_found(name))
        }
        _ => {
            let group = preconditions::group(world, call)?.name;
            let kind = format!("{}/{}", call.segment(5), call.segment(6));
            let at = world.find(&kind, &group_id(&subscription, &group), call.segment(7)).filter(|_| scope.len() == 8);
            let missing = || Refusal::resource_not_found(&kind, call.segment(7), &group);
            Ok(&mut world.tables.resources[at.ok_or_else(missing)?].tags)
        }
    }
}

fn json(scope: &str, tags: &Tags) -> Value {
    json!({
        "id": format!("{scope}/providers/Microsoft.Resources/tags/default"),
        "name": "default",
        "type": "Microsoft.Resources/tags",
        "properties": { "tags": tags },
    })
}

fn count_json(count: u64) -> Value {
    json!({ "type": if count == 1 { "Partial" } else { "Total" }, "value": count })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::simulator::seed::DEVELOPMENT;
    use crate::simulator::test_harness::TestHarness;

    #[test]
    fn lists_the_names_in_use() {
        let mut harness = TestHarness::new("");
        let names = harness.list(&format!("/subscriptions/{DEVELOPMENT}/tagNames?api-version=2024-07-01"));
        let tag_names: Vec<_> = names.iter().filter_map(|name| name["tagName"].as_str()).collect();
        assert_eq!(tag_names, ["CostCenter", "Environment", "Owner"]);
        assert_eq!(names[1]["values"][0]["tagValue"], "Development");
    }

    #[test]
    fn merges_deletes_and_replaces() {
        let mut harness = TestHarness::new("");
        let identity = "resourceGroups/RG1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami-existing/";
        for scope in ["", "resourceGroups/RG1/", identity] {
            let path = format!("/subscriptions/{DEVELOPMENT}/{scope}providers/Microsoft.Resources/tags/default?api-version=2024-07-01");
            let mut change = |operation: &str, tags| {
                harness.send("PATCH", &path, Some(json!({ "operation": operation, "properties": { "tags": tags } }))).body["properties"]["tags"].clone()
            };
            assert_eq!(change("Merge", json!({ "a": "1", "b": "2" })), json!({ "a": "1", "b": "2" }));
            assert_eq!(change("Merge", json!({ "A": "3" })), json!({ "a": "3", "b": "2" }));
            assert_eq!(change("Delete", json!({ "a": "3", "b": "x" })), json!({ "b": "2" }));
            assert_eq!(change("Replace", json!({ "c": "4" })), json!({ "c": "4" }));
            assert_eq!(harness.get(&path).body["properties"]["tags"], json!({ "c": "4" }));
            assert_eq!(harness.send("DELETE", &path, None).status, 200);
            assert_eq!(harness.send("PATCH", &path, Some(json!({ "operation": "Add" }))).refusal(), "400 InvalidTagsPatchOperation");
        }
    }
}
