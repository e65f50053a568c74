//! `Microsoft.Resources/deployments`, of a group or of a subscription.

mod described;
mod operations;
mod preflight;
mod run;
#[cfg(test)]
mod tests;
mod what_if;

pub(crate) use run::advance;

use serde_json::Value;

use described::described;

use super::answer::{Answer, Answered};
use super::call::Call;
use super::deployment::{Asked, Deployment, Outcome, Planned, shell};
use super::gate;
use super::page;
use super::refusal::Refusal;
use super::regions;
use super::tag_rules;
use super::template::told;
use super::time;
use super::world::World;
use crate::arm::http::Method;
use crate::simulator::json::json;

/// Most characters of a deployment's name (Microsoft.Resources 2024-07-01, `deploymentName`).
const NAME_MAX: usize = 64;
/// Most deployments that a group or subscription keeps (Azure Resource Manager limits). ARM deletes old ones by itself.
const KEPT: usize = 800;
/// How long ARM lets a deployment run: seven days.
const EXPIRES_MS: u64 = 7 * 86_400_000;

/// `.../deployments`, the deployment of this name, and what follows it (in lower case).
pub(crate) fn answer(world: &mut World, call: &Call, name: Option<&str>, rest: &[&str]) -> Answered {
    let subscription = gate::subscription(world, call)?.id;
    let group = if call.is_in_group() { Some(gate::group(world, call)?.name) } else { None };
    let place = Place { subscription: &subscription, group: group.as_deref(), name: name.unwrap_or_default() };
    match (name, rest, call.method) {
        (None, _, Method::Get) => {
            allowed(world, place, "Microsoft.Resources/deployments/read")?;
            list(world, call, place)
        }
        (Some(_), [], _) => one(world, call, place),
        (_, ["validate"], Method::Post) => validate(world, call, place),
        (_, ["whatif"], Method::Post) => {
            allowed(world, place, "Microsoft.Resources/deployments/whatIf/action")?;
            let asked = read(world, call, place)?;
            Ok(what_if::start(world, call, &asked))
        }
        (_, ["cancel"], Method::Post) => cancel(world, call, place),
        (_, ["exporttemplate"], Method::Post) => {
            allowed(world, place, "Microsoft.Resources/deployments/exportTemplate/action")?;
            let at = find(world, place)?;
            Answer::ok(json!({ "template": world.tables.deployments[at].asked.template }))
        }
        (_, ["validate" | "whatif" | "cancel" | "exporttemplate"], _) => Err(Refusal::method_not_allowed(call.method, "POST")),
        (_, [kind @ ("operations" | "operationstatuses"), ..], Method::Get) => {
            allowed(world, place, &format!("Microsoft.Resources/deployments/{kind}/read"))?;
            let at = find(world, place)?;
            operations::answer(world, call, &world.tables.deployments[at], rest)
        }
        (None, _, _) | (_, ["operations" | "operationstatuses", ..], _) => Err(Refusal::method_not_allowed(call.method, "GET")),
        _ => Err(call.no_such_path()),
    }
}

/// The answer to an operation that goes on after its request: 202 until it is ready.
pub(crate) fn result(world: &World, call: &Call) -> Option<Answered> {
    what_if::result(world, call)
}

/// Which deployment a path names.
#[derive(Clone, Copy, Debug)]
struct Place<'a> {
    subscription: &'a str,
    group: Option<&'a str>,
    name: &'a str,
}

