//! Terraform: `azurerm_user_assigned_identity`, azapi's resource of that type, and their resource groups.

use super::item::{Item, Member, Value, get};
use super::names::{Expressions, GROUP_REGION, Names, Resolved};
use super::parsed_identity::{NewGroup, Note, ParsedIdentity, join, keep, syntax_error_notes};
use super::resource::{self, is_identity, meant, tags};
use super::syntax::{Dialect, Parser, SYNTAX_ERRORS_MAX};
use super::{ParsedText, TextFormat, request};
use crate::messages;
use crate::provisioning::field::{Field, PROPERTIES, TOOLS};

const IDENTITY: &str = "azurerm_user_assigned_identity";
const GROUP: &str = "azurerm_resource_group";
const AZAPI: &str = "azapi_resource";

pub(super) fn read(text: &str) -> ParsedText {
    let mut parser = Parser::new(text, Dialect::Terraform);
    let blocks = parser.members(None);
    let names = names(&blocks);
    let subscription = blocks.iter().filter(|block| block.name == "provider").find_map(|block| {
        let provider = block.labels.first().is_some_and(|label| label == "azurerm" || label == "azapi");
        meant(block.value.members(), "subscription_id", &names).filter(|_| provider)
    });
    let mut reading = ParsedText { kind: TextFormat::Terraform, ..ParsedText::default() };
    let mut groups = Vec::new();
    let mut others: Vec<&str> = Vec::new();
    for block in &blocks {
        let kind = block.labels.first().map_or("", String::as_str);
        let members = block.value.members();
        match (block.name.as_str(), kind) {
            ("resource", IDENTITY) => azurerm(block, &names, &mut reading),
            ("resource", AZAPI) if get(members, "type").is_some_and(|item| is_identity(item.start())) => azapi(block, &names, &mut reading),
            ("resource", GROUP) => {
                let text = |name| match meant(members, name, &names) {
                    Some((_, Resolved::Text(text))) => text,
                    _ => String::new(),
                };
                let tagged = get(members, "tags");
                let read = |found: &mut ParsedIdentity| tagged.into_iter().for_each(|item| tags(found, item, &names));
                groups.push(NewGroup::new(text("name"), &text("location")).tagged(read));
            }
            ("resource", _) if others.len() < SYNTAX_ERRORS_MAX && !others.contains(&kind) => {
                others.push(kind);
                reading.notes.push(Note::informs(block.at, messages::READ_PASSED_OVER.with([kind])));
            }
            ("module", _) => reading.notes.push(Note::warns(block.at, messages::READ_MODULE.with([kind]))),
            _ => {}
        }
    }
    for found in &mut reading.found {
        if found.draft.subscription.is_empty() {
            match &subscription {
                Some((at, meant)) => found.set(Field::Subscription, *at, meant.clone()),
                None => found.explain_empty(Field::Subscription, messages::READ_NO_SUBSCRIPTION),
            }
        }
    }
    join(&mut reading.found, &groups);
    reading.notes.extend(syntax_error_notes(parser.syntax_errors));
    reading
}

fn names(blocks: &[Member]) -> Names {
    let mut names = Names::new(Expressions::Words);
    for block in blocks {
        let members = block.value.members();
        let label = |at: usize| block.labels.get(at).map_or("", String::as_str);
        match block.name.as_str() {
            "variable" => {
                if let Some(default) = get(members, "default") {
                    names.insert(&["var.", label(0)].concat(), default.value.clone());
                }
            }
            "locals" => {
                for member in members {
                    names.insert(&["local.", &member.name].concat(), member.value.value.clone());
                }
            }
            kind @ ("resource" | "data") => {
                let data = kind == "data";
                let start = [if data { "data." } else { "" }, label(0), ".", label(1), "."].concat();
                for property in ["name", "location"] {
                    if let Some(item) = get(members, property) {
                        names.insert(&[&start, property].concat(), item.value.clone());
                    }
                }
                if data && label(0) == GROUP {
                    names.insert(&[&start, "location"].concat(), Value::Word(GROUP_REGION.to_owned()));
                }
                if label(0) == GROUP
                    && let Some(name) = get(members, "name")
                {
                    // Refers to the group itself when azapi names its parent.
                    names.insert(&[&start, "id"].concat(), name.value.clone());
                }
            }
            _ => {}
        }
    }
    names
}

fn begin(block: &Member, names: &Names, reading: &mut ParsedText) -> ParsedIdentity {
    let members = block.value.members();
    for many in ["count", "for_each"] {
        if let Some(item) = get(members, many) {
            reading.notes.push(Note::warns(item.at, messages::READ_COPIES));
        }
    }
    let mut found = ParsedIdentity::at(block.at);
    for (name, field) in [("name", Field::Name), ("location", Field::Region)] {
        if let Some((at, meant)) = meant(members, name, names) {
            found.set(field, at, meant);
        }
    }
    if let Some(item) = get(members, "tags") {
        tags(&mut found, item, names);
    }
    found
}

fn azurerm(block: &Member, names: &Names, reading: &mut ParsedText) {
    let mut found = begin(block, names, reading);
    let members = block.value.members();
    let properties = TOOLS.iter().filter_map(|tool| Some((tool.azurerm?, tool.field)));
    for (name, field) in std::iter::once(("resource_group_name", Field::ResourceGroup)).chain(properties) {
        if let Some((at, meant)) = meant(members, name, names) {
            found.set(field, at, meant);
        }
    }
    keep(&mut reading.found, &mut reading.notes, found);
}

fn azapi(block: &Member, names: &Names, reading: &mut ParsedText) {
    let mut found = begin(block, names, reading);
    let members = block.value.members();
    match meant(members, "parent_id", names) {
        Some((at, Resolved::Text(id))) if id.starts_with('/') => {
            request::place(&mut found, at, &id);
        }
        Some((at, meant)) => found.set(Field::ResourceGroup, at, meant),
        None => {}
    }
    let encoded = |item: &Item| match &item.value {
        // azapi before 2.0 took JSON.
        Value::Word(word) => match word.strip_prefix("jsonencode(").and_then(|rest| rest.strip_suffix(')')) {
            Some(inner) => Parser::new(inner, Dialect::Terraform).expression(),
            None => item.clone(),
        },
        _ => item.clone(),
    };
    if let Some(item) = get(members, "body") {
        let item = encoded(item);
        match names.whole(&item.value) {
            Value::Object(members) => {
                if let Some(item) = get(members, "properties") {
                    resource::properties(&mut found, item, names);
                }
            }
            other => {
                if let Some(word) = names.meant(other).unread() {
                    found.unread(PROPERTIES[0].field, word);
                }
            }
        }
    }
    keep(&mut reading.found, &mut reading.notes, found);
}
