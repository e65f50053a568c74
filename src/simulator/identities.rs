//! User-assigned identities. Responses have the shape of the requested API version.

#[cfg(test)]
mod tests;

use serde_json::Value;

use super::call::Call;
use super::faults::Fault;
use super::records::group_id;
use super::refusal::Refusal;
use super::resource::Resource;
use super::resource_handler::{Deployed, Intended, ResourceHandler};
use super::resource_type::{Regions, ResourceScope, ResourceType, Target};
use super::response::{ArmResponse, ArmResult};
use super::world::World;
use super::{page, policy, preconditions, regions, tag_rules, versions};
use crate::arm::http::Method;
use crate::arm::identity_name::{IDENTITY_NAME_MAX, IDENTITY_NAME_MIN, IdentityName};
use crate::arm::managed_identity::{IDENTITY_TYPE, IsolationScope, Restriction};
use crate::simulator::json::json;

pub(crate) static TYPE: ResourceType = ResourceType {
    regions: Regions::WithIdentities,
    capabilities: "CrossResourceGroupResourceMove, CrossSubscriptionResourceMove, SupportsTags, SupportsLocation",
    scopes: &[ResourceScope::Subscription, ResourceScope::Group],
    ..ResourceType::listed(IDENTITY_TYPE, VERSIONS)
};
pub(crate) static HANDLER: ResourceHandler = ResourceHandler {
    show: Some(show),
    id,
    deployed: Some(Deployed { takes_ms: 2_000, check: preflight, failure: fails, is_swept: true, ..Deployed::EXTENSION }),
    ..ResourceHandler::new(&TYPE, answer)
};
/// `{scope}/providers/Microsoft.ManagedIdentity/identities/default`, a resource's system-assigned identity, which no simulated
/// resource has.
pub(crate) static SYSTEM_ASSIGNED: ResourceType = ResourceType::extension("Microsoft.ManagedIdentity/identities", VERSIONS);
pub(crate) static SYSTEM_ASSIGNED_HANDLER: ResourceHandler = ResourceHandler::new(&SYSTEM_ASSIGNED, system_assigned);

const NAMESPACE: &str = "Microsoft.ManagedIdentity";
const READ: &str = "Microsoft.ManagedIdentity/userAssignedIdentities/read";
const WRITE: &str = "Microsoft.ManagedIdentity/userAssignedIdentities/write";
const DELETE: &str = "Microsoft.ManagedIdentity/userAssignedIdentities/delete";
/// Newest first.
pub(crate) const VERSIONS: &str = "2026-05-31 2026-04-30 2025-05-31-preview 2025-01-31-preview 2024-11-30 2023-07-31-preview 2023-01-31 \
2022-01-31-preview 2021-09-30-preview 2018-11-30 2015-08-31-preview";
/// The versions with an isolation scope (Microsoft.ManagedIdentity specifications).
const WITH_ISOLATION: &str = "2026-05-31 2026-04-30 2025-05-31-preview 2025-01-31-preview 2024-11-30";
/// The versions with assignment restrictions: introduced by a preview that the next stable version is not based on.
const WITH_RESTRICTIONS: &str = "2026-05-31 2025-05-31-preview";

fn answer(world: &mut World, call: &Call, target: &Target<'_>) -> ArmResult {
    let in_group = call.is_in_group();
    match (target.name, &target.rest[..]) {
        (None, []) => list(world, call),
        (Some(name), []) if in_group => one(world, call, name),
        (Some(name), ["listassociatedresources" | "revoketokens"]) if in_group => act(world, call, name),
        _ => Err(call.unknown_type()),
    }
}

/// `GET .../providers/Microsoft.ManagedIdentity/userAssignedIdentities`, in a group or subscription.
fn list(world: &World, call: &Call) -> ArmResult {
    let subscription = preconditions::subscription(world, call)?.id;
    let group = if call.is_in_group() { Some(preconditions::group(world, call)?.name) } else { None };
    TYPE.check_version(call)?;
    if call.method != Method::Get {
        return Err(Refusal::method_not_allowed(call.method, "GET"));
    }
    let scope = group.as_ref().map_or_else(|| format!("/subscriptions/{subscription}"), |group| group_id(&subscription, group));
    preconditions::authorize(world, &scope, READ)?;
    let listed =
        world.resources(IDENTITY_TYPE).filter(|one| one.is_in(&subscription) && group.as_ref().is_none_or(|group| one.group() == group));
    page::page(call, &world.endpoint, listed, |identity| json(world, identity, call.api_version()))
}

