//! Resource providers: their types, with versions and regions, and their registration with a subscription.

use serde_json::Value;

use super::call::Call;
use super::records::Registration;
use super::refusal::Refusal;
use super::resource::Resource;
use super::resource_type::{Regions, ResourceType};
use super::response::{ArmResponse, ArmResult};
use super::types::TYPES;
use super::world::World;
use super::{page, preconditions, versions};
use crate::arm::http::Method;
use crate::simulator::json::json;

/// How long a provider is `Registering`, in milliseconds. In Azure it takes a minute or more.
const REGISTERING_MS: u64 = 6_000;

/// The providers that every subscription is registered with.
const ALWAYS_REGISTERED: [&str; 4] =
    ["Microsoft.Authorization", "Microsoft.PolicyInsights", "Microsoft.ResourceGraph", "Microsoft.Resources"];

/// Answers `.../providers`, `.../providers/{namespace}` and what follows; `at` is the index of `providers` in the path. `None`
/// if the path continues into the provider's own types.
pub(crate) fn answer(world: &mut World, call: &Call, at: usize) -> Option<ArmResult> {
    let lower: Vec<&str> = call.lower.iter().skip(at + 1).map(String::as_str).collect();
    Some(match (lower[..].as_ref(), call.method) {
        ([], Method::Get) => list(world, call, at),
        ([_], Method::Get) => get(world, call, at),
        ([_, "resourcetypes"], Method::Get) => types(world, call, at),
        ([_, "providerpermissions"], Method::Get) => permissions(world, call, at),
        ([_, "register"], Method::Post) if at == 2 => register(world, call),
        ([_, "unregister"], Method::Post) if at == 2 => unregister(world, call),
        ([] | [_] | [_, "resourcetypes" | "providerpermissions"], _) => Err(Refusal::method_not_allowed(call.method, "GET")),
        ([_, "register" | "unregister"], _) => Err(Refusal::method_not_allowed(call.method, "POST")),
        _ => return None,
    })
}

fn list(world: &World, call: &Call, at: usize) -> ArmResult {
    let id = scope(world, call, at)?;
    page::page(call, &world.endpoint, namespaces().into_iter(), |namespace| json(world, id.as_deref(), namespace, call.now))
}

/// `GET .../providers/{namespace}`.
pub(crate) fn get(world: &World, call: &Call, at: usize) -> ArmResult {
    let id = scope(world, call, at)?;
    let namespace = find(call.segment(at + 1))?;
    ArmResponse::ok(json(world, id.as_deref(), namespace, call.now))
}

fn types(world: &World, call: &Call, at: usize) -> ArmResult {
    scope(world, call, at)?;
    ArmResponse::ok(json!({ "value": resource_types(world, find(call.segment(at + 1))?) }))
}

// The simulated providers need no permissions in the directory.
fn permissions(world: &World, call: &Call, at: usize) -> ArmResult {
    scope(world, call, at)?;
    find(call.segment(at + 1))?;
    ArmResponse::ok(json!({ "value": [] }))
}

fn register(world: &mut World, call: &Call) -> ArmResult {
    let subscription = preconditions::subscription(world, call)?;
    let namespace = find(call.segment(3))?;
    preconditions::write(world, &format!("/subscriptions/{}", subscription.id), &format!("{namespace}/register/action"))?;
    if state(world, &subscription.id, namespace, call.now) == "NotRegistered" {
        world.revision += 1;
        let registration = Registration { subscription: subscription.id.clone(), namespace: namespace.to_owned(), since: call.now };
        world.tables.registrations.push(registration);
    }
    ArmResponse::ok(json(world, Some(&subscription.id), namespace, call.now))
}

fn unregister(world: &mut World, call: &Call) -> ArmResult {
    let subscription = preconditions::subscription(world, call)?;
    let namespace = find(call.segment(3))?;
    preconditions::write(world, &format!("/subscriptions/{}", subscription.id), &format!("{namespace}/unregister/action"))?;
    let is_used =
        |one: &Resource| one.is_in(&subscription.id) && !one.location.is_empty() && one.kind.starts_with(&format!("{namespace}/"));
    if world.tables.resources.iter().any(is_used) {
        let message = format!("Cannot unregister the resource provider '{namespace}': the subscription has resources of it.");
        return Err(Refusal::new(409, "ResourcesStillInUse", &message));
    }
    world.revision += 1;
    world.tables.registrations.retain(|one| one.subscription != subscription.id || one.namespace != namespace);
    ArmResponse::ok(json(world, Some(&subscription.id), namespace, call.now))
}