fn one(world: &mut World, call: &Call, place: Place<'_>) -> Answered {
    match call.method {
        Method::Head => Ok(Answer::empty(if find(world, place).is_ok() { 204 } else { 404 })),
        Method::Get => {
            allowed(world, place, "Microsoft.Resources/deployments/read")?;
            let at = find(world, place)?;
            Answer::ok(world.tables.deployments[at].json(call.now))
        }
        Method::Put => put(world, call, place),
        Method::Delete => {
            let Ok(at) = find(world, place) else { return Ok(Answer::empty(204)) };
            let id = world.tables.deployments[at].asked.id();
            gate::delete(world, &id, "Microsoft.Resources/deployments/delete")?;
            if world.tables.deployments[at].ended.is_none() {
                return Err(active(&world.tables.deployments[at]));
            }
            world.revision += 1;
            world.tables.deployments.remove(at);
            let location = format!(
                "{}/subscriptions/{}/operationresults/deleted-deployment?api-version={}",
                world.endpoint,
                place.subscription,
                call.api_version()
            );
            Ok(Answer::empty(202).with("Location", location).with("Retry-After", "1".to_owned()))
        }
        Method::Patch | Method::Post => Err(Refusal::method_not_allowed(call.method, "GET, HEAD, PUT, DELETE")),
    }
}

fn list(world: &World, call: &Call, place: Place<'_>) -> Answered {
    let state = match call.query("$filter").filter(|filter| !filter.is_empty()) {
        Some(filter) => {
            let value = filter.trim().strip_prefix("provisioningState eq '").and_then(|rest| rest.strip_suffix('\''));
            let invalid = || Refusal::new(400, "InvalidFilterInQueryString", &format!("The provided filter '{filter}' is not valid."));
            Some(value.ok_or_else(invalid)?)
        }
        None => None,
    };
    // The newest first: they stand in the order in which they were started.
    let listed = world
        .tables
        .deployments
        .iter()
        .rev()
        .filter(|one| one.asked.is(place.subscription, place.group, &one.asked.name))
        .filter(|one| state.is_none_or(|state| one.state(call.now).eq_ignore_ascii_case(state)));
    page::page(call, &world.endpoint, listed, |one| one.json(call.now))
}

fn validate(world: &mut World, call: &Call, place: Place<'_>) -> Answered {
    allowed(world, place, "Microsoft.Resources/deployments/validate/action")?;
    let asked = read(world, call, place)?;
    gate::write(world, &asked.id(), "Microsoft.Resources/deployments/validate/action")?;
    let checked = preflight::check(world, &asked, call.now)?;
    let mut properties = described(&asked, &checked.parameters, &checked.planned);
    properties["provisioningState"] = "Succeeded".into();
    properties["timestamp"] = time::iso(call.now).into();
    properties["duration"] = "PT0S".into();
    properties["correlationId"] = world.ids.fresh().into();
    properties["validatedResources"] = checked.wanted.iter().map(|wanted| json!({ "id": wanted.id })).collect();
    if checked.unknown {
        properties["diagnostics"] = json!([{
            "level": "Warning",
            "code": "NestedDeploymentShortCircuited",
            "message": "A nested deployment got short-circuited and all its resources got skipped from validation. This is due to a nested template having a parameter that was not fully evaluated (e.g. contains a reference() function).",
        }]);
    }
    Answer::ok(shell(&asked, properties))
}

