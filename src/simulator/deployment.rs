//! A deployment: what was asked for, how far it is, and how ARM shows it.

use serde_json::{Map, Value};

use crate::simulator::json::json;

use super::caller::Caller;
use super::ids;
use super::template::evaluate::{Place, Scope, words};
use super::template::parameters;
use super::template::resources::Planned;
use super::time;
use super::world::{Tags, World, group_id};

/// For how long a deployment is `Accepted` before it is `Running`, in milliseconds.
const ACCEPTED_MS: u64 = 400;

/// What was asked for.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
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
pub(crate) enum Outcome {
    Succeeded,
    Failed,
    Canceled,
}

/// A deployment.
#[derive(Clone, Debug)]
pub(crate) struct Deployment {
    pub(crate) asked: Asked,
    /// Who started it: what it makes, it makes in that name.
    pub(crate) by: Caller,
    /// The parameters' values.
    pub(crate) parameters: Map<String, Value>,
    pub(crate) correlation: String,
    /// The id under which its status is asked for.
    pub(crate) tracking: String,
    pub(crate) started: u64,
    pub(crate) ended: Option<(u64, Outcome)>,
    /// The template's resources, and beside them how far each is.
    pub(crate) planned: Vec<Planned>,
    pub(crate) progress: Vec<Progress>,
    pub(crate) outputs: Value,
    pub(crate) error: Value,
}

impl Outcome {
    /// ARM's word.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Succeeded => "Succeeded",
            Self::Failed => "Failed",
            Self::Canceled => "Canceled",
        }
    }
}

impl Asked {
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
    pub(crate) fn place(&self) -> Place<'_> {
        Place { subscription: &self.subscription, group: self.group.as_deref(), location: self.location.as_deref(), name: &self.name }
    }

    /// Whether the other is the same deployment.
    pub(crate) fn is(&self, subscription: &str, group: Option<&str>, name: &str) -> bool {
        self.subscription.eq_ignore_ascii_case(subscription)
            && self.group.as_ref().map(|group| group.to_lowercase()) == group.map(str::to_lowercase)
            && self.name.to_lowercase() == name.to_lowercase()
    }

    /// What its expressions are evaluated with.
    pub(crate) fn evaluation<'a>(
        &'a self,
        world: &'a World,
        parameters: &'a Map<String, Value>,
        planned: &'a [Planned],
        now: u64,
    ) -> Scope<'a> {
        Scope { world, place: self.place(), template: &self.template, parameters, planned, running: false, copy: None, now, depth: 0 }
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
        let mut properties = described(&self.asked, &self.parameters, &self.planned);
        properties["provisioningState"] = self.state(now).into();
        properties["timestamp"] = time::iso(at).into();
        properties["duration"] = time::duration(taken).into();
        properties["correlationId"] = self.correlation.as_str().into();
        match self.ended {
            Some((_, Outcome::Succeeded)) => {
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
pub(crate) fn shell(asked: &Asked, properties: Value) -> Value {
    let mut json = json!({ "id": asked.id(), "name": asked.name, "type": "Microsoft.Resources/deployments", "properties": properties });
    if let Some(location) = &asked.location {
        json["location"] = location.as_str().into();
    }
    if !asked.tags.is_empty() {
        json["tags"] = Value::Object(asked.tags.clone());
    }
    json
}

/// What a deployment and its validation both tell: template, parameters, mode, providers, dependencies.
pub(crate) fn described(asked: &Asked, resolved: &Map<String, Value>, planned: &[Planned]) -> Value {
    json!({
        "templateHash": ids::hash(asked.template.to_string().as_bytes(), 2).to_string(),
        "parameters": parameters::shown(&asked.template, resolved),
        "mode": asked.mode,
        "providers": providers(asked, planned),
        "dependencies": dependencies(planned),
    })
}

fn providers(asked: &Asked, planned: &[Planned]) -> Value {
    let mut providers: Vec<(String, Vec<Value>)> = Vec::new();
    for planned in planned.iter().filter(|planned| planned.made) {
        let (namespace, kind) = planned.kind.split_once('/').unwrap_or((&planned.kind, ""));
        // Where a location is an expression it is not told: ARM tells it, evaluated.
        let location =
            asked.template.pointer(&planned.at).map(|item| words(&item["location"])).filter(|location| !location.starts_with('['));
        let kind =
            json!({ "resourceType": kind, "locations": location.into_iter().filter(|location| location != "null").collect::<Vec<_>>() });
        match providers.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(namespace)) {
            Some((_, kinds)) if kinds.contains(&kind) => {}
            Some((_, kinds)) => kinds.push(kind),
            None => providers.push((namespace.to_owned(), vec![kind])),
        }
    }
    providers.into_iter().map(|(namespace, kinds)| json!({ "namespace": namespace, "resourceTypes": kinds })).collect()
}

fn dependencies(planned: &[Planned]) -> Value {
    let named = |planned: &Planned| json!({ "id": planned.id, "resourceType": planned.kind, "resourceName": planned.name });
    let dependent = planned.iter().filter(|one| one.made && !one.after.is_empty());
    dependent
        .map(|one| {
            let mut json = named(one);
            json["dependsOn"] = one.after.iter().filter_map(|before| planned.get(*before)).map(named).collect();
            json
        })
        .collect()
}
