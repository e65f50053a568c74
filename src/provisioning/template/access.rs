//! An identity's credentials, roles and locks in a template.

use super::{DEPLOYMENT_TYPE, GROUP_SCHEMA, SUBSCRIPTION_SCHEMA, Scope, envelope, literal, nested_name, nested_properties, scope};
use crate::access::lock::LockDraft;
use crate::arm::api_version::RESOURCES_API;
use crate::arm::document::Document;
use crate::arm::federated_credential::{CREDENTIAL_TYPE, FederatedCredential};
use crate::arm::lock::{LOCK_TYPE, LOCKS_API};
use crate::arm::managed_identity::{IDENTITY_API_COMMON, IDENTITY_TYPE};
use crate::arm::resource_id::ResourceId;
use crate::arm::role_assignment::{ROLE_ASSIGNMENT_TYPE, ROLE_ASSIGNMENTS_API};
use crate::provisioning::plan::{NewIdentity, NewResource, NewRole, Plan};

/// The body of the request that creates a credential.
pub fn credential_body(credential: &FederatedCredential) -> Document {
    let properties = Document::object([
        ("issuer", Document::text(&credential.issuer)),
        ("subject", Document::text(&credential.subject)),
        ("audiences", Document::texts(credential.audiences.iter().map(String::as_str))),
    ]);
    Document::object([("properties", properties)])
}

/// The body of the request that creates a lock.
pub fn lock_body(lock: &LockDraft) -> Document {
    let mut properties = Document::object([("level", Document::text(lock.level()))]);
    if !lock.notes.trim().is_empty() {
        properties.push("notes", Document::text(lock.notes.trim()));
    }
    Document::object([("properties", properties)])
}

/// The credentials and the lock of an identity as a template's resources, with unescaped texts. They are created one after another: Azure
/// refuses concurrent writes to an identity's credentials, and a read-only lock refuses all of them.
pub fn of_identity(plan: &Plan, identity: &NewIdentity) -> Vec<Document> {
    let id = identity.id(&plan.subscription);
    let own = [IDENTITY_TYPE, "/", identity.name.as_str()].concat();
    let mut before = own.clone();
    let mut resources = Vec::new();
    for resource in &plan.resources {
        let (kind, version, name) = match resource {
            NewResource::Credential(new) if new.identity == id => {
                (CREDENTIAL_TYPE, IDENTITY_API_COMMON, [identity.name.as_str(), "/", &new.credential.name].concat())
            }
            NewResource::Lock(new) if new.identity == id => (LOCK_TYPE, LOCKS_API, new.lock.name.clone()),
            _ => continue,
        };
        let mut document =
            Document::object([("type", Document::text(kind)), ("apiVersion", Document::text(version)), ("name", Document::text(&name))]);
        if kind == LOCK_TYPE {
            document.push("scope", Document::text(&own));
        }
        document.push("dependsOn", Document::texts([before.as_str()].into_iter()));
        document.append(match resource {
            NewResource::Credential(new) => credential_body(&new.credential),
            NewResource::Lock(new) => lock_body(&new.lock),
            _ => continue,
        });
        resources.push(document);
        before = name;
    }
    resources
}

pub(super) fn has_roles(plan: &Plan, identity: &NewIdentity) -> bool {
    plan.roles().any(|role| role.identity == identity.id(&plan.subscription))
}

/// What the nested deployment of an identity tells the roles: the object id of its service principal.
pub(super) fn principal_output(identity: &NewIdentity) -> Document {
    let value = ["[reference(", &bare(&own_id(identity)), ", '", identity.api_version(), "').principalId]"].concat();
    Document::object([("principalId", Document::object([("type", Document::text("string")), ("value", Document::text(&value))]))])
}

/// Whether a role's scope is in the group that `plan` is deployed to.
pub fn is_in_scope(plan: &Plan, role: &NewRole) -> bool {
    let at = &role.assignment.scope;
    match (scope(plan), at.resource_group()) {
        (Scope::Group(group), Some(of_role)) => {
            at.subscription().as_ref() == Some(&plan.subscription) && group.as_str().eq_ignore_ascii_case(of_role)
        }
        _ => false,
    }
}

