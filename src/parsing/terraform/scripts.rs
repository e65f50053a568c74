//! Scripts and ARM templates in a configuration: what `local-exec`, deployment scripts and template deployments run.

use super::Reader;
use super::grammar::Hcl;
use super::grammar::scope::plain;
use crate::messages;
use crate::parsing::cursor::Cursor;
use crate::parsing::embedded::Embedded;
use crate::parsing::item::{Item, Member, Piece, Value, get};
use crate::parsing::names::Resolved;
use crate::parsing::parsed_identity::{Note, ParsedIdentity, keep};
use crate::parsing::{ParsedText, TextFormat, occurrences, read_as};
use crate::provisioning::field::description::Kind;
use crate::provisioning::field::{FIELDS, Field};
use crate::provisioning::problem::Severity;

/// Around a part of a template that is unknown.
const MARK: char = '\u{e000}';
/// Resources that run a text, the argument with it, and its format.
const RUN: [(&str, &str, TextFormat); 8] = [
    ("azurerm_policy_definition", "policy_rule", TextFormat::Template),
    ("azurerm_resource_deployment_script_azure_cli", "script_content", TextFormat::Bash),
    ("azurerm_resource_deployment_script_azure_power_shell", "script_content", TextFormat::PowerShell),
    ("azurerm_automation_runbook", "content", TextFormat::PowerShell),
    ("azurerm_resource_group_template_deployment", "template_content", TextFormat::Template),
    ("azurerm_subscription_template_deployment", "template_content", TextFormat::Template),
    ("azurerm_management_group_template_deployment", "template_content", TextFormat::Template),
    ("azurerm_template_deployment", "template_body", TextFormat::Template),
];

impl Reader<'_> {
    pub(super) fn scripts(&mut self, block: &Member, kind: &str) {
        let members = block.value.members();
        for (_, argument, format) in RUN.iter().filter(|(resource, ..)| *resource == kind) {
            if let Some(item) = get(members, argument) {
                self.run(block, item, *format);
            }
        }
        let provisioners = members.iter().filter(|member| member.name == "provisioner");
        for provisioner in provisioners.filter(|one| one.labels.first().is_some_and(|label| label == "local-exec")) {
            let members = provisioner.value.members();
            let interpreter =
                get(members, "interpreter").and_then(|item| item.items().first()).map_or("", Item::start).to_ascii_lowercase();
            let is = |name: &str| interpreter.contains(name);
            let format = match () {
                () if is("pwsh") || is("powershell") => TextFormat::PowerShell,
                () if interpreter.is_empty() || is("sh") => TextFormat::Bash,
                () if is("cmd") => TextFormat::Cmd,
                () => continue,
            };
            if let Some(item) = get(members, "command") {
                self.run(block, item, format);
            }
        }
    }

    /// Reads a text that `block` runs.
    fn run(&mut self, block: &Member, item: &Item, format: TextFormat) {
        let is_template = format == TextFormat::Template;
        let mut end = None;
        let inner = match &item.value {
            Value::Word(word) if is_template && word.starts_with("jsonencode") => {
                end = Some(item.at + word.len());
                let mut inner = Embedded::default();
                encode(&self.scope.value(item, None, 0), &mut inner);
                inner
            }
            Value::Word(word) if is_template && (word.starts_with("file(") || word.starts_with("templatefile(")) => {
                return self.reading.notes.push(Note::warns(item.at, messages::READ_LINKED));
            }
            // In a function: `trimspace(<<EOT`.
            Value::Word(word) => match word.find("<<") {
                Some(start) => self.embedded(item.at + start, is_template),
                None => return,
            },
            _ => self.embedded(item.at, is_template),
        };
        if occurrences(&inner.text).is_empty() {
            return;
        }
        let mut read = inner.relocate(read_as(format, &inner.text));
        let members = block.value.members();
        for found in &mut read.found {
            found.conditional |= get(members, "count").is_some() || get(members, "for_each").is_some();
            found.end = end.unwrap_or(found.end);
            unmark(found);
            if is_template && found.draft.resource_group.is_empty() {
                found.remarks.retain(|remark| remark.field != Field::ResourceGroup);
                self.set(found, members, "resource_group_name", Field::ResourceGroup, None);
            }
            found.explain_empty(Field::ResourceGroup, messages::READ_NO_GROUP);
        }
        self.take(read);
    }

    /// What the outer tool accepts is no error, whatever the inner reader makes of its expressions.
    fn take(&mut self, read: ParsedText) {
        for mut note in read.notes {
            if note.severity != Severity::Informs {
                note.severity = Severity::Warns;
                self.reading.notes.push(note);
            }
        }
        for found in read.found {
            keep(&mut self.reading.found, &mut self.reading.notes, found);
        }
        self.reading.accounted.extend(read.accounted);
        self.reading.missing = self.reading.missing.or(read.missing);
    }

    /// The string or heredoc at `at`, with the expressions that are known replaced by their values.
    fn embedded(&self, at: usize, is_template: bool) -> Embedded {
        let mut inner = Embedded::default();
        let mut hcl = Hcl { at, scope: Some(self.scope), ..Hcl::new(self.text) };
        if !hcl.starts("\"") && !hcl.starts("<<") {
            return inner;
        }
        for (at, piece) in hcl.parts() {
            match piece {
                Piece::Text(text) if self.text.get(at..).is_some_and(|rest| rest.starts_with(&text)) => inner.push(at, &text),
                // An escape, or the value of an expression.
                Piece::Text(text) => inner.put(at, &text),
                Piece::Word(word) => inner.put(at, &unknown(&word, is_template)),
            }
        }
        inner
    }
}

