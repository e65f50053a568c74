//! Terraform as JSON: `.tf.json`, the plan or state that `terraform show -json` prints, and `terraform.tfstate`.

use std::ops::Range;

use super::grammar::Hcl;
use super::grammar::scope::{GROUP, is_null};
use super::resources::fields;
use super::{AZAPI, IDENTITY};
use crate::messages::Message;
use crate::parsing::item::{Item, Member, Value, get};
use crate::parsing::names::{Expressions, Names, Resolved};
use crate::parsing::parsed_identity::{NewGroup, ParsedIdentity, join, keep, syntax_error_notes};
use crate::parsing::resource::{self, is_identity, meant};
use crate::parsing::syntax::{Dialect, Parser};
use crate::parsing::{ParsedText, TextFormat, request};
use crate::provisioning::field::Field;

/// How many labels a block has: the levels of objects around its own.
const LABELS: [(&str, usize); 10] = [
    ("resource", 2),
    ("data", 2),
    ("ephemeral", 2),
    ("module", 1),
    ("variable", 1),
    ("output", 1),
    ("provider", 1),
    ("check", 1),
    ("run", 1),
    ("mock_provider", 1),
];
/// What stands for a value that only Azure knows.
const LATER: &str = "(known after apply)";

/// A file in JSON instead of HCL.
pub(super) fn is_json(text: &str) -> bool {
    text.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '\u{feff}').starts_with('{')
}

/// The whole text, with its syntax errors.
pub(super) fn parse(text: &str) -> (Item, Vec<(usize, Message)>) {
    let mut parser = Parser::new(text, Dialect::Json);
    parser.blanks(true);
    let item = parser.expression();
    (item, parser.syntax_errors)
}

/// The end of the value at `at`.
fn end(text: &str, at: usize) -> usize {
    let mut parser = Parser::new(text, Dialect::Json);
    parser.at = at;
    parser.expression();
    parser.at
}

/// The blocks of a `.tf.json` file, and the keys that are their types.
pub(super) fn blocks(text: &str, file: &Item) -> (Vec<(Member, usize)>, Vec<Range<usize>>) {
    let (mut blocks, mut keys) = (Vec::new(), Vec::new());
    for member in file.members() {
        let labels = LABELS.iter().find(|(name, _)| *name == member.name).map_or(0, |(_, labels)| *labels);
        if labels == 2 {
            let kinds = each(&member.value).flat_map(Item::members);
            keys.extend(kinds.map(|kind| kind.at..kind.at + kind.name.len() + 2));
        }
        let mut level = vec![(member.at, Vec::new(), &member.value)];
        for _ in 0..labels {
            let inner = level.into_iter().flat_map(|(_, labels, item)| {
                let named = move |member| {
                    let Member { at, name, value, .. }: &Member = member;
                    (*at, [labels.as_slice(), std::slice::from_ref(name)].concat(), value)
                };
                each(item).flat_map(Item::members).map(named)
            });
            level = inner.collect();
        }
        for (at, labels, value) in level {
            for item in each(value) {
                let block = Member { at, name: member.name.clone(), computed: false, labels: labels.clone(), value: templated(item) };
                blocks.push((block, end(text, item.at)));
            }
        }
    }
    (blocks, keys)
}

/// An item, or those of a list.
fn each(item: &Item) -> impl Iterator<Item = &Item> {
    let items = item.items();
    items.iter().chain(Some(item).filter(|_| items.is_empty()))
}

/// Parses the templates in strings.
pub(super) fn templated(item: &Item) -> Item {
    let value = match &item.value {
        Value::Text(text) => Hcl::template_of(text).unwrap_or_else(|| Value::Word(text.clone())),
        Value::List(items) => Value::List(items.iter().map(templated).collect()),
        Value::Object(members) => {
            let member = |member: &Member| Member { value: templated(&member.value), ..member.clone() };
            Value::Object(members.iter().map(member).collect())
        }
        value => value.clone(),
    };
    Item { at: item.at, value }
}

