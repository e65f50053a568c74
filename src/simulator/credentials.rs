//! Federated credentials of an identity.

use serde_json::Value;

use super::call::Call;
use super::refusal::Refusal;
use super::resource::Resource;
use super::resource_handler::{Deployed, ResourceHandler};
use super::resource_type::{Regions, ResourceScope, ResourceType, Target};
use super::response::{ArmResponse, ArmResult};
use super::world::World;
use super::{identities, page, preconditions};
use crate::arm::http::Method;
use crate::simulator::json::json;

pub(crate) static TYPE: ResourceType =
    ResourceType { regions: Regions::WithIdentities, scopes: &[ResourceScope::Group], ..ResourceType::listed(KIND, VERSIONS) };
pub(crate) static HANDLER: ResourceHandler = ResourceHandler { deployed: Some(Deployed::EXTENSION), ..ResourceHandler::new(&TYPE, answer) };

/// Newest first. The type was introduced in 2022-01-31-preview.
const VERSIONS: &str =
    "2026-05-31 2026-04-30 2025-05-31-preview 2025-01-31-preview 2024-11-30 2023-07-31-preview 2023-01-31 2022-01-31-preview";

/// Maximum credentials per identity (Microsoft Entra docs, "Important considerations and restrictions for federated identity
/// credentials").
const CREDENTIALS_MAX: usize = 20;
/// Allowed length of a name in characters (Microsoft.ManagedIdentity 2026-05-31).
const NAME_LENGTH: std::ops::RangeInclusive<usize> = 3..=120;
/// How long a write takes, in milliseconds: concurrent writes for the same identity are refused.
const WRITE_MS: u64 = 100;
const KIND: &str = "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials";

fn answer(world: &mut World, call: &Call, target: &Target<'_>) -> ArmResult {
    match (target.name, &target.rest[..]) {
        (None, []) => list(world, call),
        (Some(name), []) => one(world, call, name),
        _ => Err(call.unknown_type()),
    }
}

/// `GET .../{identity}/federatedIdentityCredentials`.
fn list(world: &World, call: &Call) -> ArmResult {
    let owner = owner(world, call)?;
    if call.method != Method::Get {
        return Err(Refusal::method_not_allowed(call.method, "GET"));
    }
    preconditions::authorize(world, &call.id(8), &format!("{KIND}/read"))?;
    page::page(call, &world.endpoint, of(world, &owner), json)
}

/// `.../{identity}/federatedIdentityCredentials/{name}`.
fn one(world: &mut World, call: &Call, name: &str) -> ArmResult {
    let owner = owner(world, call)?;
    let at = world.find(KIND, &owner, name);
    match call.method {
        Method::Get => {
            preconditions::authorize(world, &call.id(10), &format!("{KIND}/read"))?;
            let missing = || Refusal::by_provider(404, "NotFound", &format!("The Federated Identity Credential '{name}' was not found."));
            ArmResponse::ok(json(&world.tables.resources[at.ok_or_else(missing)?]))
        }
        Method::Put => {
            preconditions::write(world, &call.id(10), &format!("{KIND}/write"))?;
            let wanted = check(world, &owner, name, &call.json()?)?;
            refuse_concurrent_write(world, &owner, call.now)?;
            world.revision += 1;
            let answer = json(&wanted);
            if let Some(at) = at {
                world.tables.resources[at] = wanted;
                return ArmResponse::ok(answer);
            }
            world.tables.resources.push(wanted);
            Ok(ArmResponse::new(201, answer))
        }
        Method::Delete => {
            preconditions::delete(world, &call.id(10), &format!("{KIND}/delete"))?;
            let Some(at) = at else { return Ok(ArmResponse::empty(204)) };
            refuse_concurrent_write(world, &owner, call.now)?;
            world.remove(at);
            Ok(ArmResponse::empty(200))
        }
        Method::Head | Method::Patch | Method::Post => Err(Refusal::method_not_allowed(call.method, "GET, PUT, DELETE")),
    }
}

/// The credentials of the identity with this ID.
fn of<'world>(world: &'world World, owner: &str) -> impl Iterator<Item = &'world Resource> {
    world.resources(KIND).filter(move |one| one.scope.eq_ignore_ascii_case(owner))
}

/// Refuses a write while another one to the same identity's credentials is in progress.
fn refuse_concurrent_write(world: &mut World, owner: &str, now: u64) -> Result<(), Refusal> {
    let id = owner.to_lowercase();
    world.writing.retain(|(_, until)| now < *until);
    if world.writing.iter().any(|(known, _)| *known == id) {
        let message = format!(
            "Too many Federated Identity Credentials are written concurrently for the managed identity '{id}'. Concurrent Federated Identity Credentials writes under the same managed identity are not supported."
        );
        return Err(Refusal::by_provider(409, "ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity", &message));
    }
    world.writing.push((id, now + WRITE_MS));
    Ok(())
}

