//! Container registries. Responses have the shape of the requested API version: the older ones know nothing of the role assignment
//! mode, anonymous pull or the policy on tokens.

use serde_json::Value;

use super::call::Call;
use super::records::group_id;
use super::refusal::Refusal;
use super::resource::Resource;
use super::resource_handler::{Deployed, Intended, ResourceHandler};
use super::resource_type::{Regions, ResourceScope, ResourceType, Target};
use super::response::{ArmResponse, ArmResult};
use super::world::World;
use super::{preconditions, readable, regions, tag_rules, time, versions};
use crate::arm::http::Method;
use crate::simulator::json::json;

pub(crate) static TYPE: ResourceType = ResourceType {
    regions: Regions::All,
    capabilities: "CrossResourceGroupResourceMove, CrossSubscriptionResourceMove, SystemAssignedResourceIdentity, SupportsTags, SupportsLocation",
    scopes: &[ResourceScope::Subscription, ResourceScope::Group],
    ..ResourceType::listed(KIND, VERSIONS)
};
pub(crate) static HANDLER: ResourceHandler = ResourceHandler {
    show: Some(show),
    deployed: Some(Deployed { takes_ms: 4_000, check: preflight, is_swept: true, ..Deployed::EXTENSION }),
    ..ResourceHandler::new(&TYPE, answer)
};

pub(crate) const KIND: &str = "Microsoft.ContainerRegistry/registries";
pub(crate) const NAMESPACE: &str = "Microsoft.ContainerRegistry";
const READ: &str = "Microsoft.ContainerRegistry/registries/read";
const WRITE: &str = "Microsoft.ContainerRegistry/registries/write";
const DELETE: &str = "Microsoft.ContainerRegistry/registries/delete";
/// Newest first.
const VERSIONS: &str = "2026-03-01-preview 2025-11-01 2025-04-01 2023-07-01 2022-12-01 2021-09-01 2019-05-01 2017-10-01";
/// The versions with `roleAssignmentMode`.
const WITH_MODE: &str = "2026-03-01-preview 2025-11-01";
/// The versions with anonymous pull and the policy on tokens for ARM.
const WITH_POLICY: &str = "2026-03-01-preview 2025-11-01 2025-04-01";
/// Allowed length of a name (Microsoft.ContainerRegistry 2025-11-01).
const NAME_LENGTH: std::ops::RangeInclusive<usize> = 5..=50;
const SKUS: [&str; 3] = ["Basic", "Standard", "Premium"];
/// Switches, which are off by default.
const SWITCHES: [&str; 3] = ["adminUserEnabled", "anonymousPullEnabled", "dataEndpointEnabled"];
/// Choices; the first is the default.
const CHOICES: [(&str, [&str; 2]); 4] = [
    ("publicNetworkAccess", ["Enabled", "Disabled"]),
    ("networkRuleBypassOptions", ["AzureServices", "None"]),
    ("zoneRedundancy", ["Disabled", "Enabled"]),
    ("roleAssignmentMode", ["LegacyRegistryPermissions", "AbacRepositoryPermissions"]),
];
/// In the stored properties: `policies.azureADAuthenticationAsArmPolicy.status`.
const ARM_TOKENS: &str = "armTokens";

fn answer(world: &mut World, call: &Call, target: &Target<'_>) -> ArmResult {
    match (target.name, &target.rest[..]) {
        (None, []) => list(world, call),
        (Some(name), []) if call.is_in_group() => one(world, call, name),
        _ => Err(call.unknown_type()),
    }
}

/// `GET .../providers/Microsoft.ContainerRegistry/registries`, in a group or subscription.
fn list(world: &World, call: &Call) -> ArmResult {
    TYPE.check_version(call)?;
    readable::list(world, call, KIND, &|registry| json(registry, call.api_version()))
}

