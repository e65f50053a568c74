//! ARM templates and other JSON with identities: a deployment's body, `az identity show` and `list`, a request body.

use super::item::{Item, Member, Value, get};
use super::names::{Expressions, Names, Resolved};
use super::parsed_identity::{NewGroup, Note, ParsedIdentity, join, keep, syntax_error_notes};
use super::resource::{body, explain_deployment_scope, is_deployment, is_group, is_identity, meant, tags};
use super::syntax::{Dialect, Parser};
use super::{ParsedText, TextFormat, request};
use crate::messages;
use crate::provisioning::field::Field;

/// Maximum nesting of templates.
const NESTED_MAX: u32 = 8;

pub(super) fn read(text: &str) -> ParsedText {
    let mut parser = Parser::new(text, Dialect::Json);
    parser.blanks(true);
    let item = parser.expression();
    parser.blanks(true);
    if !parser.rest().is_empty() {
        let at = parser.at;
        parser.syntax_error(at, messages::READ_MORE_FOLLOWS);
    }
    let mut resources = Resources::new();
    top(&item, &mut resources);
    resources.notes.extend(syntax_error_notes(parser.syntax_errors));
    resources.done()
}

fn top(item: &Item, resources: &mut Resources) {
    let members = item.members();
    let properties = get(members, "properties").map(Item::members).unwrap_or_default();
    if let Some(template) = get(properties, "template") {
        let given = given(properties, &Names::new(Expressions::None));
        return resources.template(template.members(), given, &DeploymentScope::default(), NESTED_MAX);
    }
    if get(members, "resources").is_some() {
        return resources.template(members, Vec::new(), &DeploymentScope::default(), NESTED_MAX);
    }
    if let (Some(schema), Some(parameters)) = (get(members, "$schema"), get(members, "parameters"))
        && matches!(&schema.value, Value::Text(schema) if schema.to_ascii_lowercase().contains("deploymentparameters.json"))
    {
        return resources.notes.push(Note::informs(parameters.at, messages::READ_PARAMETERS));
    }
    match &item.value {
        // The output of `az identity list`, or pages of a REST response.
        Value::List(items) => items.iter().for_each(|item| shown(item, resources)),
        Value::Object(members) => match get(members, "value").map(Item::items) {
            Some(items) if !items.is_empty() => items.iter().for_each(|item| shown(item, resources)),
            _ => shown(item, resources),
        },
        _ => {}
    }
}

/// The parameters that a deployment passes to its template, resolved in the parent's scope.
fn given(properties: &[Member], names: &Names) -> Vec<(String, Value)> {
    let parameters = get(properties, "parameters").map(Item::members).unwrap_or_default();
    let meant = |parameter: &Member| match get(parameter.value.members(), "value").map(|item| &item.value) {
        Some(value @ (Value::Object(_) | Value::List(_))) => value.clone(),
        Some(value) => names.meant(value).into(),
        // From a key vault, for example.
        None => Resolved::Unread(String::new()).into(),
    };
    parameters.iter().map(|parameter| (parameter.name.clone(), meant(parameter))).collect()
}

/// An identity as ARM or the CLI shows it, or the request body that creates one.
fn shown(item: &Item, resources: &mut Resources) {
    let members = item.members();
    let names = Names::new(Expressions::None);
    let text = |name: &str| match meant(members, name, &names) {
        Some((at, Resolved::Text(text))) => Some((at, text)),
        _ => None,
    };
    if let Some((at, kind)) = text("type")
        && !is_identity(&kind)
    {
        return resources.report_ignored(at, &kind);
    }
    let bears = ["location", "tags", "properties", "id", "name"].iter().any(|name| get(members, name).is_some());
    if !bears {
        return;
    }
    let mut found = ParsedIdentity::at(item.at);
    if let Some((at, id)) = text("id") {
        request::place(&mut found, at, &id);
    }
    if let Some((at, name)) = text("name") {
        found.set(Field::Name, at, Resolved::Text(name));
    }
    if let Some((at, group)) = text("resourceGroup") {
        found.set(Field::ResourceGroup, at, Resolved::Text(group));
    }
    body(&mut found, members, &names);
    found.explain_empty(Field::Name, messages::READ_NO_NAME);
    explain_deployment_scope(&mut found);
    resources.keep(found);
}

/// The scope that a template is deployed to.
#[derive(Clone, Default)]
pub(super) struct DeploymentScope {
    pub(super) group: Option<(usize, Resolved)>,
    pub(super) subscription: Option<(usize, Resolved)>,
}

/// The identities and groups found in a template or Bicep file.
pub(super) struct Resources {
    pub(super) found: Vec<ParsedIdentity>,
    pub(super) groups: Vec<NewGroup>,
    pub(super) notes: Vec<Note>,
    /// The types of other resources, with the first one's byte offset.
    others: Vec<(usize, String)>,
}

impl Resources {
    pub(super) fn new() -> Self {
        Self { found: Vec::new(), groups: Vec::new(), notes: Vec::new(), others: Vec::new() }
    }

    /// Reports a resource of another type, once per type.
    pub(super) fn report_ignored(&mut self, at: usize, kind: &str) {
        let kind = kind.split('@').next().unwrap_or_default();
        if self.others.len() < super::syntax::SYNTAX_ERRORS_MAX && !self.others.iter().any(|(_, known)| known == kind) {
            self.others.push((at, kind.to_owned()));
        }
    }

