//! Identities in ARM's own shape: template or Bicep resources, request bodies, azapi resources.

use std::borrow::Cow;

use super::item::{Item, Member, Value, get};
use super::names::{Names, Resolved};
use super::parsed_identity::ParsedIdentity;
use super::syntax::{Dialect, Parser};
use crate::arm::any_case::same;
use crate::arm::managed_identity::IDENTITY_TYPE;
use crate::messages;
use crate::parsing::cursor::Cursor;
use crate::provisioning::field::{Field, PROPERTIES};

/// Whether a type, with or without an API version, is that of identities.
pub(super) fn is_identity(kind: &str) -> bool {
    kind.split('@').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case(IDENTITY_TYPE))
}

/// Whether it is that of resource groups.
pub(super) fn is_group(kind: &str) -> bool {
    kind.split('@').next().is_some_and(|kind| kind.eq_ignore_ascii_case("Microsoft.Resources/resourceGroups"))
}

/// Whether it is that of deployments.
pub(super) fn is_deployment(kind: &str) -> bool {
    kind.split('@').next().is_some_and(|kind| kind.eq_ignore_ascii_case("Microsoft.Resources/deployments"))
}

/// The resolved value of the member `name`, with its byte offset.
pub(super) fn meant(members: &[Member], name: &str, names: &Names) -> Option<(usize, Resolved)> {
    get(members, name).filter(|item| !is_null(item)).map(|item| (item.at, names.meant(&item.value)))
}

fn is_null(item: &Item) -> bool {
    matches!(&item.value, Value::Word(word) if word == "null")
}

/// Sets location, tags and properties of `found`.
pub(super) fn body(found: &mut ParsedIdentity, members: &[Member], names: &Names) {
    if let Some((at, meant)) = meant(members, "location", names) {
        found.set(Field::Region, at, meant);
    }
    if let Some(item) = get(members, "tags") {
        tags(found, item, names);
    }
    if let Some(item) = get(members, "properties") {
        properties(found, item, names);
    }
}

/// Tags from an object, or from a name that resolves to one.
pub(super) fn tags(found: &mut ParsedIdentity, item: &Item, names: &Names) {
    match names.whole(&item.value) {
        Value::Object(members) => {
            for member in members {
                if found.has_enough(Field::Tags, found.draft.tags.len(), messages::READ_TAGS_MANY) {
                    break;
                }
                tag(found, member, names);
            }
        }
        Value::Word(word) if word == "null" => {}
        _ => {
            if let Some(Value::Object(members)) = names.known(Cow::Borrowed(&item.value)).map(Cow::into_owned) {
                // What an expression makes stands where the expression does.
                for mut member in members {
                    (member.at, member.value.at) = (item.at, item.at);
                    tag(found, &member, names);
                }
                return;
            }
            if let Some(word) = names.meant(&item.value).unread() {
                found.places.push((Field::Tags, item.at));
                found.unread(Field::Tags, word);
            }
        }
    }
}

fn tag(found: &mut ParsedIdentity, member: &Member, names: &Names) {
    if member.computed
        && member.name == "..."
        && let Value::Object(spread) = names.whole(&member.value.value)
    {
        let own = |member: &&Member| member.name != "...";
        return spread.iter().filter(own).for_each(|member| tag(found, member, names));
    }
    if member.computed || names.expression(&member.name).is_some() {
        found.places.push((Field::Tags, member.at));
        found.unread(Field::Tags, &member.name);
        return;
    }
    let name = names.literal(&member.name);
    let repeated = found.draft.tags.iter().any(|row| same(&row.name, name));
    if !(repeated && is_null(&member.value)) {
        let value = names.meant(&member.value.value);
        found.tag(member.at, name.to_owned(), member.value.at, value);
    }
}

/// The properties that are fields; read-only properties (`clientId` and the like) are ignored.
pub(super) fn properties(found: &mut ParsedIdentity, item: &Item, names: &Names) {
    let Value::Object(members) = names.whole(&item.value) else {
        if let Some(word) = names.meant(&item.value).unread() {
            found.unread(PROPERTIES[0].field, word);
        }
        return;
    };
    for property in &PROPERTIES {
        if property.field.is_list() {
            if let Some(item) = get(members, property.member) {
                restrictions(found, item, names);
            }
        } else if let Some((at, meant)) = meant(members, property.member, names) {
            found.set(property.field, at, meant);
        }
    }
}

/// `{ providers: [...] }`.
pub(super) fn restrictions(found: &mut ParsedIdentity, item: &Item, names: &Names) {
    let Value::Object(members) = names.whole(&item.value) else {
        if let Some(word) = names.meant(&item.value).unread() {
            found.unread(Field::Restrictions, word);
        }
        return;
    };
    let Some(providers) = get(members, "providers") else { return };
    match names.whole(&providers.value) {
        Value::List(items) => {
            for item in items {
                found.set(Field::Restrictions, item.at, names.meant(&item.value));
            }
        }
        other => found.set(Field::Restrictions, providers.at, names.meant(other)),
    }
}

/// JSON embedded in another format: an argument, a body.
pub(super) fn json(text: &str) -> Option<Item> {
    let mut parser = Parser::new(text, Dialect::Json);
    let item = parser.expression();
    parser.blanks(true);
    (parser.syntax_errors.is_empty() && parser.rest().is_empty()).then_some(item)
}

/// Explains the fields that a template leaves to the deployment.
pub(super) fn explain_deployment_scope(found: &mut ParsedIdentity) {
    found.explain_empty(Field::Subscription, messages::READ_NO_SUBSCRIPTION);
    found.explain_empty(Field::ResourceGroup, messages::READ_NO_GROUP);
}

/// The maximum lines of an identity that are searched for what is left out.
const LINES_MAX: usize = 60;

/// Takes those of `fields` that an example leaves out, in a line with only `...` or a comment of it, as unread.
pub(super) fn elided(found: &mut ParsedIdentity, text: &str, fields: &[Field]) {
    let is_missing = |field: &&Field| !found.places.iter().any(|(known, _)| known == *field);
    let missing: Vec<Field> = fields.iter().filter(is_missing).copied().collect();
    let mut lines = text.get(found.at..found.end).unwrap_or_default().lines().take(LINES_MAX);
    let is_elided = |line: &str| matches!(line.trim().trim_start_matches(['#', '/', ' ']), "..." | "…");
    if !missing.is_empty() && lines.any(is_elided) {
        for field in missing {
            found.unread(field, "...");
        }
    }
}
