//! Reads PowerShell scripts: statements, pipelines, blocks. Nothing is run: every block is read, and a loop over literal values
//! once for each.

mod character;
mod commands;
mod format;
mod functions;
mod loops;
mod run;
mod strings;
mod values;

use std::collections::BTreeMap;
use std::ops::Range;

use super::commands::Session;
use super::cursor::Cursor;
use super::embedded::Embedded;
use super::item::{Item, Value};
use super::shell::{Shell, shell};
use super::{ParsedText, TextFormat};
use functions::Function;

pub(super) fn read(text: &str) -> ParsedText {
    let mut session = Session::new(text, TextFormat::PowerShell);
    run(text, None, &mut session);
    session.done()
}

/// Reads a script that is part of the session's text.
pub(super) fn run(text: &str, origin: Option<&Embedded>, session: &mut Session) {
    let mut script = Script {
        text,
        at: 0,
        origin,
        session,
        sources: BTreeMap::new(),
        nested: Vec::new(),
        gaps: Vec::new(),
        each: Vec::new(),
        functions: BTreeMap::new(),
        arguments: None,
    };
    loop {
        script.statements();
        // An unmatched closing bracket.
        if script.step().is_none() {
            break;
        }
    }
    script.uncalled();
}

struct Script<'a, 't> {
    text: &'a str,
    at: usize,
    /// Where the text stands in the session's text.
    origin: Option<&'a Embedded>,
    session: &'a mut Session<'t>,
    /// Where the strings of variables stand.
    sources: BTreeMap<String, Range<usize>>,
    /// The expressions in the current command that are commands themselves.
    nested: Vec<Range<usize>>,
    /// The backticks of the current command that have a blank after them.
    gaps: Vec<usize>,
    /// The values that flow to the next command of a pipeline.
    each: Vec<Value>,
    /// By their names in lower case.
    functions: BTreeMap<String, Function>,
    /// The arguments of the function that begins here.
    arguments: Option<Vec<Item>>,
}

shell!(Script);

impl Script<'_, '_> {
    /// Skips blanks, comments and continued lines, and line breaks if `lines`.
    fn blanks(&mut self, lines: bool) {
        while let Some(letter) = self.peek() {
            let start = self.at;
            if self.starts("<#") {
                self.at += self.rest().find("#>").map_or(self.rest().len(), |end| end + 2);
                self.account(start..self.at);
            } else if letter == '#' {
                self.at += self.rest().find('\n').unwrap_or(self.rest().len());
                self.account(start..self.at);
            } else if letter == '`' {
                if !self.continuation(&['`']) {
                    return;
                }
            } else if (letter == '\n' && !lines) || !(letter.is_whitespace() || letter == '\u{feff}') {
                return;
            } else {
                self.at += letter.len_utf8();
            }
        }
    }

