//! Parses the body of a deployment request, with the checks that need no evaluation of the template.

use serde_json::Value;

use crate::arm::http::Method;
use crate::simulator::call::Call;
use crate::simulator::deployment::{DeploymentRequest, PlannedResource};
use crate::simulator::deployment_path::DeploymentPath;
use crate::simulator::refusal::Refusal;
use crate::simulator::template::truncated;
use crate::simulator::world::World;
use crate::simulator::{ids, regions, tag_rules};

/// Maximum length of a deployment's name in characters (Microsoft.Resources 2024-07-01, `deploymentName`).
const NAME_MAX: usize = 64;

/// Parses the request.
pub(super) fn read(world: &World, call: &Call, path: &DeploymentPath) -> Result<DeploymentRequest, Refusal> {
    check_name(&path.name)?;
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
    let location = location(world, &body, path)?;
    if properties["templateLink"].is_object() {
        return Err(no_content(&properties["templateLink"], call.now));
    }
    if properties["parametersLink"].is_object() {
        return Err(no_content(&properties["parametersLink"], call.now));
    }
    if !properties["template"].is_object() {
        return Err(invalid_template("Either 'template' or 'templateLink' must be provided, and the template must be an object."));
    }
    Ok(DeploymentRequest {
        subscription: path.subscription.clone(),
        group: path.group.clone(),
        name: path.name.clone(),
        location,
        tags: tag_rules::read(&body["tags"])?,
        mode: mode.to_owned(),
        template: properties["template"].clone(),
        given: properties["parameters"].clone(),
    })
}

/// Parses a nested deployment from its evaluated properties.
pub(super) fn read_nested(world: &World, planned: &PlannedResource, body: &Value) -> Result<DeploymentRequest, Refusal> {
    let call = Call::inner(Method::Put, &planned.id, &planned.api_version, Some(body), 0);
    let group = call.is_in_group().then(|| call.segment(3).to_owned());
    read(world, &call, &DeploymentPath { subscription: call.segment(1).to_owned(), group, name: planned.name.clone() })
}

/// The refusal of an invalid template.
pub(super) fn invalid_template(why: &str) -> Refusal {
    Refusal::new(400, "InvalidTemplate", &format!("Deployment template validation failed: '{}'.", truncated(why)))
}

// The simulator cannot download linked content.
fn no_content(link: &Value, now: u64) -> Refusal {
    let from = link["uri"].as_str().or(link["id"].as_str()).unwrap_or_default();
    let tracking = ids::of_text(&format!("{from} {now}"));
    let message = format!(
        "Unable to download deployment content from '{from}'. The tracking Id is '{tracking}'. Please see https://aka.ms/arm-deploy for usage details."
    );
    Refusal::new(400, "InvalidContentLink", &message)
}

fn location(world: &World, body: &Value, path: &DeploymentPath) -> Result<Option<String>, Refusal> {
    let location = body["location"].as_str().filter(|location| !location.is_empty());
    match (&path.group, location) {
        (Some(_), None) => Ok(None),
        (Some(_), Some(_)) => {
            let message = format!(
                "The 'location' property is not allowed for '{}' at resource group scope. Please see https://aka.ms/deploy-to-subscription for usage details.",
                path.name
            );
            Err(Refusal::new(400, "InvalidDeployment", &message))
        }
        (None, None) => {
            let message = format!(
                "The 'location' property must be specified for '{}'. Please see https://aka.ms/deploy-to-subscription for usage details.",
                path.name
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