    fn keep(&mut self, found: ParsedIdentity) {
        keep(&mut self.found, &mut self.notes, found);
    }

    pub(super) fn done(mut self) -> ParsedText {
        join(&mut self.found, &self.groups);
        for (at, kind) in self.others {
            self.notes.push(Note::informs(at, messages::READ_PASSED_OVER.with([&kind])));
        }
        ParsedText { kind: TextFormat::Template, found: self.found, notes: self.notes, ..ParsedText::default() }
    }

    /// A whole template, with the parameters passed to it.
    fn template(&mut self, members: &[Member], given: Vec<(String, Value)>, place: &DeploymentScope, left: u32) {
        let mut names = Names::new(Expressions::Brackets);
        for member in get(members, "variables").map(Item::members).unwrap_or_default() {
            names.insert(&["variables.", &member.name].concat(), member.value.value.clone());
        }
        for member in get(members, "parameters").map(Item::members).unwrap_or_default() {
            if let Some(default) = get(member.value.members(), "defaultValue") {
                names.insert(&["parameters.", &member.name].concat(), default.value.clone());
            }
        }
        for (name, value) in given {
            names.insert(&["parameters.", &name].concat(), value);
        }
        self.resources(members, &names, place, left);
    }

    /// The resources of a template.
    fn resources(&mut self, template: &[Member], names: &Names, place: &DeploymentScope, left: u32) {
        match get(template, "resources").map(|item| &item.value) {
            Some(Value::List(items)) => {
                for item in items {
                    self.resource(item.at, item.members(), names, place, left);
                }
            }
            // With symbolic names, they are an object.
            Some(Value::Object(symbols)) => {
                for symbol in symbols {
                    self.resource(symbol.value.at, symbol.value.members(), names, place, left);
                }
            }
            _ => {}
        }
    }

    /// A resource of a template.
    pub(super) fn resource(&mut self, at: usize, members: &[Member], names: &Names, place: &DeploymentScope, left: u32) {
        // An `existing` resource is not created.
        if matches!(meant(members, "existing", names), Some((_, Resolved::Text(existing))) if existing == "true") {
            return;
        }
        let kind = match meant(members, "type", names) {
            Some((_, Resolved::Text(kind))) => kind,
            Some((at, Resolved::Unread(word))) => return self.notes.push(Note::warns(at, messages::READ_TYPE_UNREAD.with([&word]))),
            _ => return self.notes.push(Note::blocks(at, messages::READ_NO_TYPE)),
        };
        self.of_type(&kind, at, members, names, place, left);
    }

    /// A resource of a known type.
    pub(super) fn of_type(&mut self, kind: &str, at: usize, members: &[Member], names: &Names, place: &DeploymentScope, left: u32) {
        if is_identity(kind) {
            self.identity(at, members, names, place);
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
            self.deployment(at, members, names, place, left);
        } else {
            self.report_ignored(at, kind);
            for child in get(members, "resources").map(Item::items).unwrap_or_default() {
                if left > 0 {
                    self.resource(child.at, child.members(), names, place, left - 1);
                }
            }
        }
    }

    fn identity(&mut self, at: usize, members: &[Member], names: &Names, place: &DeploymentScope) {
        if let Some(copy) = get(members, "copy") {
            self.notes.push(Note::warns(copy.at, messages::READ_COPIES));
        }
        let mut found = ParsedIdentity::at(at);
        if let Some((at, meant)) = meant(members, "name", names) {
            found.set(Field::Name, at, meant);
        }
        for (field, value) in [(Field::ResourceGroup, &place.group), (Field::Subscription, &place.subscription)] {
            if let Some((at, meant)) = value {
                found.set(field, *at, meant.clone());
            }
        }
        body(&mut found, members, names);
        explain_deployment_scope(&mut found);
        self.keep(found);
    }

    /// A nested template. With inner scope its expressions use its own names, otherwise the parent's.
    fn deployment(&mut self, at: usize, members: &[Member], names: &Names, place: &DeploymentScope, left: u32) {
        let mut inner = place.clone();
        if let Some(group) = meant(members, "resourceGroup", names) {
            inner.group = Some(group);
        }
        if let Some(subscription) = meant(members, "subscriptionId", names) {
            inner.subscription = Some(subscription);
        }
        let properties = get(members, "properties").map(Item::members).unwrap_or_default();
        match get(properties, "template") {
            Some(template) if left > 0 => {
                let options = get(properties, "expressionEvaluationOptions").map(Item::members).unwrap_or_default();
                let own = matches!(meant(options, "scope", names), Some((_, Resolved::Text(scope))) if scope.eq_ignore_ascii_case("inner"));
                if own && names.expressions == Expressions::Brackets {
                    self.template(template.members(), given(properties, names), &inner, left - 1);
                } else {
                    self.resources(template.members(), names, &inner, left - 1);
                }
            }
            Some(template) => self.notes.push(Note::blocks(template.at, messages::READ_TOO_DEEP)),
            None => self.notes.push(Note::warns(at, messages::READ_LINKED)),
        }
    }
}
