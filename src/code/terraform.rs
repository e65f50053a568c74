//! Terraform with the azurerm provider, and with azapi for what azurerm has no argument for.

mod access;

use super::target::{Other, Target};
use super::{Listing, is_identifier, numbered};
use crate::arm::document::{Document, Notation, push_json_letter};
use crate::arm::managed_identity::IDENTITY_TYPE;
use crate::arm::resource_id::ResourceId;
use crate::arm::tags::Tags;
use crate::messages;
use crate::provisioning::field::TOOLS;
use crate::provisioning::plan::{NewGroup, NewIdentity, NewResource, Plan};
use crate::provisioning::template;
use crate::visible::{is_hidden, push_hex};

const HCL: Notation = Notation {
    indent: Some("  "),
    object: ["{", "}"],
    list: ["[", "]"],
    assign: " = ",
    aligned: true,
    member_separator: "",
    item_separator: ",",
    name: push_key,
    text: push_text,
};

/// Versions of azurerm: the current major one, which has the arguments of [`TOOLS`].
const AZURERM: &str = "~> 5.0";
/// azapi from 2.0 on, where `body` is an HCL object.
const AZAPI: &str = "~> 2.0";

pub(super) fn render(plan: &Plan, target: &Target) -> Listing {
    let mut listing = Listing::new();
    let azapi = plan.identities().any(needs_azapi);
    let is_azurerm = |resource: &NewResource| !matches!(resource, NewResource::Identity(identity) if needs_azapi(identity));
    let azurerm = plan.resources.iter().any(is_azurerm);
    listing.text.push_str("terraform {\n  required_providers {\n");
    if azapi {
        listing.note(messages::TERRAFORM_AZAPI.with(["azurerm", "azapi"]));
        required(&mut listing, "azapi", "Azure/azapi", AZAPI);
    }
    if azurerm {
        required(&mut listing, "azurerm", "hashicorp/azurerm", AZURERM);
    }
    listing.text.push_str("  }\n}\n");
    if azapi {
        listing.push(&["\nprovider \"azapi\" {\n  subscription_id = \"", plan.subscription.as_str(), "\"\n"]);
        match target {
            Target::Public => {}
            Target::Known(_, name) => listing.push(&["  environment     = \"", name, "\"\n"]),
            Target::Other(other) => endpoint(other, &mut listing),
        }
        listing.text.push_str("}\n");
    }
    if azurerm {
        listing.push(&["\nprovider \"azurerm\" {\n  features {}\n  subscription_id = \"", plan.subscription.as_str(), "\"\n"]);
        match target {
            Target::Public => {}
            Target::Known(_, name) => listing.push(&["  environment     = \"", name, "\"\n"]),
            Target::Other(other) => listing.push(&["  metadata_host   = \"", host(&other.endpoint), "\"\n"]),
        }
        listing.text.push_str("}\n");
    }
    let (mut groups, mut identities) = (0, 0);
    for (index, resource) in plan.resources.iter().enumerate() {
        match resource {
            NewResource::Group(group) => {
                new_group(group, &numbered("group", groups), &mut listing);
                groups += 1;
            }
            NewResource::Identity(identity) => {
                let label = numbered("identity", identities);
                identities += 1;
                if needs_azapi(identity) {
                    azapi_identity(plan, identity, &label, &mut listing);
                } else {
                    azurerm_identity(plan, identity, &label, &mut listing);
                }
            }
            NewResource::Credential(_) | NewResource::Role(_) | NewResource::Lock(_) => access::resource(plan, index, &mut listing),
        }
    }
    listing
}

/// A cloud that azapi does not know by name.
fn endpoint(other: &Other, listing: &mut Listing) {
    listing.push(&[
        "\n  endpoint = [{\n    resource_manager_endpoint       = \"",
        &other.endpoint,
        "\"\n    resource_manager_audience       = ",
    ]);
    push_text(&mut listing.text, &other.audience);
    if let Some(authority) = &other.authority {
        listing.push(&["\n    active_directory_authority_host = \"", authority, "\""]);
    }
    listing.text.push_str("\n  }]\n");
}

/// An origin without its scheme: azurerm fetches the cloud's metadata from that host.
fn host(origin: &str) -> &str {
    origin.split_once("://").map_or(origin, |(_, host)| host)
}

/// Whether azurerm has no argument for one of the properties.
fn needs_azapi(identity: &NewIdentity) -> bool {
    let properties = identity.properties.document();
    TOOLS.iter().any(|tool| tool.azurerm.is_none() && properties.get(tool.member).is_some())
}