    /// The word here, in lower case.
    fn keyword(&self) -> String {
        let rest = self.rest();
        let length = rest.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(rest.len()).min(12);
        let ends =
            !rest[length..].starts_with(|letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.' | '\\' | ':' | '='));
        if ends { rest[..length].to_ascii_lowercase() } else { String::new() }
    }

    /// Consumes a keyword.
    fn take(&mut self, word: &str) -> bool {
        let taken = self.keyword() == word;
        self.at += if taken { word.len() } else { 0 };
        taken
    }

    /// Statements up to a closing bracket, which is not consumed; returns the value of the only one.
    fn statements(&mut self) -> Option<Item> {
        self.values().filter(|values| values.len() == 1).and_then(|mut values| values.pop())
    }

    /// The same, and returns the values of all of them.
    fn values(&mut self) -> Option<Vec<Item>> {
        let mut values = Some(Vec::new());
        loop {
            self.blanks(true);
            match self.peek() {
                None | Some(')' | '}' | ']') => break,
                Some(';' | ',') => {
                    self.step();
                }
                Some(_) => {
                    let before = self.at;
                    let mut value = None;
                    if self.session.scopes.deeper() {
                        value = self.statement();
                        self.session.scopes.shallower();
                    }
                    match (&mut values, value) {
                        (Some(values), Some(value)) => values.push(value),
                        _ => values = None,
                    }
                    if self.at == before {
                        self.step();
                    }
                }
            }
        }
        values
    }

    /// Statements in brackets.
    fn group(&mut self) -> Option<Item> {
        self.at += 1;
        let value = self.statements();
        self.at += usize::from(matches!(self.peek(), Some(')' | '}' | ']')));
        value
    }

    fn statement(&mut self) -> Option<Item> {
        if self.rest().get(..14).is_some_and(|start| start.eq_ignore_ascii_case("[CmdletBinding")) {
            self.bracket();
            return None;
        }
        let keyword = self.keyword();
        let word = keyword.as_str();
        // A prompt, as in `PS C:\> az …`.
        if word == "ps"
            && let Some(end) = self.rest().split('\n').next().and_then(|line| line.find('>'))
        {
            self.at += end + 1;
            return None;
        }
        match word {
            "if" | "switch" | "while" | "for" | "try" | "catch" | "finally" | "do" | "begin" | "process" | "end" | "trap" | "else"
            | "elseif" | "until" | "class" | "enum" | "data" | "clean" | "dynamicparam" => self.compound(word),
            "foreach" => self.foreach(),
            "function" | "filter" => self.function(),
            "param" => {
                self.at += word.len();
                self.blanks(true);
                if self.starts("(") {
                    self.parameters();
                }
            }
            "return" | "exit" | "break" | "continue" => {
                self.at += word.len();
                self.blanks(false);
                if !matches!(self.peek(), None | Some('\n' | ';' | '}')) {
                    return self.pipeline();
                }
            }
            _ => return self.pipeline(),
        }
        None
    }

    /// A keyword with conditions and blocks.
    fn compound(&mut self, keyword: &str) {
        self.at += keyword.len();
        let mut changed = Vec::new();
        loop {
            self.blanks(true);
            match self.peek() {
                Some('(') => {
                    self.group();
                }
                Some('{') => {
                    let branch = self.session.enter();
                    self.block(keyword == "switch");
                    changed.extend(self.session.leave_alternative(branch));
                    let end = self.at;
                    self.blanks(true);
                    let next = self.keyword();
                    let goes_on = matches!(next.as_str(), "else" | "elseif" | "catch" | "finally" | "until");
                    if !goes_on && (keyword, next.as_str()) != ("do", "while") {
                        self.at = end;
                        break;
                    }
                    self.at += next.len();
                    if matches!(next.as_str(), "until" | "while") {
                        self.blanks(true);
                        if self.starts("(") {
                            self.group();
                        }
                        break;
                    }
                }
                // A type, a label, an option.
                Some('[' | '-' | ':' | ',' | '.') => {
                    self.step();
                }
                Some(letter) if letter.is_alphanumeric() || matches!(letter, '_' | ']') => {
                    self.step();
                    if keyword == "if" || self.starts("\n") {
                        break;
                    }
                }
                Some('$' | '\'' | '"') => {
                    self.value();
                }
                _ => break,
            }
        }
        self.session.scopes.forget(changed);
    }

    /// `{ … }`. In a switch, statements are patterns and blocks.
    fn block(&mut self, switch: bool) {
        if !switch || !self.session.scopes.deeper() {
            self.group();
            return;
        }
        self.at += 1;
        loop {
            self.blanks(true);
            let before = self.at;
            match self.peek() {
                None | Some('}' | ')') => break,
                Some('{') => {
                    let branch = self.session.enter();
                    self.group();
                    self.session.leave(branch);
                }
                Some(';') => {
                    self.step();
                }
                Some(_) => {
                    self.word();
                }
            }
            if self.at == before {
                self.step();
            }
        }
        self.at += usize::from(self.starts("}"));
        self.session.scopes.shallower();
    }
}