fn put(world: &mut World, call: &Call, place: Place<'_>) -> Answered {
    allowed(world, place, "Microsoft.Resources/deployments/write")?;
    let asked = read(world, call, place)?;
    gate::write(world, &asked.id(), "Microsoft.Resources/deployments/write")?;
    let existing = find(world, place).ok();
    if let Some(existing) = existing.map(|at| &world.tables.deployments[at]) {
        if existing.ended.is_none() {
            return Err(active(existing));
        }
        if existing.asked.location != asked.location {
            let message = format!(
                "Invalid deployment location '{}'. The deployment '{}' already exists in location '{}'.",
                asked.location.as_deref().unwrap_or_default(),
                asked.name,
                existing.asked.location.as_deref().unwrap_or_default()
            );
            return Err(Refusal::new(409, "InvalidDeploymentLocation", &message));
        }
    }
    let checked = preflight::check(world, &asked, call.now)?;
    let progress = checked.planned.iter().map(|_| run::not_begun(world)).collect();
    let deployment = Deployment {
        by: world.caller.clone(),
        described: described(&asked, &checked.parameters, &checked.planned),
        asked,
        parameters: checked.parameters,
        correlation: call.headers.get("x-ms-correlation-request-id").map_or_else(|| world.ids.fresh(), str::to_owned),
        tracking: world.ids.fresh(),
        started: call.now,
        ended: None,
        planned: checked.planned,
        progress,
        outputs: json!({}),
        error: Value::Null,
    };
    let status =
        format!("{}{}/operationStatuses/{}?api-version={}", world.endpoint, deployment.asked.id(), deployment.tracking, call.api_version());
    let json = deployment.json(call.now);
    world.revision += 1;
    if let Some(at) = existing {
        world.tables.deployments.remove(at);
    }
    if world.tables.deployments.len() >= KEPT {
        world.tables.deployments.remove(0);
    }
    world.tables.deployments.push(deployment);
    let answer = Answer::new(if existing.is_some() { 200 } else { 201 }, json);
    Ok(answer.with("Azure-AsyncOperation", status).with("Retry-After", "1".to_owned()))
}

fn cancel(world: &mut World, call: &Call, place: Place<'_>) -> Answered {
    allowed(world, place, "Microsoft.Resources/deployments/cancel/action")?;
    let at = find(world, place)?;
    let deployment = &mut world.tables.deployments[at];
    if deployment.ended.is_some() {
        let message = format!("The deployment '{}' cannot be canceled because it is not running.", deployment.asked.name);
        return Err(Refusal::new(409, "DeploymentCannotBeCancelled", &message));
    }
    deployment.ended = Some((call.now, Outcome::Canceled));
    deployment.error = json!({ "code": "DeploymentCanceled", "message": "The deployment was canceled." });
    world.revision += 1;
    Ok(Answer::empty(204))
}

fn find(world: &World, place: Place<'_>) -> Result<usize, Refusal> {
    let found = world.tables.deployments.iter().position(|one| one.asked.is(place.subscription, place.group, place.name));
    found.ok_or_else(|| Refusal::new(404, "DeploymentNotFound", &format!("Deployment '{}' could not be found.", place.name)))
}

fn allowed(world: &World, place: Place<'_>, action: &str) -> Result<(), Refusal> {
    let scope = match place.group {
        Some(group) => super::records::group_id(place.subscription, group),
        None => format!("/subscriptions/{}", place.subscription),
    };
    gate::authorize(world, &format!("{scope}/providers/Microsoft.Resources/deployments/{}", place.name), action)
}

fn active(existing: &Deployment) -> Refusal {
    let message = format!(
        "Unable to edit or replace deployment '{}': previous deployment from '{}' is still active (expiration time is '{}'). Please see https://aka.ms/arm-deploy-resources for usage details.",
        existing.asked.name,
        time::spoken(existing.started),
        time::spoken(existing.started + EXPIRES_MS)
    );
    Refusal::new(409, "DeploymentActive", &message)
}

// What the request asks for, before its template is looked into.
fn read(world: &World, call: &Call, place: Place<'_>) -> Result<Asked, Refusal> {
    check_name(place.name)?;
    let body = call.json()?;
    let properties = &body["properties"];
    if !properties.is_object() {
        return Err(Refusal::bad_content(
            "The request content was invalid and could not be deserialized: 'Required property 'properties' not found in JSON.'.",
        ));
    }
    let mode = ["Incremental", "Complete"]
        .into_iter()
        .find(|mode| properties["mode"].as_str().is_some_and(|sent| mode.eq_ignore_ascii_case(sent)));
    let Some(mode) = mode else {
        return Err(Refusal::bad_content(
            "The request content was invalid and could not be deserialized: 'Required property 'mode' not found in JSON, or it is neither 'Incremental' nor 'Complete'. Path 'properties'.'.",
        ));
    };
    let location = location(world, &body, place)?;
    if properties["templateLink"].is_object() {
        return Err(no_content(&properties["templateLink"], call.now));
    }
    if properties["parametersLink"].is_object() {
        return Err(no_content(&properties["parametersLink"], call.now));
    }
    if !properties["template"].is_object() {
        return Err(invalid_template("Either 'template' or 'templateLink' must be provided, and the template must be an object."));
    }
    Ok(Asked {
        subscription: place.subscription.to_owned(),
        group: place.group.map(str::to_owned),
        name: place.name.to_owned(),
        location,
        tags: tag_rules::read(&body["tags"])?,
        mode: mode.to_owned(),
        template: properties["template"].clone(),
        given: properties["parameters"].clone(),
    })
}

