//! Simple commands of bash: assignments, words, and the commands that other commands run.

use std::ops::Range;

use super::loops::ARGUMENTS;
use super::words::Word;
use super::{Bash, Flow};
use crate::messages;
use crate::parsing::commands::{program, runs_az};
use crate::parsing::cursor::Cursor;
use crate::parsing::item::{Item, Piece, Value};
use crate::parsing::names::Resolved;
use crate::parsing::parsed_identity::Note;
use crate::parsing::shell::{Shell, is_script};

/// Reserved words out of place, and a prompt.
const STRAY: [&str; 13] = ["if", "then", "else", "elif", "do", "while", "until", "exec", "command", "{", "$", "%", ">"];
/// Keywords before assignments.
const DECLARES: [&str; 6] = ["export", "local", "declare", "readonly", "typeset", "env"];
/// Commands that assign the variables they name.
const ASSIGNS: [&str; 6] = ["read", "mapfile", "readarray", "unset", "getopts", "let"];
/// Commands that print their arguments, or take them as text.
const PRINTS: [&str; 13] = ["echo", "printf", "print", "test", "[", ":", "true", "false", "grep", "egrep", "logger", "figlet", "read"];
/// Parts of the names of functions that log.
const LOGS: [&str; 11] = ["log", "echo", "print", "info", "warn", "err", "die", "msg", "usage", "note", "title"];
/// Commands that run a text.
const RUNS: [&str; 19] = [
    "bash",
    "sh",
    "zsh",
    "dash",
    "ksh",
    "ash",
    "su",
    "ssh",
    "eval",
    "watch",
    "script",
    "trap",
    "wsl",
    "busybox",
    "source",
    "pwsh",
    "powershell",
    "cmd",
    "envsubst|",
];
/// Commands that take a here-document as text.
const TAKES: [&str; 8] = ["curl", "git", "gh", "jq", "grep", "mail", "column", "wc"];
/// The most items of an array that is appended to: each time, it is copied.
const APPENDED_MAX: usize = 200;
/// Commands that pass on what flows to them.
const PASSES: [&str; 7] = ["cat", "tee", "sed", "envsubst", "tr", "echo", "printf"];

impl Bash<'_, '_> {
    /// Reads a simple command; returns whether it is a test.
    pub(super) fn simple(&mut self) -> bool {
        let start = self.at;
        let nested = std::mem::take(&mut self.nested);
        self.gaps.clear();
        let mut words: Vec<Word> = Vec::new();
        loop {
            self.blanks(false);
            let Some(letter) = self.peek() else { break };
            match letter {
                '\n' | ';' | '|' | ')' => break,
                '&' if !self.starts("&>") => break,
                '<' | '>' | '&' => {
                    let (from, process) = (self.at, self.is_process());
                    self.redirection();
                    if process {
                        let item = Item { at: self.place(from), value: Value::Word("<(…)".to_owned()) };
                        words.push(Word { item, from, to: self.at, quoted: true });
                    }
                }
                '(' => {
                    self.at += 1;
                    if let [name] = words.as_slice()
                        && let Some(after) = self.rest().trim_start_matches([' ', '\t']).strip_prefix(')')
                    {
                        let name = name.item.start().to_owned();
                        self.at = self.text.len() - after.len();
                        self.nested = nested;
                        self.function(&name);
                        return false;
                    }
                }
                _ => {
                    let first = words.first().map_or("", |first| first.item.start());
                    if matches!(first, "local" | "declare" | "typeset") {
                        self.hide();
                    }
                    if (words.is_empty() || DECLARES.contains(&first)) && self.assignment() {
                        continue;
                    }
                    let word = self.word();
                    // The file descriptor of a redirection such as `2>&1`.
                    let number = self.text[word.from..word.to].bytes().all(|byte| byte.is_ascii_digit());
                    if word.to == word.from {
                        self.step();
                    } else if !(number && matches!(self.peek(), Some('<' | '>'))) {
                        words.push(word);
                    }
                }
            }
        }
        let test = matches!(words.first().map(|word| word.item.start()), Some("[" | "test"));
        self.run(start, words);
        self.nested = nested;
        test
    }

