//! Resource groups: list, HEAD, GET, PUT, PATCH and DELETE.

use serde_json::Value;

use super::call::Call;
use super::filter::Filter;
use super::records::{Group, group_id};
use super::refusal::Refusal;
use super::resource_handler::{Deployed, Intended, ResourceHandler};
use super::resource_type::{Regions, ResourceType};
use super::response::{ArmResponse, ArmResult};
use super::world::World;
use super::{page, policy, preconditions, regions, tag_rules, versions};
use crate::arm::http::Method;
use crate::arm::resource_group::{GroupNameProblem, RESOURCE_GROUP_NAME_MAX, ResourceGroupName};
use crate::simulator::json::json;

/// ARM itself answers for this type.
pub(crate) static TYPE: ResourceType = ResourceType {
    regions: Regions::All,
    capabilities: "SupportsTags, SupportsLocation",
    ..ResourceType::listed("Microsoft.Resources/resourceGroups", versions::RESOURCES)
};
pub(crate) static HANDLER: ResourceHandler = ResourceHandler {
    deployed: Some(Deployed { takes_ms: 1_000, check: preflight, ..Deployed::EXTENSION }),
    ..ResourceHandler::none(&TYPE)
};

/// How long deleting takes, in milliseconds.
const DELETING_MS: u64 = 4_000;
const READ: &str = "Microsoft.Resources/subscriptions/resourceGroups/read";
const WRITE: &str = "Microsoft.Resources/subscriptions/resourceGroups/write";
const DELETE: &str = "Microsoft.Resources/subscriptions/resourceGroups/delete";

/// `GET /subscriptions/{id}/resourcegroups`, with `$top`.
pub(crate) fn list(world: &World, call: &Call) -> ArmResult {
    let subscription = may_list(world, call)?;
    page::page(call, &world.endpoint, world.groups(&subscription), |group| json(&group))
}

/// The same with `$filter=tagName eq 'x' and tagValue eq 'y'`.
pub(crate) fn list_filtered(world: &World, call: &Call) -> ArmResult {
    let subscription = may_list(world, call)?;
    let filter = Filter::of(call, &[])?;
    let groups = world.groups(&subscription).filter(|group| filter.matches(&group.tags, |_| ""));
    page::page(call, &world.endpoint, groups, |group| json(&group))
}

/// The ID of the subscription whose groups are listed.
fn may_list(world: &World, call: &Call) -> Result<String, Refusal> {
    let subscription = preconditions::subscription(world, call)?;
    if call.method != Method::Get {
        return Err(Refusal::method_not_allowed(call.method, "GET"));
    }
    preconditions::member(world, &subscription.id, READ)?;
    Ok(subscription.id)
}

/// `/subscriptions/{id}/resourcegroups/{name}`.
pub(crate) fn one(world: &mut World, call: &Call) -> ArmResult {
    let subscription = preconditions::subscription(world, call)?.id;
    let name = call.segment(3);
    let id = group_id(&subscription, name);
    match call.method {
        Method::Head => {
            preconditions::authorize(world, &id, READ)?;
            Ok(ArmResponse::empty(if world.group(&subscription, name).is_some() { 204 } else { 404 }))
        }
        Method::Get => {
            preconditions::authorize(world, &id, READ)?;
            ArmResponse::ok(json(&preconditions::group(world, call)?))
        }
        Method::Put => put(world, call, &subscription),
        Method::Patch => {
            preconditions::write(world, &id, WRITE)?;
            preconditions::group(world, call)?;
            let body = call.json()?;
            let tags = tag_rules::read(&body["tags"])?;
            let group = world.group_mut(&subscription, name).ok_or_else(|| Refusal::group_not_found(name))?;
            if body.get("tags").is_some() {
                group.tags = tags;
            }
            ArmResponse::ok(json(group))
        }
        Method::Delete => {
            preconditions::delete(world, &id, DELETE)?;
            let gone_at = call.now + DELETING_MS;
            let group = world.group_mut(&subscription, name).ok_or_else(|| Refusal::group_not_found(name))?;
            group.gone_at = Some(gone_at);
            let location = format!(
                "{}/subscriptions/{subscription}/operationresults/{gone_at}-{name}?api-version={}",
                world.endpoint,
                call.api_version()
            );
            Ok(ArmResponse::empty(202).with("Location", location).with("Retry-After", "2".to_owned()))
        }
        Method::Post => Err(Refusal::method_not_allowed(call.method, "GET, HEAD, PUT, PATCH, DELETE")),
    }
}

/// `GET /subscriptions/{id}/operationresults/{token}`: 202 until the group is gone, then 200.
pub(crate) fn delete_result(world: &World, call: &Call) -> ArmResult {
    let subscription = preconditions::subscription(world, call)?;
    let name = call.segment(3).split_once('-').map_or("", |(_, name)| name);
    if world.group(&subscription.id, name).is_some_and(|group| group.gone_at.is_some()) {
        let location = format!("{}{}", world.endpoint, call.target);
        return Ok(ArmResponse::empty(202).with("Location", location).with("Retry-After", "2".to_owned()));
    }
    Ok(ArmResponse::empty(200))
}

