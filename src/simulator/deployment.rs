//! A deployment: its request, its progress, and its JSON.

use serde_json::{Map, Value};

use crate::simulator::json::json;

use super::caller::Caller;
use super::records::group_id;
use super::resource::Tags;
use super::time;

/// How long a deployment is `Accepted` before it is `Running`, in milliseconds.
const ACCEPTED_MS: u64 = 400;

/// The resource type of a nested deployment.
pub(crate) const NESTED: &str = "Microsoft.Resources/deployments";

/// A template resource to be deployed.
#[derive(Clone, Debug)]
pub(crate) struct PlannedResource {
    /// Its symbolic name, if the template has them.
    pub(crate) key: Option<String>,
    pub(crate) id: String,
    /// The type, as `Microsoft.ManagedIdentity/userAssignedIdentities`.
    pub(crate) kind: String,
    pub(crate) name: String,
    pub(crate) api_version: String,
    /// A JSON pointer to it in the template.
    pub(crate) at: String,
    /// The copy loop's name, and its index in it.
    pub(crate) copy: Option<(String, i64)>,
    /// Indices of the resources it depends on.
    pub(crate) after: Vec<usize>,
    /// Whether it is deployed: not if its condition is false, or it is `existing`.
    pub(crate) made: bool,
    /// Whether it exists by now.
    pub(crate) done: bool,
}

/// The scope of a deployment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DeploymentTarget<'a> {
    pub(crate) subscription: &'a str,
    /// `None` for a deployment to the subscription.
    pub(crate) group: Option<&'a str>,
    pub(crate) location: Option<&'a str>,
    /// The deployment's name.
    pub(crate) name: &'a str,
}

/// The result of an asynchronous operation, available after a delay.
#[derive(Clone, Debug)]
pub(crate) struct Ready {
    pub(crate) token: String,
    pub(crate) at: u64,
    pub(crate) body: Value,
}

/// The parsed request for a deployment.
#[derive(Clone, Debug)]
pub(crate) struct DeploymentRequest {
    pub(crate) subscription: String,
    /// `None` for a deployment to the subscription.
    pub(crate) group: Option<String>,
    pub(crate) name: String,
    /// Only for a deployment to the subscription.
    pub(crate) location: Option<String>,
    pub(crate) tags: Tags,
    /// `Incremental` or `Complete`.
    pub(crate) mode: String,
    pub(crate) template: Value,
    /// The parameters as sent: `{"name": {"value": ..}}`.
    pub(crate) given: Value,
}

/// The progress of one resource.
#[derive(Clone, Debug, Default)]
pub(crate) struct Progress {
    /// The ID of its deployment operation.
    pub(crate) operation: String,
    pub(crate) started: Option<u64>,
    pub(crate) ended: Option<u64>,
    /// The final HTTP status.
    pub(crate) status: u16,
    /// `null`, or the error.
    pub(crate) error: Value,
}

/// The final state of a deployment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DeploymentOutcome {
    Succeeded,
    Failed,
    Canceled,
}

#[derive(Clone, Debug)]
pub(crate) struct Deployment {
    pub(crate) asked: DeploymentRequest,
    /// The caller who started it, and in whose name it creates resources.
    pub(crate) by: Caller,
    /// The properties it shares with its validation: parameters, providers, dependencies.
    pub(crate) described: Value,
    /// Parameter values.
    pub(crate) parameters: Map<String, Value>,
    pub(crate) correlation: String,
    /// The ID in its `operationStatuses` URL.
    pub(crate) tracking: String,
    pub(crate) started: u64,
    pub(crate) ended: Option<(u64, DeploymentOutcome)>,
    /// The template's resources, and the progress of each.
    pub(crate) planned: Vec<PlannedResource>,
    pub(crate) progress: Vec<Progress>,
    pub(crate) outputs: Value,
    pub(crate) error: Value,
}

impl DeploymentOutcome {
    /// ARM's `provisioningState`.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Succeeded => "Succeeded",
            Self::Failed => "Failed",
            Self::Canceled => "Canceled",
        }
    }
}

impl DeploymentRequest {
    /// The deployment's ID.
    pub(crate) fn id(&self) -> String {
        format!("{}/providers/Microsoft.Resources/deployments/{}", self.scope(), self.name)
    }

    /// The ID of the target resource group or subscription.
    pub(crate) fn scope(&self) -> String {
        match &self.group {
            Some(group) => group_id(&self.subscription, group),
            None => format!("/subscriptions/{}", self.subscription),
        }
    }

    /// The scope for evaluating its expressions.
    pub(crate) fn place(&self) -> DeploymentTarget<'_> {
        DeploymentTarget {
            subscription: &self.subscription,
            group: self.group.as_deref(),
            location: self.location.as_deref(),
            name: &self.name,
        }
    }

    /// Whether this is the deployment of that scope and name.
    pub(crate) fn is(&self, subscription: &str, group: Option<&str>, name: &str) -> bool {
        self.subscription.eq_ignore_ascii_case(subscription)
            && self.group.as_ref().map(|group| group.to_lowercase()) == group.map(str::to_lowercase)
            && self.name.to_lowercase() == name.to_lowercase()
    }
}

impl Deployment {
    /// ARM's `provisioningState`.
    pub(crate) fn state(&self, now: u64) -> &'static str {
        match self.ended {
            Some((_, outcome)) => outcome.word(),
            None if now < self.started + ACCEPTED_MS => "Accepted",
            None => "Running",
        }
    }

    /// The deployment's JSON.
    pub(crate) fn json(&self, now: u64) -> Value {
        let (at, taken) = match self.ended {
            Some((ended, _)) => (ended, ended - self.started),
            None => (self.started, now.saturating_sub(self.started)),
        };
        let mut properties = self.described.clone();
        properties["provisioningState"] = self.state(now).into();
        properties["timestamp"] = time::iso(at).into();
        properties["duration"] = time::duration(taken).into();
        properties["correlationId"] = self.correlation.as_str().into();
        match self.ended {
            Some((_, DeploymentOutcome::Succeeded)) => {
                properties["outputs"] = self.outputs.clone();
                let made = self.planned.iter().filter(|planned| planned.made);
                properties["outputResources"] = made.map(|planned| json!({ "id": planned.id })).collect();
            }
            Some(_) => properties["error"] = self.error.clone(),
            None => {}
        }
        shell(&self.asked, properties)
    }
}

/// A deployment's JSON with these properties.
pub(crate) fn shell(request: &DeploymentRequest, properties: Value) -> Value {
    let mut json = json!({ "id": request.id(), "name": request.name, "type": "Microsoft.Resources/deployments", "properties": properties });
    if let Some(location) = &request.location {
        json["location"] = location.as_str().into();
    }
    if !request.tags.is_empty() {
        json["tags"] = Value::Object(request.tags.clone());
    }
    json
}
