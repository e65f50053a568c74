//! PowerShell with the Az modules, for Windows PowerShell 5.1 and PowerShell 7.
//!
//! The text is ASCII only. Windows PowerShell 5.1 reads a file without a byte order mark in the ANSI code page, where the last
//! UTF-8 byte of `Ñ` is a quotation mark. A byte order mark in our download would not help people who paste the text into a
//! file.

use super::target::Target;
use super::{Listing, is_identifier, rest, what};
use crate::arm::document::{Document, Notation, push_hex16, short_escape};
use crate::arm::resource_group::ResourceGroupName;
use crate::arm::resource_id::ResourceId;
use crate::arm::tags::Tags;
use crate::messages;
use crate::provisioning::plan::{NewCredential, NewIdentity, NewLock, NewResource, NewRole, Plan};
use crate::provisioning::template;

const HASHTABLE: Notation = Notation {
    indent: Some("    "),
    object: ["@{", "}"],
    list: ["@(", ")"],
    assign: " = ",
    aligned: true,
    member_separator: "",
    item_separator: "",
    name: push_key,
    text: push_text,
};

/// The start of a character written as its code unit.
const CHARACTER: &str = "$([char]0x";

pub(super) fn render(plan: &Plan, target: &Target) -> Listing {
    let mut listing = Listing::new();
    match target {
        Target::Public => {}
        Target::Known(name, _) => listing.push(&["# Connect-AzAccount -Environment ", name, "\n"]),
        Target::Other(other) => {
            listing.text.push_str("# Add-AzEnvironment -Name ");
            push_word(&mut listing.text, &other.name);
            listing.push(&[" -ARMEndpoint '", &other.endpoint, "'; Connect-AzAccount -Environment "]);
            push_word(&mut listing.text, &other.name);
            listing.text.push('\n');
        }
    }
    listing.push(&["Set-AzContext -Subscription '", plan.subscription.as_str(), "'\n"]);
    let mut principal_of: Option<ResourceId> = None;
    for resource in &plan.resources {
        match resource {
            NewResource::Group(group) => {
                listing.push(&["New-AzResourceGroup -Name ", &group_word(&group.name), " -Location ", group.location.as_str()]);
                push_tags(&group.tags, &mut listing);
                listing.text.push('\n');
            }
            NewResource::Identity(identity) => match template::identity_properties(identity) {
                None => cmdlet(identity, &mut listing),
                Some(_) => raw(plan, identity, &mut listing),
            },
            NewResource::Credential(new) => credential(new, &mut listing),
            NewResource::Role(role) => {
                if principal_of.as_ref() != Some(&role.identity) {
                    read_principal(&role.identity, &mut listing);
                    principal_of = Some(role.identity.clone());
                }
                assign(role, &mut listing);
            }
            NewResource::Lock(new) => lock(new, &mut listing),
        }
    }
    if listing.text.contains(CHARACTER) {
        listing.note(messages::POWERSHELL_ASCII);
    }
    listing
}

fn cmdlet(identity: &NewIdentity, listing: &mut Listing) {
    listing.push(&["New-AzUserAssignedIdentity -ResourceGroupName ", &group_word(&identity.group), " -Name "]);
    push_word(&mut listing.text, identity.name.as_str());
    listing.push(&[" -Location ", identity.location.as_str()]);
    push_tags(&identity.tags, listing);
    listing.text.push('\n');
}

fn push_tags(tags: &Tags, listing: &mut Listing) {
    if !tags.is_empty() {
        listing.text.push_str(" -Tag ");
        Document::pairs(tags.iter()).write(&mut listing.text, &HASHTABLE, 0);
    }
}

/// The cmdlet has parameters for none of the properties (Az.ManagedServiceIdentity 1.1.1).
fn raw(plan: &Plan, identity: &NewIdentity, listing: &mut Listing) {
    listing.note(messages::POWERSHELL_RAW.with(["New-AzUserAssignedIdentity"]));
    listing.text.push_str("$identity = ");
    template::identity_body(identity).write(&mut listing.text, &HASHTABLE, 0);
    listing.push(&[
        "\nInvoke-AzRestMethod -Method PUT -Path '",
        &rest::identity_path(plan, identity),
        "' -Payload ($identity | ConvertTo-Json -Depth 4)\n",
    ]);
}

