//! Bicep: resources with literal values, parameters with defaults, variables, loops over literal lists.

use std::collections::BTreeSet;

use super::ParsedText;
use super::bicep_syntax::{Loop, Statement, is_nothing};
use super::given::Given;
use super::item::{Item, Member, Value, get};
use super::names::evaluate::ITEMS_MAX;
use super::names::{Expressions, GROUP_REGION, Names, Resolved};
use super::occurrences::MODULES;
use super::parsed_identity::Note;
use super::resource::{is_deployment, is_group, is_identity};
use super::resources::{DeploymentScope, NESTED_MAX, Place, Resources, is_empty};
use super::syntax::{Dialect, Parser};
use crate::messages;
use crate::provisioning::field::PROPERTIES;

pub(super) fn read(text: &str) -> ParsedText {
    read_in(text, &Given::default())
}

/// Parses a Bicep file with the parameters that other files give it.
pub(super) fn read_in(text: &str, given: &Given) -> ParsedText {
    let mut parser = Parser::new(text, Dialect::Bicep);
    let statements = parser.statements();
    let mut file =
        File { text, names: names(&statements, given), resources: Resources::new(text, Dialect::Bicep), symbols: BTreeSet::new() };
    file.resources.target = target(&statements);
    for Statement { head, end } in &statements {
        let span = Place { at: head.at, end: *end, conditional: false };
        match head.name.as_str() {
            "resource" => file.resource(head, span),
            "module" => file.module(head, span),
            "" => file.resources.notes.push(Note::informs(head.at, messages::READ_STATEMENT)),
            _ => {}
        }
    }
    file.resources.accounted.append(&mut parser.silent);
    file.resources.notes.extend(parser.syntax_errors.into_iter().map(|(at, message)| match message {
        // Only these are refused for certain.
        messages::READ_UNCLOSED | messages::READ_UNCLOSED_TEXT | messages::READ_BICEP_QUOTES => Note::blocks(at, message),
        messages::READ_TOO_DEEP => Note::warns(at, message),
        _ => Note::informs(at, message),
    }));
    file.resources.done()
}

/// The local modules of a Bicep file that is given parameters itself, with those that it gives them.
pub(super) fn modules(text: &str, given: &Given) -> Vec<(String, Given)> {
    let statements = Parser::new(text, Dialect::Bicep).statements();
    let names = names(&statements, given);
    let mut modules = Vec::new();
    for Statement { head, .. } in statements.iter().filter(|statement| statement.head.name == "module") {
        let Some(path) = head.labels.get(1).filter(|path| !is_remote(path)) else { continue };
        let body = match Parser::starting(text, head.value.at, Dialect::Bicep).bicep_loop() {
            Some(repeat) => repeat.body,
            None => head.value.clone(),
        };
        let mut given = Given::default();
        for parameter in get(body.members(), "params").map(Item::members).unwrap_or_default() {
            given.add(&parameter.name, &parameter.value.value, &names);
        }
        modules.push((path.clone(), given));
    }
    modules
}

/// What a file is deployed to, if it says so.
fn target(statements: &[Statement]) -> String {
    let target = statements.iter().find(|statement| statement.head.name == "targetScope");
    target.map_or("", |target| target.head.value.start()).to_owned()
}

/// The identity that a parameters file gives to the well-known module; `None` if it belongs to another file.
pub(super) fn of_parameters(text: &str, statements: &[Statement]) -> Option<ParsedText> {
    let using = statements.iter().find(|statement| statement.head.name == "using")?;
    if !using.head.labels.first().is_some_and(|path| is_identity_module(path)) {
        return None;
    }
    let mut file = File {
        text,
        names: names(statements, &Given::default()),
        resources: Resources::new(text, Dialect::Bicep),
        symbols: BTreeSet::new(),
    };
    let given = statements.iter().map(|statement| &statement.head).filter(|head| head.name == "param");
    let parameter = |head: &Member| Some(Member { name: head.labels.first()?.clone(), labels: Vec::new(), ..head.clone() });
    let parameters: Vec<Member> = given.filter_map(parameter).collect();
    file.of_module(parameters, Place { at: using.head.at, end: using.end, conditional: false }, &DeploymentScope::default());
    Some(file.resources.done())
}

/// Whether a module comes from a registry or a template spec.
fn is_remote(path: &str) -> bool {
    ["br:", "br/", "ts:", "ts/"].iter().any(|start| path.starts_with(start))
}

