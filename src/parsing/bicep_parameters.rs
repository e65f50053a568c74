//! Bicep's parameters files: the values of another file's parameters.

use super::bicep_syntax::Statement;
use super::given::Given;
use super::names::{Expressions, Names};
use super::parsed_identity::{Note, syntax_error_notes};
use super::syntax::{Dialect, Parser};
use super::{ParsedText, TextFormat};
use crate::messages;

pub(super) fn read(text: &str) -> ParsedText {
    let mut parser = Parser::new(text, Dialect::Bicep);
    let statements = parser.statements();
    if let Some(mut reading) = super::bicep::of_parameters(text, &statements) {
        reading.notes.extend(syntax_error_notes(parser.syntax_errors));
        reading.accounted.append(&mut parser.silent);
        return reading;
    }
    let using = statements.iter().map(|statement| &statement.head).find(|head| head.name == "using");
    let note = match using.and_then(|using| Some((using.at, using.labels.first()?))) {
        Some((at, file)) if file != "none" => Note::informs(at, messages::READ_BICEP_PARAMETERS.with([file])),
        _ => Note::informs(0, messages::READ_PARAMETERS),
    };
    let mut notes = vec![note];
    notes.extend(syntax_error_notes(parser.syntax_errors));
    ParsedText { kind: TextFormat::BicepParameters, notes, ..ParsedText::default() }
}

/// The Bicep file that a parameters file belongs to, and the values it gives.
pub(super) fn values(text: &str) -> (Option<String>, Given) {
    let statements = Parser::new(text, Dialect::Bicep).statements();
    let mut names = Names::new(Expressions::Bicep);
    let mut given = Given::default();
    let mut using = None;
    for Statement { head, .. } in &statements {
        let Some(symbol) = head.labels.first() else { continue };
        match head.name.as_str() {
            "using" => using = Some(symbol.clone()).filter(|file| file != "none"),
            "var" | "param" => names.insert(symbol, head.value.value.clone()),
            _ => {}
        }
    }
    for Statement { head, .. } in statements.iter().filter(|statement| statement.head.name == "param") {
        if let Some(symbol) = head.labels.first() {
            given.add(symbol, &head.value.value, &names);
        }
    }
    (using, given)
}