/// The ID of the identity in the call's path.
fn owner(world: &World, call: &Call) -> Result<String, Refusal> {
    let subscription = preconditions::subscription(world, call)?.id;
    let group = preconditions::group(world, call)?.name;
    TYPE.check_version(call)?;
    let at = identities::find(world, &subscription, &group, call.segment(7))?;
    Ok(identities::id(&world.tables.resources[at]))
}

fn check(world: &World, owner: &str, name: &str, body: &Value) -> Result<Resource, Refusal> {
    let refuse = |message: &str, target: &str| Err(Refusal::by_provider(400, "BadRequest", message).target(target));
    let letters = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if !NAME_LENGTH.contains(&name.len()) || !letters || !name.starts_with(|first: char| first.is_ascii_alphanumeric()) {
        return refuse("The name of the Federated Identity Credential must match '^[a-zA-Z0-9]{1}[a-zA-Z0-9-_]{2,119}$'.", "name");
    }
    let properties = &body["properties"];
    for field in ["issuer", "subject"] {
        if properties[field].as_str().is_none_or(str::is_empty) {
            return refuse(&format!("The property '{field}' is required."), field);
        }
    }
    if properties["audiences"].as_array().is_none_or(|audiences| audiences.len() != 1 || !audiences[0].is_string()) {
        return refuse("The property 'audiences' must hold exactly one audience.", "audiences");
    }
    let others = || of(world, owner).filter(|known| !known.name.eq_ignore_ascii_case(name));
    if others().any(|known| known.properties["issuer"] == properties["issuer"] && known.properties["subject"] == properties["subject"]) {
        let message = "Issuer and subject combination already exists for this Managed Identity.";
        return Err(Refusal::by_provider(409, "Conflict", message));
    }
    if others().count() >= CREDENTIALS_MAX {
        return refuse(&format!("Too many Federated Identity Credentials. The maximum is {CREDENTIALS_MAX}."), "name");
    }
    let kept = json!({ "issuer": properties["issuer"], "subject": properties["subject"], "audiences": properties["audiences"] });
    Ok(Resource::new(KIND, owner, name, kept))
}

fn json(credential: &Resource) -> Value {
    json!({
        "id": credential.plain_id(),
        "name": credential.name,
        "type": credential.kind,
        "properties": credential.properties,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::WRITE_MS;
    use crate::simulator::seed::DEVELOPMENT;
    use crate::simulator::test_harness::TestHarness;

    #[test]
    fn creates_lists_and_deletes() {
        let mut harness = TestHarness::new("");
        let path = |rest: &str| {
            format!(
                "/subscriptions/{DEVELOPMENT}/resourceGroups/RG1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami-existing/federatedIdentityCredentials{rest}?api-version=2023-01-31"
            )
        };
        let body = |subject: &str| json!({ "properties": { "issuer": "https://token.actions.githubusercontent.com", "subject": subject, "audiences": ["api://AzureADTokenExchange"] } });
        assert_eq!(harness.send("PUT", &path("/one"), Some(body("repo:a/b:ref"))).status, 201);
        let concurrent = "409 ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity";
        assert_eq!(harness.send("PUT", &path("/three"), Some(body("repo:a/d:ref"))).refusal(), concurrent);
        assert_eq!(harness.send("DELETE", &path("/one"), None).refusal(), concurrent);
        harness.pass(WRITE_MS);
        assert_eq!(harness.send("PUT", &path("/ONE"), Some(body("repo:a/c:ref"))).status, 200);
        harness.pass(WRITE_MS);
        assert_eq!(harness.send("PUT", &path("/two"), Some(body("repo:a/c:ref"))).refusal(), "409 Conflict");
        assert_eq!(harness.send("PUT", &path("/two"), Some(body(""))).refusal(), "400 BadRequest");
        assert_eq!(harness.send("PUT", &path("/-x"), Some(body("s"))).refusal(), "400 BadRequest");
        assert_eq!(harness.list(&path(""))[0]["properties"]["subject"], "repo:a/c:ref");
        assert_eq!(harness.send("DELETE", &path("/one"), None).status, 200);
        assert_eq!(harness.send("DELETE", &path("/one"), None).status, 204);
        assert_eq!(harness.get(&path("/one")).refusal(), "404 NotFound");
        assert_eq!(harness.get(&path("").replace("2023-01-31", "2018-11-30")).refusal(), "404 InvalidResourceType");
    }
}
