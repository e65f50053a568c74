//! Template deployments, in a group or in a subscription.

use serde_json::Value;

use super::api_version::RESOURCES_API;
use super::client::{ArmClient, versioned};
use super::envelope;
use super::error::{ArmError, ErrorDetail, Refusal};
use super::guid::Guid;
use super::http::Method;
use super::json::{list, some_text, text};
use super::origin::path_at;
use super::paging::Pages;
use super::percent::encode_path;
use super::resource_group::ResourceGroupName;
use super::resource_id::ResourceId;
use super::transport::Transport;

/// Most characters of a deployment's name (Microsoft.Resources 2024-07-01, `deploymentName`).
pub const DEPLOYMENT_NAME_MAX: usize = 64;

/// A deployment, as ARM tells of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Deployment {
    /// Its id.
    pub id: ResourceId,
    /// How far it is.
    pub state: DeploymentState,
    /// For support.
    pub correlation_id: Option<String>,
    /// When it last changed (RFC 3339).
    pub timestamp: Option<String>,
    /// How long it took (ISO 8601).
    pub duration: Option<String>,
    /// Why it failed.
    pub error: Option<ErrorDetail>,
    /// What it made.
    pub output_resources: Vec<ResourceId>,
}

/// How far a deployment, or one of its operations, is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeploymentState {
    /// Accepted, running, or in any other state that is no end.
    UnderWay,
    /// All done.
    Succeeded,
    /// At least one operation failed.
    Failed,
    /// Stopped by somebody.
    Canceled,
}

impl DeploymentState {
    /// The state of ARM's word.
    pub fn parse(text: &str) -> Self {
        match text {
            "Succeeded" => Self::Succeeded,
            "Failed" => Self::Failed,
            "Canceled" => Self::Canceled,
            _ => Self::UnderWay,
        }
    }
}

/// One step of a deployment.
#[derive(Clone, Debug, PartialEq)]
pub struct DeploymentOperation {
    /// Its id in the deployment.
    pub id: String,
    /// What is done: `Create`, `EvaluateDeploymentOutput`, ...
    pub kind: String,
    /// How far it is.
    pub state: DeploymentState,
    /// The resource it is about.
    pub resource: Option<ResourceId>,
    /// That resource's type; empty where there is none.
    pub resource_type: String,
    /// When it last changed (RFC 3339).
    pub timestamp: Option<String>,
    /// Why it failed.
    pub error: Option<ErrorDetail>,
}

/// What a deployment would do to a resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The resource's id, as ARM wrote it.
    pub resource_id: String,
    /// `Create`, `Modify`, `NoChange`, `Ignore`, `Delete`, `Deploy` or `Unsupported`.
    pub kind: String,
    /// What changes of it, where it is there already.
    pub delta: Vec<PropertyChange>,
}

/// A property that a deployment would change (Microsoft.Resources 2024-07-01, `WhatIfPropertyChange`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PropertyChange {
    /// Its path, such as `tags.Env`.
    pub path: String,
    /// Its value now, as text; `None` where it has none.
    pub before: Option<String>,
    /// Its value afterwards.
    pub after: Option<String>,
}

/// The answer to "is it under way still?".
#[derive(Clone, Debug, PartialEq)]
pub struct Started {
    /// The deployment, as it was accepted.
    pub deployment: Deployment,
    /// Where its state can be asked for, where ARM said so readably; a path at ARM.
    pub status_path: Option<String>,
}

/// The id of a deployment in a group, or in the subscription.
pub fn deployment_id(subscription: &Guid, group: Option<&ResourceGroupName>, name: &str) -> Option<ResourceId> {
    let place = match group {
        Some(group) => ResourceId::of_group(subscription, group.as_str()),
        None => ResourceId::of_subscription(subscription),
    };
    ResourceId::parse(&[place.as_str(), "/providers/Microsoft.Resources/deployments/", name].concat())
}

impl<T: Transport> ArmClient<T> {
    /// Has ARM check a deployment without running it. `true` where it did; `false` where it took the question and the
    /// browser hides where the answer will be.
    ///
    /// # Errors
    /// When ARM would refuse the deployment, or could not be asked.
    pub async fn validate_deployment(&self, id: &ResourceId, body: &str) -> Result<bool, ArmError> {
        let answered = self.call(Method::Post, &path(id, "/validate"), Some(body)).await?;
        let Some(answered) = self.follow(answered).await? else { return Ok(false) };
        // Azure may end it without a word; a page in its place, as of a hotel's network, is no answer.
        if answered.response.body.is_empty() {
            return Ok(true);
        }
        let result = answered.json()?;
        // An answer may be a success and hold an error.
        match result.get("error") {
            Some(error) if error.is_object() => Err(ArmError::Refused(Box::new(Refusal {
                status: answered.response.status,
                request_id: answered.request_id,
                ..Refusal::from(envelope::read(&result))
            }))),
            _ => Ok(true),
        }
    }

