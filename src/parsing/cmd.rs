//! Reads batch files, and commands for Windows' cmd: `%NAME%`, `^` at the end of lines, blocks in brackets.

mod blocks;

use std::collections::BTreeMap;

use super::bash;
use super::commands::Session;
use super::commands::{program, runs_az};
use super::cursor::Cursor;
use super::embedded::Embedded;
use super::item::{Item, Piece, Value, push};
use super::parsed_identity::Note;
use super::shell::{Shell, is_script, shell};
use super::{ParsedText, TextFormat, powershell};
use crate::messages;

/// Commands that print their arguments, or take them as text.
const PRINTS: [&str; 5] = ["echo", "echo.", "title", "echo:", "findstr"];

pub(super) fn read(text: &str) -> ParsedText {
    let mut session = Session::new(text, TextFormat::Cmd);
    run(text, None, &mut session);
    session.done()
}

/// Reads a script that is part of the session's text.
pub(super) fn run(text: &str, origin: Option<&Embedded>, session: &mut Session) {
    let mut batch = Batch { text, at: 0, origin, session, gaps: Vec::new(), sources: BTreeMap::new(), in_list: false };
    loop {
        batch.block();
        // An unmatched closing bracket.
        if batch.step().is_none() {
            break;
        }
    }
}

struct Batch<'a, 't> {
    text: &'a str,
    at: usize,
    /// Where the text stands in the session's text.
    origin: Option<&'a Embedded>,
    session: &'a mut Session<'t>,
    /// The carets of the current command that have a blank after them.
    gaps: Vec<usize>,
    /// Where the texts of variables stand.
    sources: BTreeMap<String, std::ops::Range<usize>>,
    /// Whether the current command gives a loop its values: its pipes have a caret.
    in_list: bool,
}

shell!(Batch);

struct Word {
    item: Item,
    from: usize,
    to: usize,
}

impl Batch<'_, '_> {
    fn blanks(&mut self, lines: bool) {
        while let Some(letter) = self.peek() {
            match letter {
                ' ' | '\t' | '\r' | '\u{feff}' | '\u{a0}' => self.at += letter.len_utf8(),
                '\n' if lines => self.at += 1,
                '^' if self.continuation(&['^']) => {}
                _ => return,
            }
        }
    }

    /// Commands up to a closing bracket, which is not consumed.
    fn block(&mut self) {
        loop {
            self.blanks(true);
            match self.peek() {
                None | Some(')') => return,
                Some('&' | '|' | '@') => {
                    self.step();
                }
                Some(_) => {
                    let before = self.at;
                    self.commands();
                    if self.at == before {
                        self.step();
                    }
                }
            }
        }
    }

    /// A command, and those joined to it. What follows `||` is conditional.
    fn commands(&mut self) {
        if !self.session.scopes.deeper() {
            self.at += self.rest().find('\n').unwrap_or(self.rest().len());
            return;
        }
        let mut branch = None;
        loop {
            self.statement();
            self.blanks(false);
            if self.rest().starts_with("||") && branch.is_none() {
                branch = Some(self.session.enter());
            }
            if !self.rest().starts_with(['&', '|']) {
                break;
            }
            while self.rest().starts_with(['&', '|', ' ']) {
                self.at += 1;
            }
        }
        if let Some(branch) = branch {
            self.session.leave(branch);
        }
        self.session.scopes.shallower();
    }

    /// Whether the word here is `word`; consumes it.
    fn take(&mut self, word: &str) -> bool {
        let rest = self.rest();
        let is = rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
            && !rest[word.len()..].starts_with(|next: char| next.is_alphanumeric() || matches!(next, '_' | '-' | '.' | '\\'));
        self.at += if is { word.len() } else { 0 };
        is
    }

