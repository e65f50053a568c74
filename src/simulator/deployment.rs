//! A deployment: what was asked for, how far it is, and how ARM shows it.

use serde_json::{Map, Value};

use crate::simulator::json::json;

use super::caller::Caller;
use super::records::group_id;
use super::resource::Tags;
use super::time;

/// For how long a deployment is `Accepted` before it is `Running`, in milliseconds.
const ACCEPTED_MS: u64 = 400;

/// The type of a deployment within a deployment.
pub(crate) const NESTED: &str = "Microsoft.Resources/deployments";

/// A resource of a template that will be made.
#[derive(Clone, Debug)]
pub(crate) struct PlannedResource {
    /// Its key, in a template whose resources have keys.
    pub(crate) key: Option<String>,
    pub(crate) id: String,
    /// `Microsoft.ManagedIdentity/userAssignedIdentities`.
    pub(crate) kind: String,
    pub(crate) name: String,
    pub(crate) api_version: String,
    /// Where it stands in the template, as a JSON pointer.
    pub(crate) at: String,
    /// Its place in a copy loop, and the loop's name.
    pub(crate) copy: Option<(String, i64)>,
    /// Which of the template's resources come before it.
    pub(crate) after: Vec<usize>,
    /// Whether the deployment makes it: not where its condition is false, and not where it is only looked at.
    pub(crate) made: bool,
    /// Whether it is there now.
    pub(crate) done: bool,
}

/// Where a template is deployed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DeploymentTarget<'a> {
    pub(crate) subscription: &'a str,
    /// `None` for a deployment of the subscription.
    pub(crate) group: Option<&'a str>,
    pub(crate) location: Option<&'a str>,
    /// The deployment's name.
    pub(crate) name: &'a str,
}

/// An answer that is ready from a moment on.
#[derive(Clone, Debug)]
pub(crate) struct Ready {
    pub(crate) token: String,
    pub(crate) at: u64,
    pub(crate) body: Value,
}

/// What was asked for.
#[derive(Clone, Debug)]
pub(crate) struct DeploymentRequest {
    pub(crate) subscription: String,
    /// `None` for a deployment of the subscription.
    pub(crate) group: Option<String>,
    pub(crate) name: String,
    /// Of a deployment of the subscription.
    pub(crate) location: Option<String>,
    pub(crate) tags: Tags,
    /// `Incremental` or `Complete`.
    pub(crate) mode: String,
    pub(crate) template: Value,
    /// As sent: `{"name": {"value": ..}}`.
    pub(crate) given: Value,
}

/// How far one resource is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Progress {
    /// The id of its operation.
    pub(crate) operation: String,
    pub(crate) started: Option<u64>,
    pub(crate) ended: Option<u64>,
    /// The HTTP status it ended with.
    pub(crate) status: u16,
    /// `null`, or the error that it ended with.
    pub(crate) error: Value,
}

/// How a deployment ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DeploymentOutcome {
    Succeeded,
    Failed,
    Canceled,
}

/// A deployment.
#[derive(Clone, Debug)]
pub(crate) struct Deployment {
    pub(crate) asked: DeploymentRequest,
    /// Who started it: what it makes, it makes in that name.
    pub(crate) by: Caller,
    /// What its validation told of it as well: parameters, providers, dependencies.
    pub(crate) described: Value,
    /// The parameters' values.
    pub(crate) parameters: Map<String, Value>,
    pub(crate) correlation: String,
    /// The id under which its status is asked for.
    pub(crate) tracking: String,
    pub(crate) started: u64,
    pub(crate) ended: Option<(u64, DeploymentOutcome)>,
    /// The template's resources, and beside them how far each is.
    pub(crate) planned: Vec<PlannedResource>,
    pub(crate) progress: Vec<Progress>,
    pub(crate) outputs: Value,
    pub(crate) error: Value,
}

impl DeploymentOutcome {
    /// ARM's word.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Succeeded => "Succeeded",
            Self::Failed => "Failed",
            Self::Canceled => "Canceled",
        }
    }
}

impl DeploymentRequest {
    /// The deployment's own id.
    pub(crate) fn id(&self) -> String {
        format!("{}/providers/Microsoft.Resources/deployments/{}", self.scope(), self.name)
    }

    /// The id of the group or the subscription that is deployed to.
    pub(crate) fn scope(&self) -> String {
        match &self.group {
            Some(group) => group_id(&self.subscription, group),
            None => format!("/subscriptions/{}", self.subscription),
        }
    }

    /// Where its expressions are evaluated.
    pub(crate) fn place(&self) -> DeploymentTarget<'_> {
        DeploymentTarget {
            subscription: &self.subscription,
            group: self.group.as_deref(),
            location: self.location.as_deref(),
            name: &self.name,
        }
    }

    /// Whether the other is the same deployment.
    pub(crate) fn is(&self, subscription: &str, group: Option<&str>, name: &str) -> bool {
        self.subscription.eq_ignore_ascii_case(subscription)
            && self.group.as_ref().map(|group| group.to_lowercase()) == group.map(str::to_lowercase)
            && self.name.to_lowercase() == name.to_lowercase()
    }
}

impl Deployment {
    /// ARM's word for how far it is.
    pub(crate) fn state(&self, now: u64) -> &'static str {
        match self.ended {
            Some((_, outcome)) => outcome.word(),
            None if now < self.started + ACCEPTED_MS => "Accepted",
            None => "Running",
        }
    }

    /// The deployment as ARM shows it.
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

/// A deployment's id, name, type and place around its properties.
pub(crate) fn shell(asked: &DeploymentRequest, properties: Value) -> Value {
    let mut json = json!({ "id": asked.id(), "name": asked.name, "type": "Microsoft.Resources/deployments", "properties": properties });
    if let Some(location) = &asked.location {
        json["location"] = location.as_str().into();
    }
    if !asked.tags.is_empty() {
        json["tags"] = Value::Object(asked.tags.clone());
    }
    json
}
