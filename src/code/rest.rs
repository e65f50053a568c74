//! The raw HTTP requests, in the `.http` format of editors' REST clients.

use super::Listing;
use crate::arm::api_version::RESOURCES_API;
use crate::arm::document::{Document, JSON, Notation, push_json_letter, push_utf16};
use crate::arm::lock::{LOCK_TYPE, LOCKS_API};
use crate::arm::managed_identity::IDENTITY_API_COMMON;
use crate::arm::percent;
use crate::arm::resource_id::ResourceId;
use crate::messages;
use crate::provisioning::plan::{NewCredential, NewGroup, NewIdentity, NewLock, NewResource, Plan};
use crate::provisioning::template;

/// The variable for the object id of the identity. Nothing else in a text looks like it.
pub(super) const PRINCIPAL: &str = "{{principalId}}";

/// One request of a plan. It is always a PUT, since we choose the name of everything we create.
pub(super) struct Put {
    /// Percent-encoded path and query.
    pub(super) path: String,
    body: Document,
}

/// JSON without `{{`, which starts a variable or a script anywhere in a file for REST clients.
const REST: Notation = Notation { name: push_text, text: push_text, ..JSON };

impl Put {
    /// The body as JSON for `.http` files, which hold the curl commands as well.
    pub(super) fn json(&self) -> String {
        let mut out = String::new();
        self.body.write(&mut out, &REST, 0);
        out
    }
}

fn push_text(out: &mut String, text: &str) {
    out.push('"');
    for letter in text.chars() {
        if letter == '{' { push_utf16(out, letter) } else { push_json_letter(out, letter) }
    }
    out.push('"');
}

/// The requests that create `plan`'s resources, in order.
pub(super) fn requests(plan: &Plan) -> impl Iterator<Item = Put> {
    plan.resources.iter().map(|resource| match resource {
        NewResource::Group(group) => Put { path: group_path(plan, group), body: template::group_body(group) },
        NewResource::Identity(identity) => Put { path: identity_path(plan, identity), body: template::identity_body(identity) },
        NewResource::Credential(new) => Put { path: credential_path(new), body: template::credential_body(&new.credential) },
        NewResource::Role(role) => {
            let new = &role.assignment;
            let principal = Document::Expression(["\"", PRINCIPAL, "\""].concat());
            Put { path: new.path(), body: new.body(Document::text(&new.role_definition()), principal) }
        }
        NewResource::Lock(new) => Put { path: lock_path(new), body: template::lock_body(&new.lock) },
    })
}

/// Path and query of the request that creates a credential.
pub(super) fn credential_path(new: &NewCredential) -> String {
    let id = [new.identity.as_str(), "/federatedIdentityCredentials/", &new.credential.name].concat();
    with_version(&id, IDENTITY_API_COMMON)
}

/// Path and query of the request that creates a lock.
pub(super) fn lock_path(new: &NewLock) -> String {
    with_version(&[new.identity.as_str(), "/providers/", LOCK_TYPE, "/", &new.lock.name].concat(), LOCKS_API)
}

/// Path and query of the request that creates `group`.
pub(super) fn group_path(plan: &Plan, group: &NewGroup) -> String {
    path(&ResourceId::of_group(&plan.subscription, group.name.as_str()), RESOURCES_API)
}

/// Path and query of the request that creates `identity`.
pub(super) fn identity_path(plan: &Plan, identity: &NewIdentity) -> String {
    path(&identity.id(&plan.subscription), identity.api_version())
}

/// `endpoint` is ARM's origin.
pub(super) fn render(plan: &Plan, endpoint: &str) -> Listing {
    let mut listing = Listing::new();
    listing.note(messages::REST_TOKEN.with(["{{token}}"]));
    if plan.roles().next().is_some() {
        listing.note(messages::REST_PRINCIPAL.with([PRINCIPAL]));
    }
    for request in requests(plan) {
        if !listing.text.is_empty() {
            listing.text.push_str("\n###\n\n");
        }
        listing.push(&[
            "PUT ",
            endpoint,
            &request.path,
            "\nAuthorization: Bearer {{token}}\nContent-Type: application/json\n\n",
            &request.json(),
            "\n",
        ]);
    }
    listing
}

/// Names can contain letters of any script, which a URL cannot.
fn path(id: &ResourceId, api_version: &str) -> String {
    with_version(id.as_str(), api_version)
}

fn with_version(id: &str, api_version: &str) -> String {
    let mut path = percent::encode_path(id);
    path.push_str("?api-version=");
    path.push_str(api_version);
    path
}