/// A role: an extension of a resource in the deployment's group, and elsewhere a nested deployment.
pub(super) fn role(plan: &Plan, role: &NewRole) -> Document {
    let at = &role.assignment.scope;
    let (principal, after) = principal(plan, &role.identity);
    if is_in_scope(plan, role) {
        let mut resource = assignment(role, &principal);
        resource.push("dependsOn", Document::texts([after.as_str()].into_iter()));
        return resource;
    }
    let mut nested = Document::object([
        ("type", Document::text(DEPLOYMENT_TYPE)),
        ("apiVersion", Document::text(RESOURCES_API)),
        ("name", Document::text(&deployment_name(role))),
    ]);
    if let Some(subscription) = at.subscription().filter(|subscription| *subscription != plan.subscription) {
        nested.push("subscriptionId", Document::text(subscription.as_str()));
    }
    let schema = if let Some(group) = at.resource_group() {
        nested.push("resourceGroup", Document::text(group));
        GROUP_SCHEMA
    } else {
        if let Some(location) = plan.location() {
            nested.push("location", Document::text(location.as_str()));
        }
        SUBSCRIPTION_SCHEMA
    };
    nested.push("dependsOn", Document::texts([after.as_str()].into_iter()));
    let mut template = envelope(schema, vec![assignment(role, "[parameters('principalId')]")]);
    template.push("parameters", Document::object([("principalId", Document::object([("type", Document::text("string"))]))]));
    let parameters = Document::object([("principalId", Document::object([("value", Document::text(&principal))]))]);
    nested.push("properties", nested_properties(Some(parameters), template));
    nested
}

/// The name of the nested deployment of a role: its own, since others deploy to the registry's group as well.
pub fn deployment_name(role: &NewRole) -> String {
    ["role-", role.assignment.name.as_str()].concat()
}

/// The assignment as a template's resource. `principal`: an expression for the object id.
fn assignment(role: &NewRole, principal: &str) -> Document {
    let new = &role.assignment;
    let mut resource = Document::object([
        ("type", Document::text(ROLE_ASSIGNMENT_TYPE)),
        ("apiVersion", Document::text(ROLE_ASSIGNMENTS_API)),
        ("name", Document::text(new.name.as_str())),
    ]);
    if let Some(place) = extended(&new.scope) {
        resource.push("scope", literal(Document::text(place)));
    }
    // A role definition's GUID cannot contain quotes.
    let definition = ["[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '", new.role.as_str(), "')]"].concat();
    resource.append(new.body(Document::text(&definition), Document::text(principal)));
    resource
}

/// The resource that an assignment extends, as a template names it: `Microsoft.ContainerRegistry/registries/reg1`. `None` for a group
/// or subscription.
pub fn extended(scope: &ResourceId) -> Option<&str> {
    let text = scope.as_str();
    // `/subscriptions/…/resourceGroups/…/providers/…`: ARM writes it in any case, and a group can have any of these names.
    let at = if scope.resource_group().is_some() { 5 } else { 3 };
    let is_extended = text.split('/').nth(at).is_some_and(|segment| segment.eq_ignore_ascii_case("providers"));
    let (slash, _) = text.match_indices('/').nth(at).filter(|_| is_extended)?;
    text.get(slash + 1..)
}

/// An expression for the object id of a new identity, and for what has to be there before.
fn principal(plan: &Plan, id: &ResourceId) -> (String, String) {
    let index =
        plan.resources.iter().position(|resource| matches!(resource, NewResource::Identity(new) if new.id(&plan.subscription) == *id));
    let Some((index, NewResource::Identity(identity))) = index.and_then(|index| Some((index, plan.resources.get(index)?))) else {
        return (String::new(), String::new());
    };
    if scope(plan) == Scope::Subscription {
        let name = nested_name(plan, index);
        (["[reference('", &name, "').outputs.principalId.value]"].concat(), name)
    } else {
        let own = own_id(identity);
        (["[reference(", &bare(&own), ", '", identity.api_version(), "').principalId]"].concat(), own)
    }
}

/// An expression for the id of an identity in its own group. Its name cannot contain quotes.
fn own_id(identity: &NewIdentity) -> String {
    ["[resourceId('", IDENTITY_TYPE, "', '", identity.name.as_str(), "')]"].concat()
}

/// An expression without its brackets, to be used in another one.
fn bare(expression: &str) -> String {
    expression.trim_matches(['[', ']']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_resource_is_extended_however_its_id_is_written() {
        let subscription = "/subscriptions/11111111-2222-3333-4444-555555555555";
        for (rest, expected) in [
            ("/resourceGroups/rg/providers/A.B/c/d", Some("A.B/c/d")),
            ("/RESOURCEGROUPS/rg/PROVIDERS/A.B/c/d", Some("A.B/c/d")),
            ("/resourceGroups/providers/providers/A.B/c/d", Some("A.B/c/d")),
            ("/providers/A.B/c/d", Some("A.B/c/d")),
            ("/resourceGroups/providers", None),
            ("", None),
        ] {
            let id = ResourceId::parse(&[subscription, rest].concat());
            assert_eq!(id.as_ref().and_then(extended), expected, "{rest}");
        }
    }
}