/// `.../registries/{name}`.
fn one(world: &mut World, call: &Call, name: &str) -> ArmResult {
    let subscription = preconditions::subscription(world, call)?.id;
    let group = preconditions::group(world, call)?.name;
    TYPE.check_version(call)?;
    let scope = group_id(&subscription, &group);
    let id = format!("{scope}/providers/{KIND}/{name}");
    let at = world.find(KIND, &scope, name);
    let found = || at.ok_or_else(|| Refusal::resource_not_found(KIND, name, &group));
    match call.method {
        Method::Get => {
            preconditions::authorize(world, &id, READ)?;
            ArmResponse::ok(json(&world.tables.resources[found()?], call.api_version()))
        }
        Method::Put => {
            preconditions::write(world, &id, WRITE)?;
            preconditions::registered(world, &subscription, NAMESPACE)?;
            let registry = check(world, &scope, name, &call.json()?, call.now)?;
            world.revision += 1;
            let answer = json(&registry, call.api_version());
            if let Some(at) = at {
                world.tables.resources[at] = registry;
                return ArmResponse::ok(answer);
            }
            world.tables.resources.push(registry);
            Ok(ArmResponse::new(201, answer))
        }
        Method::Patch => {
            preconditions::write(world, &id, WRITE)?;
            let at = found()?;
            let body = call.json()?;
            let mut registry = world.tables.resources[at].clone();
            if !body["tags"].is_null() {
                registry.tags = tag_rules::read(&body["tags"])?;
            }
            set(&mut registry, &body)?;
            world.revision += 1;
            let answer = json(&registry, call.api_version());
            world.tables.resources[at] = registry;
            ArmResponse::ok(answer)
        }
        Method::Delete => {
            preconditions::delete(world, &id, DELETE)?;
            let Some(at) = at else { return Ok(ArmResponse::empty(204)) };
            world.remove(at);
            Ok(ArmResponse::empty(200))
        }
        Method::Head | Method::Post => Err(Refusal::method_not_allowed(call.method, "GET, PUT, PATCH, DELETE")),
    }
}

fn show(world: &World, call: &Call, target: &Target<'_>) -> Option<Value> {
    let at = world.find(KIND, &target.scope, target.name?)?;
    Some(json(&world.tables.resources[at], call.api_version()))
}

fn preflight(world: &World, intended: &Intended<'_>) -> Result<(), Refusal> {
    intended.group_exists(world)?;
    intended.check(world)?;
    let (subscription, group) = (intended.segment(1), intended.segment(3));
    preconditions::registered(world, subscription, NAMESPACE)?;
    check(world, &group_id(subscription, group), intended.name, intended.body, 0).map(|_| ())
}

/// The registry described by a PUT's body, or the refusal. Changes nothing, so that preflight can use it.
fn check(world: &World, scope: &str, name: &str, body: &Value, now: u64) -> Result<Resource, Refusal> {
    let location = body["location"].as_str().filter(|location| !location.is_empty()).ok_or_else(Refusal::location_required)?;
    let region = world.regions.find(location).ok_or_else(|| {
        let message = format!(
            "The provided location '{location}' is not available for resource type '{KIND}'. List of available regions for the resource type is '{}'.",
            regions::names(world.regions.all())
        );
        Refusal::new(400, "LocationNotAvailableForResourceType", &message)
    })?;
    if !NAME_LENGTH.contains(&name.len()) || !name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        let message = format!("The registry name '{name}' is invalid. It must have 5 to 50 characters and match '^[a-zA-Z0-9]*$'.");
        return Err(Refusal::by_provider(400, "InvalidResourceName", &message).target("name"));
    }
    let existing = world.find(KIND, scope, name).map(|at| &world.tables.resources[at]);
    if existing.is_none() && world.resources(KIND).any(|one| one.name.eq_ignore_ascii_case(name)) {
        let message = format!(
            "The registry DNS name {}.azurecr.io is already in use. You can check if the name is already claimed using following API: https://docs.microsoft.com/en-us/rest/api/containerregistry/registries/checknameavailability",
            name.to_lowercase()
        );
        return Err(Refusal::by_provider(409, "AlreadyInUse", &message));
    }
    let mut registry = existing.cloned().unwrap_or_else(|| Resource { made_at: now, ..Resource::new(KIND, scope, name, json!({})) });
    registry.location = region.name();
    registry.tags = tag_rules::read(&body["tags"])?;
    if body["sku"]["name"].is_null() {
        return Err(Refusal::bad_content(
            "The request content was invalid and could not be deserialized: 'Required property 'sku' not found in JSON.'.",
        ));
    }
    set(&mut registry, body)?;
    Ok(registry)
}

