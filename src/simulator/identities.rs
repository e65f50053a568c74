//! User-assigned identities. Answers have the shape of the api-version that asked.

use serde_json::Value;

use super::answer::{Answer, Answered};
use super::call::Call;
use super::faults::Fault;
use super::gate;
use super::page;
use super::policy;
use super::refusal::Refusal;
use super::regions;
use super::tag_rules;
use super::time;
use super::versions;
use super::world::{Identity, World, group_id};
use crate::arm::http::Method;
use crate::arm::identity_name::{IDENTITY_NAME_MAX, IDENTITY_NAME_MIN, IdentityName};
use crate::arm::managed_identity::{IDENTITY_TYPE, IsolationScope, Restriction};
use crate::simulator::json::json;

const NAMESPACE: &str = "Microsoft.ManagedIdentity";
const READ: &str = "Microsoft.ManagedIdentity/userAssignedIdentities/read";
const WRITE: &str = "Microsoft.ManagedIdentity/userAssignedIdentities/write";
const DELETE: &str = "Microsoft.ManagedIdentity/userAssignedIdentities/delete";

/// `GET .../providers/Microsoft.ManagedIdentity/userAssignedIdentities`, of a group or of the subscription.
pub(crate) fn list(world: &World, call: &Call) -> Answered {
    let subscription = gate::subscription(world, call)?.id;
    let group =
        if call.lower.get(2).is_some_and(|segment| segment == "resourcegroups") { Some(gate::group(world, call)?.name) } else { None };
    check_version(call.api_version())?;
    if call.method != Method::Get {
        return Err(Refusal::method_not_allowed(call.method, "GET"));
    }
    let scope = group.as_ref().map_or_else(|| format!("/subscriptions/{subscription}"), |group| group_id(&subscription, group));
    gate::authorize(world, &scope, READ)?;
    let listed = world
        .tables
        .identities
        .iter()
        .filter(|identity| identity.subscription == subscription && group.as_ref().is_none_or(|group| *group == identity.group));
    page::page(call, &world.endpoint, listed, |identity| json(world, identity, call.api_version()))
}

/// `.../userAssignedIdentities/{name}`.
pub(crate) fn one(world: &mut World, call: &Call) -> Answered {
    let subscription = gate::subscription(world, call)?.id;
    let group = gate::group(world, call)?.name;
    check_version(call.api_version())?;
    let name = call.segment(7);
    let id = format!("{}/providers/{IDENTITY_TYPE}/{name}", group_id(&subscription, &group));
    match call.method {
        Method::Get | Method::Head => {
            gate::authorize(world, &id, READ)?;
            let at = find(world, &subscription, &group, name)?;
            if call.method == Method::Head {
                return Ok(Answer::empty(204));
            }
            Answer::ok(json(world, &world.tables.identities[at], call.api_version()))
        }
        Method::Put => put(world, call, &subscription, &group, name),
        Method::Patch => {
            gate::write(world, &id, WRITE)?;
            let at = find(world, &subscription, &group, name)?;
            let mut body = call.json()?;
            let existing = &world.tables.identities[at];
            // What PATCH leaves out stays.
            if body.get("tags").is_none() {
                body["tags"] = Value::Object(existing.tags.clone());
            }
            body["location"] = existing.location.clone().into();
            let changed = check(world, &subscription, &group, name, &body, call.api_version())?;
            world.revision += 1;
            let answer = json(world, &changed, call.api_version());
            world.tables.identities[at] = changed;
            Answer::ok(answer)
        }
        Method::Delete => {
            gate::delete(world, &id, DELETE)?;
            let Some(at) = world.find_identity(&subscription, &group, name) else { return Ok(Answer::empty(204)) };
            world.revision += 1;
            world.tables.identities.remove(at);
            let scope = id.to_lowercase();
            world.tables.locks.retain(|lock| lock.scope != scope);
            Ok(Answer::empty(200))
        }
        Method::Post => Err(Refusal::method_not_allowed(call.method, "GET, PUT, PATCH, DELETE")),
    }
}