    /// What a deployment would change; `None` where the browser hides where the answer will be.
    ///
    /// # Errors
    /// When ARM would refuse the deployment, or could not be asked.
    pub async fn what_if(&self, id: &ResourceId, body: &str) -> Result<Option<Vec<Change>>, ArmError> {
        let answered = self.call(Method::Post, &path(id, "/whatIf"), Some(body)).await?;
        let Some(answered) = self.follow(answered).await? else { return Ok(None) };
        let result = answered.json()?;
        let changes = list(&result, "properties.changes").iter().map(read_change);
        Ok(Some(changes.collect()))
    }

    /// Starts a deployment.
    ///
    /// # Errors
    /// When ARM refuses: `DeploymentActive` where one of this name is under way, among others.
    pub async fn put_deployment(&self, id: &ResourceId, body: &str) -> Result<Started, ArmError> {
        let answered = self.call(Method::Put, &path(id, ""), Some(body)).await?;
        let link = answered.response.headers.get("azure-asyncoperation");
        let status_path = link.and_then(|link| path_at(self.endpoint(), link)).map(str::to_owned);
        Ok(Started { deployment: answered.read(read, "a deployment")?, status_path })
    }

    /// The deployment, if it is there.
    ///
    /// # Errors
    /// When that could not be found out.
    pub async fn deployment(&self, id: &ResourceId) -> Result<Option<Deployment>, ArmError> {
        let found = self.find(&path(id, "")).await?;
        found.map(|answered| answered.read(read, "a deployment")).transpose()
    }

    /// How far a deployment is, by the path that its start gave.
    ///
    /// # Errors
    /// When it could not be asked.
    pub async fn deployment_state(&self, status_path: &str) -> Result<DeploymentState, ArmError> {
        // What was stored is not trusted: it is a path at ARM, or nothing.
        let Some(path) = path_at(self.endpoint(), status_path) else { return Ok(DeploymentState::UnderWay) };
        let answered = self.get(path).await?;
        answered.read(|status| status.get("status").and_then(Value::as_str).map(DeploymentState::parse), "a status")
    }

    /// The steps of a deployment.
    pub fn deployment_operations(&self, id: &ResourceId) -> Pages<DeploymentOperation> {
        // In a group, the specification has this one below the group itself.
        let path = path(id, "/operations");
        let path =
            if id.resource_group().is_some() { path.replace("/providers/Microsoft.Resources/deployments/", "/deployments/") } else { path };
        Pages::new(path, read_operation)
    }

    /// Stops a deployment; what it made until then stays.
    ///
    /// # Errors
    /// When ARM refuses: it ended already, among others.
    pub async fn cancel_deployment(&self, id: &ResourceId) -> Result<(), ArmError> {
        self.call(Method::Post, &path(id, "/cancel"), None).await.map(drop)
    }
}

fn path(id: &ResourceId, action: &str) -> String {
    versioned(&[&encode_path(id.as_str()), action].concat(), RESOURCES_API)
}

fn read(value: &Value) -> Option<Deployment> {
    let ids = list(value, "properties.outputResources").iter().filter_map(|resource| ResourceId::parse(text(resource, "id")));
    Some(Deployment {
        id: ResourceId::parse(text(value, "id"))?,
        state: DeploymentState::parse(text(value, "properties.provisioningState")),
        correlation_id: some_text(value, "properties.correlationId"),
        timestamp: some_text(value, "properties.timestamp"),
        duration: some_text(value, "properties.duration"),
        error: value.get("properties").filter(|properties| properties.get("error").is_some_and(Value::is_object)).map(envelope::read),
        output_resources: ids.collect(),
    })
}