/// Sets what `body` has, and keeps the rest.
fn set(registry: &mut Resource, body: &Value) -> Result<(), Refusal> {
    let invalid = |field: &str, value: &Value| {
        Refusal::by_provider(400, "BadRequest", &format!("The value '{value}' of the property '{field}' is invalid.")).target(field)
    };
    let properties = &body["properties"];
    let stored = &mut registry.properties;
    if !body["sku"]["name"].is_null() {
        let known = SKUS.iter().find(|known| body["sku"]["name"].as_str().is_some_and(|sku| sku.eq_ignore_ascii_case(known)));
        stored["sku"] = (*known.ok_or_else(|| invalid("sku", &body["sku"]["name"]))?).into();
    }
    for field in SWITCHES {
        match &properties[field] {
            Value::Null => {}
            value @ Value::Bool(_) => stored[field] = value.clone(),
            other => return Err(invalid(field, other)),
        }
    }
    for (field, choices) in CHOICES {
        if let Some(choice) = chosen(&properties[field], choices).map_err(|value| invalid(field, value))? {
            stored[field] = choice.into();
        }
    }
    let policy = &properties["policies"]["azureADAuthenticationAsArmPolicy"]["status"];
    if let Some(choice) = chosen(policy, ["enabled", "disabled"]).map_err(|value| invalid("policies", value))? {
        stored[ARM_TOKENS] = choice.into();
    }
    if !properties["networkRuleSet"].is_null() {
        stored["networkRuleSet"] = properties["networkRuleSet"].clone();
    }
    Ok(())
}

/// The one of `choices` that `value` names; `None` if it is null.
fn chosen<'value>(value: &'value Value, choices: [&'static str; 2]) -> Result<Option<&'static str>, &'value Value> {
    if value.is_null() {
        return Ok(None);
    }
    choices.into_iter().find(|choice| value.as_str().is_some_and(|text| text.eq_ignore_ascii_case(choice))).map(Some).ok_or(value)
}

