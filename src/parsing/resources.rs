//! The resources of templates and Bicep files: identities, groups, and the deployments that they are nested in.

use std::collections::BTreeSet;
use std::ops::Range;

use super::item::{Item, Member, Value, get};
use super::names::evaluate::ITEMS_MAX;
use super::names::{Expressions, Names, Resolved};
use super::parsed_identity::{NewGroup, Note, ParsedIdentity, join, keep};
use super::resource::{body, elided, explain_deployment_scope, is_deployment, is_group, is_identity, meant, tags};
use super::syntax::{Dialect, Parser};
use super::{ParsedText, Readers, TextFormat};
use crate::messages;
use crate::provisioning::field::Field;
use crate::provisioning::problem::Severity;

/// Maximum nesting of templates.
pub(super) const NESTED_MAX: u32 = 8;
/// Maximum repeats of resources in a text.
const REPEATS_MAX: u32 = 20_000;

/// The parameters that a deployment passes to its template, resolved in the parent's scope.
pub(super) fn given(properties: &[Member], names: &Names) -> Vec<(String, Value)> {
    let parameters = get(properties, "parameters").map(Item::members).unwrap_or_default();
    let meant = |parameter: &Member| match get(parameter.value.members(), "value").map(|item| &item.value) {
        Some(value @ (Value::Object(_) | Value::List(_))) => value.clone(),
        Some(value) => match names.meant(value) {
            // A variable of a parameters file.
            Resolved::Unread(word) if word.starts_with("${") => Value::Word(word),
            meant => meant.into(),
        },
        // From a key vault, for example.
        None => Resolved::Unread(String::new()).into(),
    };
    parameters.iter().map(|parameter| (parameter.name.clone(), meant(parameter))).collect()
}

/// The scope that a template is deployed to.
#[derive(Clone, Default)]
pub(super) struct DeploymentScope {
    pub(super) group: Option<(usize, Resolved)>,
    pub(super) subscription: Option<(usize, Resolved)>,
}

/// Where a resource stands, and whether it is created only under a condition.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) at: usize,
    pub(super) end: usize,
    pub(super) conditional: bool,
}

/// The identities and groups found in a template or Bicep file.
pub(super) struct Resources<'a> {
    text: &'a str,
    dialect: Dialect,
    pub(super) found: Vec<ParsedIdentity>,
    pub(super) groups: Vec<NewGroup>,
    pub(super) notes: Vec<Note>,
    pub(super) accounted: Vec<Range<usize>>,
    missing: Option<Readers>,
    /// The types of other resources, with the first one's byte offset.
    others: Vec<(usize, String)>,
    repeats: u32,
    /// Where the templates start that were read.
    pub(super) templates: BTreeSet<usize>,
    /// Whether this is a template for certain, so that a resource must have a type.
    pub(super) is_template: bool,
    /// What the text is deployed to, as Bicep has it; empty for a resource group.
    pub(super) target: String,
    /// Whether a template's profile gives the API versions.
    has_profile: bool,
}

impl<'a> Resources<'a> {
    pub(super) fn new(text: &'a str, dialect: Dialect) -> Self {
        let (found, groups, notes, accounted) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self {
            text,
            dialect,
            found,
            groups,
            notes,
            accounted,
            missing: None,
            others: Vec::new(),
            repeats: 0,
            templates: BTreeSet::new(),
            is_template: false,
            target: String::new(),
            has_profile: false,
        }
    }

    /// Reports a resource of another type, once per type.
    pub(super) fn report_ignored(&mut self, at: usize, kind: &str) {
        let kind = kind.split('@').next().unwrap_or_default();
        if self.others.len() < super::syntax::SYNTAX_ERRORS_MAX && !self.others.iter().any(|(_, known)| known == kind) {
            self.others.push((at, kind.to_owned()));
        }
    }

