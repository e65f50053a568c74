//! Jupyter notebooks: their cells of code, and the lines of Python's that a shell runs.

use super::super::embedded::Embedded;
use super::super::{ParsedText, TextFormat};
use super::markdown::placeholder;
use super::pipeline::language;
use super::scalar::text_of;
use super::yaml::{Node, Yaml, parse};
use super::{Host, mentions};

pub(in crate::parsing) fn read(text: &str, outside: u32) -> ParsedText {
    if !mentions(text) {
        return ParsedText::default();
    }
    let (documents, _) = parse(text);
    let mut host = Host::new(text, outside);
    host.shares_variables = true;
    host.softens = true;
    for document in &documents {
        let kernel = document.get(text, "metadata").and_then(|metadata| metadata.get(text, "kernelspec"));
        let names = kernel.map_or(["", ""], |kernel| [kernel.word(text, "language"), kernel.word(text, "name")]);
        let kind = names.into_iter().find_map(kernel_language).unwrap_or(TextFormat::Unknown);
        for cell in document.get(text, "cells").map(Node::items).unwrap_or_default() {
            read_cell(&mut host, text, cell, kind);
        }
    }
    host.done()
}

fn kernel_language(name: &str) -> Option<TextFormat> {
    language(name.trim_start_matches(".net-").trim_end_matches("_kernel"))
}

fn read_cell(host: &mut Host, text: &str, cell: &Node, kind: TextFormat) {
    let Some(source) = cell.get(text, "source") else { return };
    if cell.word(text, "cell_type") != "code" {
        return host.account(cell.at..cell.end);
    }
    if let Some(outputs) = cell.get(text, "outputs") {
        host.account(outputs.at..outputs.end);
    }
    let mut code = Embedded::default();
    match &source.value {
        Yaml::Sequence(lines) => lines.iter().for_each(|line| code.append(&text_of(text, line))),
        _ => code = text_of(text, source),
    }
    let none = Embedded::default();
    let first = code.text.lines().next().unwrap_or_default().trim();
    let magic = first.strip_prefix("%%script ").or(first.strip_prefix("%%")).or(first.strip_prefix("#!"));
    if let Some(kind) = magic.and_then(kernel_language) {
        let mut script = Embedded::default();
        script.copy(&code, code.text.find('\n').map_or(code.text.len(), |end| end + 1), code.text.len());
        host.script(kind, &script, &none, &placeholder);
    } else if kind == TextFormat::Unknown {
        let (commands, rest) = commands(&code);
        host.script(TextFormat::Bash, &commands, &none, &placeholder);
        host.script(TextFormat::Unknown, &rest, &none, &|_, _| None);
    } else {
        host.script(kind, &code, &none, &placeholder);
    }
}

/// The lines of a cell that a shell runs, and the others.
fn commands(code: &Embedded) -> (Embedded, Embedded) {
    let (mut commands, mut others) = (Embedded::default(), Embedded::default());
    let (mut at, mut goes_on) = (0, false);
    for line in code.text.split_inclusive('\n') {
        let own = line.trim_start();
        let end = at + line.len();
        let runs = own.find('!').filter(|mark| {
            let before = own[..*mark].trim_end();
            before.is_empty()
                || before
                    .strip_suffix('=')
                    .is_some_and(|name| name.trim_end().chars().all(|letter| letter.is_alphanumeric() || letter == '_'))
        });
        match runs {
            _ if goes_on => commands.copy(code, at, end),
            Some(mark) => commands.copy(code, end - own.len() + mark + 1, end),
            None => others.copy(code, at, end),
        }
        goes_on = (goes_on || runs.is_some()) && line.trim_end().ends_with('\\');
        at = end;
    }
    commands.put(code.outer(at), "\n");
    (commands, others)
}