// The subscription's ID, or `None` for the tenant.
fn scope(world: &World, call: &Call, at: usize) -> Result<Option<String>, Refusal> {
    if at != 2 {
        return Ok(None);
    }
    let id = preconditions::subscription(world, call)?.id;
    preconditions::member(world, &id, "Microsoft.Resources/subscriptions/providers/read")?;
    Ok(Some(id))
}

// The table's providers, sorted by name.
fn namespaces() -> Vec<&'static str> {
    let mut namespaces: Vec<_> = TYPES.into_iter().map(ResourceType::namespace).collect();
    namespaces.sort_unstable();
    namespaces.dedup();
    namespaces
}

fn find(namespace: &str) -> Result<&'static str, Refusal> {
    let found = TYPES.into_iter().find(|one| one.namespace().eq_ignore_ascii_case(namespace));
    found.map(ResourceType::namespace).ok_or_else(|| Refusal::invalid_namespace(namespace))
}

fn state(world: &World, subscription: &str, namespace: &str, now: u64) -> &'static str {
    if ALWAYS_REGISTERED.contains(&namespace) {
        return "Registered";
    }
    let registration = world.tables.registrations.iter().find(|one| one.subscription == subscription && one.namespace == namespace);
    match registration {
        Some(one) if now < one.since.saturating_add(REGISTERING_MS) => "Registering",
        Some(_) => "Registered",
        None if preconditions::registered(world, subscription, namespace).is_ok() => "Registered",
        None => "NotRegistered",
    }
}

fn json(world: &World, subscription: Option<&str>, namespace: &'static str, now: u64) -> Value {
    let mut value = json!({ "namespace": namespace, "resourceTypes": resource_types(world, namespace) });
    match subscription {
        Some(id) => {
            value["id"] = format!("/subscriptions/{id}/providers/{namespace}").into();
            value["registrationState"] = state(world, id, namespace, now).into();
            value["registrationPolicy"] = "RegistrationRequired".into();
        }
        None => value["id"] = format!("/providers/{namespace}").into(),
    }
    value
}

fn resource_types(world: &World, namespace: &str) -> Value {
    TYPES.into_iter().filter(|one| one.namespace() == namespace).map(|one| listed(world, one)).collect()
}

fn listed(world: &World, kind: &ResourceType) -> Value {
    let locations: Vec<&str> = match kind.regions {
        Regions::None => Vec::new(),
        Regions::WithIdentities => world.regions.with_identities().map(|region| &*region.display).collect(),
        Regions::All => world.regions.all().map(|region| &*region.display).collect(),
    };
    json!({
        "resourceType": kind.name(),
        "locations": locations,
        "apiVersions": versions::listed(kind.versions),
        "capabilities": kind.capabilities,
    })
}

#[cfg(test)]
mod tests {
    use crate::simulator::seed::{DEVELOPMENT, SANDBOX};
    use crate::simulator::test_harness::TestHarness;

    #[test]
    fn lists_types_versions_and_regions() {
        let mut harness = TestHarness::new("");
        let provider =
            harness.get(&format!("/subscriptions/{DEVELOPMENT}/providers/microsoft.managedidentity?api-version=2024-07-01")).body;
        assert_eq!((&provider["namespace"], &provider["registrationState"]), (&"Microsoft.ManagedIdentity".into(), &"Registered".into()));
        let identities = &provider["resourceTypes"][0];
        assert_eq!((&identities["resourceType"], &identities["apiVersions"][0]), (&"userAssignedIdentities".into(), &"2026-05-31".into()));
        assert_eq!(identities["locations"].as_array().map(Vec::len), Some(54));
        let providers = harness.list(&format!("/subscriptions/{DEVELOPMENT}/providers?api-version=2024-07-01"));
        assert_eq!(providers.iter().map(|one| one["namespace"].as_str().unwrap_or_default()).collect::<Vec<_>>(), super::namespaces());
        assert_eq!(harness.get("/providers/Microsoft.Nothing?api-version=2024-07-01").refusal(), "404 InvalidResourceNamespace");
    }

    #[test]
    fn registers_after_a_delay() {
        let mut harness = TestHarness::new("");
        let path = format!("/subscriptions/{SANDBOX}/providers/Microsoft.ManagedIdentity");
        let read = format!("{path}?api-version=2024-07-01");
        let register = format!("{path}/register?api-version=2024-07-01");
        assert_eq!(harness.get(&read).body["registrationState"], "NotRegistered");
        assert_eq!(harness.send("POST", &register, None).body["registrationState"], "Registering");
        assert_eq!(harness.get(&read).body["registrationState"], "Registering");
        harness.pass(6_000);
        assert_eq!(harness.get(&read).body["registrationState"], "Registered");
        assert_eq!(harness.send("DELETE", &read, None).refusal(), "405 MethodNotAllowed");
    }
}