    fn statement(&mut self) {
        while self.rest().starts_with(['@', ' ', '\t']) {
            self.at += 1;
        }
        let start = self.at;
        if self.rest().starts_with("::") || self.take("rem") {
            self.at += self.rest().find('\n').unwrap_or(self.rest().len());
            self.account(start..self.at);
        } else if self.rest().starts_with(':') {
            // A label: what follows may be called, with other values.
            self.at += self.rest().find('\n').unwrap_or(self.rest().len());
        } else if self.rest().starts_with('(') {
            self.at += 1;
            self.block();
            self.at += usize::from(self.rest().starts_with(')'));
        } else if self.take("if") {
            self.condition();
        } else if self.take("for") {
            self.each();
        } else if self.take("set") {
            self.assignment();
        } else {
            self.command();
        }
    }

    /// `set NAME=value` or `set "NAME=value"`; `set /a` and `set /p` make a variable unknown.
    fn assignment(&mut self) {
        self.blanks(false);
        let computed = self.rest().starts_with('/');
        if computed {
            self.word();
            self.blanks(false);
        }
        let start = self.at;
        let line = self.rest().split('\n').next().unwrap_or_default().trim_end_matches('\r');
        let quoted = line.starts_with('"');
        let end = if quoted { line.rfind('"').filter(|end| *end > 0) } else { line.find(['&', '|', '<', '>', ')']) };
        let text = line[..end.unwrap_or(line.len())].trim_start_matches('"');
        let skipped = line[..end.unwrap_or(line.len())].len() - text.len();
        self.at += end.unwrap_or(line.len()) + usize::from(quoted && end.is_some());
        let Some((name, value)) = text.split_once('=') else { return };
        let name = ["%", &name.trim().to_ascii_lowercase(), "%"].concat();
        if computed {
            return self.session.scopes.forget([name]);
        }
        let from = start + skipped + text.len() - value.len();
        self.sources.insert(name.clone(), from..from + value.len());
        // Where the variable stands, its quotes group.
        let plain = value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).filter(|value| !value.contains('"'));
        self.session.scopes.assign(&name, &Value::of(pieces(plain.unwrap_or(value))));
    }

    fn command(&mut self) {
        let start = self.at;
        self.gaps.clear();
        let mut words: Vec<Word> = Vec::new();
        loop {
            self.blanks(false);
            self.at += usize::from(self.operator());
            match self.peek() {
                None | Some('\n' | '&' | '|' | ')') => break,
                Some('(') if words.last().is_some_and(|word| self.text[word.from..word.to].eq_ignore_ascii_case("do")) => break,
                Some('<' | '>') => {
                    while self.rest().starts_with(['<', '>', '&']) {
                        self.at += 1;
                    }
                    self.blanks(false);
                    self.word();
                }
                Some(_) => {
                    let word = self.word();
                    if word.to == word.from {
                        self.step();
                    } else if !((self.rest().starts_with('>') || self.operator())
                        && self.text[word.from..word.to].bytes().all(|byte| byte.is_ascii_digit()))
                    {
                        words.push(word);
                    }
                }
            }
        }
        let end = words.last().map_or(self.at, |word| word.to);
        let Some(first) = words.first() else { return };
        let name = program(&first.item);
        if PRINTS.contains(&name.as_str()) {
            // What is printed to a script may be run.
            if !self.text.get(end..self.at).is_some_and(is_script) {
                self.account(start..end);
            }
            return;
        }
        let mut items: Vec<Item> = words.iter().map(|word| word.item.clone()).collect();
        // `%AZ_COMMAND% -n x`.
        if let Value::Pieces(pieces) = &items[0].value
            && let [Piece::Word(variable)] = pieces.as_slice()
            && let super::names::Resolved::Text(text) = self.session.scopes.names.meant(&items[0].value)
            && text.contains(' ')
        {
            if let Some(source) = self.sources.get(variable).cloned() {
                self.account(source);
            }
            let at = items[0].at;
            items.splice(..1, text.split_whitespace().map(|part| Item::text(at, part)));
        }
        // A label of this file.
        if name == "call" && items.get(1).is_some_and(|item| item.start().starts_with(':')) {
            return;
        }
        if runs_az(&items).is_none() {
            let runs =
                items.iter().map(program).find(|name| matches!(name.as_str(), "cmd" | "powershell" | "pwsh" | "bash" | "wsl" | "start"));
            if let Some(runs) = runs {
                return self.run_texts(&words, &runs);
            }
        }
        let range = self.place(start)..self.place(end);
        if !self.session.command(&items, range) {
            return;
        }
        self.tell_gaps("^");
    }

    /// Whether an operator with a caret is next, as in `for /f %%i in ('a ^| b')`.
    fn operator(&self) -> bool {
        self.in_list && self.rest().strip_prefix('^').is_some_and(|rest| rest.starts_with(['|', '&', '<', '>']))
    }

    /// Reads the texts given to a command that runs them.
    fn run_texts(&mut self, words: &[Word], runs: &str) {
        for word in words.iter().skip(1) {
            let raw = self.text.get(word.from..word.to).unwrap_or_default();
            if !raw.starts_with('"') || !raw.contains(' ') || self.session.scopes.skips || !self.session.scopes.deeper() {
                continue;
            }
            let mut inner = Embedded::default();
            inner.push(self.place(word.from + 1), raw.trim_matches('"'));
            match runs {
                "powershell" | "pwsh" => powershell::run(&inner.text, Some(&inner), self.session),
                "bash" | "wsl" => bash::run(&inner.text, Some(&inner), self.session),
                _ => run(&inner.text, Some(&inner), self.session),
            }
            self.session.scopes.shallower();
        }
    }

    /// A word. Only double quotes group; a caret makes the next letter plain.
    fn word(&mut self) -> Word {
        let from = self.at;
        let mut text = String::new();
        let mut quoted = false;
        while let Some(letter) = self.peek() {
            match letter {
                '\n' => break,
                '"' => {
                    quoted = !quoted;
                    self.step();
                }
                '\\' if self.rest().starts_with("\\\"") && quoted => {
                    self.at += 2;
                    text.push('"');
                }
                _ if quoted => {
                    self.step();
                    text.push(letter);
                }
                ' ' | '\t' | '\r' | '&' | '|' | '<' | '>' | ')' => break,
                '^' if self.operator() => break,
                '^' => {
                    let before = (self.at, self.gaps.len());
                    if self.continuation(&['^']) {
                        self.at = before.0;
                        self.gaps.truncate(before.1);
                        break;
                    }
                    self.step();
                    self.step().into_iter().for_each(|letter| text.push(letter));
                }
                _ => {
                    self.step();
                    text.push(letter);
                }
            }
        }
        // The end of a command in a loop's list.
        if text.ends_with(['\'', '`']) && self.rest().starts_with(')') {
            text.pop();
        }
        if quoted {
            let at = self.place(from);
            self.session.note(Note::blocks(at, messages::READ_UNCLOSED_TEXT));
        }
        Word { item: Item { at: self.place(from), value: Value::of(pieces(&text)) }, from, to: self.at }
    }
}