fn required(listing: &mut Listing, name: &str, source: &str, version: &str) {
    listing.push(&["    ", name, " = {\n      source  = \"", source, "\"\n      version = \"", version, "\"\n    }\n"]);
}

fn new_group(group: &NewGroup, label: &str, listing: &mut Listing) {
    listing.push(&["\nresource \"azurerm_resource_group\" \"", label, "\" {\n  name     = "]);
    push_text(&mut listing.text, group.name.as_str());
    listing.push(&["\n  location = \"", group.location.as_str(), "\""]);
    tags(&group.tags, listing);
    listing.text.push_str("\n}\n");
}

fn azurerm_identity(plan: &Plan, identity: &NewIdentity, label: &str, listing: &mut Listing) {
    let made = is_in_new_group(plan, identity);
    listing.push(&["\nresource \"azurerm_user_assigned_identity\" \"", label, "\" {\n  name                = "]);
    push_text(&mut listing.text, identity.name.as_str());
    listing.text.push_str("\n  resource_group_name = ");
    if made {
        listing.text.push_str("azurerm_resource_group.group.name");
    } else {
        push_text(&mut listing.text, identity.group.as_str());
    }
    listing.text.push_str("\n  location            = ");
    if made {
        listing.text.push_str("azurerm_resource_group.group.location");
    } else {
        push_text(&mut listing.text, identity.location.as_str());
    }
    let properties = identity.properties.document();
    for tool in &TOOLS {
        if let (Some(argument), Some(value)) = (tool.azurerm, properties.get(tool.member)) {
            listing.push(&["\n  ", argument, &" ".repeat("resource_group_name".len().saturating_sub(argument.len())), " = "]);
            value.write(&mut listing.text, &HCL, 1);
        }
    }
    tags(&identity.tags, listing);
    listing.text.push_str("\n}\n");
}

fn azapi_identity(plan: &Plan, identity: &NewIdentity, label: &str, listing: &mut Listing) {
    listing.push(&[
        "\nresource \"azapi_resource\" \"",
        label,
        "\" {\n  type      = \"",
        IDENTITY_TYPE,
        "@",
        identity.api_version(),
        "\"\n  parent_id = ",
    ]);
    if is_in_new_group(plan, identity) {
        listing.text.push_str("azurerm_resource_group.group.id");
    } else {
        push_text(&mut listing.text, ResourceId::of_group(&plan.subscription, identity.group.as_str()).as_str());
    }
    listing.text.push_str("\n  name      = ");
    push_text(&mut listing.text, identity.name.as_str());
    listing.push(&["\n  location  = \"", identity.location.as_str(), "\""]);
    tags(&identity.tags, listing);
    if let Some(properties) = template::identity_properties(identity) {
        listing.text.push_str("\n\n  body = ");
        Document::object([("properties", properties)]).write(&mut listing.text, &HCL, 1);
    }
    if plan.roles().any(|role| role.identity == identity.id(&plan.subscription)) {
        listing.text.push_str("\n\n  response_export_values = [\"properties.principalId\"]");
    }
    // The provider's own copy of the schema may be older than the API version.
    listing.text.push_str("\n\n  schema_validation_enabled = false\n}\n");
}

fn is_in_new_group(plan: &Plan, identity: &NewIdentity) -> bool {
    plan.new_group().is_some_and(|group| group.name == identity.group)
}

fn tags(tags: &Tags, listing: &mut Listing) {
    if !tags.is_empty() {
        listing.text.push_str("\n\n  tags = ");
        Document::pairs(tags.iter()).write(&mut listing.text, &HCL, 1);
    }
}

fn push_key(out: &mut String, key: &str) {
    if is_identifier(key, true) { out.push_str(key) } else { push_text(out, key) }
}

/// Writes a string (Terraform language, "Strings and Templates") with JSON's escapes, but without surrogate pairs, and with
/// `${` and `%{` escaped, which would start a template sequence.
fn push_text(out: &mut String, text: &str) {
    out.push('"');
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if matches!(letter, '$' | '%') && letters.peek() == Some(&'{') {
            out.push(letter);
        }
        if letter > '\u{ffff}' && is_hidden(letter) {
            out.push_str("\\U");
            push_hex(out, letter, 8);
        } else {
            push_json_letter(out, letter);
        }
    }
    out.push('"');
}