/// `POST .../{name}/listAssociatedResources` or `revokeTokens`, which hold nothing here: no simulated resource uses an identity.
pub(crate) fn act(world: &World, call: &Call) -> Answered {
    let subscription = gate::subscription(world, call)?.id;
    let group = gate::group(world, call)?.name;
    if call.method != Method::Post {
        return Err(Refusal::method_not_allowed(call.method, "POST"));
    }
    gate::authorize(world, &call.id(8), &format!("Microsoft.ManagedIdentity/userAssignedIdentities/{}/action", call.segment(8)))?;
    find(world, &subscription, &group, call.segment(7))?;
    Answer::ok(json!({ "totalCount": 0, "value": [] }))
}

/// `{scope}/providers/Microsoft.ManagedIdentity/identities/default`, a resource's own identity: no simulated resource has one.
pub(crate) fn system_assigned(call: &Call) -> Answered {
    versions::of_type(NAMESPACE, "identities", versions::IDENTITIES, call.api_version())?;
    if call.method != Method::Get {
        return Err(Refusal::method_not_allowed(call.method, "GET"));
    }
    Err(Refusal::by_provider(
        404,
        "ResourceNotFound",
        &format!("The resource '{}' has no system-assigned identity.", call.id(call.path.len().saturating_sub(4))),
    ))
}