/// Removes the groups whose deletion is complete.
pub(crate) fn advance(world: &mut World, now: u64) {
    let gone: Vec<(String, String)> = world
        .tables
        .groups
        .iter()
        .filter(|group| group.gone_at.is_some_and(|at| at <= now))
        .map(|group| (group.subscription.clone(), group.name.clone()))
        .collect();
    for (subscription, name) in gone {
        world.remove_group(&subscription, &name);
    }
}

fn preflight(world: &World, intended: &Intended<'_>) -> Result<(), Refusal> {
    intended.known_version(world)?;
    intended.may_write(world, WRITE)?;
    check(world, intended.segment(1), intended.name, intended.body).map(|_| ())
}

/// Refuses a group that ARM would not create: its name, its region, a group of that name elsewhere, its tags, a policy.
fn check(world: &World, subscription: &str, name: &str, body: &Value) -> Result<Group, Refusal> {
    check_name(name)?;
    let location = body["location"].as_str().filter(|location| !location.is_empty()).ok_or_else(Refusal::location_required)?;
    let region = world.regions.find(location).ok_or_else(|| {
        let message = format!(
            "The provided location '{location}' is not available for resource group. List of available regions is '{}'.",
            regions::names(world.regions.all())
        );
        Refusal::new(400, "LocationNotAvailableForResourceGroup", &message)
    })?;
    let existing = world.group(subscription, name);
    if let Some(existing) = existing.as_ref().filter(|existing| existing.location != region.name()) {
        let message =
            format!("Invalid resource group location '{location}'. The Resource group already exists in location '{}'.", existing.location);
        return Err(Refusal::new(409, "InvalidResourceGroupLocation", &message));
    }
    let tags = tag_rules::read(&body["tags"])?;
    let name = existing.map_or_else(|| name.to_owned(), |existing| existing.name);
    policy::enforce(world, &group_id(subscription, &name), &name, &region.name(), &tags)?;
    Ok(Group { subscription: subscription.to_owned(), name, location: region.name(), tags, gone_at: None })
}

fn put(world: &mut World, call: &Call, subscription: &str) -> ArmResult {
    let name = call.segment(3);
    preconditions::write(world, &group_id(subscription, name), WRITE)?;
    let group = check(world, subscription, name, &call.json()?)?;
    let answer = json(&group);
    if let Some(existing) = world.group_mut(subscription, name) {
        existing.tags = group.tags;
        return ArmResponse::ok(answer);
    }
    world.revision += 1;
    let id = group_id(subscription, name).to_lowercase();
    world.tables.deleted.retain(|deleted| *deleted != id);
    world.tables.groups.push(group);
    Ok(ArmResponse::new(201, answer))
}

/// The group's JSON.
pub(crate) fn json(group: &Group) -> Value {
    let mut value = json!({
        "id": group_id(&group.subscription, &group.name),
        "name": group.name,
        "type": "Microsoft.Resources/resourceGroups",
        "location": group.location,
        "properties": { "provisioningState": if group.gone_at.is_some() { "Deleting" } else { "Succeeded" } },
    });
    if !group.tags.is_empty() {
        value["tags"] = Value::Object(group.tags.clone());
    }
    value
}