/// `GET .../userAssignedIdentities/{name}`.
pub(crate) fn get(world: &World, call: &Call) -> ArmResult {
    let subscription = preconditions::subscription(world, call)?.id;
    let (group, name) = (preconditions::group(world, call)?.name, call.segment(7));
    TYPE.check_version(call)?;
    preconditions::authorize(world, &format!("{}/providers/{IDENTITY_TYPE}/{name}", group_id(&subscription, &group)), READ)?;
    let at = find(world, &subscription, &group, name)?;
    ArmResponse::ok(json(world, &world.tables.resources[at], call.api_version()))
}

/// `.../userAssignedIdentities/{name}`.
fn one(world: &mut World, call: &Call, name: &str) -> ArmResult {
    let subscription = preconditions::subscription(world, call)?.id;
    let group = preconditions::group(world, call)?.name;
    TYPE.check_version(call)?;
    let id = format!("{}/providers/{IDENTITY_TYPE}/{name}", group_id(&subscription, &group));
    match call.method {
        Method::Get => get(world, call),
        Method::Head => {
            preconditions::authorize(world, &id, READ)?;
            find(world, &subscription, &group, name)?;
            Ok(ArmResponse::empty(204))
        }
        Method::Put => put(world, call, &subscription, &group, name),
        Method::Patch => {
            preconditions::write(world, &id, WRITE)?;
            let at = find(world, &subscription, &group, name)?;
            let mut body = call.json()?;
            let existing = &world.tables.resources[at];
            // PATCH keeps what it omits.
            if body.get("tags").is_none() {
                body["tags"] = Value::Object(existing.tags.clone());
            }
            body["location"] = existing.location.clone().into();
            let changed = check(world, &subscription, &group, name, &body, call.api_version())?;
            world.revision += 1;
            let answer = json(world, &changed, call.api_version());
            world.tables.resources[at] = changed;
            ArmResponse::ok(answer)
        }
        Method::Delete => {
            preconditions::delete(world, &id, DELETE)?;
            let Ok(at) = find(world, &subscription, &group, name) else { return Ok(ArmResponse::empty(204)) };
            world.remove(at);
            Ok(ArmResponse::empty(200))
        }
        Method::Post => Err(Refusal::method_not_allowed(call.method, "GET, PUT, PATCH, DELETE")),
    }
}

/// `POST .../{name}/listAssociatedResources` or `revokeTokens`; the results are empty, since no simulated resource uses an
/// identity.
fn act(world: &World, call: &Call, name: &str) -> ArmResult {
    let subscription = preconditions::subscription(world, call)?.id;
    let group = preconditions::group(world, call)?.name;
    if call.method != Method::Post {
        return Err(Refusal::method_not_allowed(call.method, "POST"));
    }
    preconditions::authorize(world, &call.id(8), &format!("Microsoft.ManagedIdentity/userAssignedIdentities/{}/action", call.segment(8)))?;
    find(world, &subscription, &group, name)?;
    ArmResponse::ok(json!({ "totalCount": 0, "value": [] }))
}

fn system_assigned(_: &mut World, call: &Call, target: &Target<'_>) -> ArmResult {
    if target.name.is_none_or(|name| !name.eq_ignore_ascii_case("default")) || !target.rest.is_empty() {
        return Err(call.unknown_type());
    }
    SYSTEM_ASSIGNED.check_version(call)?;
    if call.method != Method::Get {
        return Err(Refusal::method_not_allowed(call.method, "GET"));
    }
    Err(Refusal::by_provider(404, "ResourceNotFound", &format!("The resource '{}' has no system-assigned identity.", target.scope)))
}

fn show(world: &World, call: &Call, target: &Target<'_>) -> Option<Value> {
    let at = world.find(IDENTITY_TYPE, &target.scope, target.name?)?;
    Some(json(world, &world.tables.resources[at], call.api_version()))
}