/// A deployment within a deployment, from what its parent would send.
fn read_nested(world: &World, planned: &Planned, body: &Value) -> Result<Asked, Refusal> {
    let call = Call::inner(Method::Put, &planned.id, &planned.api_version, Some(body), 0);
    let in_group = call.is_in_group();
    let group = in_group.then(|| call.segment(3).to_owned());
    read(world, &call, Place { subscription: call.segment(1), group: group.as_deref(), name: &planned.name })
}

/// A template that is wrong in itself.
fn invalid_template(why: &str) -> Refusal {
    Refusal::new(400, "InvalidTemplate", &format!("Deployment template validation failed: '{}'.", told(why)))
}

// Nothing can be fetched from here.
fn no_content(link: &Value, now: u64) -> Refusal {
    let from = link["uri"].as_str().or(link["id"].as_str()).unwrap_or_default();
    let tracking = super::ids::of_text(&format!("{from} {now}"));
    let message = format!(
        "Unable to download deployment content from '{from}'. The tracking Id is '{tracking}'. Please see https://aka.ms/arm-deploy for usage details."
    );
    Refusal::new(400, "InvalidContentLink", &message)
}

fn location(world: &World, body: &Value, place: Place<'_>) -> Result<Option<String>, Refusal> {
    let location = body["location"].as_str().filter(|location| !location.is_empty());
    match (place.group, location) {
        (Some(_), None) => Ok(None),
        (Some(_), Some(_)) => {
            let message = format!(
                "The 'location' property is not allowed for '{}' at resource group scope. Please see https://aka.ms/deploy-to-subscription for usage details.",
                place.name
            );
            Err(Refusal::new(400, "InvalidDeployment", &message))
        }
        (None, None) => {
            let message = format!(
                "The 'location' property must be specified for '{}'. Please see https://aka.ms/deploy-to-subscription for usage details.",
                place.name
            );
            Err(Refusal::new(400, "InvalidDeployment", &message))
        }
        (None, Some(location)) => world.regions.find(location).map(|region| Some(region.name())).ok_or_else(|| {
            let message = format!(
                "The provided location '{location}' is not available for deployment. Available regions are '{}'.",
                regions::names(world.regions.all())
            );
            Refusal::new(400, "LocationNotAvailableForDeployment", &message)
        }),
    }
}

fn check_name(name: &str) -> Result<(), Refusal> {
    if name.chars().count() > NAME_MAX {
        let message = format!("The deployment name '{name}' exceeds the maximum length of '{NAME_MAX}' characters.");
        return Err(Refusal::new(400, "DeploymentNameLengthLimitExceeded", &message));
    }
    let bad: String = name.chars().filter(|letter| !(letter.is_alphanumeric() || matches!(letter, '-' | '.' | '_' | '(' | ')'))).collect();
    if bad.is_empty() {
        return Ok(());
    }
    let message = format!(
        "The deployment name '{name}' has these invalid characters: '{bad}'. The name can only be a letter, digit, '-', '.' or '_'."
    );
    Err(Refusal::new(400, "DeploymentNameInvalidCharacters", &message))
}