    /// Keeps what a variable of a function hides.
    fn hide(&mut self) {
        let rest = self.rest();
        let length = rest.find(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_')).unwrap_or(rest.len());
        let name = ["$", &rest[..length]].concat();
        let before = self.session.scopes.names.get(&name).cloned();
        self.locals.push((name, before));
    }

    /// `NAME=value`, `NAME+=value` or `NAME=(…)`; `false` if the word is no assignment.
    pub(super) fn assignment(&mut self) -> bool {
        let rest = self.rest();
        let length = rest.find(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_')).unwrap_or(rest.len());
        if length == 0 || rest.starts_with(|first: char| first.is_ascii_digit()) {
            return false;
        }
        let name = ["$", &rest[..length]].concat();
        let mut after = &rest[length..];
        let element = after.starts_with('[');
        if element {
            let Some(end) = after.find([']', '\n', ' ']).filter(|end| after[*end..].starts_with(']')) else { return false };
            after = &after[end + 1..];
        }
        let appended = after.strip_prefix("+=");
        let Some(value) = appended.or_else(|| after.strip_prefix('=')) else { return false };
        self.at += rest.len() - value.len();
        let from = self.at;
        let names = &self.session.scopes.names;
        let mut list = match names.get(&name) {
            Some(Value::List(items)) if appended.is_some() => items.clone(),
            _ => Vec::new(),
        };
        let value = if value.starts_with('(') {
            self.array(&mut list);
            Value::List(list)
        } else {
            let value = self.word().item.value;
            match value {
                Value::Text(text) if appended.is_some() => Value::Pieces(vec![Piece::Word(name.clone()), Piece::Text(text)]),
                Value::Pieces(pieces) if appended.is_some() => Value::Pieces([vec![Piece::Word(name.clone())], pieces].concat()),
                value => value,
            }
        };
        let long = matches!(&value, Value::List(items) if appended.is_some() && items.len() > APPENDED_MAX);
        if element || long {
            self.session.scopes.forget([name]);
        } else {
            let defined = self.session.scopes.names.get(&name).is_some();
            // A text appended to an unknown one.
            let value = if appended.is_some() && !defined && !matches!(value, Value::List(_)) { Value::Word(String::new()) } else { value };
            self.session.scopes.assign(&name, &value);
            self.sources.insert(name, from..self.at);
        }
        true
    }

    pub(super) fn array(&mut self, items: &mut Vec<Item>) {
        self.at += 1;
        loop {
            self.blanks(true);
            match self.peek() {
                None => return,
                Some(')') => {
                    self.at += 1;
                    return;
                }
                Some(_) => {
                    let word = self.word();
                    if word.to == word.from {
                        self.step();
                    }
                    items.extend(self.expand(word).into_iter().map(|word| word.item));
                }
            }
        }
    }

    /// The words that a word stands for: an array's, or those of an unquoted variable.
    pub(super) fn expand(&self, word: Word) -> Vec<Word> {
        let Some(variable) = word.item.value.variable() else { return vec![word] };
        let names = &self.session.scopes.names;
        let again = |item: Item| Word { item, from: word.from, to: word.to, quoted: true };
        if let "$@" | "$*" | "${@}" | "${*}" = variable
            && let Some(Value::List(items)) = names.get(ARGUMENTS)
        {
            return items.iter().cloned().map(again).collect();
        }
        let array = variable.strip_prefix("${").and_then(|rest| rest.strip_suffix("[@]}").or_else(|| rest.strip_suffix("[*]}")));
        if let Some(Value::List(items)) = array.and_then(|array| names.get(&["$", array].concat())) {
            return items.iter().cloned().map(again).collect();
        }
        match names.meant(&word.item.value) {
            Resolved::Text(text) if !word.quoted && text.contains(char::is_whitespace) => {
                text.split_whitespace().map(|part| again(Item::text(word.item.at, part))).collect()
            }
            _ => vec![word],
        }
    }

    pub(super) fn run(&mut self, start: usize, words: Vec<Word>) {
        let end = words.last().map_or(self.at, |word| word.to);
        let mut words: Vec<Word> = words.into_iter().flat_map(|word| self.expand(word)).collect();
        let stray = words.iter().take_while(|word| STRAY.contains(&word.item.start())).count();
        words.drain(..stray);
        let mut captured = std::mem::take(&mut self.captured);
        let Some(first) = words.first() else {
            return self.none_run(captured);
        };
        let name = program(&first.item);
        let items: Vec<Item> = words.iter().map(|word| word.item.clone()).collect();
        let prints = PRINTS.contains(&name.as_str());
        let az = !prints && runs_az(&items).is_some();
        if prints || (!az && LOGS.iter().any(|log| name.contains(log)) && !self.functions.contains_key(&name)) {
            let nested = self.nested.clone();
            self.flow.push(Flow::Words(first.to..end, nested));
            self.flow.append(&mut captured);
        } else if let Some(runs) = items.iter().map(program).find(|name| RUNS.contains(&name.as_str())).filter(|_| !az) {
            captured.append(&mut self.flow);
            self.run_texts(&words, &runs, captured);
            return;
        } else {
            self.none_run(captured);
        }
        if name == "shift" || (name == "set" && items.get(1).is_some_and(|item| item.start() == "--")) {
            self.shifted(&items);
        } else if ASSIGNS.contains(&name.as_str()) || (name == "printf" && items.len() > 2 && items[1].start() == "-v") {
            self.assigned(&items[1..]);
        } else if !az && self.call(&name, &words[1..]) {
        } else if !prints {
            self.command(&items, start..end);
        }
        let piped = self.starts("|") && !self.starts("||");
        let names: Vec<String> = items.iter().map(program).collect();
        if names.iter().any(|name| matches!(name.as_str(), "xargs" | "parallel" | "at" | "batch")) {
            // What flows there may be run.
            self.flow.clear();
            return;
        }
        let passes = piped || prints || names.iter().any(|name| PASSES.contains(&name.as_str()));
        let tees = names.iter().any(|name| name == "tee");
        let scripts = std::mem::take(&mut self.scripts)
            || (tees && words.iter().any(|word| self.text.get(word.from..word.to).is_some_and(is_script)));
        if scripts {
            // What is printed to a script may be run.
            self.flow.retain(|flow| matches!(flow, Flow::Here(..)));
        }
        let writes = std::mem::take(&mut self.writes) || tees;
        if writes || !passes {
            let taken = names.iter().any(|name| TAKES.contains(&name.as_str())) || names.get(1).is_some_and(|name| name == "rest");
            let flows = std::mem::take(&mut self.flow);
            self.none_run_but(flows, !writes && taken);
        }
    }

    /// Forgets the variables that a command assigns, or gives one the text that flows to it.
    pub(super) fn assigned(&mut self, items: &[Item]) {
        for item in items {
            self.forget(item.start());
        }
        let here = self.flow.iter().rposition(|flow| matches!(flow, Flow::Here(..)));
        if let (Some(Flow::Here(range, quoted)), Some(last)) = (here.map(|at| self.flow.remove(at)), items.last()) {
            let text = self.here_document(range.clone(), quoted);
            let name = ["$", last.start()].concat();
            self.session.scopes.assign(&name, &Value::of(text));
            self.sources.insert(name, range);
        }
    }

    /// Calls a function; `false` if there is none of that name.
    pub(super) fn call(&mut self, name: &str, arguments: &[Word]) -> bool {
        let Some(mut function) = self.functions.remove(name) else { return false };
        let body = function.body.clone();
        if self.session.calls(function.called, body.len(), arguments.iter().map(|word| &word.item)) {
            function.called = true;
            self.body(body, Some(arguments));
        }
        self.functions.entry(name.to_owned()).or_insert(function);
        true
    }

    /// Interprets a command.
    pub(super) fn command(&mut self, items: &[Item], range: Range<usize>) {
        let outer = self.place(range.start)..self.place(range.end);
        if let Some(Flow::Here(here, quoted)) = self.flow.last().cloned()
            && items.iter().any(|item| item.start().starts_with('@') || item.start().contains("=@"))
        {
            let value = Value::of(self.here_document(here.clone(), quoted));
            self.session.input = Some(Item { at: self.place(here.start), value });
            if let Some(Flow::Here(_, quoted)) = self.flow.last_mut() {
                *quoted = true;
            }
        }
        let found = self.session.command(items, outer);
        self.session.input = None;
        if !found {
            return;
        }
        for name in self.variables(range.clone()) {
            if let Some(source) = self.sources.get(&name).cloned() {
                self.account(source);
            }
        }
        self.tell_gaps("\\");
        self.typographic(range);
    }

    /// The variables in a command.
    pub(super) fn variables(&self, range: Range<usize>) -> Vec<String> {
        let text = self.text.get(range).unwrap_or_default();
        let name = |part: &str| {
            let part = part.trim_start_matches('{');
            let end = part.find(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_')).unwrap_or(part.len());
            ["$", &part[..end]].concat()
        };
        text.split('$').skip(1).map(name).collect()
    }

    /// Reports quotes and hyphens that an editor replaced: bash takes them as letters.
    pub(super) fn typographic(&mut self, range: Range<usize>) {
        let text = self.text.get(range.clone()).unwrap_or_default();
        let (mut before, mut quoted) = (' ', None);
        let found = text.char_indices().find(|(_, letter)| {
            if matches!(letter, '"' | '\'') && before != '\\' && quoted.is_none_or(|quote| quote == *letter) {
                quoted = if quoted.is_some() { None } else { Some(*letter) };
            }
            if quoted.is_some() {
                before = *letter;
                return false;
            }
            let quote = matches!(letter, '\u{2018}'..='\u{201f}') && matches!(before, ' ' | '=' | '\t');
            let dash = matches!(letter, '\u{2010}'..='\u{2015}' | '\u{2212}') && matches!(before, ' ' | '\t');
            before = *letter;
            quote || dash
        });
        if let Some((at, letter)) = found {
            let at = self.place(range.start + at);
            self.session.note(Note::blocks(at, messages::READ_TYPOGRAPHIC.with([letter.encode_utf8(&mut [0; 4])])));
        }
    }

    /// Skips `[[ … ]]`.
    pub(super) fn test(&mut self) {
        let start = self.at;
        self.at += 2;
        let outer = std::mem::take(&mut self.nested);
        while self.peek().is_some() {
            self.blanks(true);
            let before = self.at;
            if self.take("]]") {
                break;
            }
            self.word();
            if self.at == before {
                self.step();
            }
        }
        let nested = std::mem::replace(&mut self.nested, outer);
        // More than a line is probably no test.
        if self.text.get(start..self.at).is_some_and(|text| text.len() < 2_000 && text.ends_with("]]")) {
            self.account_without(start..self.at, &nested);
        }
    }
}