fn read_operation(value: &Value) -> Option<DeploymentOperation> {
    let message = value.get("properties")?.get("statusMessage");
    Some(DeploymentOperation {
        id: text(value, "operationId").to_owned(),
        kind: text(value, "properties.provisioningOperation").to_owned(),
        state: DeploymentState::parse(text(value, "properties.provisioningState")),
        resource: ResourceId::parse(text(value, "properties.targetResource.id")),
        resource_type: text(value, "properties.targetResource.resourceType").to_owned(),
        timestamp: some_text(value, "properties.timestamp"),
        error: message.filter(|message| message.get("error").is_some_and(Value::is_object)).map(envelope::read),
    })
}

fn read_change(change: &Value) -> Change {
    let mut delta = Vec::new();
    push_delta(&mut delta, "", list(change, "delta"), DELTA_DEPTH_MAX);
    Change { resource_id: text(change, "resourceId").to_owned(), kind: text(change, "changeType").to_owned(), delta }
}

/// How deep changes of objects and lists are followed.
const DELTA_DEPTH_MAX: u8 = 8;

fn push_delta(delta: &mut Vec<PropertyChange>, above: &str, changes: &[Value], depth: u8) {
    for change in changes {
        let path = [above, text(change, "path")].concat();
        let children = list(change, "children");
        if children.is_empty() || depth == 0 {
            let value = |key: &str| match change.get(key) {
                None | Some(Value::Null) => None,
                Some(Value::String(text)) => Some(text.clone()),
                Some(other) => Some(other.to_string()),
            };
            delta.push(PropertyChange { before: value("before"), after: value("after"), path });
        } else {
            push_delta(delta, &[path.as_str(), "."].concat(), children, depth - 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const ID: &str = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg/providers/Microsoft.Resources/deployments/d";

    #[test]
    fn reads_a_failure_with_the_errors_inside() {
        let deployment = read(&json!({ "id": ID, "name": "d", "properties": {
            "provisioningState": "Failed", "correlationId": "c", "timestamp": "2024-06-14T22:02:46.1Z", "duration": "PT2.5S",
            "outputResources": [{ "id": "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg" }, { "id": "odd" }],
            "error": { "code": "DeploymentFailed", "message": "See operations.", "details": [{ "code": "Conflict", "message": "{}" }] },
        } }))
        .expect("a deployment");
        assert_eq!((deployment.state, deployment.correlation_id.as_deref()), (DeploymentState::Failed, Some("c")));
        assert_eq!(deployment.output_resources.len(), 1);
        assert_eq!(deployment.error.map(|error| (error.code, error.details.len())), Some(("DeploymentFailed".into(), 1)));
        assert_eq!(read(&json!({ "properties": {} })), None);
    }

    #[test]
    fn a_state_that_is_no_end_is_under_way() {
        for word in ["Accepted", "Running", "Creating", "NotSpecified", "Something new", ""] {
            assert_eq!(DeploymentState::parse(word), DeploymentState::UnderWay, "{word}");
        }
    }

    #[test]
    fn reads_what_changes_of_each_property() {
        let change = read_change(&json!({ "resourceId": ID, "changeType": "Modify", "delta": [
            { "path": "tags.owner", "propertyChangeType": "Delete", "before": "web", "after": null },
            { "path": "properties.assignmentRestrictions.providers", "propertyChangeType": "Array", "children": [
                { "path": "0", "propertyChangeType": "Modify", "before": "Microsoft.App", "after": { "odd": 1 } } ] },
        ] }));
        let told: Vec<_> = change.delta.iter().map(|one| (one.path.as_str(), one.before.as_deref(), one.after.as_deref())).collect();
        assert_eq!(
            told,
            [
                ("tags.owner", Some("web"), None),
                ("properties.assignmentRestrictions.providers.0", Some("Microsoft.App"), Some("{\"odd\":1}")),
            ]
        );
    }

    #[test]
    fn reads_operations_whatever_their_status_message_is() {
        let operation = |message: Value| {
            read_operation(&json!({ "operationId": "1", "properties": { "provisioningOperation": "Create", "provisioningState": "Failed",
                "statusMessage": message, "targetResource": { "id": ID, "resourceType": "Microsoft.Resources/deployments" } } }))
        };
        for (message, code) in [
            (json!({ "error": { "code": "AuthorizationFailed", "message": "No." } }), Some("AuthorizationFailed")),
            (json!("text"), None),
            (json!({ "status": "Failed" }), None),
        ] {
            let operation = operation(message).expect("an operation");
            assert_eq!(operation.error.map(|error| error.code).as_deref(), code);
            assert_eq!(operation.resource.as_ref().map(ResourceId::name), Some("d"));
        }
        assert_eq!(read_operation(&json!({})), None);
    }
}
