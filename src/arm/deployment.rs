//! Template deployments, in a resource group or in a subscription.

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

/// Maximum length in characters (Microsoft.Resources 2024-07-01, `deploymentName`).
pub const DEPLOYMENT_NAME_MAX: usize = 64;

#[derive(Clone, Debug, PartialEq)]
pub struct Deployment {
    pub id: ResourceId,
    pub state: DeploymentState,
    /// For support requests.
    pub correlation_id: Option<String>,
    /// RFC 3339; the last change.
    pub timestamp: Option<String>,
    /// ISO 8601.
    pub duration: Option<String>,
    pub error: Option<ErrorDetail>,
    pub output_resources: Vec<ResourceId>,
}

/// The provisioning state of a deployment or of one of its operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeploymentState {
    /// Accepted, running, or any other state that is not final.
    UnderWay,
    Succeeded,
    /// At least one operation failed.
    Failed,
    Canceled,
}

impl DeploymentState {
    /// Parses ARM's `provisioningState`.
    pub fn parse(text: &str) -> Self {
        match text {
            "Succeeded" => Self::Succeeded,
            "Failed" => Self::Failed,
            "Canceled" => Self::Canceled,
            _ => Self::UnderWay,
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct DeploymentOperation {
    /// The operation's ID within the deployment.
    pub id: String,
    /// `Create`, `EvaluateDeploymentOutput`, ...
    pub kind: String,
    pub state: DeploymentState,
    /// The target resource.
    pub resource: Option<ResourceId>,
    /// The target's type; empty if there is no target.
    pub resource_type: String,
    /// RFC 3339; the last change.
    pub timestamp: Option<String>,
    pub error: Option<ErrorDetail>,
}

/// What a deployment would do to a resource (`WhatIfChange`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// As ARM wrote it.
    pub resource_id: String,
    /// `Create`, `Modify`, `NoChange`, `Ignore`, `Delete`, `Deploy` or `Unsupported`.
    pub kind: String,
    /// The changed properties of an existing resource.
    pub delta: Vec<PropertyChange>,
}

/// A property that a deployment would change (Microsoft.Resources 2024-07-01, `WhatIfPropertyChange`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PropertyChange {
    /// The property's path, such as `tags.Env`.
    pub path: String,
    /// The current value as text, if any.
    pub before: Option<String>,
    /// The value after the deployment, if any.
    pub after: Option<String>,
}

/// A deployment that ARM accepted.
#[derive(Clone, Debug, PartialEq)]
pub struct Started {
    /// The deployment as ARM accepted it.
    pub deployment: Deployment,
    /// ARM's path for polling the state, if the browser exposes it.
    pub status_path: Option<String>,
}

/// The ID of a deployment in `group`, or in the subscription if there is none.
pub fn deployment_id(subscription: &Guid, group: Option<&ResourceGroupName>, name: &str) -> Option<ResourceId> {
    let place = match group {
        Some(group) => ResourceId::of_group(subscription, group.as_str()),
        None => ResourceId::of_subscription(subscription),
    };
    ResourceId::parse(&[place.as_str(), "/providers/Microsoft.Resources/deployments/", name].concat())
}

impl<T: Transport> ArmClient<T> {
    /// Validates a deployment without running it. `true` if ARM validated it; `false` if ARM accepted the request but the
    /// browser hides the URL of the result.
    ///
    /// # Errors
    /// If ARM would refuse the deployment, or the request fails.
    pub async fn validate_deployment(&self, id: &ResourceId, body: &str) -> Result<bool, ArmError> {
        let answered = self.call(Method::Post, &path(id, "/validate"), Some(body)).await?;
        let Some(answered) = self.follow(answered).await? else { return Ok(false) };
        // Azure may end it with an empty body. Anything else that is not JSON, such as a captive portal's page, is an error.
        if answered.response.body.is_empty() {
            return Ok(true);
        }
        let result = answered.json()?;
        // A 200 response can still hold an error.
        match result.get("error") {
            Some(error) if error.is_object() => Err(ArmError::Refused(Box::new(Refusal {
                status: answered.response.status,
                request_id: answered.request_id,
                ..Refusal::from(envelope::read(&result))
            }))),
            _ => Ok(true),
        }
    }

