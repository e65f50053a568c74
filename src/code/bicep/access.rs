//! An identity's credentials, roles and locks in Bicep.

use super::{BICEP, push_text};
use crate::arm::api_version::RESOURCES_API;
use crate::arm::document::Document;
use crate::arm::federated_credential::CREDENTIAL_TYPE;
use crate::arm::lock::{LOCK_TYPE, LOCKS_API};
use crate::arm::managed_identity::{IDENTITY_API_COMMON, IDENTITY_TYPE};
use crate::arm::resource_id::ResourceId;
use crate::arm::role_assignment::{ROLE_ASSIGNMENT_TYPE, ROLE_ASSIGNMENTS_API};
use crate::code::{Listing, numbered, what};
use crate::messages;
use crate::provisioning::plan::{NewIdentity, NewResource, NewRole, Plan};
use crate::provisioning::template::{self, DEPLOYMENT_TYPE, GROUP_SCHEMA, SUBSCRIPTION_SCHEMA, Scope};

/// Writes the plan's resource at `index`: a credential or a lock in the deployment's group, or a role anywhere.
pub(super) fn resource(plan: &Plan, index: usize, listing: &mut Listing) {
    match plan.resources.get(index) {
        Some(NewResource::Credential(new)) => {
            let of_kind = |resource: &NewResource| matches!(resource, NewResource::Credential(_));
            let number = before(plan, index, of_kind);
            declare(listing, &numbered("credential", number), CREDENTIAL_TYPE, IDENTITY_API_COMMON);
            let mut document = Document::object([("parent", symbol(plan, &new.identity)), ("name", Document::text(&new.credential.name))]);
            document.append(template::credential_body(&new.credential));
            if number > 0 {
                document.push("dependsOn", Document::List(vec![Document::Expression(numbered("credential", number - 1))]));
            }
            document.write(&mut listing.text, &BICEP, 0);
        }
        Some(NewResource::Lock(new)) => {
            declare(
                listing,
                &numbered("lock", before(plan, index, |resource| matches!(resource, NewResource::Lock(_)))),
                LOCK_TYPE,
                LOCKS_API,
            );
            let mut document = Document::object([("scope", symbol(plan, &new.identity)), ("name", Document::text(&new.lock.name))]);
            document.append(template::lock_body(&new.lock));
            let credentials = before(plan, index, |resource| matches!(resource, NewResource::Credential(_)));
            if let Some(last) = credentials.checked_sub(1) {
                document.push("dependsOn", Document::List(vec![Document::Expression(numbered("credential", last))]));
            }
            document.write(&mut listing.text, &BICEP, 0);
        }
        Some(NewResource::Role(role)) => {
            let number = before(plan, index, |resource| matches!(resource, NewResource::Role(_)));
            if template::is_in_scope(plan, role) { in_scope(plan, role, number, listing) } else { elsewhere(plan, role, number, listing) }
        }
        Some(NewResource::Group(_) | NewResource::Identity(_)) | None => {}
    }
}

/// How many resources of a kind stand before the one at `index`.
fn before(plan: &Plan, index: usize, is: impl Fn(&NewResource) -> bool) -> usize {
    plan.resources.iter().take(index).filter(|resource| is(resource)).count()
}

fn declare(listing: &mut Listing, symbol: &str, kind: &str, version: &str) {
    listing.push(&["resource ", symbol, " '", kind, "@", version, "' = "]);
}

/// The symbol of the identity with this id.
fn symbol(plan: &Plan, id: &ResourceId) -> Document {
    let number = plan.identities().position(|identity| identity.id(&plan.subscription) == *id).unwrap_or_default();
    Document::Expression(numbered("identity", number))
}

/// A role on a resource of the deployment's own group, or on the group itself.
fn in_scope(plan: &Plan, role: &NewRole, number: usize, listing: &mut Listing) {
    let new = &role.assignment;
    let mut document = Document::object([]);
    if let (Some(_), Some(kind)) = (template::extended(&new.scope), new.scope.resource_type()) {
        let target = numbered("target", number);
        listing.push(&["resource ", &target, " '", &kind, "@", version_of(&kind), "' existing = {\n  name: "]);
        push_text(&mut listing.text, new.scope.name());
        listing.text.push_str("\n}\n\n");
        document.push("scope", Document::Expression(target));
    }
    listing.push(&["// ", &what(role), "\n"]);
    declare(listing, &numbered("role", number), ROLE_ASSIGNMENT_TYPE, ROLE_ASSIGNMENTS_API);
    let mut definition = String::from("subscriptionResourceId('Microsoft.Authorization/roleDefinitions', ");
    push_text(&mut definition, &new.role);
    definition.push(')');
    let Document::Expression(mut principal) = symbol(plan, &role.identity) else { return };
    principal.push_str(".properties.principalId");
    document.push("name", Document::text(new.name.as_str()));
    document.append(new.body(Document::Expression(definition), Document::Expression(principal)));
    document.write(&mut listing.text, &BICEP, 0);
}

