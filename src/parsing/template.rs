//! JSON with identities: ARM templates, deployments, policies, what the CLI and Resource Graph print, a request's body.

use super::given::{Given, placed};
use super::item::{Item, Member, Value, get};
use super::names::{Expressions, Names, Resolved};
use super::occurrences::{MODULES, occurrences};
use super::parsed_identity::{Note, ParsedIdentity, syntax_error_notes};
use super::resource::{body, explain_deployment_scope, is_identity, meant};
use super::resources::{DeploymentScope, NESTED_MAX, Resources, given};
use super::syntax::{Dialect, Parser};
use super::{ParsedText, request, tokens};
use crate::arm::managed_identity::IDENTITY_TYPE;
use crate::messages;
use crate::parsing::cursor::Cursor;
use crate::provisioning::field::{Field, PROPERTIES};

pub(super) fn read(text: &str) -> ParsedText {
    read_in(text, &Given::default())
}

/// Parses JSON; a template with the parameters that other files give it.
pub(super) fn read_in(text: &str, given: &Given) -> ParsedText {
    let mut parser = Parser::new(text, Dialect::Json);
    let item = lines(&mut parser);
    let mut resources = Resources::new(text, Dialect::Json);
    top(&item, given, &mut resources);
    sweep(&item, &mut resources);
    resources.accounted.append(&mut parser.silent);
    resources.notes.extend(syntax_error_notes(parser.syntax_errors));
    resources.done()
}

fn whole(parser: &mut Parser) -> Item {
    parser.blanks(true);
    let item = parser.expression();
    parser.blanks(true);
    if !parser.rest().is_empty() {
        let at = parser.at;
        parser.syntax_error(at, messages::READ_MORE_FOLLOWS);
    }
    item
}

/// The whole text: one value, one in each line, or a part of one without its braces.
fn lines(parser: &mut Parser) -> Item {
    parser.blanks(true);
    let at = parser.at;
    if parser.is_member() {
        parser.syntax_error(at, messages::READ_FRAGMENT);
        return Item { at, value: Value::Object(parser.members(None)) };
    }
    let mut items = vec![parser.expression()];
    parser.blanks(true);
    while !items[0].members().is_empty() && parser.rest().starts_with([',', '{']) {
        if parser.starts(",") {
            parser.syntax_error(at, messages::READ_FRAGMENT);
            parser.step();
            parser.blanks(true);
        } else if !parser.at_line_start() || is_template(items[0].members()) {
            break;
        }
        if !parser.starts("{") {
            break;
        }
        items.push(parser.expression());
        parser.blanks(true);
    }
    if !parser.rest().is_empty() {
        let at = parser.at;
        parser.syntax_error(at, messages::READ_MORE_FOLLOWS);
    }
    match items.len() {
        1 => items.remove(0),
        _ => Item { at, value: Value::List(items) },
    }
}

/// A length from which JSON is looked at before it is parsed.
const LONG: usize = 16_384;
/// Texts in lower case of which JSON with identities has one, if it doesn't say that it creates them. Escaped letters may be any.
const WORDS: [&str; 8] = [
    "microsoft.managedidentity",
    "\"clientid\":\"",
    "\"clientid\": \"",
    "\"principalid\":\"",
    "\"principalid\": \"",
    "templatelink",
    "deploymentparameters",
    "\\u",
];

/// Whether JSON may hold anything of interest: most of what is long is generated, and of something else.
pub(super) fn may_hold(text: &str) -> bool {
    let holds = || {
        let lower = text.to_ascii_lowercase();
        WORDS.iter().any(|word| lower.contains(word))
    };
    text.len() < LONG || holds() || !occurrences(text).is_empty()
}

/// The values of a parameters file; `None` if it is none.
pub(super) fn parameters_file(text: &str) -> Option<Given> {
    // It is parsed only if it says what it is.
    if !text.to_ascii_lowercase().contains("deploymentparameters.json") {
        return None;
    }
    let mut item = whole(&mut Parser::new(text, Dialect::Json));
    tokens::open_variables(&mut item);
    let members = item.members();
    has_schema(members, "deploymentparameters.json").then(|| Given { values: given(members, &Names::new(Expressions::None)) })
}

/// Whether the schema is of this kind, in small letters.
fn has_schema(members: &[Member], kind: &str) -> bool {
    matches!(get(members, "$schema").map(|item| &item.value), Some(Value::Text(schema)) if schema.to_ascii_lowercase().contains(kind))
}

