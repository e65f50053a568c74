//! The resources in a text, in a form that is the same for every language and can be compared with the plan.

use std::collections::BTreeMap;

use identity_portal::arm::federated_credential::FederatedCredential;
use identity_portal::arm::managed_identity::{IsolationScope, Restriction};
use identity_portal::arm::percent;
use identity_portal::provisioning::plan::{NewResource, Plan};
use serde_json::{Map, Value, json};

/// The resources a text creates, as ARM's request bodies by resource ID: the end state.
pub(crate) type Reading = BTreeMap<String, Value>;

/// Stands for the object id of the new identity, which no text can know.
pub(crate) const PRINCIPAL: &str = "the token";

/// The plan's own end state.
pub(crate) fn of_plan(plan: &Plan) -> Reading {
    plan.resources
        .iter()
        .map(|resource| match resource {
            NewResource::Group(group) => {
                let tags = group.tags.iter().map(|(name, value)| (name.to_owned(), Value::from(value))).collect();
                (group_id(group.name.as_str()), identity_value(group.location.as_str(), tags, false, Vec::new()))
            }
            NewResource::Identity(identity) => {
                let tags = identity.tags.iter().map(|(name, value)| (name.to_owned(), Value::from(value))).collect();
                let restrictions = identity.properties.restrictions.iter().map(Restriction::as_str).collect();
                let regional = identity.properties.isolation_scope == IsolationScope::Regional;
                (
                    identity_id(identity.group.as_str(), identity.name.as_str()),
                    identity_value(identity.location.as_str(), tags, regional, restrictions),
                )
            }
            NewResource::Credential(new) => {
                let FederatedCredential { name, issuer, subject, audiences } = &new.credential;
                let properties = json!({ "issuer": issuer, "subject": subject, "audiences": audiences });
                (format!("{}/federatedIdentityCredentials/{name}", new.identity), json!({ "properties": properties }))
            }
            NewResource::Role(role) => {
                let new = &role.assignment;
                let mut properties = json!({
                    "roleDefinitionId": new.role_definition(), "principalId": PRINCIPAL, "principalType": "ServicePrincipal",
                });
                if let Some(condition) = &new.condition {
                    properties["condition"] = Value::from(condition.as_str());
                    properties["conditionVersion"] = Value::from("2.0");
                }
                (role_id(new.scope.as_str(), new.name.as_str()), json!({ "properties": properties }))
            }
            NewResource::Lock(new) => {
                let mut properties = json!({ "level": if new.lock.read_only { "ReadOnly" } else { "CanNotDelete" } });
                if !new.lock.notes.is_empty() {
                    properties["notes"] = Value::from(new.lock.notes.as_str());
                }
                (lock_id(new.identity.as_str(), &new.lock.name), json!({ "properties": properties }))
            }
        })
        .collect()
}

/// An identity's request body.
pub(crate) fn identity_value(location: &str, tags: Map<String, Value>, regional: bool, restrictions: Vec<&str>) -> Value {
    let mut value = json!({ "location": location });
    if !tags.is_empty() {
        value["tags"] = Value::Object(tags);
    }
    if regional {
        value["properties"]["isolationScope"] = Value::from("Regional");
    }
    if !restrictions.is_empty() {
        value["properties"]["assignmentRestrictions"]["providers"] = Value::from(restrictions);
    }
    value
}

pub(crate) fn group_id(group: &str) -> String {
    format!("/subscriptions/{}/resourceGroups/{group}", crate::cases::SUBSCRIPTION)
}

pub(crate) fn identity_id(group: &str, name: &str) -> String {
    format!("{}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/{name}", group_id(group))
}

pub(crate) fn role_id(scope: &str, name: &str) -> String {
    format!("{scope}/providers/Microsoft.Authorization/roleAssignments/{name}")
}

pub(crate) fn lock_id(scope: &str, name: &str) -> String {
    format!("{scope}/providers/Microsoft.Authorization/locks/{name}")
}

/// The resources in a list of PUT requests, given as path with query, and body.
pub(crate) fn of_requests<'a>(requests: impl Iterator<Item = (&'a str, &'a str)>) -> Reading {
    requests
        .map(|(path, body)| {
            let (path, query) = path.split_once('?').expect("an api-version");
            assert!(query.starts_with("api-version=20"), "{query}");
            assert!(path.is_ascii(), "{path} is no address");
            let id = percent::decode(path.strip_prefix("https://management.azure.com").unwrap_or(path));
            (id, serde_json::from_str(body).expect("the body is JSON"))
        })
        .collect()
}
