//! Federated credentials of an identity.

use serde_json::Value;

use super::answer::{Answer, Answered};
use super::call::Call;
use super::gate;
use super::identities;
use super::page;
use super::refusal::Refusal;
use super::versions;
use super::world::{Credential, Identity, World};
use crate::arm::http::Method;
use crate::simulator::json::json;

/// Most credentials of one identity (Microsoft Entra docs, "Important considerations and restrictions for federated identity credentials").
const CREDENTIALS_MAX: usize = 20;
/// Fewest and most characters of a name (Microsoft.ManagedIdentity 2026-05-31).
const NAME_LENGTH: std::ops::RangeInclusive<usize> = 3..=120;
/// How long a write takes, in milliseconds: meanwhile, no other is taken for the same identity.
const WRITE_MS: u64 = 100;
const ACTIONS: &str = "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials";

/// `GET .../{identity}/federatedIdentityCredentials`.
pub(crate) fn list(world: &World, call: &Call) -> Answered {
    let at = owner(world, call)?;
    if call.method != Method::Get {
        return Err(Refusal::method_not_allowed(call.method, "GET"));
    }
    gate::authorize(world, &call.id(8), &format!("{ACTIONS}/read"))?;
    let owner = &world.tables.identities[at];
    page::page(call, &world.endpoint, owner.credentials.iter(), |one| json(owner, one))
}

/// `.../{identity}/federatedIdentityCredentials/{name}`.
pub(crate) fn one(world: &mut World, call: &Call) -> Answered {
    let at = owner(world, call)?;
    let name = call.segment(9);
    let place = world.tables.identities[at].credentials.iter().position(|one| one.name.eq_ignore_ascii_case(name));
    match call.method {
        Method::Get => {
            gate::authorize(world, &call.id(10), &format!("{ACTIONS}/read"))?;
            let owner = &world.tables.identities[at];
            let missing = || Refusal::by_provider(404, "NotFound", &format!("The Federated Identity Credential '{name}' was not found."));
            Answer::ok(json(owner, &owner.credentials[place.ok_or_else(missing)?]))
        }
        Method::Put => {
            gate::write(world, &call.id(10), &format!("{ACTIONS}/write"))?;
            let wanted = check(&world.tables.identities[at], name, &call.json()?)?;
            alone(world, at, call.now)?;
            world.revision += 1;
            let owner = &mut world.tables.identities[at];
            let answer = json(owner, &wanted);
            if let Some(place) = place {
                owner.credentials[place] = wanted;
                return Answer::ok(answer);
            }
            owner.credentials.push(wanted);
            Ok(Answer::new(201, answer))
        }
        Method::Delete => {
            gate::delete(world, &call.id(10), &format!("{ACTIONS}/delete"))?;
            let Some(place) = place else { return Ok(Answer::empty(204)) };
            alone(world, at, call.now)?;
            world.revision += 1;
            world.tables.identities[at].credentials.remove(place);
            Ok(Answer::empty(200))
        }
        Method::Head | Method::Patch | Method::Post => Err(Refusal::method_not_allowed(call.method, "GET, PUT, DELETE")),
    }
}

/// Refuses a write while another of the same identity's credentials is under way.
fn alone(world: &mut World, at: usize, now: u64) -> Result<(), Refusal> {
    let id = identities::id(&world.tables.identities[at]).to_lowercase();
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

fn owner(world: &World, call: &Call) -> Result<usize, Refusal> {
    let subscription = gate::subscription(world, call)?.id;
    let group = gate::group(world, call)?.name;
    let kind = "userAssignedIdentities/federatedIdentityCredentials";
    versions::of_type("Microsoft.ManagedIdentity", kind, versions::CREDENTIALS, call.api_version())?;
    identities::find(world, &subscription, &group, call.segment(7))
}

fn check(owner: &Identity, name: &str, body: &Value) -> Result<Credential, Refusal> {
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
    let others = || owner.credentials.iter().filter(|known| !known.name.eq_ignore_ascii_case(name));
    if others().any(|known| known.properties["issuer"] == properties["issuer"] && known.properties["subject"] == properties["subject"]) {
        let message = "Issuer and subject combination already exists for this Managed Identity.";
        return Err(Refusal::by_provider(409, "Conflict", message));
    }
    if others().count() >= CREDENTIALS_MAX {
        return refuse(&format!("Too many Federated Identity Credentials. The maximum is {CREDENTIALS_MAX}."), "name");
    }
    let kept = json!({ "issuer": properties["issuer"], "subject": properties["subject"], "audiences": properties["audiences"] });
    Ok(Credential { name: name.to_owned(), properties: kept })
}

fn json(owner: &Identity, credential: &Credential) -> Value {
    json!({
        "id": format!("{}/federatedIdentityCredentials/{}", identities::id(owner), credential.name),
        "name": credential.name,
        "type": "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials",
        "properties": credential.properties,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::WRITE_MS;
    use crate::simulator::seed::DEVELOPMENT;
    use crate::simulator::trial::Trial;

    #[test]
    fn makes_lists_and_deletes() {
        let mut trial = Trial::new("");
        let path = |rest: &str| {
            format!(
                "/subscriptions/{DEVELOPMENT}/resourceGroups/RG1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami-existing/federatedIdentityCredentials{rest}?api-version=2023-01-31"
            )
        };
        let body = |subject: &str| json!({ "properties": { "issuer": "https://token.actions.githubusercontent.com", "subject": subject, "audiences": ["api://AzureADTokenExchange"] } });
        assert_eq!(trial.send("PUT", &path("/one"), Some(body("repo:a/b:ref"))).status, 201);
        let concurrent = "409 ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity";
        assert_eq!(trial.send("PUT", &path("/three"), Some(body("repo:a/d:ref"))).refusal(), concurrent);
        assert_eq!(trial.send("DELETE", &path("/one"), None).refusal(), concurrent);
        trial.pass(WRITE_MS);
        assert_eq!(trial.send("PUT", &path("/ONE"), Some(body("repo:a/c:ref"))).status, 200);
        trial.pass(WRITE_MS);
        assert_eq!(trial.send("PUT", &path("/two"), Some(body("repo:a/c:ref"))).refusal(), "409 Conflict");
        assert_eq!(trial.send("PUT", &path("/two"), Some(body(""))).refusal(), "400 BadRequest");
        assert_eq!(trial.send("PUT", &path("/-x"), Some(body("s"))).refusal(), "400 BadRequest");
        assert_eq!(trial.list(&path(""))[0]["properties"]["subject"], "repo:a/c:ref");
        assert_eq!(trial.send("DELETE", &path("/one"), None).status, 200);
        assert_eq!(trial.send("DELETE", &path("/one"), None).status, 204);
        assert_eq!(trial.get(&path("/one")).refusal(), "404 NotFound");
        assert_eq!(trial.get(&path("").replace("2023-01-31", "2018-11-30")).refusal(), "404 InvalidResourceType");
    }
}
