//! Bicep: resources with literal values, parameters with defaults, variables. Modules are other files and only reported.

use super::ParsedText;
use super::item::{Item, Member, Value, get};
use super::names::{Expressions, GROUP_REGION, Names};
use super::parsed_identity::{Note, syntax_error_notes};
use super::resource::{is_group, is_identity};
use super::syntax::{Dialect, Parser};
use super::template::{DeploymentScope, Resources};
use crate::messages;

/// Statements that create nothing.
const SILENT: [&str; 9] = ["targetscope", "output", "metadata", "import", "using", "type", "func", "assert", "extension"];

pub(super) fn read(text: &str) -> ParsedText {
    let mut parser = Parser::new(text, Dialect::Bicep);
    let statements = parser.members(None);
    let mut resources = Resources::new();
    let names = names(&statements);
    for statement in &statements {
        let word = statement.name.to_ascii_lowercase();
        match word.as_str() {
            "resource" => resource(statement, &names, &mut resources),
            "module" => {
                let file = statement.labels.get(1).map_or("", String::as_str);
                resources.notes.push(Note::warns(statement.at, messages::READ_MODULE.with([file])));
            }
            "param" | "var" => {}
            silent if SILENT.contains(&silent) => {}
            _ => resources.notes.push(Note::blocks(statement.at, messages::READ_NONSENSE)),
        }
    }
    resources.notes.extend(syntax_error_notes(parser.syntax_errors));
    resources.done()
}

/// What the file's names resolve to: `param x string = 'a'`, `var x = 'a'`, and `group.name` of a resource.
fn names(statements: &[Member]) -> Names {
    let mut names = Names::new(Expressions::Words);
    for statement in statements {
        let Some(symbol) = statement.labels.first() else { continue };
        match statement.name.as_str() {
            "param" | "var" if !is_nothing(&statement.value) => names.insert(symbol, statement.value.value.clone()),
            "resource" => {
                let members = statement.value.members();
                let mut known = |property: &str, value: Value| names.insert(&[symbol, ".", property].concat(), value);
                if let Some(name) = get(members, "name") {
                    known("name", name.value.clone());
                }
                let group = statement.labels.get(1).is_some_and(|kind| is_group(kind));
                match get(members, "location") {
                    Some(location) => known("location", location.value.clone()),
                    // The region of an existing group.
                    None if group => known("location", Value::Word(GROUP_REGION.to_owned())),
                    None => {}
                }
            }
            _ => {}
        }
    }
    names
}

fn is_nothing(item: &Item) -> bool {
    matches!(&item.value, Value::Word(word) if word.is_empty())
}

/// `resource symbol 'type@version' = { … }`.
fn resource(statement: &Member, names: &Names, resources: &mut Resources) {
    let Some(kind) = statement.labels.get(1) else {
        return resources.notes.push(Note::blocks(statement.at, messages::READ_NO_TYPE));
    };
    if statement.labels.iter().any(|label| label == "existing") {
        return;
    }
    if let Value::Word(word) = &statement.value.value {
        if is_identity(kind) || word.is_empty() {
            let message = if word.is_empty() { messages::READ_NONSENSE } else { messages::READ_COPIES };
            resources.notes.push(Note::warns(statement.at, message));
        }
        return;
    }
    resources.of_type(kind, statement.at, statement.value.members(), names, &DeploymentScope::default(), 1);
}