/// The identity that `body` asks for, or why ARM, a policy or the provider would refuse it. Changes nothing, so that a
/// deployment's validation asks the same.
pub(crate) fn check(world: &World, subscription: &str, group: &str, name: &str, body: &Value, version: &str) -> Result<Identity, Refusal> {
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
    let existing = world.find_identity(subscription, group, name).map(|at| &world.tables.identities[at]);
    let elsewhere = match existing {
        Some(existing) => Some(existing.location.as_str()).filter(|known| *known != location),
        // Made by somebody else since the caller looked.
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
    let mut identity = existing.cloned().unwrap_or_else(|| Identity {
        subscription: subscription.to_owned(),
        group: group.to_owned(),
        name: name.to_owned(),
        location,
        tags: tags.clone(),
        principal: String::new(),
        client: String::new(),
        isolation: IsolationScope::None.as_str().to_owned(),
        restrictions: Vec::new(),
        credentials: Vec::new(),
        made_at: 0,
    });
    identity.tags = tags;
    if versions::has_isolation(version) && !properties["isolationScope"].is_null() {
        identity.isolation = isolation(&properties["isolationScope"])?;
    }
    if versions::has_restrictions(version) && !properties["assignmentRestrictions"].is_null() {
        identity.restrictions = restrictions(&properties["assignmentRestrictions"]["providers"])?;
    }
    Ok(identity)
}

/// The identity as `version` shows it.
pub(crate) fn json(world: &World, identity: &Identity, version: &str) -> Value {
    let mut properties = json!({ "tenantId": world.caller.tenant.id, "principalId": identity.principal, "clientId": identity.client });
    if versions::has_isolation(version) {
        properties["isolationScope"] = identity.isolation.as_str().into();
    }
    if versions::has_restrictions(version) {
        properties["assignmentRestrictions"] = json!({ "providers": identity.restrictions });
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

/// The identity in a list of resources of every kind, with what `expand` names (in lower case).
pub(crate) fn listed(identity: &Identity, expand: &str) -> Value {
    let mut value =
        json!({ "id": id(identity), "name": identity.name, "type": IDENTITY_TYPE, "location": identity.location, "tags": identity.tags });
    for (name, known) in [
        ("createdTime", time::iso(identity.made_at)),
        ("changedTime", time::iso(identity.made_at)),
        ("provisioningState", "Succeeded".to_owned()),
    ] {
        if expand.contains(&name.to_lowercase()) {
            value[name] = known.into();
        }
    }
    value
}

/// Where the identity is in its table, or that it is not there.
pub(crate) fn find(world: &World, subscription: &str, group: &str, name: &str) -> Result<usize, Refusal> {
    world.find_identity(subscription, group, name).ok_or_else(|| Refusal::resource_not_found(IDENTITY_TYPE, name, group))
}

/// The identity's id, in which the provider spells `resourcegroups` so.
pub(crate) fn id(identity: &Identity) -> String {
    format!("/subscriptions/{}/resourcegroups/{}/providers/{IDENTITY_TYPE}/{}", identity.subscription, identity.group, identity.name)
}

fn put(world: &mut World, call: &Call, subscription: &str, group: &str, name: &str) -> Answered {
    gate::write(world, &format!("{}/providers/{IDENTITY_TYPE}/{name}", group_id(subscription, group)), WRITE)?;
    gate::registered(world, subscription, NAMESPACE)?;
    let mut identity = check(world, subscription, group, name, &call.json()?, call.api_version())?;
    if world.faults.hit(Fault::DeploymentFails, name) {
        return Err(provider_failed());
    }
    world.revision += 1;
    if let Some(at) = world.find_identity(subscription, group, name) {
        let answer = json(world, &identity, call.api_version());
        world.tables.identities[at] = identity;
        return Answer::ok(answer);
    }
    identity.principal = world.ids.fresh();
    identity.client = world.ids.fresh();
    identity.made_at = call.now;
    let answer = json(world, &identity, call.api_version());
    let location = id(&identity);
    world.tables.identities.push(identity);
    Ok(Answer::new(201, answer).with("Location", location))
}

fn check_version(version: &str) -> Result<(), Refusal> {
    versions::of_type(NAMESPACE, "userAssignedIdentities", versions::IDENTITIES, version)
}

// The provider's own sentence is not public; this one says the same.
fn check_name(name: &str) -> Result<(), Refusal> {
    if IdentityName::parse(name).is_ok() {
        return Ok(());
    }
    let message = format!(
        "The resource name '{name}' is invalid. It must have {IDENTITY_NAME_MIN} to {IDENTITY_NAME_MAX} characters, start with a letter or a number, and hold letters, numbers, hyphens and underscores alone."
    );
    Err(Refusal::by_provider(400, "InvalidResourceName", &message).target("name"))
}

/// What goes wrong with the fault `deployment-fails`: only once the identity is being made.
pub(crate) fn provider_failed() -> Refusal {
    let message = "The resource provider met an error that it could not handle. Please try again later.";
    Refusal::by_provider(500, "InternalServerError", message)
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::simulator::seed::{DEVELOPMENT, POLICY_GROUP, SANDBOX};
    use crate::simulator::trial::Trial;

    fn path(group: &str, name: &str, version: &str) -> String {
        format!("/subscriptions/{DEVELOPMENT}/resourceGroups/{group}/providers/{IDENTITY_TYPE}/{name}?api-version={version}")
    }

    #[test]
    fn makes_one_as_recorded() {
        let mut trial = Trial::new("");
        let made = trial.send("PUT", &path("rg1", "uami-apl2003", "2018-11-30"), Some(json!({ "location": "East US" })));
        let id = format!("/subscriptions/{DEVELOPMENT}/resourcegroups/RG1/providers/{IDENTITY_TYPE}/uami-apl2003");
        assert_eq!((made.status, made.header("Location")), (201, id.clone()));
        assert_eq!((&made.body["id"], &made.body["location"], &made.body["tags"]), (&json!(id), &json!("eastus"), &json!({})));
        let properties: Vec<_> = made.body["properties"].as_object().expect("properties").keys().map(String::as_str).collect();
        assert_eq!(properties, ["clientId", "principalId", "tenantId"]);
        assert_eq!(trial.get(&path("RG1", "UAMI-APL2003", "2018-11-30")).body, made.body);
        let again =
            trial.send("PUT", &path("RG1", "uami-apl2003", "2018-11-30"), Some(json!({ "location": "eastus", "tags": { "a": "b" } })));
        assert_eq!((again.status, &again.body["properties"]), (200, &made.body["properties"]));
        assert_eq!(trial.send("DELETE", &path("RG1", "uami-apl2003", "2018-11-30"), None).status, 200);
        assert_eq!(trial.send("DELETE", &path("RG1", "uami-apl2003", "2018-11-30"), None).status, 204);
        assert_eq!(trial.get(&path("RG1", "uami-apl2003", "2018-11-30")).refusal(), "404 ResourceNotFound");
    }

    #[test]
    fn each_version_has_its_shape() {
        let mut trial = Trial::new("");
        let body = json!({ "location": "eastus", "properties": {
            "isolationScope": "regional", "assignmentRestrictions": { "providers": ["Microsoft.Compute"] } } });
        // The version that `az identity create --resource-restriction` sends.
        assert_eq!(trial.send("PUT", &path("RG1", "one", "2025-05-31-preview"), Some(body)).status, 201);
        for version in versions::IDENTITIES.split(' ') {
            let properties = &trial.get(&path("RG1", "one", version)).body["properties"];
            assert_eq!(properties["isolationScope"] == json!("Regional"), versions::has_isolation(version), "{version}");
            assert_eq!(properties.get("assignmentRestrictions").is_some(), versions::has_restrictions(version), "{version}");
        }
        let patched = trial.send("PATCH", &path("RG1", "one", "2023-01-31"), Some(json!({ "tags": { "a": "b" } })));
        assert_eq!(patched.body["tags"], json!({ "a": "b" }));
        assert_eq!(trial.get(&path("RG1", "one", "2026-05-31")).body["properties"]["isolationScope"], "Regional");
    }

    #[test]
    fn lists_by_group_and_subscription() {
        let mut trial = Trial::new("");
        let all = format!("/subscriptions/{DEVELOPMENT}/providers/{IDENTITY_TYPE}?api-version=2026-05-31&$top=2");
        assert_eq!(trial.list(&all).len(), 7);
        let some =
            format!("/subscriptions/{DEVELOPMENT}/resourcegroups/RG-identity-shared/providers/{IDENTITY_TYPE}?api-version=2026-05-31");
        assert_eq!(trial.list(&some).len(), 2);
    }

    #[test]
    fn refuses_as_arm_does() {
        let mut trial = Trial::new("");
        let east = json!({ "location": "eastus" });
        let with = |properties: Value| json!({ "location": "eastus", "properties": properties });
        for (group, name, body, refusal) in [
            ("nowhere", "uami", east.clone(), "404 ResourceGroupNotFound"),
            ("RG1", "uami", json!({}), "400 LocationRequired"),
            ("RG1", "uami", json!({ "location": "jioindiacentral" }), "400 LocationNotAvailableForResourceType"),
            ("RG1", "uami-existing", json!({ "location": "westus" }), "409 InvalidResourceLocation"),
            ("RG1", "a", east.clone(), "400 InvalidResourceName"),
            ("RG1", "uami", with(json!({ "isolationScope": "Zonal" })), "400 BadRequest"),
            ("RG1", "uami", with(json!({ "assignmentRestrictions": { "providers": ["Microsoft.Compute/*"] } })), "400 BadRequest"),
            ("rg-audit", "uami", json!({ "location": "swedencentral" }), "403 AuthorizationFailed"),
            ("rg-finance-ledger", "uami", json!({ "location": "uksouth" }), "409 ScopeLocked"),
            (POLICY_GROUP, "uami", east.clone(), "403 RequestDisallowedByPolicy"),
            ("RG1", "uami-forbidden", east.clone(), "403 AuthorizationFailed"),
            ("RG1", "uami-policy-denied", east.clone(), "403 RequestDisallowedByPolicy"),
            ("RG1", "uami-locked", east.clone(), "409 ScopeLocked"),
            ("RG1", "uami-region-full", east.clone(), "403 RequestDisallowedByAzure"),
            ("RG1", "uami-deployment-fails", east.clone(), "500 InternalServerError"),
            ("RG1", "uami-conflict", east.clone(), "409 InvalidResourceLocation"),
        ] {
            assert_eq!(trial.send("PUT", &path(group, name, "2026-05-31"), Some(body)).refusal(), refusal, "{group} {name}");
        }
        assert_eq!(trial.get(&path("RG1", "uami", "2024-07-01")).refusal(), "404 InvalidResourceType");
        let unregistered = path("rg-sandbox-ada", "uami", "2026-05-31").replace(DEVELOPMENT, SANDBOX);
        assert_eq!(trial.send("PUT", &unregistered, Some(east)).refusal(), "409 MissingSubscriptionRegistration");
    }

    #[test]
    fn a_policy_tells_who_denied_and_why() {
        let mut trial = Trial::new("");
        let refused = trial.send("PUT", &path(POLICY_GROUP, "uami", "2026-05-31"), Some(json!({ "location": "westus" }))).body;
        let error = &refused["error"];
        assert_eq!(error["target"], "uami");
        assert_eq!(error["additionalInfo"].as_array().map(Vec::len), Some(2));
        assert_eq!(error["additionalInfo"][0]["info"]["policyDefinitionDisplayName"], "Allowed locations");
        assert_eq!(error["additionalInfo"][0]["info"]["evaluationDetails"]["evaluatedExpressions"][0]["expressionValue"], "westus");
        let allowed = json!({ "location": "westeurope", "tags": { "costcenter": "1" } });
        assert_eq!(trial.send("PUT", &path(POLICY_GROUP, "uami", "2026-05-31"), Some(allowed)).status, 201);
    }
}
