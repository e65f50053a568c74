//! The resources and modules that create identities, and resource groups.

use std::collections::BTreeSet;
use std::ops::Range;

use super::grammar::scope::{Bound, is_null};
use super::{IDENTITY, Reader};
use crate::messages;
use crate::parsing::item::{Item, Member, Value, get};
use crate::parsing::names::{Names, Resolved};
use crate::parsing::parsed_identity::{NewGroup, Note, ParsedIdentity};
use crate::parsing::{request, resource};
use crate::provisioning::field::{Field, PROPERTIES, TOOLS};
use crate::provisioning::problem::Severity;

/// Arguments of every resource or module.
pub(super) const GENERAL: [&str; 9] =
    ["count", "for_each", "provider", "providers", "depends_on", "lifecycle", "provisioner", "connection", "dynamic"];
/// Arguments of the identity's resource that are no fields.
const RESOURCE: [&str; 1] = ["timeouts"];
/// Those of the well-known module.
const MODULE: [&str; 6] = ["source", "version", "enable_telemetry", "federated_identity_credentials", "lock", "role_assignments"];
/// The name of that module, in its registry address and its repository's.
const KNOWN: &str = "avm-res-managedidentity-userassignedidentity";
/// Maximum unknown arguments reported per block.
const UNKNOWN_MAX: usize = 20;
const FIELDS: [(&str, Field); 3] = [("name", Field::Name), ("location", Field::Region), ("resource_group_name", Field::ResourceGroup)];

/// The arguments of the azurerm resource that are fields.
pub(super) fn fields() -> impl Iterator<Item = (&'static str, Field)> {
    FIELDS.into_iter().chain(TOOLS.iter().filter_map(|tool| Some((tool.azurerm?, tool.field))))
}

impl<'a> Reader<'a> {
    /// The evaluated value of the member `name`.
    fn item(&self, members: &[Member], name: &str, bound: Option<&Bound>) -> Option<Item> {
        let item = self.scope.value(get(members, name)?, bound, 0);
        (!is_null(&item)).then_some(item)
    }

    pub(super) fn set(&self, found: &mut ParsedIdentity, members: &[Member], name: &str, field: Field, bound: Option<&Bound>) {
        if let Some(item) = self.item(members, name, bound) {
            found.set(field, item.at, self.none.meant(&item.value));
        }
    }

    /// The arguments that the azurerm resource and the module share.
    fn arguments(&mut self, found: &mut ParsedIdentity, members: &[Member], bound: Option<&Bound>) {
        for (name, field) in fields() {
            self.set(found, members, name, field, bound);
        }
        if let Some(item) = self.item(members, "tags", bound) {
            tags(found, item, &self.none);
        }
    }

    /// Reports arguments of the block at `at` that are neither general nor `known`.
    fn unknown(&mut self, at: usize, members: &[Member], known: &[&str], of: &str) {
        if self.told.replace(at) == Some(at) {
            return;
        }
        let is_known = |name: &str| {
            let is_field = fields().any(|(field, _)| field == name);
            // JSON has comments under `//`.
            is_field || matches!(name, "tags" | "//") || GENERAL.contains(&name) || known.contains(&name)
        };
        let mut set = BTreeSet::new();
        for Member { at, name, .. } in members {
            if fields().any(|(field, _)| field == name) && !set.insert(name) {
                self.reading.notes.push(Note::blocks(*at, messages::READ_ARGUMENT_TWICE.with([name])));
            }
        }
        for member in members.iter().filter(|member| !is_known(&member.name)).take(UNKNOWN_MAX) {
            self.reading.notes.push(Note::warns(member.at, messages::READ_ARGUMENT.with([&member.name, of])));
        }
    }

    pub(super) fn azurerm(&mut self, found: &mut ParsedIdentity, members: &'a [Member], bound: Option<&Bound>) {
        self.arguments(found, members, bound);
        self.unknown(found.at, members, &RESOURCE, IDENTITY);
    }

    pub(super) fn avm(&mut self, found: &mut ParsedIdentity, members: &'a [Member], bound: Option<&Bound>) {
        self.arguments(found, members, bound);
        self.unknown(found.at, members, &MODULE, KNOWN);
    }