fn check_name(name: &str) -> Result<(), Refusal> {
    let Err(problems) = ResourceGroupName::parse(name) else { return Ok(()) };
    let (code, message) = match problems.first() {
        Some(GroupNameProblem::BadCharacters(bad)) => (
            "InvalidResourceGroup",
            format!(
                "The provided resource group name '{name}' has these invalid characters: '{}'. The name can only be a letter, digit, '-', '.', '(', ')' or '_'.",
                bad.iter().collect::<String>()
            ),
        ),
        Some(GroupNameProblem::EndsWithPeriod) => (
            "InvalidResourceGroup",
            format!("The provided resource group name '{name}' ends with an invalid character: '.'. The name cannot end with a period."),
        ),
        _ => (
            "ResourceGroupNameLengthLimitExceeded",
            format!(
                "The provided resource group name '{name}' has a length of '{}' which exceeds the maximum length of '{RESOURCE_GROUP_NAME_MAX}'.",
                name.chars().count()
            ),
        ),
    };
    Err(Refusal::new(400, code, &message))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::simulator::seed::{ARCHIVE, DEVELOPMENT, KEPT_GROUP, LOCKED_GROUP, READER_GROUP};
    use crate::simulator::test_harness::TestHarness;

    fn path(rest: &str) -> String {
        format!("/subscriptions/{DEVELOPMENT}/resourcegroups{rest}{}api-version=2024-07-01", if rest.contains('?') { '&' } else { '?' })
    }

    #[test]
    fn lists_filters_and_pages() {
        let mut harness = TestHarness::new("");
        assert_eq!(harness.list(&path("")).len(), 29);
        let first = harness.get(&path("?$top=2")).body;
        assert_eq!(first["value"].as_array().map(Vec::len), Some(2));
        assert!(
            first["nextLink"].as_str().is_some_and(|link| link.starts_with("https://management.azure.com/") && link.contains("$top=2"))
        );
        assert_eq!(harness.list(&path("?$top=2")).len(), 29);
        assert_eq!(harness.list(&path("?$filter=tagName%20eq%20'owner'%20and%20tagValue%20eq%20'data'")).len(), 3);
        for (query, refusal) in [
            ("?$filter=name eq 'x'", "400 InvalidFilterInQueryString"),
            ("?$filter=tagName", "400 InvalidFilterInQueryString"),
            ("?$top=0", "400 InvalidTopValue"),
            ("?$skiptoken=x", "400 InvalidSkipToken"),
        ] {
            assert_eq!(harness.get(&path(query)).refusal(), refusal);
        }
    }

    #[test]
    fn creates_updates_and_deletes_one() {
        let mut harness = TestHarness::new("");
        assert_eq!(harness.send("HEAD", &path("/rg-new"), None).status, 404);
        let made = harness.send("PUT", &path("/rg-new"), Some(json!({ "location": "West Europe" })));
        assert_eq!((made.status, &made.body["location"]), (201, &json!("westeurope")));
        assert_eq!(made.body["id"], format!("/subscriptions/{DEVELOPMENT}/resourceGroups/rg-new"));
        assert_eq!(made.body.get("tags"), None);
        assert_eq!(harness.send("PUT", &path("/RG-NEW"), Some(json!({ "location": "westeurope", "tags": { "a": "b" } }))).status, 200);
        assert_eq!(harness.send("PATCH", &path("/rg-new"), Some(json!({ "tags": { "c": "d" } }))).body["tags"], json!({ "c": "d" }));
        assert_eq!(harness.send("HEAD", &path("/rg-new"), None).status, 204);
        let deleting = harness.send("DELETE", &path("/rg-new"), None);
        assert_eq!(deleting.status, 202);
        let poll = deleting.header("Location");
        assert_eq!(harness.get(&poll).status, 202);
        assert_eq!(
            harness.send("PUT", &path("/rg-new"), Some(json!({ "location": "westeurope" }))).refusal(),
            "409 ResourceGroupBeingDeleted"
        );
        harness.pass(4_000);
        assert_eq!((harness.get(&poll).status, harness.get(&path("/rg-new")).refusal().as_str()), (200, "404 ResourceGroupNotFound"));
    }

    #[test]
    fn refuses_as_arm_does() {
        let mut harness = TestHarness::new("");
        let east = json!({ "location": "eastus" });
        for (name, body, refusal) in [
            ("a%20b", east.clone(), "400 InvalidResourceGroup"),
            ("a.", east.clone(), "400 InvalidResourceGroup"),
            (&"g".repeat(91), east.clone(), "400 ResourceGroupNameLengthLimitExceeded"),
            ("rg", json!({}), "400 LocationRequired"),
            ("rg", json!({ "location": "atlantis" }), "400 LocationNotAvailableForResourceGroup"),
            ("rg1", json!({ "location": "westus" }), "409 InvalidResourceGroupLocation"),
            ("rg", json!({ "location": "eastus", "tags": { "a?": "" } }), "400 InvalidTagNameCharacters"),
            (READER_GROUP, json!({ "location": "swedencentral" }), "403 AuthorizationFailed"),
            (LOCKED_GROUP, json!({ "location": "uksouth" }), "409 ScopeLocked"),
        ] {
            assert_eq!(harness.send("PUT", &path(&format!("/{name}")), Some(body)).refusal(), refusal, "{name}");
        }
        assert_eq!(harness.send("PUT", &path(&format!("/{KEPT_GROUP}")), Some(json!({ "location": "westeurope" }))).status, 200);
        assert_eq!(harness.send("DELETE", &path(&format!("/{KEPT_GROUP}")), None).refusal(), "409 ScopeLocked");
        let disabled = format!("/subscriptions/{ARCHIVE}/resourcegroups/rg?api-version=2024-07-01");
        assert_eq!(harness.send("PUT", &disabled, Some(east)).refusal(), "409 ReadOnlyDisabledSubscription");
    }

    #[test]
    fn the_large_world_has_ten_thousand() {
        let mut harness = TestHarness::new("large");
        let groups = harness.list(&path(""));
        assert_eq!(groups.len(), 10_029);
        assert_eq!(groups[29]["name"], "rg-contoso-00000");
        assert_eq!(harness.send("PATCH", &path("/RG-contoso-00007"), Some(json!({ "tags": { "a": "b" } }))).status, 200);
        assert_eq!(harness.send("DELETE", &path("/rg-contoso-00008"), None).status, 202);
        harness.pass(4_000);
        let groups = harness.list(&path(""));
        assert_eq!(groups.len(), 10_028);
        assert_eq!(harness.get(&path("/rg-contoso-00007")).body["tags"]["a"], "b");
        assert_eq!(harness.get(&path("/rg-contoso-00008")).status, 404);
        assert_eq!(harness.get(&path("/rg-contoso-10000")).status, 404);
    }
}