/// What templates are deployed to by their schemas, other than resource groups.
const TARGETS: [(&str, &str); 3] = [
    ("subscriptiondeploymenttemplate.json", "subscription"),
    ("managementgroupdeploymenttemplate.json", "managementGroup"),
    ("tenantdeploymenttemplate.json", "tenant"),
];

/// Whether an object is a template: others have resources, too.
fn is_template(members: &[Member]) -> bool {
    let has_types = |item: &Item| match &item.value {
        Value::List(items) => items.iter().any(|item| get(item.members(), "type").is_some()),
        Value::Object(symbols) => symbols.iter().any(|symbol| get(symbol.value.members(), "type").is_some()),
        _ => false,
    };
    get(members, "resources").is_some_and(|resources| has_schema(members, "deploymenttemplate.json") || has_types(resources))
}

fn top(item: &Item, outer: &Given, resources: &mut Resources) {
    let members = item.members();
    let properties = get(members, "properties").map(Item::members).unwrap_or_default();
    let deployed = get(properties, "template").filter(|template| is_template(template.members()));
    resources.is_template = has_schema(members, "deploymenttemplate.json");
    for (schema, target) in TARGETS {
        if has_schema(members, schema) {
            target.clone_into(&mut resources.target);
        }
    }
    if let Some(template) = deployed {
        let given = given(properties, &Names::new(Expressions::None));
        return resources.template(template, given, &DeploymentScope::default(), NESTED_MAX);
    }
    if is_template(members) {
        let given = outer.values.iter().map(|(name, value)| (name.clone(), placed(value, item.at))).collect();
        return resources.template(item, given, &DeploymentScope::default(), NESTED_MAX);
    }
    for kind in ["deploymentparameters.json", "createuidefinition"] {
        if has_schema(members, kind) {
            if kind.starts_with("deployment") {
                resources.notes.push(Note::informs(item.at, messages::READ_PARAMETERS));
            }
            let end = resources.end(item.at);
            resources.accounted.push(item.at..end);
            return;
        }
    }
    // What a deployment would change, and requests sent together.
    for change in get(members, "changes").map(Item::items).unwrap_or_default() {
        let end = resources.end(change.at);
        if let Some(after) = get(change.members(), "after") {
            shown(after.at, after.members(), resources);
        }
        resources.accounted.push(change.at..end);
    }
    for request in get(members, "requests").map(Item::items).unwrap_or_default() {
        sent(request, resources);
    }
    // Pages of a REST response, a Resource Graph answer.
    let list = ["value", "data"].into_iter().find_map(|name| get(members, name));
    match (&item.value, list.map(|list| &list.value)) {
        (Value::List(items), _) | (_, Some(Value::List(items))) => items.iter().for_each(|item| shown(item.at, item.members(), resources)),
        (_, Some(Value::Object(table))) => rows(table, resources),
        _ => shown(item.at, members, resources),
    }
}

/// A request of a batch.
fn sent(request: &Item, resources: &mut Resources) {
    let member = |name: &str| get(request.members(), name);
    let method = member("httpMethod").or_else(|| member("method")).map_or("", Item::start).to_ascii_uppercase();
    let Some(url) = member("url").or_else(|| member("relativeUrl")) else { return };
    let content = member("content").or_else(|| member("body"));
    let end = resources.end(request.at);
    match request::made(request.at, &method, url, content, &Names::new(Expressions::None)) {
        request::Made::Identity(found) => resources.keep(ParsedIdentity { end, ..*found }),
        _ if matches!(method.as_str(), "GET" | "HEAD" | "DELETE" | "POST") => resources.accounted.push(request.at..end),
        _ => {}
    }
}

/// A table of Resource Graph: `columns` with names, and `rows`.
fn rows(table: &[Member], resources: &mut Resources) {
    let items = |name: &str| get(table, name).map(Item::items).unwrap_or_default();
    let names = items("columns").iter().map(|column| match get(column.members(), "name").map(|name| &name.value) {
        Some(Value::Text(name)) => name.clone(),
        _ => String::new(),
    });
    let names: Vec<String> = names.take(ROW_MAX).collect();
    for row in items("rows") {
        let member = |(name, value): (&String, &Item)| Member::new(name.clone(), value.clone());
        let members: Vec<Member> = names.iter().zip(row.items()).map(member).collect();
        shown(row.at, &members, resources);
    }
}

/// Maximum columns of a row.
const ROW_MAX: usize = 200;
/// What an identity has, and few other things have all of.
const MEMBERS: [&str; 11] =
    ["location", "tags", "properties", "id", "name", "type", "resourceGroup", "clientId", "principalId", "tenantId", "systemData"];