/// What stands for an unknown expression: a variable that no script sets.
fn unknown(word: &str, is_template: bool) -> String {
    if is_template {
        let word = word.replace(['"', '\\', '\n', '\r'], " ");
        return format!("{MARK}{word}{MARK}");
    }
    let name: String = word.chars().map(|letter| if letter.is_alphanumeric() || letter == '.' { letter } else { '_' }).collect();
    ["${", &name, "}"].concat()
}

/// Writes a value as JSON.
fn encode(item: &Item, into: &mut Embedded) {
    let text =
        |text: &str| ["\"", &text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n").replace('\r', "\\r"), "\""].concat();
    match &item.value {
        Value::Text(value) => into.put(item.at, &text(value)),
        Value::Word(word) if word == "null" || plain(&item.value).is_some() => into.put(item.at, word),
        Value::Word(word) => into.put(item.at, &text(&unknown(word, true))),
        Value::Pieces(pieces) => {
            let part = |piece: &Piece| match piece {
                Piece::Text(text) => text.clone(),
                Piece::Word(word) => unknown(word, true),
            };
            into.put(item.at, &text(&pieces.iter().map(part).collect::<String>()));
        }
        Value::List(items) => {
            into.put(item.at, "[");
            for (at, item) in items.iter().enumerate() {
                into.put(item.at, if at > 0 { "," } else { "" });
                encode(item, into);
            }
            into.put(item.at, "]");
        }
        Value::Object(members) => {
            into.put(item.at, "{");
            for (at, member) in members.iter().enumerate() {
                into.put(member.at, if at > 0 { "," } else { "" });
                into.put(member.at, &[&text(&member.name), ":"].concat());
                encode(&member.value, into);
            }
            into.put(item.at, "}");
        }
    }
}

/// Takes values with unknown parts for what they are.
fn unmark(found: &mut ParsedIdentity) {
    for field in FIELDS.iter().filter(|known| known.kind == Kind::Text).map(|known| known.field) {
        let value = found.draft.value(field).to_owned();
        if value.contains(MARK) {
            found.draft.choose(field, String::new());
            let at = found.place(field);
            found.places.retain(|(known, _)| *known != field);
            found.set(field, at, marked(&value));
        }
    }
    for row in 0..found.draft.tags.len() {
        let value = found.draft.value(Field::TagValue(row)).to_owned();
        if value.contains(MARK) {
            found.draft.tags[row].value = String::new();
            found.unread(Field::TagValue(row), marked(&value).unread().unwrap_or_default());
        }
    }
    for remark in &mut found.remarks {
        remark.sentence.arguments.iter_mut().for_each(|argument| argument.retain(|letter| letter != MARK));
    }
}

fn marked(value: &str) -> Resolved {
    let piece = |(at, part): (usize, &str)| if at % 2 == 1 { Piece::Word(part.to_owned()) } else { Piece::Text(part.to_owned()) };
    let pieces: Vec<Piece> = value.split(MARK).enumerate().map(piece).filter(|piece| *piece != Piece::Text(String::new())).collect();
    match pieces.as_slice() {
        [Piece::Word(word)] => Resolved::Unread(word.clone()),
        _ => Resolved::Partial(pieces),
    }
}
