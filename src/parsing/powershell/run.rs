//! What a command's words do.

use super::Script;
use super::commands::{SPLATTED_MAX, Word};
use crate::parsing::commands::{program, runs_az};
use crate::parsing::cursor::Cursor;
use crate::parsing::embedded::Embedded;
use crate::parsing::item::{Item, Piece, Value};
use crate::parsing::shell::{Shell, is_script};
use crate::parsing::{bash, cmd};
use std::ops::Range;

/// Commands that print their arguments.
const PRINTS: [&str; 10] = [
    "write-host",
    "write-output",
    "write-verbose",
    "write-warning",
    "write-error",
    "write-debug",
    "write-information",
    "write-progress",
    "echo",
    "throw",
];

/// Commands that run a text.
const RUNS: [&str; 8] = ["invoke-expression", "iex", "pwsh", "powershell", "bash", "sh", "cmd", "wsl"];

impl Script<'_, '_> {
    pub(super) fn run(&mut self, range: Range<usize>, words: Vec<Word>) {
        let Some(name) = words.first().map(|first| program(&first.item)) else { return };
        let words = if name == "az" { self.spread(words) } else { words };
        let Some(first) = words.first() else { return };
        let mut items: Vec<Item> = words.iter().map(|word| word.item.clone()).collect();
        if PRINTS.contains(&name.as_str()) {
            let rest = self.rest().split('\n').next().unwrap_or_default();
            let redirected = self.text.get(range.end..self.at).unwrap_or_default();
            // What is printed to a script, or to a command that runs it, may be run.
            if is_script(redirected) || (rest.starts_with('|') && (is_script(rest) || RUNS.iter().any(|runs| names(rest, runs)))) {
                return;
            }
            let nested = std::mem::take(&mut self.nested);
            let mut from = first.to;
            for one in nested {
                self.account(from..one.start.max(from));
                from = from.max(one.end);
            }
            return self.account(from..range.end.max(from));
        }
        if matches!(name.as_str(), "start-process" | "saps" | "start") {
            items = arguments(&items);
        }
        // An argument of an attribute, such as `Mandatory = $true`.
        if items.get(1).is_some_and(|item| item.start() == "=") {
            return;
        }
        let az = runs_az(&items);
        if az.is_none() && items.iter().any(|item| RUNS.contains(&program(item).as_str())) {
            return self.run_texts(&words, &name);
        }
        if az.is_none() && words.get(1..).is_some_and(|words| self.call(&name, words)) {
            return;
        }
        let native = az.and_then(|at| items.get(at)).is_some_and(|item| !item.start().to_ascii_lowercase().starts_with("new-az"))
            || name == "az"
            || name == "curl";
        for (item, word) in items.iter_mut().zip(&words) {
            plain(item, word, native, self.text.get(word.from..word.to).unwrap_or_default());
        }
        if native {
            items = items.into_iter().flat_map(|item| self.elements_of(item)).collect();
        }
        let outer = self.place(range.start)..self.place(range.end);
        if !self.session.command(&items, outer) {
            return;
        }
        self.tell_gaps("`");
    }

    /// The arguments of a program that an argument stands for: each element of a list is one.
    fn elements_of(&self, item: Item) -> Vec<Item> {
        match self.session.scopes.names.whole(&item.value) {
            Value::List(list) if list.len() <= SPLATTED_MAX => {
                list.iter().map(|one| Item { at: item.at, value: one.value.clone() }).collect()
            }
            _ => vec![item],
        }
    }

    /// The words of a program: the list in a variable is given to it as several.
    fn spread(&self, words: Vec<Word>) -> Vec<Word> {
        let names = &self.session.scopes.names;
        let spread = |word: Word| match word.item.value.variable().and_then(|name| names.get(name)) {
            Some(Value::List(items)) if !items.is_empty() && items.len() <= SPLATTED_MAX => {
                items.iter().cloned().map(|item| Word { item, from: word.from, to: word.to, quoted: true }).collect()
            }
            _ => vec![word],
        };
        words.into_iter().flat_map(spread).collect()
    }

    /// Reads the texts given to a command that runs them.
    pub(super) fn run_texts(&mut self, words: &[Word], name: &str) {
        if self.session.scopes.skips {
            return;
        }
        let mut ranges = Vec::new();
        for word in words.iter().skip(1) {
            let source = match &word.item.value {
                Value::Pieces(pieces) => match pieces.as_slice() {
                    [Piece::Word(name)] => self.sources.get(name).cloned(),
                    _ => None,
                },
                _ => None,
            };
            let blank = word.item.start().contains(char::is_whitespace);
            ranges.extend(source.or((word.quoted && blank).then_some(word.from..word.to)));
        }
        for range in ranges {
            let mut inner = Embedded::default();
            let mut at = range.start;
            for line in self.text.get(range).unwrap_or_default().split_inclusive('\n') {
                let start = line.len() - line.trim_start_matches(['@', '\'', '"']).len();
                let text = line.trim_end_matches(['@', '\'', '"']);
                inner.push(self.place(at + start), text.get(start..).unwrap_or_default());
                at += line.len();
            }
            if self.session.scopes.deeper() {
                if self.session.scopes.again(inner.text.len()) {
                    match name {
                        "bash" | "sh" | "wsl" => bash::run(&inner.text, Some(&inner), self.session),
                        "cmd" => cmd::run(&inner.text, Some(&inner), self.session),
                        _ => super::run(&inner.text, Some(&inner), self.session),
                    }
                }
                self.session.scopes.shallower();
            }
        }
    }
}

/// Whether a line has a command among its words.
fn names(line: &str, command: &str) -> bool {
    line.split([' ', '|', ';', '\r']).any(|word| word.eq_ignore_ascii_case(command))
}

/// An argument for a program, or for a cmdlet, which takes long dashes as hyphens and a quoted text as a value.
fn plain(item: &mut Item, word: &Word, native: bool, raw: &str) {
    // `a,b` is one argument of a program.
    if let Value::List(items) = &item.value
        && native
        && !raw.starts_with(['@', '('])
        && items.iter().all(|item| matches!(item.value, Value::Text(_)))
    {
        let parts: Vec<&str> = items.iter().map(Item::start).collect();
        item.value = Value::Text(parts.join(","));
    }
    let Value::Text(text) = &mut item.value else { return };
    if !native && text.starts_with(['\u{2013}', '\u{2014}', '\u{2015}']) && !word.quoted {
        text.replace_range(..3, "-");
    }
    if !native && word.quoted && text.starts_with('-') && word.item.value == Value::Text(text.clone()) && word.to > word.from {
        let text = std::mem::take(text);
        item.value = Value::Pieces(vec![Piece::Text(String::new()), Piece::Text(text)]);
    }
}

/// The command that `Start-Process` starts: a program, and its arguments as a list or a text.
fn arguments(items: &[Item]) -> Vec<Item> {
    let mut words = Vec::new();
    for item in items.iter().skip(1).filter(|item| !item.start().starts_with('-')).take(2) {
        match &item.value {
            Value::List(list) => words.extend(list.iter().cloned()),
            Value::Text(text) if !words.is_empty() => words.extend(text.split_whitespace().map(|part| Item::text(item.at, part))),
            _ => words.push(item.clone()),
        }
    }
    words
}
