//! Bicep in a single file.

mod access;

use super::arm_template::deploy_command;
use super::target::Target;
use super::{Language, Listing, is_identifier, numbered};
use crate::arm::api_version::RESOURCES_API;
use crate::arm::document::{Document, Notation, short_escape};
use crate::arm::managed_identity::IDENTITY_TYPE;
use crate::messages;
use crate::provisioning::plan::{NewIdentity, NewResource, Plan};
use crate::provisioning::template::{self, GROUP_SCHEMA, Scope};
use crate::visible::{is_hidden, push_hex};

const BICEP: Notation = Notation {
    indent: Some("  "),
    object: ["{", "}"],
    list: ["[", "]"],
    assign: ": ",
    aligned: false,
    member_separator: "",
    item_separator: "",
    name: push_key,
    text: push_text,
};

pub(super) fn render(plan: &Plan, target: &Target) -> Listing {
    let mut listing = Listing::new();
    if let Some(line) = target.az() {
        listing.push(&["// ", &line, "\n"]);
    }
    listing.push(&["// ", &deploy_command(plan, Language::Bicep.file_name()), "\n"]);
    if template::scope(plan) == Scope::Subscription {
        listing.text.push_str("targetScope = 'subscription'\n");
    }
    let (mut groups, mut identities) = (0, 0);
    for (index, resource) in plan.resources.iter().enumerate() {
        listing.text.push('\n');
        match resource {
            NewResource::Group(group) => {
                listing.push(&["resource ", &numbered("group", groups), " 'Microsoft.Resources/resourceGroups@", RESOURCES_API, "' = "]);
                groups += 1;
                named(group.name.as_str(), template::group_body(group)).write(&mut listing.text, &BICEP, 0);
            }
            NewResource::Credential(_) | NewResource::Lock(_) if template::scope(plan) == Scope::Subscription => {
                // Inside the nested deployment of its identity.
                listing.text.pop();
                continue;
            }
            NewResource::Credential(_) | NewResource::Lock(_) | NewResource::Role(_) => access::resource(plan, index, &mut listing),
            NewResource::Identity(identity) => {
                let symbol = numbered("identity", identities);
                identities += 1;
                if template::scope(plan) == Scope::Subscription {
                    nested(plan, index, identity, &symbol, &mut listing);
                } else {
                    listing.push(&["resource ", &symbol, " '", IDENTITY_TYPE, "@", identity.api_version(), "' = "]);
                    named_body(identity).write(&mut listing.text, &BICEP, 0);
                }
            }
        }
        listing.text.push('\n');
    }
    listing
}

fn named_body(identity: &NewIdentity) -> Document {
    named(identity.name.as_str(), template::identity_body(identity))
}

fn named(name: &str, body: Document) -> Document {
    let mut document = Document::object([("name", Document::text(name))]);
    if let Document::Object(members) = body {
        for (name, value) in members {
            document.push(&name, value);
        }
    }
    document
}

/// A resource in a group other than the deployment's scope, as a nested template: a module would need a second file. Strings
/// are written unescaped, since Bicep keeps them from being template expressions.
fn nested(plan: &Plan, index: usize, identity: &NewIdentity, symbol: &str, listing: &mut Listing) {
    listing.note(messages::BICEP_NESTED);
    listing.push(&[
        "#disable-next-line no-deployments-resources\nresource ",
        symbol,
        " 'Microsoft.Resources/deployments@",
        RESOURCES_API,
        "' = {\n  name: ",
    ]);
    push_text(&mut listing.text, &template::nested_name(plan, index));
    listing.text.push_str("\n  resourceGroup: ");
    match plan.new_group() {
        // Referencing the symbol makes it depend on the group.
        Some(group) if group.name == identity.group => listing.text.push_str("group.name"),
        _ => push_text(&mut listing.text, identity.group.as_str()),
    }
    let mut resource = Document::object([("type", Document::text(IDENTITY_TYPE)), ("apiVersion", Document::text(identity.api_version()))]);
    if let Document::Object(members) = named_body(identity) {
        for (name, value) in members {
            resource.push(&name, value);
        }
    }
    let mut resources = vec![resource];
    resources.extend(template::of_identity(plan, identity));
    listing.text.push_str("\n  properties: ");
    Document::object([
        ("mode", Document::text("Incremental")),
        ("expressionEvaluationOptions", Document::object([("scope", Document::text("inner"))])),
        (
            "template",
            Document::object([
                ("$schema", Document::text(GROUP_SCHEMA)),
                ("contentVersion", Document::text("1.0.0.0")),
                ("resources", Document::List(resources)),
            ]),
        ),
    ])
    .write(&mut listing.text, &BICEP, 1);
    listing.text.push_str("\n}");
}

fn push_key(out: &mut String, key: &str) {
    if is_identifier(key, false) { out.push_str(key) } else { push_text(out, key) }
}

/// Writes a string (Bicep documentation, "Data types", Strings).
fn push_text(out: &mut String, text: &str) {
    out.push('\'');
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' | '\'' => {
                out.push('\\');
                out.push(letter);
            }
            '$' if letters.peek() == Some(&'{') => out.push_str("\\$"),
            _ => match short_escape(letter) {
                Some(short) => {
                    out.push('\\');
                    out.push(short);
                }
                None if is_hidden(letter) => {
                    out.push_str("\\u{");
                    push_hex(out, letter, 1);
                    out.push('}');
                }
                None => out.push(letter),
            },
        }
    }
    out.push('\'');
}