/// A plan or a state; `None` if it is neither.
pub(super) fn shown(text: &str, file: &Item) -> Option<ParsedText> {
    let members = file.members();
    let has = |name: &str| get(members, name).is_some();
    let mut shown = Shown { none: Names::new(Expressions::None), reading: ParsedText::default(), groups: Vec::new() };
    if let Some(changes) = get(members, "resource_changes") {
        for change in changes.items() {
            let inner = get(change.members(), "change").map(Item::members).unwrap_or_default();
            let actions = get(inner, "actions").map(Item::items).unwrap_or_default();
            if actions.iter().any(|action| matches!(action.start(), "create" | "update")) {
                shown.resource(change, get(inner, "after"), get(inner, "after_unknown"));
            }
        }
    } else if let Some(values) = get(members, "planned_values").or_else(|| get(members, "values")) {
        let mut modules: Vec<&Item> = get(values.members(), "root_module").into_iter().collect();
        while let Some(module) = modules.pop() {
            for resource in get(module.members(), "resources").map(Item::items).unwrap_or_default() {
                shown.resource(resource, get(resource.members(), "values"), None);
            }
            modules.extend(get(module.members(), "child_modules").map(Item::items).unwrap_or_default());
        }
    } else if has("terraform_version") && has("resources") {
        for resource in get(members, "resources").map(Item::items).unwrap_or_default() {
            for instance in get(resource.members(), "instances").map(Item::items).unwrap_or_default() {
                shown.resource(resource, get(instance.members(), "attributes"), None);
            }
        }
    } else {
        return None;
    }
    let mut reading = shown.reading;
    join(&mut reading.found, &shown.groups);
    // A plan repeats its configuration, whose provisioners are not read.
    let configuration = get(members, "configuration").map(|item| item.at..end(text, item.at));
    let unread = configuration.filter(|range| text.get(range.clone()).is_some_and(|text| text.contains("\"provisioners\"")));
    let unread = unread.unwrap_or(text.len()..text.len());
    reading.accounted.extend([0..unread.start, unread.end..text.len()]);
    Some(ParsedText { kind: TextFormat::Terraform, ..reading })
}

struct Shown {
    none: Names,
    reading: ParsedText,
    groups: Vec<NewGroup>,
}

impl Shown {
    fn resource(&mut self, resource: &Item, attributes: Option<&Item>, unknown: Option<&Item>) {
        let members = resource.members();
        let kind = get(members, "type").map_or("", Item::start);
        if get(members, "mode").is_some_and(|mode| mode.start() == "data") {
            return;
        }
        let Some(attributes) = attributes.map(Item::members) else { return };
        let text = |name: &str| get(attributes, name).map_or("", Item::start).to_owned();
        let is_azapi = kind == AZAPI && is_identity(&text("type"));
        if kind == GROUP {
            return self.groups.push(NewGroup::new(text("name"), &text("location")));
        }
        if kind != IDENTITY && !is_azapi {
            return;
        }
        let mut found = ParsedIdentity::at(resource.at);
        for id in ["parent_id", "id"] {
            if let Some((at, Resolved::Text(id))) = meant(attributes, id, &self.none) {
                request::place(&mut found, at, &id);
            }
        }
        // The region is in the same place as in ARM's JSON.
        for (name, field) in fields().filter(|(_, field)| *field != Field::Region) {
            if let Some((at, meant)) = meant(attributes, name, &self.none) {
                found.set(field, at, meant);
            }
        }
        resource::body(&mut found, attributes, &self.none);
        let body = get(attributes, "body").and_then(|body| match &body.value {
            Value::Text(text) => resource::json(text),
            _ => Some(body.clone()),
        });
        if let Some(properties) = body.as_ref().and_then(|body| get(body.members(), "properties")).filter(|_| is_azapi) {
            resource::properties(&mut found, properties, &self.none);
        }
        let unknown = unknown.map(Item::members).unwrap_or_default();
        for (name, field) in [("tags", Field::Tags), ("parent_id", Field::ResourceGroup)].into_iter().chain(fields()) {
            if get(unknown, name).is_some_and(|item| !is_null(item) && item.value != Value::Word("false".to_owned())) {
                found.unread(field, LATER);
            }
        }
        found.explain_empty(Field::Subscription, crate::messages::READ_NO_SUBSCRIPTION);
        keep(&mut self.reading.found, &mut self.reading.notes, found);
    }
}

/// The notes of syntax errors: no tool accepts broken JSON.
pub(super) fn errors(reading: &mut ParsedText, errors: Vec<(usize, Message)>) {
    reading.notes.extend(syntax_error_notes(errors));
}