/// Whether a module is the well-known one that creates an identity.
fn is_identity_module(path: &str) -> bool {
    let path = path.rsplit_once([':', '@']).map_or(path, |(path, _)| path).to_ascii_lowercase();
    is_remote(&path) && path.ends_with(MODULES[0])
}

/// What the file's names resolve to: `param x string = 'a'`, `var x = 'a'`, and `group.name` of a resource.
fn names(statements: &[Statement], given: &Given) -> Names {
    let mut names = Names::new(Expressions::Bicep);
    let given = given.by_name();
    for Statement { head, .. } in statements {
        let Some(symbol) = head.labels.first() else { continue };
        match head.name.as_str() {
            "param" if given.contains_key(&symbol.to_ascii_lowercase()) => {
                if let Some(value) = given.get(&symbol.to_ascii_lowercase()) {
                    names.insert(symbol, super::given::placed(value, head.at));
                }
            }
            // An empty default only stands for a value to be given.
            "param" if is_empty(&head.value.value) => {}
            "param" | "var" if !is_nothing(&head.value) => names.insert(symbol, head.value.value.clone()),
            "resource" => {
                let mut members: Vec<Member> = head.value.members().iter().filter(|member| is_known(member)).cloned().collect();
                let group = head.labels.get(1).is_some_and(|kind| is_group(kind));
                if group && get(&members, "location").is_none() {
                    // The region of an existing group.
                    let value = Item { at: head.at, value: Value::Word(GROUP_REGION.to_owned()) };
                    members.push(Member::new("location".to_owned(), value));
                }
                names.insert(symbol, Value::Object(members));
            }
            _ => {}
        }
    }
    names
}

/// Whether a resource's member is known before it is deployed.
fn is_known(member: &Member) -> bool {
    ["name", "location", "tags"].iter().any(|known| member.name.eq_ignore_ascii_case(known))
}

struct File<'a> {
    text: &'a str,
    names: Names,
    resources: Resources<'a>,
    /// The symbols of identities.
    symbols: BTreeSet<String>,
}