fn preflight(world: &World, intended: &Intended<'_>) -> Result<(), Refusal> {
    intended.group_exists(world)?;
    intended.known_version(world)?;
    intended.may_write(world, WRITE)?;
    let (subscription, group) = (intended.segment(1), intended.segment(3));
    preconditions::registered(world, subscription, NAMESPACE)?;
    check(world, subscription, group, intended.name, intended.body, intended.api_version).map(|_| ())
}

/// The identity described by `body`, or the refusal by ARM, a policy or the provider. Changes nothing, so that preflight can
/// use it.
fn check(world: &World, subscription: &str, group: &str, name: &str, body: &Value, version: &str) -> Result<Resource, Refusal> {
    let location = body["location"].as_str().filter(|location| !location.is_empty()).ok_or_else(Refusal::location_required)?;
    let region = world
        .regions
        .with_identities()
        .find(|region| region.is(location))
        .ok_or_else(|| {
            let message = format!(
                "The provided location '{location}' is not available for resource type '{IDENTITY_TYPE}'. List of available regions for the resource type is '{}'.",
                regions::names(world.regions.with_identities())
            );
            Refusal::new(400, "LocationNotAvailableForResourceType", &message)
        })?;
    let location = region.name();
    let existing = find(world, subscription, group, name).ok().map(|at| &world.tables.resources[at]);
    let elsewhere = match existing {
        Some(existing) => Some(existing.location.as_str()).filter(|known| *known != location),
        // Simulates another caller having just created it.
        None => {
            world.faults.hit(Fault::Conflict, name).then_some(if location == "southcentralus" { "centralus" } else { "southcentralus" })
        }
    };
    if let Some(elsewhere) = elsewhere {
        let message = format!(
            "The resource '{name}' already exists in location '{elsewhere}' in resource group '{group}'. A resource with the same name cannot be created in location '{location}'. Please select a new resource name."
        );
        return Err(Refusal::new(409, "InvalidResourceLocation", &message));
    }
    let tags = tag_rules::read(&body["tags"])?;
    let id = format!("{}/providers/{IDENTITY_TYPE}/{name}", group_id(subscription, group));
    policy::enforce(world, &id, name, &location, &tags)?;
    if world.faults.hit(Fault::RegionFull, name) {
        return Err(region_full(name));
    }
    check_name(name)?;
    let properties = &body["properties"];
    let mut identity = existing.cloned().unwrap_or_else(|| Resource {
        location,
        ..new(&group_id(subscription, group), name, &Ids { principal: String::new(), client: String::new() })
    });
    identity.tags = tags;
    if has_isolation(version) && !properties["isolationScope"].is_null() {
        identity.properties["isolationScope"] = isolation(&properties["isolationScope"])?.into();
    }
    if has_restrictions(version) && !properties["assignmentRestrictions"].is_null() {
        identity.properties["restrictions"] = restrictions(&properties["assignmentRestrictions"]["providers"])?.into();
    }
    Ok(identity)
}

/// The IDs that the directory assigns to a new identity.
pub(crate) struct Ids {
    pub(crate) principal: String,
    pub(crate) client: String,
}

/// A new identity in the group with the ID `scope`, without region and tags.
pub(crate) fn new(scope: &str, name: &str, ids: &Ids) -> Resource {
    let properties = json!({
        "principalId": ids.principal,
        "clientId": ids.client,
        "isolationScope": IsolationScope::None.as_str(),
        "restrictions": Vec::<String>::new(),
    });
    Resource::new(IDENTITY_TYPE, scope, name, properties)
}

/// The identity's JSON in `version`.
fn json(world: &World, identity: &Resource, version: &str) -> Value {
    let kept = &identity.properties;
    let mut properties = json!({ "tenantId": world.caller.tenant.id, "principalId": kept["principalId"], "clientId": kept["clientId"] });
    if has_isolation(version) {
        properties["isolationScope"] = kept["isolationScope"].clone();
    }
    if has_restrictions(version) {
        properties["assignmentRestrictions"] = json!({ "providers": kept["restrictions"] });
    }
    json!({
        "id": id(identity),
        "name": identity.name,
        "type": IDENTITY_TYPE,
        "location": identity.location,
        "tags": identity.tags,
        "properties": properties,
    })
}

