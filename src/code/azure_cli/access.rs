//! An identity's credentials, roles and locks with the Azure CLI.

use super::without_file_prefix;
use crate::arm::document::Document;
use crate::arm::resource_id::ResourceId;
use crate::arm::role_assignment::CONDITION_VERSION;
use crate::code::bash::Command;
use crate::code::{Listing, rest, what};
use crate::messages;
use crate::provisioning::plan::{NewCredential, NewLock, NewRole};
use crate::provisioning::template::{credential_body, lock_body};
use crate::visible::is_hidden;

/// Reads the object id of an identity into the variable `principal`.
pub(in crate::code) fn read_principal(identity: &ResourceId, listing: &mut Listing) {
    let mut command = Command::new("az identity show");
    command.short("-g", identity.resource_group().unwrap_or_default());
    command.short("-n", identity.name());
    command.option("--query", ["principalId"]);
    command.option("--output", ["tsv"]);
    listing.text.push_str("principal=$(");
    command.write_line(&mut listing.text);
    listing.text.push_str(")\n");
}

pub(super) fn credential_create(new: &NewCredential, listing: &mut Listing) {
    let credential = &new.credential;
    let values = [&credential.issuer, &credential.subject].into_iter().chain(&credential.audiences);
    if !values.into_iter().all(|value| is_plain(value)) {
        let what = "az identity federated-credential create";
        return raw(&rest::credential_path(new), &credential_body(credential), what, listing);
    }
    let mut command = Command::new("az identity federated-credential create");
    command.short("-g", new.identity.resource_group().unwrap_or_default());
    command.option("--identity-name", [new.identity.name()]);
    command.short("-n", &credential.name);
    command.option("--issuer", [credential.issuer.as_str()]);
    command.option("--subject", [credential.subject.as_str()]);
    command.option("--audiences", credential.audiences.iter().map(String::as_str));
    command.write(&mut listing.text);
}

pub(super) fn role_create(role: &NewRole, listing: &mut Listing) {
    let new = &role.assignment;
    listing.push(&["# ", &what(role), "\n"]);
    let mut command = Command::new("az role assignment create");
    command.raw("--assignee-object-id \"$principal\"");
    // With it, the CLI doesn't look the principal up, and doesn't miss a new one.
    command.option("--assignee-principal-type", ["ServicePrincipal"]);
    command.option("--role", [new.role.as_str()]);
    command.option("--scope", [new.scope.as_str()]);
    command.option("--name", [new.name.as_str()]);
    if let Some(condition) = &new.condition {
        command.option("--condition", [condition.as_str()]);
        command.option("--condition-version", [CONDITION_VERSION]);
    }
    command.write(&mut listing.text);
}

pub(super) fn lock_create(new: &NewLock, listing: &mut Listing) {
    let lock = &new.lock;
    if !(is_plain(&lock.notes) || lock.notes.is_empty()) {
        return raw(&rest::lock_path(new), &lock_body(lock), "az lock create", listing);
    }
    let mut command = Command::new("az lock create");
    command.short("-n", &lock.name);
    command.option("--lock-type", [lock.level()]);
    command.option("--resource", [new.identity.as_str()]);
    if !lock.notes.is_empty() {
        command.option("--notes", [lock.notes.as_str()]);
    }
    command.write(&mut listing.text);
}

/// The plain request, where the CLI would read an option's value differently.
fn raw(path: &str, body: &Document, instead_of: &str, listing: &mut Listing) {
    listing.note(messages::CLI_RAW_VALUE.with([instead_of]));
    let mut command = Command::new("az rest --method put");
    command.option("--url", [path]);
    command.option("--body", [without_file_prefix(body).as_str()]);
    command.write(&mut listing.text);
}

/// Whether the CLI takes the value of an option as it is: `-` begins an option, and `@` the name of a file.
fn is_plain(value: &str) -> bool {
    !(value.is_empty() || value.starts_with(['-', '@']) || value.contains("=@") || value.chars().any(is_hidden))
}