    pub(super) fn azapi(&mut self, found: &mut ParsedIdentity, members: &'a [Member], bound: Option<&Bound>) {
        self.set(found, members, "name", Field::Name, bound);
        if let Some(item) = self.item(members, "parent_id", bound) {
            let id = request::marked(&item, &self.none);
            if id.starts_with('/') {
                request::place(found, item.at, &id);
                // The ID of a subscription, for example.
                if !found.places.iter().any(|(field, _)| *field == Field::ResourceGroup) {
                    found.remark(Severity::Blocks, Field::ResourceGroup, messages::READ_LACKS_GROUP.with(["parent_id"]));
                }
            } else {
                found.set(Field::ResourceGroup, item.at, self.none.meant(&item.value));
            }
        } else {
            found.remark(Severity::Blocks, Field::ResourceGroup, messages::READ_LACKS_GROUP.with(["parent_id"]));
        }
        self.set(found, members, "location", Field::Region, bound);
        if let Some(item) = self.item(members, "tags", bound) {
            tags(found, item, &self.none);
        }
        let Some(item) = self.item(members, "body", bound) else { return };
        match &item.value {
            Value::Object(body) => {
                let outside = |name: &str| get(members, name).is_some();
                let kept: Vec<Member> = body.iter().filter(|member| !outside(&member.name)).cloned().collect();
                resource::body(found, &kept, &self.none);
            }
            other => {
                if let Some(word) = self.none.meant(other).unread() {
                    found.unread(PROPERTIES[0].field, word);
                }
            }
        }
    }

    /// The subscription of the provider that a block uses.
    pub(super) fn subscription(&self, found: &mut ParsedIdentity, members: &[Member]) {
        let word = |item: &Item| match &item.value {
            Value::Word(word) | Value::Text(word) => word.clone(),
            _ => String::new(),
        };
        let own = match get(members, "providers").map(Item::members) {
            Some(providers) => get(providers, "azurerm").or_else(|| providers.first().map(|first| &first.value)).map(word),
            None => get(members, "provider").map(word),
        };
        let names = match &own {
            Some(own) if own.contains('.') => vec![own.clone()],
            _ => vec!["azurerm.".to_owned(), "azapi.".to_owned()],
        };
        for name in names {
            let Some(item) = self.scope.get(&["provider.", &name].concat()) else { continue };
            let block = self.blocks.iter().map(|(block, _)| block).filter(|block| block.name == "provider");
            let alias = |block: &Member| get(block.value.members(), "alias").map_or("", Item::start).to_owned();
            let mut block = block.filter(|block| [block.labels.first().map_or("", String::as_str), ".", &alias(block)].concat() == name);
            let at = block.next().and_then(|block| get(block.value.members(), "subscription_id")).map_or(found.at, |item| item.at);
            if !is_null(&item) {
                found.set(Field::Subscription, at, self.none.meant(&item.value));
            }
            return;
        }
    }

    pub(super) fn group(&mut self, members: &[Member]) {
        let text = |name| match self.item(members, name, None).map(|item| self.none.meant(&item.value)) {
            Some(Resolved::Text(text)) => text,
            _ => String::new(),
        };
        let tags = self.item(members, "tags", None);
        let read = |found: &mut ParsedIdentity| tags.iter().for_each(|item| resource::tags(found, item, &self.none));
        let group = NewGroup::new(text("name"), &text("location")).tagged(read);
        self.groups.push(group);
    }

    pub(super) fn module(&mut self, block: &'a Member, range: &Range<usize>) {
        let label = block.labels.first().map_or("", String::as_str);
        let source = get(block.value.members(), "source").map_or("", Item::start);
        if is_known(source) {
            self.copies(block, range, Self::avm);
        } else if source.starts_with(['.', '/']) {
            self.reading.notes.push(Note::warns(block.at, messages::READ_MODULE_ELSEWHERE.with([label, source])));
        } else {
            self.reading.notes.push(Note::informs(block.at, messages::READ_MODULE_UNKNOWN.with([label, source])));
        }
    }

    /// Terragrunt: the source of a module, with `inputs` beside it.
    pub(super) fn terragrunt(&mut self, block: &'a Member, range: &Range<usize>) {
        let source = get(block.value.members(), "source").map_or("", Item::start);
        if !is_known(source) {
            return;
        }
        self.reading.accounted.push(range.clone());
        let inputs = self.blocks.iter().find(|(block, _)| block.name == "inputs" && !block.value.members().is_empty());
        match inputs {
            Some((inputs, end)) => self.copies(inputs, &(inputs.at..*end), Self::avm),
            None => self.reading.notes.push(Note::warns(range.start, messages::READ_OCCURRENCE)),
        }
    }
}

/// The last value of a tag counts, where its name is written twice in the same way.
fn tags(found: &mut ParsedIdentity, mut item: Item, names: &Names) {
    if let Value::Object(members) = &mut item.value {
        let mut later = BTreeSet::new();
        members.reverse();
        members.retain(|member| member.computed || later.insert(member.name.clone()));
        members.reverse();
    }
    resource::tags(found, &item, names);
}

/// Whether a module's source is the well-known one itself, not an example or a part of it.
fn is_known(source: &str) -> bool {
    let source = source.to_ascii_lowercase();
    source.split_once(KNOWN).is_some_and(|(_, rest)| !rest.contains("//"))
}