/// The identity's index in its table.
pub(crate) fn find(world: &World, subscription: &str, group: &str, name: &str) -> Result<usize, Refusal> {
    world.find(IDENTITY_TYPE, &group_id(subscription, group), name).ok_or_else(|| Refusal::resource_not_found(IDENTITY_TYPE, name, group))
}

/// The identity's ID; the provider writes `resourcegroups` in lower case.
pub(crate) fn id(identity: &Resource) -> String {
    identity.plain_id().replacen("/resourceGroups/", "/resourcegroups/", 1)
}

fn put(world: &mut World, call: &Call, subscription: &str, group: &str, name: &str) -> ArmResult {
    preconditions::write(world, &format!("{}/providers/{IDENTITY_TYPE}/{name}", group_id(subscription, group)), WRITE)?;
    preconditions::registered(world, subscription, NAMESPACE)?;
    let mut identity = check(world, subscription, group, name, &call.json()?, call.api_version())?;
    if let Some(refusal) = fails(world, name) {
        return Err(refusal);
    }
    world.revision += 1;
    if let Ok(at) = find(world, subscription, group, name) {
        let answer = json(world, &identity, call.api_version());
        world.tables.resources[at] = identity;
        return ArmResponse::ok(answer);
    }
    identity.properties["principalId"] = world.ids.fresh().into();
    identity.properties["clientId"] = world.ids.fresh().into();
    identity.made_at = call.now;
    let answer = json(world, &identity, call.api_version());
    let location = id(&identity);
    world.tables.resources.push(identity);
    Ok(ArmResponse::new(201, answer).with("Location", location))
}

fn has_isolation(version: &str) -> bool {
    versions::has(WITH_ISOLATION, version)
}

fn has_restrictions(version: &str) -> bool {
    versions::has(WITH_RESTRICTIONS, version)
}

// The provider's own message is not public; this one says the same.
fn check_name(name: &str) -> Result<(), Refusal> {
    if IdentityName::parse(name).is_ok() {
        return Ok(());
    }
    let message = format!(
        "The resource name '{name}' is invalid. It must have {IDENTITY_NAME_MIN} to {IDENTITY_NAME_MAX} characters, start with a letter or a number, and hold letters, numbers, hyphens and underscores alone."
    );
    Err(Refusal::by_provider(400, "InvalidResourceName", &message).target("name"))
}

// The fault `deployment-fails` only occurs while the identity is being created.
fn fails(world: &World, name: &str) -> Option<Refusal> {
    let message = "The resource provider met an error that it could not handle. Please try again later.";
    world.faults.hit(Fault::DeploymentFails, name).then(|| Refusal::by_provider(500, "InternalServerError", message))
}

fn region_full(name: &str) -> Refusal {
    let message = "Resource was disallowed by Azure: This policy maintains a set of best available regions where your subscription can deploy resources. The objective of this policy is to ensure that your subscription has full access to Azure services with optimal performance. Should you need additional or different regions, contact support.";
    Refusal::new(
        403,
        "RequestDisallowedByAzure",
        &format!("Resource '{name}' was disallowed by Azure: {}", &message["Resource was disallowed by Azure: ".len()..]),
    )
    .target(name)
}

fn isolation(value: &Value) -> Result<String, Refusal> {
    value.as_str().and_then(IsolationScope::parse).map(|scope| scope.as_str().to_owned()).ok_or_else(|| {
        Refusal::by_provider(400, "BadRequest", "The value of 'isolationScope' is invalid. Allowed values are 'None' and 'Regional'.")
            .target("isolationScope")
    })
}

fn restrictions(providers: &Value) -> Result<Vec<String>, Refusal> {
    let invalid = |value: &Value| {
        Refusal::by_provider(400, "BadRequest", &format!("The value '{value}' of 'assignmentRestrictions.providers' is invalid."))
            .target("assignmentRestrictions")
    };
    match providers {
        Value::Null => Ok(Vec::new()),
        Value::Array(items) => items
            .iter()
            .map(|item| {
                let text = item.as_str().filter(|text| Restriction::parse(text).is_some_and(|parsed| parsed.as_str() == *text));
                text.map(str::to_owned).ok_or_else(|| invalid(item))
            })
            .collect(),
        other => Err(invalid(other)),
    }
}