    /// Reports a type without an API version, such as `example`.
    pub(super) fn versioned(&mut self, at: usize, kind: &str, example: &str) {
        let version = kind.split_once('@').map_or("", |(_, version)| version);
        if version.is_empty() || version.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
            self.notes.push(Note::blocks(at, messages::READ_NO_VERSION.with([kind, example])));
        }
    }

    pub(super) fn is_json(&self) -> bool {
        self.dialect == Dialect::Json
    }

    /// Whether another resource of a loop may be read.
    pub(super) fn may_repeat(&mut self) -> bool {
        self.repeats += 1;
        self.repeats <= REPEATS_MAX
    }

    /// The end of the value at `at`.
    pub(super) fn end(&self, at: usize) -> usize {
        let mut parser = Parser::starting(self.text, at, self.dialect);
        parser.brackets();
        parser.at
    }

    pub(super) fn keep(&mut self, found: ParsedIdentity) {
        keep(&mut self.found, &mut self.notes, found);
    }

    pub(super) fn done(mut self) -> ParsedText {
        join(&mut self.found, &self.groups);
        for (at, kind) in self.others {
            self.notes.push(Note::informs(at, messages::READ_PASSED_OVER.with([&kind])));
        }
        ParsedText { kind: TextFormat::Template, found: self.found, notes: self.notes, accounted: self.accounted, missing: self.missing }
    }

    /// A whole template, with the parameters passed to it.
    pub(super) fn template(&mut self, template: &Item, given: Vec<(String, Value)>, scope: &DeploymentScope, left: u32) {
        let members = template.members();
        self.templates.insert(template.at);
        self.has_profile |= get(members, "apiProfile").is_some();
        let mut names = Names::new(Expressions::Brackets);
        for member in get(members, "variables").map(Item::members).unwrap_or_default() {
            names.insert(&["variables.", &member.name].concat(), member.value.value.clone());
        }
        for member in get(members, "parameters").map(Item::members).unwrap_or_default() {
            // An empty text only stands for a value to be given.
            if let Some(default) = get(member.value.members(), "defaultValue").filter(|default| !is_empty(&default.value)) {
                names.insert(&["parameters.", &member.name].concat(), default.value.clone());
            }
        }
        for (name, value) in given {
            names.insert(&["parameters.", &name].concat(), value);
        }
        self.resources(members, &mut names, scope, left);
    }

    /// The resources of a template.
    fn resources(&mut self, template: &[Member], names: &mut Names, scope: &DeploymentScope, left: u32) {
        match get(template, "resources").map(|item| &item.value) {
            Some(Value::List(items)) => {
                for item in items {
                    self.resource(item, names, scope, left);
                }
            }
            // With symbolic names, they are an object.
            Some(Value::Object(symbols)) => {
                for symbol in symbols {
                    self.resource(&symbol.value, names, scope, left);
                }
            }
            _ => {}
        }
    }

    /// A resource of a template.
    fn resource(&mut self, item: &Item, names: &mut Names, scope: &DeploymentScope, left: u32) {
        let members = item.members();
        let text = |name: &str| match meant(members, name, names) {
            Some((_, Resolved::Text(text))) => Some(text),
            _ => None,
        };
        // An `existing` resource is not created.
        if text("existing").is_some_and(|existing| existing == "true") {
            let end = self.end(item.at);
            self.accounted.push(item.at..end);
            return;
        }
        let kind = match meant(members, "type", names) {
            Some((_, Resolved::Text(kind))) => kind,
            Some((at, meant)) => {
                let word = meant.unread().unwrap_or_default();
                return self.notes.push(Note::warns(at, messages::READ_TYPE_UNREAD.with([word])));
            }
            _ if !self.is_template => return,
            _ => return self.notes.push(Note::blocks(item.at, messages::READ_NO_TYPE)),
        };
        let conditional = get(members, "condition").is_some() && text("condition").is_none_or(|condition| condition != "true");
        if is_identity(&kind) && self.is_template && !self.has_profile && get(members, "apiVersion").is_none() {
            let at = get(members, "type").map_or(item.at, |item| item.at);
            self.versioned(at, &kind, "\"apiVersion\": \"2024-11-30\"");
        }
        let creates = is_identity(&kind) || is_deployment(&kind);
        let end = if creates { self.end(item.at) } else { item.at };
        let place = Place { at: item.at, end, conditional };
        match get(members, "copy").filter(|_| creates) {
            Some(copy) => self.copies(copy, &kind, place, members, names, scope, left),
            None => self.of_type(&kind, place, members, names, scope, left),
        }
    }

    /// A resource with a `copy` loop, once for each of its indexes.
    #[expect(clippy::too_many_arguments, reason = "it passes on what a resource needs")]
    fn copies(&mut self, copy: &Item, kind: &str, place: Place, members: &[Member], names: &mut Names, scope: &DeploymentScope, left: u32) {
        let value = |name: &str| meant(copy.members(), name, names).map(|(_, meant)| meant);
        let name = match value("name") {
            Some(Resolved::Text(name)) => name,
            _ => String::new(),
        };
        let count = match value("count") {
            Some(Resolved::Text(count)) => count.parse::<usize>().ok(),
            _ => None,
        };
        let keys = ["copyindex()".to_owned(), ["copyindex.", &name].concat()];
        let before = keys.each_ref().map(|key| names.remove(key));
        match count {
            None => {
                if is_identity(kind) {
                    self.notes.push(Note::warns(copy.at, messages::READ_LOOP.with([&name])));
                }
                self.of_type(kind, Place { conditional: true, ..place }, members, names, scope, left);
            }
            Some(count) => {
                if count > ITEMS_MAX && is_identity(kind) {
                    self.notes.push(Note::warns(copy.at, messages::READ_COPIES_MANY.with([&ITEMS_MAX.to_string()])));
                }
                if count == 0 {
                    self.accounted.push(place.at..place.end);
                }
                for at in 0..count.min(ITEMS_MAX) {
                    if !self.may_repeat() {
                        break;
                    }
                    for key in &keys {
                        names.insert(key, Value::Word(at.to_string()));
                    }
                    self.of_type(kind, place, members, names, scope, left);
                }
            }
        }
        for (key, value) in keys.iter().zip(before) {
            names.remove(key);
            if let Some(value) = value {
                names.insert(key, value);
            }
        }
    }

    /// A resource of a known type.
    pub(super) fn of_type(&mut self, kind: &str, place: Place, members: &[Member], names: &mut Names, scope: &DeploymentScope, left: u32) {
        if is_identity(kind) {
            self.identity(place, members, names, scope);
        } else if is_group(kind) {
            if let Some((_, Resolved::Text(name))) = meant(members, "name", names) {
                let region = match meant(members, "location", names) {
                    Some((_, Resolved::Text(region))) => region,
                    _ => String::new(),
                };
                let tagged = get(members, "tags");
                self.groups.push(NewGroup::new(name, &region).tagged(|found| tagged.into_iter().for_each(|item| tags(found, item, names))));
            }
        } else if is_deployment(kind) {
            self.deployment(place, members, names, scope, left);
        } else {
            self.report_ignored(place.at, kind);
            if kind.to_ascii_lowercase().starts_with("microsoft.resources/deploymentscripts") {
                self.script(members);
            }
            for child in get(members, "resources").map(Item::items).unwrap_or_default() {
                if left > 0 {
                    self.resource(child, names, scope, left - 1);
                }
            }
        }
    }

    pub(super) fn identity(&mut self, place: Place, members: &[Member], names: &Names, scope: &DeploymentScope) {
        let mut found = ParsedIdentity { end: place.end, conditional: place.conditional, ..ParsedIdentity::at(place.at) };
        let spread = spread(members, names);
        let members = spread.as_deref().unwrap_or(members);
        if let Some((at, meant)) = meant(members, "name", names) {
            found.set(Field::Name, at, meant);
        }
        for (field, value) in [(Field::ResourceGroup, &scope.group), (Field::Subscription, &scope.subscription)] {
            if let Some((at, meant)) = value {
                found.set(field, *at, meant.clone());
            }
        }
        if !matches!(self.target.as_str(), "" | "resourceGroup") && scope.group.is_none() {
            let target = match self.target.as_str() {
                "managementGroup" => "management group",
                other => other,
            };
            found.remark(Severity::Blocks, Field::ResourceGroup, messages::READ_SCOPE_WRONG.with([target]));
        }
        body(&mut found, members, names);
        if let Some(member) = members.iter().find(|member| member.computed && member.name == "...") {
            let word = match &member.value.value {
                Value::Word(word) => word.as_str(),
                _ => "...",
            };
            for field in [Field::Name, Field::Region] {
                if !found.places.iter().any(|(known, _)| *known == field) {
                    found.unread(field, word);
                }
            }
        }
        elided(&mut found, self.text, &[Field::Name, Field::Region]);
        explain_deployment_scope(&mut found);
        self.keep(found);
    }

    /// A deployment script whose commands create identities.
    fn script(&mut self, members: &[Member]) {
        let properties = get(members, "properties").map(Item::members).unwrap_or_default();
        let Some(content) = get(properties, "scriptContent") else { return };
        let kind = match get(members, "kind").map(|item| &item.value) {
            Some(Value::Text(kind)) if kind.eq_ignore_ascii_case("AzureCLI") => TextFormat::Bash,
            Some(Value::Text(kind)) if kind.eq_ignore_ascii_case("AzurePowerShell") => TextFormat::PowerShell,
            _ => return,
        };
        let script = Parser::starting(self.text, content.at, self.dialect).embedded();
        if super::occurrences(&script.text).is_empty() {
            return;
        }
        let mut reading = script.relocate(super::read_as(kind, &script.text));
        for found in &mut reading.found {
            found.end = found.end.max(self.text.ceil_char_boundary(found.at + 1));
        }
        self.found.append(&mut reading.found);
        self.notes.append(&mut reading.notes);
        self.accounted.append(&mut reading.accounted);
        self.missing = self.missing.or(reading.missing);
    }

    /// A nested template. With inner scope its expressions use its own names, otherwise the parent's.
    fn deployment(&mut self, place: Place, members: &[Member], names: &mut Names, scope: &DeploymentScope, left: u32) {
        let mut inner = scope.clone();
        if let Some(group) = meant(members, "resourceGroup", names) {
            inner.group = Some(group);
        }
        if let Some(subscription) = meant(members, "subscriptionId", names) {
            inner.subscription = Some(subscription);
        }
        let properties = get(members, "properties").map(Item::members).unwrap_or_default();
        let before = self.found.len();
        match get(properties, "template") {
            Some(template) if left > 0 => {
                let options = get(properties, "expressionEvaluationOptions").map(Item::members).unwrap_or_default();
                let own = matches!(meant(options, "scope", names), Some((_, Resolved::Text(scope))) if scope.eq_ignore_ascii_case("inner"));
                if own && names.expressions == Expressions::Brackets {
                    self.template(template, given(properties, names), &inner, left - 1);
                } else {
                    self.templates.insert(template.at);
                    self.resources(template.members(), names, &inner, left - 1);
                }
            }
            Some(template) => self.notes.push(Note::blocks(template.at, messages::READ_TOO_DEEP)),
            None => self.notes.push(Note::warns(place.at, messages::READ_LINKED)),
        }
        for found in self.found.iter_mut().skip(before).filter(|_| place.conditional) {
            found.conditional = true;
        }
    }
}

/// The members with those that are spread from known objects; `None` if nothing is spread.
fn spread(members: &[Member], names: &Names) -> Option<Vec<Member>> {
    let is_spread = |member: &Member| member.computed && member.name == "...";
    members.iter().any(is_spread).then_some(())?;
    let mut all: Vec<Member> = Vec::new();
    // The last one counts.
    for member in members.iter().rev() {
        match names.whole(&member.value.value) {
            Value::Object(more) if is_spread(member) => all.extend(more.iter().rev().cloned()),
            _ => all.push(member.clone()),
        }
    }
    Some(all)
}

pub(super) fn is_empty(value: &Value) -> bool {
    matches!(value, Value::Text(text) if text.is_empty())
}