    /// What a deployment would change; `None` if the browser hides the URL of the result.
    ///
    /// # Errors
    /// If ARM would refuse the deployment, or the request fails.
    pub async fn what_if(&self, id: &ResourceId, body: &str) -> Result<Option<Vec<Change>>, ArmError> {
        let answered = self.call(Method::Post, &path(id, "/whatIf"), Some(body)).await?;
        let Some(answered) = self.follow(answered).await? else { return Ok(None) };
        let result = answered.json()?;
        let changes = list(&result, "properties.changes").iter().map(read_change);
        Ok(Some(changes.collect()))
    }

    ///
    /// # Errors
    /// If ARM refuses; `DeploymentActive` if a deployment of this name is running.
    pub async fn put_deployment(&self, id: &ResourceId, body: &str) -> Result<Started, ArmError> {
        let answered = self.call(Method::Put, &path(id, ""), Some(body)).await?;
        let link = answered.response.headers.get("azure-asyncoperation");
        let status_path = link.and_then(|link| path_at(self.endpoint(), link)).map(str::to_owned);
        Ok(Started { deployment: answered.read(read, "a deployment")?, status_path })
    }

    /// # Errors
    /// If the request fails with anything but 404.
    pub async fn deployment(&self, id: &ResourceId) -> Result<Option<Deployment>, ArmError> {
        let found = self.find(&path(id, "")).await?;
        found.map(|answered| answered.read(read, "a deployment")).transpose()
    }

    /// Polls a deployment at the `status_path` of its start.
    ///
    /// # Errors
    /// If the request fails.
    pub async fn deployment_state(&self, status_path: &str) -> Result<DeploymentState, ArmError> {
        // A stored path is not trusted: it must be a path at ARM.
        let Some(path) = path_at(self.endpoint(), status_path) else { return Ok(DeploymentState::UnderWay) };
        let answered = self.get(path).await?;
        answered.read(|status| status.get("status").and_then(Value::as_str).map(DeploymentState::parse), "a status")
    }

    pub fn deployment_operations(&self, id: &ResourceId) -> Pages<DeploymentOperation> {
        // For a group, the specification puts this operation directly below the group.
        let path = path(id, "/operations");
        let path =
            if id.resource_group().is_some() { path.replace("/providers/Microsoft.Resources/deployments/", "/deployments/") } else { path };
        Pages::new(path, read_operation)
    }

    /// Cancels a deployment; resources it has already created stay.
    ///
    /// # Errors
    /// If ARM refuses, for example because the deployment has already ended.
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

/// Maximum depth of nested changes that are read.
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
    fn reads_a_failure_with_its_inner_errors() {
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
    fn any_state_that_is_not_final_is_under_way() {
        for word in ["Accepted", "Running", "Creating", "NotSpecified", "Something new", ""] {
            assert_eq!(DeploymentState::parse(word), DeploymentState::UnderWay, "{word}");
        }
    }

    #[test]
    fn reads_each_property_change() {
        let change = read_change(&json!({ "resourceId": ID, "changeType": "Modify", "delta": [
            { "path": "tags.owner", "propertyChangeType": "Delete", "before": "web", "after": null },
            { "path": "properties.assignmentRestrictions.providers", "propertyChangeType": "Array", "children": [
                { "path": "0", "propertyChangeType": "Modify", "before": "Microsoft.App", "after": { "odd": 1 } } ] },
        ] }));
        let found: Vec<_> = change.delta.iter().map(|one| (one.path.as_str(), one.before.as_deref(), one.after.as_deref())).collect();
        assert_eq!(
            found,
            [
                ("tags.owner", Some("web"), None),
                ("properties.assignmentRestrictions.providers.0", Some("Microsoft.App"), Some("{\"odd\":1}")),
            ]
        );
    }

    #[test]
    fn reads_operations_with_any_status_message() {
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