/// Any version that the type has: only the id of the resource is used.
fn version_of(kind: &str) -> &'static str {
    if kind.eq_ignore_ascii_case(crate::arm::registry::REGISTRY_TYPE) { "2023-07-01" } else { RESOURCES_API }
}

/// A role in another group or subscription: a nested deployment, whose expressions Bicep evaluates.
fn elsewhere(plan: &Plan, role: &NewRole, number: usize, listing: &mut Listing) {
    let (new, at) = (&role.assignment, &role.assignment.scope);
    listing.note(messages::BICEP_ROLE_ELSEWHERE);
    let created = created(plan, role, number, listing);
    listing.push(&["// ", &what(role), "\n"]);
    listing.text.push_str("#disable-next-line no-deployments-resources\n");
    declare(listing, &numbered("role", number), DEPLOYMENT_TYPE, RESOURCES_API);
    let mut document = Document::object([("name", Document::text(&template::deployment_name(role)))]);
    if let Some(subscription) = at.subscription().filter(|subscription| *subscription != plan.subscription) {
        document.push("subscriptionId", Document::text(subscription.as_str()));
    }
    let schema = if let Some(group) = at.resource_group() {
        document.push("resourceGroup", Document::text(group));
        GROUP_SCHEMA
    } else {
        if let Some(location) = plan.location() {
            document.push("location", Document::text(location.as_str()));
        }
        SUBSCRIPTION_SCHEMA
    };
    if template::scope(plan) == Scope::Subscription {
        document.push("dependsOn", Document::List(vec![symbol(plan, &role.identity)]));
    }
    let mut assignment = Document::object([
        ("type", Document::text(ROLE_ASSIGNMENT_TYPE)),
        ("apiVersion", Document::text(ROLE_ASSIGNMENTS_API)),
        ("name", Document::text(new.name.as_str())),
    ]);
    if let Some(place) = template::extended(at) {
        assignment.push("scope", Document::text(place));
    }
    let principal = Document::Expression([&created, ".properties.principalId"].concat());
    assignment.append(new.body(Document::text(&new.role_definition()), principal));
    let content = Document::object([
        ("$schema", Document::text(schema)),
        ("contentVersion", Document::text("1.0.0.0")),
        ("resources", Document::List(vec![assignment])),
    ]);
    document.push("properties", Document::object([("mode", Document::text("Incremental")), ("template", content)]));
    document.write(&mut listing.text, &BICEP, 0);
}

/// The symbol of the identity for its object id. One in a nested deployment is declared as existing.
fn created(plan: &Plan, role: &NewRole, number: usize, listing: &mut Listing) -> String {
    let identity = plan.identities().find(|identity| identity.id(&plan.subscription) == role.identity);
    let (Scope::Subscription, Some(identity)) = (template::scope(plan), identity) else {
        let Document::Expression(symbol) = symbol(plan, &role.identity) else { return String::new() };
        return symbol;
    };
    let created = numbered("created", plan.identities().position(|other| other == identity).unwrap_or_default());
    if !earlier_has(plan, role, number) {
        existing(&created, identity, listing);
    }
    created
}

/// Whether one of the first `number` roles is of the same identity.
fn earlier_has(plan: &Plan, role: &NewRole, number: usize) -> bool {
    plan.roles().take(number).any(|earlier| earlier.identity == role.identity)
}

fn existing(symbol: &str, identity: &NewIdentity, listing: &mut Listing) {
    listing.push(&["resource ", symbol, " '", IDENTITY_TYPE, "@", identity.api_version(), "' existing = {\n  scope: resourceGroup("]);
    push_text(&mut listing.text, identity.group.as_str());
    listing.text.push_str(")\n  name: ");
    push_text(&mut listing.text, identity.name.as_str());
    listing.text.push_str("\n}\n\n");
}