impl File<'_> {
    /// `resource symbol 'type@version' = …`.
    fn resource(&mut self, head: &Member, span: Place) {
        let Some(kind) = head.labels.get(1) else {
            return self.resources.notes.push(Note::informs(head.at, messages::READ_STATEMENT));
        };
        if head.labels.iter().any(|label| label == "existing") {
            self.resources.accounted.push(span.at..span.end);
            return;
        }
        if is_identity(kind) {
            self.declared(kind, head);
        }
        if is_identity(kind) || is_deployment(kind) {
            self.each(head, span, &mut |file, body, span| {
                let own = DeploymentScope::default();
                file.resources.of_type(kind, span, body.members(), &mut file.names, &own, NESTED_MAX);
            });
        } else {
            let members = head.value.members();
            self.resources.of_type(kind, span, members, &mut self.names, &DeploymentScope::default(), 1);
            // A policy or a template spec has a template in it.
            super::template::sweep(&head.value, &mut self.resources);
        }
    }

    /// What Bicep refuses of an identity's declaration.
    fn declared(&mut self, kind: &str, head: &Member) {
        let text = self.text.get(head.at..).unwrap_or_default();
        let at = head.at + text.find('\'').unwrap_or_default();
        self.resources.versioned(at, kind, "@2024-11-30");
        let symbol = head.labels.first().map_or("", String::as_str);
        if !self.symbols.insert(symbol.to_owned()) {
            self.resources.notes.push(Note::blocks(head.at, messages::READ_BLOCK_TWICE.with([symbol])));
        }
        if let Some(scope) = get(head.value.members(), "scope") {
            let is_own = matches!(&scope.value, Value::Word(word) if word.trim_start_matches("az.").starts_with("resourceGroup()"));
            if !is_own {
                self.resources.notes.push(Note::blocks(scope.at, messages::READ_SCOPE_OTHER));
            }
        }
    }

    /// `module symbol 'path' = …`: those of a registry can't be checked as a file.
    fn module(&mut self, head: &Member, span: Place) {
        let path = head.labels.get(1).map_or("", String::as_str);
        if is_identity_module(path) {
            return self.each(head, span, &mut |file, body, span| file.identity(body, span));
        }
        self.resources.accounted.push(head.at..head.value.at);
        let note = match is_remote(path) {
            false => Note::warns(head.at, messages::READ_MODULE.with([path])),
            true if path.contains("avm/res/") => Note::informs(head.at, messages::READ_REGISTRY_OTHER.with([path])),
            true => Note::informs(head.at, messages::READ_REGISTRY.with([path])),
        };
        self.resources.notes.push(note);
    }

    /// The identity of the well-known module.
    fn identity(&mut self, body: &Item, span: Place) {
        let mut scope = DeploymentScope::default();
        if let Some(item) = get(body.members(), "scope") {
            self.scope(item, &mut scope);
        }
        let parameters = get(body.members(), "params");
        self.of_module(parameters.map(Item::members).unwrap_or_default().to_vec(), span, &scope);
    }

    fn of_module(&mut self, mut members: Vec<Member>, span: Place, scope: &DeploymentScope) {
        let member = |name: &str, at: usize, value: Value| Member::new(name.to_owned(), Item { at, value });
        if get(&members, "location").is_none() {
            members.push(member("location", span.at, Value::Word(GROUP_REGION.to_owned())));
        }
        let is_property = |member: &&Member| PROPERTIES.iter().any(|property| property.member == member.name);
        let properties: Vec<Member> = members.iter().filter(is_property).cloned().collect();
        if let Some(at) = properties.first().map(|first| first.at) {
            members.push(member("properties", at, Value::Object(properties)));
        }
        self.resources.identity(span, &members, &self.names, scope);
    }

    /// `scope: resourceGroup(…)`, or the symbol of a group.
    fn scope(&self, item: &Item, scope: &mut DeploymentScope) {
        let Value::Word(word) = &item.value else { return };
        let unread = || Some((item.at, Resolved::Unread(word.clone())));
        if let Some(Value::Object(group)) = self.names.get(word) {
            scope.group = get(group, "name").map(|name| (item.at, self.names.meant(&name.value)));
            return;
        }
        let Some((function, arguments)) = super::names::evaluate::call(word.strip_prefix("az.").unwrap_or(word)) else {
            scope.group = unread();
            return;
        };
        let meant = |word: &String| Some((item.at, self.names.meant(&Value::Word(word.clone()))));
        match (function.to_ascii_lowercase().as_str(), arguments.as_slice()) {
            ("resourcegroup" | "subscription", []) => {}
            ("resourcegroup", [group]) => scope.group = meant(group),
            ("resourcegroup", [subscription, group]) => (scope.subscription, scope.group) = (meant(subscription), meant(group)),
            ("subscription", [subscription]) => scope.subscription = meant(subscription),
            _ => scope.group = unread(),
        }
    }

    /// Reads a body once for each item of its loop.
    fn each(&mut self, head: &Member, span: Place, act: &mut dyn FnMut(&mut Self, &Item, Place)) {
        let symbol = head.labels.first().map_or("", String::as_str);
        let text = self.text.get(head.value.at..).unwrap_or_default();
        let parsed = if text.starts_with('[') { Parser::starting(self.text, head.value.at, Dialect::Bicep).bicep_loop() } else { None };
        let Some(Loop { item, index, list, body }) = parsed else {
            if head.value.members().is_empty() {
                self.resources.notes.push(Note::warns(head.at, messages::READ_LOOP.with([symbol])));
                self.resources.accounted.push(span.at..span.end);
                return;
            }
            return act(self, &head.value, Place { conditional: self.is_conditional(head.value.at), ..span });
        };
        let conditional = self.is_conditional(body.at);
        let before = [item, index].map(|name| (name, self.names.remove(name)));
        let items = self.names.items(&Value::Word(list.to_owned()));
        match items {
            None => {
                self.resources.notes.push(Note::warns(head.at, messages::READ_LOOP.with([symbol])));
                act(self, &body, Place { conditional: true, ..span });
            }
            Some(items) => {
                if items.len() > ITEMS_MAX {
                    self.resources.notes.push(Note::warns(head.at, messages::READ_COPIES_MANY.with([&ITEMS_MAX.to_string()])));
                }
                if items.is_empty() {
                    self.resources.accounted.push(span.at..span.end);
                }
                for (at, one) in items.into_iter().take(ITEMS_MAX).enumerate() {
                    if !self.resources.may_repeat() {
                        break;
                    }
                    self.names.insert(item, one.value);
                    self.names.insert(index, Value::Word(at.to_string()));
                    act(self, &body, Place { conditional, ..span });
                }
            }
        }
        for (name, value) in before {
            self.names.remove(name);
            if let Some(value) = value {
                self.names.insert(name, value);
            }
        }
    }

    fn is_conditional(&self, at: usize) -> bool {
        Parser::starting(self.text, at, Dialect::Bicep).is_condition()
    }
}