/// An identity as ARM or the CLI shows it, or the request body that creates one.
fn shown(at: usize, members: &[Member], resources: &mut Resources) {
    // With an API version, it is a resource taken out of a template.
    let expressions = if get(members, "apiVersion").is_some() { Expressions::Brackets } else { Expressions::None };
    let names = Names::new(expressions);
    let text = |name: &str| match meant(members, name, &names) {
        Some((at, Resolved::Text(text))) => Some((at, text)),
        _ => None,
    };
    let either = |one: &str, other: &str| text(one).or_else(|| text(other));
    let id = either("id", "resourceId");
    match either("type", "resourceType") {
        Some((_, kind)) if is_identity(&kind) => {}
        Some((at, kind)) if kind.contains('/') => return resources.report_ignored(at, &kind),
        Some(_) => return,
        None => {
            let is_identity = match &id {
                Some((_, id)) => request::place(&mut ParsedIdentity::default(), 0, id) == Some(request::Target::Identity),
                None => is_body(members),
            };
            if !is_identity {
                return;
            }
        }
    }
    let mut found = ParsedIdentity { end: resources.end(at), ..ParsedIdentity::at(at) };
    if let Some((at, id)) = id {
        request::place(&mut found, at, &id);
    }
    if let Some((at, name)) = meant(members, "name", &names) {
        found.set(Field::Name, at, name);
    }
    if let Some((at, group)) = either("resourceGroup", "resourceGroupName") {
        found.set(Field::ResourceGroup, at, Resolved::Text(group));
    }
    body(&mut found, members, &names);
    found.explain_empty(Field::Name, messages::READ_NO_NAME);
    explain_deployment_scope(&mut found);
    resources.keep(found);
}

/// Whether an object without a type and an ID looks like an identity, or the body that creates one. A name and a location alone are of
/// anything.
fn is_body(members: &[Member]) -> bool {
    let known = || MEMBERS.into_iter().chain(PROPERTIES.iter().map(|property| property.member));
    let is_known = |member: &Member| known().any(|known| member.name.eq_ignore_ascii_case(known));
    let properties = get(members, "properties").map(Item::members).unwrap_or_default();
    let named = usize::from(get(members, "name").is_some());
    let all_known = members.iter().chain(properties).all(is_known);
    // Nothing but what is said of an identity: of a resource that is global, it is another one.
    let has_region = |item: &Item| !matches!(&item.value, Value::Text(place) if place.eq_ignore_ascii_case("global"));
    get(members, "location").is_some_and(has_region) && all_known && (named == 0 || members.len() > 1 + named)
}

/// Reads the templates that stand elsewhere, such as in a policy, and accounts for mere mentions of the type.
pub(super) fn sweep(item: &Item, resources: &mut Resources) {
    match &item.value {
        Value::List(items) => items.iter().for_each(|item| sweep(item, resources)),
        Value::Object(members) => {
            if is_template(members) && !resources.templates.contains(&item.at) {
                elsewhere(item, Vec::new(), resources);
            }
            // Of a policy: what is to exist, not what is created.
            let is_condition = get(members, "existenceCondition").or_else(|| get(members, "roleDefinitionIds")).is_some();
            for member in members {
                let value = &member.value;
                let is_type =
                    member.name.eq_ignore_ascii_case("resourceType") || (is_condition && member.name.eq_ignore_ascii_case("type"));
                if is_type || mentions(&member.name) {
                    resources.accounted.push(member.at..value.at + 2 + IDENTITY_TYPE.len());
                }
                let is_other = !resources.templates.contains(&value.at);
                if member.name.eq_ignore_ascii_case("template") && is_other && is_template(value.members()) {
                    let given = given(members, &Names::new(Expressions::Brackets));
                    elsewhere(value, given, resources);
                }
                sweep(value, resources);
            }
        }
        Value::Text(text) if resources.is_json() && mentions(text) => resources.accounted.push(item.at..item.at + 2 + text.len()),
        Value::Text(_) | Value::Pieces(_) | Value::Word(_) => {}
    }
}

/// Whether a text is the type with a version, or a module's name: templates have neither.
fn mentions(text: &str) -> bool {
    (text.contains('@') && is_identity(text)) || text.to_ascii_lowercase().contains(MODULES[0])
}

/// A template that is deployed later, by a policy for example.
fn elsewhere(template: &Item, given: Vec<(String, Value)>, resources: &mut Resources) {
    let before = resources.found.len();
    resources.template(template, given, &DeploymentScope::default(), NESTED_MAX);
    resources.found.iter_mut().skip(before).for_each(|found| found.conditional = true);
}