/// The registry's JSON in `version`.
pub(crate) fn json(registry: &Resource, version: &str) -> Value {
    let stored = &registry.properties;
    let has_policy = versions::has(WITH_POLICY, version);
    let off = || json!({ "status": "disabled" });
    let mut properties = json!({
        "loginServer": format!("{}.azurecr.io", registry.name.to_lowercase()),
        "creationDate": time::iso(registry.made_at),
        "provisioningState": "Succeeded",
        "networkRuleSet": if stored["networkRuleSet"].is_null() { json!({ "defaultAction": "Allow", "ipRules": [] }) } else { stored["networkRuleSet"].clone() },
        "policies": {
            "quarantinePolicy": off(),
            "trustPolicy": { "type": "Notary", "status": "disabled" },
            "retentionPolicy": { "days": 7, "lastUpdatedTime": time::iso(registry.made_at), "status": "disabled" },
            "exportPolicy": { "status": "enabled" },
        },
        "encryption": off(),
        "dataEndpointHostNames": [],
        "privateEndpointConnections": [],
    });
    for field in SWITCHES {
        if field != "anonymousPullEnabled" || has_policy {
            properties[field] = stored[field].as_bool().unwrap_or_default().into();
        }
    }
    for (field, choices) in CHOICES {
        if field != "roleAssignmentMode" || versions::has(WITH_MODE, version) {
            properties[field] = stored[field].as_str().unwrap_or(choices[0]).into();
        }
    }
    if has_policy {
        properties["policies"]["azureADAuthenticationAsArmPolicy"] = json!({ "status": stored[ARM_TOKENS].as_str().unwrap_or("enabled") });
    }
    let sku = stored["sku"].as_str().unwrap_or(SKUS[0]);
    json!({
        "id": registry.plain_id(),
        "name": registry.name,
        "type": KIND,
        "location": registry.location,
        "tags": registry.tags,
        "sku": { "name": sku, "tier": sku },
        "properties": properties,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::simulator::seed::{DEVELOPMENT, SANDBOX};
    use crate::simulator::test_harness::TestHarness;

    fn path(group: &str, name: &str, version: &str) -> String {
        format!(
            "/subscriptions/{DEVELOPMENT}/resourceGroups/{group}/providers/Microsoft.ContainerRegistry/registries{name}?api-version={version}"
        )
    }

    #[test]
    fn the_seeded_registries_differ() {
        let mut harness = TestHarness::new("");
        let list = |subscription: &str| {
            format!("/subscriptions/{subscription}/providers/Microsoft.ContainerRegistry/registries?api-version=2025-11-01")
        };
        let shown = |registry: &serde_json::Value| {
            let properties = &registry["properties"];
            (
                registry["name"].as_str().unwrap_or_default().to_owned(),
                registry["sku"]["name"].as_str().unwrap_or_default().to_owned(),
                properties["roleAssignmentMode"].as_str().unwrap_or_default().to_owned(),
                properties["adminUserEnabled"] == true,
                properties["publicNetworkAccess"] == "Disabled",
                properties["policies"]["azureADAuthenticationAsArmPolicy"]["status"] == "disabled",
            )
        };
        let (legacy, abac) = ("LegacyRegistryPermissions".to_owned(), "AbacRepositoryPermissions".to_owned());
        let mut all: Vec<_> = harness.list(&list(DEVELOPMENT)).iter().map(shown).collect();
        all.extend(harness.list(&list(SANDBOX)).iter().map(shown));
        assert_eq!(
            all,
            [
                ("contosodev".to_owned(), "Basic".to_owned(), legacy.clone(), true, false, false),
                ("contosoteam".to_owned(), "Standard".to_owned(), abac, false, false, false),
                ("contososhared".to_owned(), "Premium".to_owned(), legacy, false, true, true),
            ]
        );
        assert_eq!(harness.list(&path("RG1", "", "2025-11-01")).len(), 1);
    }

    #[test]
    fn older_versions_leave_out_what_they_do_not_know() {
        let mut harness = TestHarness::new("");
        for (version, has_mode, has_policy) in [("2025-11-01", true, true), ("2025-04-01", false, true), ("2023-07-01", false, false)] {
            let properties = &harness.get(&path("RG1", "/contosodev", version)).body["properties"];
            assert_eq!(properties["loginServer"], "contosodev.azurecr.io");
            assert_eq!(properties.get("roleAssignmentMode").is_some(), has_mode, "{version}");
            assert_eq!(properties.get("anonymousPullEnabled").is_some(), has_policy, "{version}");
            assert_eq!(properties["policies"].get("azureADAuthenticationAsArmPolicy").is_some(), has_policy, "{version}");
        }
        assert_eq!(harness.get(&path("RG1", "/contosodev", "2016-01-01")).refusal(), "404 InvalidResourceType");
        assert_eq!(harness.get(&path("RG1", "/none", "2025-11-01")).refusal(), "404 ResourceNotFound");
    }

    #[test]
    fn switches_the_mode_and_keeps_the_rest() {
        let mut harness = TestHarness::new("");
        let at = path("RG1", "/contosodev", "2025-11-01");
        let change = json!({ "tags": { "a": "b" }, "properties": { "roleAssignmentMode": "abacRepositoryPermissions" } });
        let changed = harness.send("PATCH", &at, Some(change)).body;
        assert_eq!(
            (&changed["properties"]["roleAssignmentMode"], &changed["tags"]["a"]),
            (&json!("AbacRepositoryPermissions"), &json!("b"))
        );
        assert_eq!(changed["properties"]["adminUserEnabled"], true);
        let closed =
            json!({ "properties": { "adminUserEnabled": false, "anonymousPullEnabled": true, "publicNetworkAccess": "Disabled" } });
        let changed = harness.send("PATCH", &at, Some(closed)).body;
        assert_eq!((&changed["properties"]["adminUserEnabled"], &changed["tags"]["a"]), (&json!(false), &json!("b")));
        let refused = harness.send("PATCH", &at, Some(json!({ "properties": { "publicNetworkAccess": "Some" } })));
        assert_eq!(refused.refusal(), "400 BadRequest");
    }

    #[test]
    fn creates_and_deletes() {
        let mut harness = TestHarness::new("");
        let at = |name: &str| path("RG1", name, "2023-07-01");
        let body = json!({ "location": "East US", "sku": { "name": "Standard" } });
        assert_eq!(harness.send("PUT", &at("/regnew"), Some(body.clone())).status, 201);
        assert_eq!(harness.send("PUT", &at("/regnew"), Some(body.clone())).status, 200);
        assert_eq!(harness.send("PUT", &at("/reg"), Some(body.clone())).refusal(), "400 InvalidResourceName");
        assert_eq!(harness.send("PUT", &at("/ContosoTeam"), Some(body)).refusal(), "409 AlreadyInUse");
        assert_eq!(harness.send("PUT", &at("/regnew"), Some(json!({ "location": "eastus" }))).refusal(), "400 InvalidRequestContent");
        assert_eq!(harness.send("DELETE", &at("/regnew"), None).status, 200);
        assert_eq!(harness.send("DELETE", &at("/regnew"), None).status, 204);
        let locked = path("rg-finance-ledger", "/regledger", "2023-07-01");
        let body = json!({ "location": "uksouth", "sku": { "name": "Basic" } });
        assert_eq!(harness.send("PUT", &locked, Some(body)).refusal(), "409 ScopeLocked");
    }
}
