//! An identity's credentials, roles and locks in Terraform. azurerm writes the credentials of an identity one after another.

use super::{HCL, needs_azapi};
use crate::arm::document::Document;
use crate::arm::resource_id::ResourceId;
use crate::arm::role_assignment::CONDITION_VERSION;
use crate::code::{Listing, numbered, what};
use crate::provisioning::plan::{NewResource, Plan};

/// Writes the plan's resource at `index`: a credential, a role or a lock.
pub(super) fn resource(plan: &Plan, index: usize, listing: &mut Listing) {
    let Some(resource) = plan.resources.get(index) else { return };
    let is_alike = |other: &&NewResource| std::mem::discriminant(*other) == std::mem::discriminant(resource);
    let number = plan.resources.iter().take(index).filter(is_alike).count();
    let expression = |parts: &[&str]| Document::Expression(parts.concat());
    let (kind, label, body) = match resource {
        NewResource::Credential(new) => {
            let credential = &new.credential;
            let body = Document::object([
                ("name", Document::text(&credential.name)),
                ("user_assigned_identity_id", expression(&[&address(plan, &new.identity).0, ".id"])),
                ("audience", Document::texts(credential.audiences.iter().map(String::as_str))),
                ("issuer", Document::text(&credential.issuer)),
                ("subject", Document::text(&credential.subject)),
            ]);
            ("azurerm_federated_identity_credential", "credential", body)
        }
        NewResource::Role(role) => {
            let new = &role.assignment;
            let (identity, principal) = address(plan, &role.identity);
            let mut body = Document::object([
                ("name", Document::text(new.name.as_str())),
                ("scope", Document::text(new.scope.as_str())),
                ("role_definition_id", Document::text(&new.role_definition())),
                ("principal_id", expression(&[&identity, principal])),
                ("principal_type", Document::text("ServicePrincipal")),
            ]);
            if let Some(condition) = &new.condition {
                body.push("condition", Document::text(condition));
                body.push("condition_version", Document::text(CONDITION_VERSION));
            }
            ("azurerm_role_assignment", "role", body)
        }
        NewResource::Lock(new) => {
            let mut body = Document::object([
                ("name", Document::text(&new.lock.name)),
                ("scope", expression(&[&address(plan, &new.identity).0, ".id"])),
                ("lock_level", Document::text(new.lock.level())),
            ]);
            if !new.lock.notes.is_empty() {
                body.push("notes", Document::text(&new.lock.notes));
            }
            let credentials = plan.resources.iter().filter(|resource| matches!(resource, NewResource::Credential(_))).count();
            if credentials > 0 {
                let all = (0..credentials).map(|number| {
                    Document::Expression(["azurerm_federated_identity_credential.", &numbered("credential", number)].concat())
                });
                body.push("depends_on", Document::List(all.collect()));
            }
            ("azurerm_management_lock", "lock", body)
        }
        NewResource::Group(_) | NewResource::Identity(_) => return,
    };
    listing.text.push('\n');
    if let NewResource::Role(role) = resource {
        listing.push(&["# ", &what(role), "\n"]);
    }
    listing.push(&["resource \"", kind, "\" \"", &numbered(label, number), "\" "]);
    body.write(&mut listing.text, &HCL, 0);
    listing.text.push('\n');
}

/// The address of an identity, and the attribute with the object id of its service principal.
fn address(plan: &Plan, id: &ResourceId) -> (String, &'static str) {
    let found = plan.identities().enumerate().find(|(_, identity)| identity.id(&plan.subscription) == *id);
    let Some((number, identity)) = found else { return (String::new(), "") };
    let (kind, principal) = if needs_azapi(identity) {
        ("azapi_resource.", ".output.properties.principalId")
    } else {
        ("azurerm_user_assigned_identity.", ".principal_id")
    };
    ([kind, &numbered("identity", number)].concat(), principal)
}