fn credential(new: &NewCredential, listing: &mut Listing) {
    let credential = &new.credential;
    listing.push(&["New-AzFederatedIdentityCredential -ResourceGroupName ", &word(new.identity.resource_group().unwrap_or_default())]);
    listing.push(&[" -IdentityName ", &word(new.identity.name()), " -Name ", &word(&credential.name), " -Issuer "]);
    push_text(&mut listing.text, &credential.issuer);
    listing.text.push_str(" -Subject ");
    push_text(&mut listing.text, &credential.subject);
    listing.text.push_str(" -Audience ");
    for (index, audience) in credential.audiences.iter().enumerate() {
        listing.text.push_str(if index > 0 { ", " } else { "" });
        push_text(&mut listing.text, audience);
    }
    listing.text.push('\n');
}

/// Reads the object id of an identity into the variable `$principal`.
fn read_principal(identity: &ResourceId, listing: &mut Listing) {
    let (group, name) = (word(identity.resource_group().unwrap_or_default()), word(identity.name()));
    listing.push(&["$principal = (Get-AzUserAssignedIdentity -ResourceGroupName ", &group, " -Name ", &name, ").PrincipalId\n"]);
}

/// The cmdlet's assignments have random names.
fn assign(role: &NewRole, listing: &mut Listing) {
    listing.note(messages::POWERSHELL_ROLE.with(["New-AzRoleAssignment"]));
    listing.push(&["# ", &what(role), "\n$role = "]);
    let new = &role.assignment;
    new.body(Document::text(&new.role_definition()), Document::Expression("$principal".to_owned())).write(&mut listing.text, &HASHTABLE, 0);
    listing.push(&["\nInvoke-AzRestMethod -Method PUT -Path '", &new.path(), "' -Payload ($role | ConvertTo-Json -Depth 4)\n"]);
}

fn lock(new: &NewLock, listing: &mut Listing) {
    listing.push(&["New-AzResourceLock -LockName ", &word(&new.lock.name), " -LockLevel ", new.lock.level(), " -Scope "]);
    push_text(&mut listing.text, new.identity.as_str());
    if !new.lock.notes.is_empty() {
        listing.text.push_str(" -LockNotes ");
        push_text(&mut listing.text, &new.lock.notes);
    }
    // Otherwise it asks.
    listing.text.push_str(" -Force\n");
}

fn group_word(name: &ResourceGroupName) -> String {
    word(name.as_str())
}

fn word(text: &str) -> String {
    let mut word = String::new();
    push_word(&mut word, text);
    word
}

/// Writes an argument: bare if it cannot be mistaken for a number or an operator.
fn push_word(out: &mut String, text: &str) {
    if is_identifier(text, true) { out.push_str(text) } else { push_text(out, text) }
}

fn push_key(out: &mut String, key: &str) {
    if is_identifier(key, false) { out.push_str(key) } else { push_text(out, key) }
}

/// Writes a string: in single quotes if it is printable ASCII, otherwise in double quotes with every other character as UTF-16
/// code units (`[char]` has 16 bits). That includes typographic quotes, which PowerShell treats as quotes
/// (`CharTraits.IsSingleQuote`, `IsDoubleQuote`).
fn push_text(out: &mut String, text: &str) {
    let plain = |letter: char| matches!(letter, ' '..='~');
    if text.chars().all(plain) {
        out.push('\'');
        out.push_str(&text.replace('\'', "''"));
        out.push('\'');
        return;
    }
    out.push('"');
    for letter in text.chars() {
        match letter {
            '`' | '$' | '"' => {
                out.push('`');
                out.push(letter);
            }
            _ if plain(letter) => out.push(letter),
            _ => match short_escape(letter) {
                Some(short) => {
                    out.push('`');
                    out.push(short);
                }
                None => letter.encode_utf16(&mut [0; 2]).iter().for_each(|unit| push_unit(out, *unit)),
            },
        }
    }
    out.push('"');
}

fn push_unit(out: &mut String, unit: u16) {
    out.push_str(CHARACTER);
    push_hex16(out, unit);
    out.push(')');
}