/// A text's variables: `%NAME%`, `%1`, `%%n`, `%~1`, `!NAME!`.
fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let length = match letter {
            '%' if rest.starts_with("%%") => {
                let tilde = if rest[2..].starts_with('~') { 3 } else { 2 };
                rest[tilde..].chars().next().filter(char::is_ascii_alphabetic).map(|_| tilde + 1)
            }
            '%' if rest[1..].starts_with(|next: char| next.is_ascii_digit() || next == '*') => Some(2),
            '%' if rest[1..].starts_with('~') => {
                rest.find(|letter: char| letter.is_ascii_digit()).filter(|end| *end < 8).map(|end| end + 1)
            }
            '%' | '!' => {
                let end = rest[1..].find(letter).map(|end| end + 2);
                end.filter(|end| *end > 2 && !rest[..*end].contains(' ') || rest[..*end].contains(':'))
            }
            _ => None,
        };
        if let Some(length) = length {
            let name = rest[..length].replace('!', "%").replace('~', "").to_ascii_lowercase();
            let known = letter == '!' || name.ends_with('%') || name.starts_with("%%");
            pieces.push(Piece::Word(if known { name } else { rest[..length].to_owned() }));
            rest = &rest[length..];
        } else {
            push(&mut pieces, letter);
            rest = &rest[letter.len_utf8()..];
        }
    }
    pieces
}
