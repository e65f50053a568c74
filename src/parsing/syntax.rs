//! A parser of values for JSON and Bicep: names, strings, lists and objects. It evaluates nothing: anything but a literal is
//! returned verbatim. It never fails; what it cannot parse is skipped and reported.

use std::ops::Range;

use super::item::{Item, Member, Value};
use crate::messages::{self, Message};
use crate::parsing::cursor::{Cursor, cursor};

/// Maximum nesting of brackets.
const DEPTH_MAX: u32 = 64;

/// Maximum syntax errors reported per text.
pub(super) const SYNTAX_ERRORS_MAX: usize = 100;

/// The formats with this syntax.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    Json,
    Bicep,
}

/// Parses a text from start to end.
pub(super) struct Parser<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    pub(super) dialect: Dialect,
    pub(super) depth: u32,
    /// Syntax errors and their byte offsets.
    pub(super) syntax_errors: Vec<(usize, Message)>,
    /// What creates nothing for certain: comments and, in Bicep, types and decorators.
    pub(super) silent: Vec<Range<usize>>,
}

cursor!(Parser<'a>);

impl<'a> Parser<'a> {
    pub(super) fn new(text: &'a str, dialect: Dialect) -> Self {
        Self { text, at: 0, dialect, depth: 0, syntax_errors: Vec::new(), silent: Vec::new() }
    }

    /// A parser that starts inside the text.
    pub(super) fn starting(text: &'a str, at: usize, dialect: Dialect) -> Self {
        Self { at, ..Self::new(text, dialect) }
    }

    pub(super) fn syntax_error(&mut self, at: usize, message: Message) {
        // All brackets still open at the end share one position.
        if self.syntax_errors.len() < SYNTAX_ERRORS_MAX && !self.syntax_errors.contains(&(at, message)) {
            self.syntax_errors.push((at, message));
        }
    }

    pub(super) fn skip_line(&mut self) {
        self.at += self.rest().find('\n').unwrap_or(self.rest().len());
    }

    /// Skips blanks and comments, and line breaks if `lines`.
    pub(super) fn blanks(&mut self, lines: bool) {
        loop {
            let line_comment = match self.dialect {
                Dialect::Json => self.starts("//"),
                Dialect::Bicep => self.starts("//") || (self.starts("#") && lines),
            };
            let start = self.at;
            if line_comment {
                self.skip_line();
                self.silent.push(start..self.at);
            } else if self.starts("/*") {
                self.at += self.rest().find("*/").map_or(self.rest().len(), |end| end + 2);
                self.silent.push(start..self.at);
            } else {
                match self.peek() {
                    Some('\n') if !lines => return,
                    Some(letter) if letter.is_whitespace() || letter == '\u{feff}' => self.at += letter.len_utf8(),
                    _ => return,
                }
            }
        }
    }

    /// Whether only blanks stand before this on its line.
    pub(super) fn at_line_start(&self) -> bool {
        let before = self.text.get(..self.at).unwrap_or_default().trim_end_matches([' ', '\t']);
        before.is_empty() || before.ends_with('\n')
    }

    /// Members up to `close`, which is consumed, or to the end.
    pub(super) fn members(&mut self, close: Option<char>) -> Vec<Member> {
        let mut members = Vec::new();
        let mut separated = true;
        loop {
            self.blanks(true);
            self.separate(&mut separated, close);
            match self.peek() {
                None => {
                    if close.is_some() {
                        self.syntax_error(self.at, messages::READ_UNCLOSED);
                    }
                    return members;
                }
                Some(letter) if Some(letter) == close => {
                    self.step();
                    return members;
                }
                Some(',' | ';') => {
                    self.step();
                }
                Some('@') if self.dialect == Dialect::Bicep => self.decorator(),
                Some('.') if self.is_elided() => separated = true,
                Some(_) => {
                    let before = self.at;
                    if let Some(member) = self.member() {
                        members.push(member);
                    } else {
                        self.syntax_error(before, messages::READ_NONSENSE);
                        self.word();
                        if self.at == before {
                            self.step();
                        }
                    }
                }
            }
        }
    }

    /// Whether a name with its colon is next.
    pub(super) fn is_member(&mut self) -> bool {
        let before = self.at;
        let is_member = self.peek() == Some(self.quote()) && self.name().is_some();
        self.blanks(true);
        let is_member = is_member && self.peek() == Some(':');
        self.at = before;
        is_member
    }

    /// Skips `...`, which stands for what is left out.
    fn is_elided(&mut self) -> bool {
        let is_elided = self.dialect == Dialect::Json && self.starts("...");
        if is_elided {
            self.syntax_error(self.at, messages::READ_NONSENSE);
            self.at += 3;
        }
        is_elided
    }

    /// Reports values of JSON without a comma between them, where another one begins.
    fn separate(&mut self, separated: &mut bool, close: Option<char>) {
        let Some(next) = self.peek().filter(|next| self.dialect == Dialect::Json && Some(*next) != close) else { return };
        let is_value = matches!(next, '"' | '{' | '[');
        // After another error, it would mostly be the same one.
        if is_value && !*separated && self.syntax_errors.is_empty() {
            self.syntax_error(self.at, messages::READ_NO_COMMA);
        }
        *separated = matches!(next, ',' | ';') || !is_value;
    }

    /// A name and its value.
    fn member(&mut self) -> Option<Member> {
        if self.dialect == Dialect::Bicep {
            return self.bicep_member();
        }
        let at = self.at;
        let (name, computed) = self.name()?;
        self.blanks(true);
        let value = match self.peek() {
            Some('=' | ':') => {
                self.step();
                self.expression()
            }
            None | Some(',' | ';' | '}' | ']' | ')') => {
                self.syntax_error(at, messages::READ_NONSENSE);
                Item::word(at)
            }
            Some(_) => {
                self.syntax_error(self.at, messages::READ_NONSENSE);
                self.word()
            }
        };
        Some(Member { at, name, computed, labels: Vec::new(), value })
    }

    /// A name, and whether it is an expression.
    pub(super) fn name(&mut self) -> Option<(String, bool)> {
        if self.peek()? == self.quote() {
            let start = self.at;
            return Some(match self.string().value {
                Value::Text(text) => (text, false),
                _ => (self.text.get(start..self.at).unwrap_or_default().to_owned(), true),
            });
        }
        let is_part =
            |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '.' || (letter == '-' && self.dialect != Dialect::Bicep);
        let rest = self.rest();
        let length = rest.find(|letter| !is_part(letter)).unwrap_or(rest.len());
        if length == 0 {
            return None;
        }
        self.at += length;
        Some((rest[..length].to_owned(), false))
    }

    /// The quote of the format's strings.
    pub(super) fn quote(&self) -> char {
        match self.dialect {
            Dialect::Json => '"',
            Dialect::Bicep => '\'',
        }
    }

    pub(super) fn expression(&mut self) -> Item {
        self.blanks(self.dialect == Dialect::Json);
        let at = self.at;
        while self.dialect == Dialect::Bicep && self.is_condition() {
            // A conditional resource is parsed as if the condition holds.
            self.at += 2;
            self.blanks(true);
            self.parentheses();
            self.blanks(true);
        }
        if self.dialect == Dialect::Bicep && self.starts("\"") {
            self.syntax_error(at, messages::READ_BICEP_QUOTES);
        }
        if self.depth >= DEPTH_MAX {
            if !self.syntax_errors.iter().any(|(_, message)| *message == messages::READ_TOO_DEEP) {
                self.syntax_error(at, messages::READ_TOO_DEEP);
            }
            return self.word();
        }
        self.depth += 1;
        let is_loop = self.peek().is_some_and(|open| matches!(open, '[' | '{')) && self.is_loop();
        let value = match self.peek() {
            Some('{') if !is_loop => {
                self.step();
                Some(Value::Object(self.members(Some('}'))))
            }
            Some('[') if !is_loop => {
                self.step();
                Some(Value::List(self.list(']')))
            }
            Some(letter) if letter == self.quote() => Some(self.string().value),
            _ => None,
        };
        self.depth -= 1;
        if let Some(value) = value {
            if self.dialect == Dialect::Json {
                return Item { at, value };
            }
            let end = self.at;
            self.blanks(false);
            if self.at_end() {
                return Item { at, value };
            }
            // `'a' == b ? c : d` and the like.
            self.at = end;
            self.word();
            let whole = self.text.get(at..self.at).unwrap_or_default().trim().to_owned();
            return Item { at, value: Value::Word(whole) };
        }
        self.word()
    }

    /// Whether a value ends here.
    fn at_end(&mut self) -> bool {
        match self.peek() {
            Some('\n' | '\r') => !self.goes_on(0),
            None | Some(',' | ';' | ')' | ']' | '}') => true,
            _ => false,
        }
    }

    /// Whether the bracket contains a `for` loop.
    fn is_loop(&mut self) -> bool {
        let before = self.at;
        let mut is_loop = false;
        if self.dialect != Dialect::Json {
            self.step();
            self.blanks(true);
            let after = |letter: char| letter.is_whitespace() || letter == '(';
            is_loop = self.rest().strip_prefix("for").is_some_and(|rest| rest.starts_with(after));
            self.at = before;
        }
        is_loop
    }

    /// Whether a condition is next: `if (…)`.
    pub(super) fn is_condition(&self) -> bool {
        self.rest().strip_prefix("if").is_some_and(|rest| rest.trim_start().starts_with('('))
    }

    fn list(&mut self, close: char) -> Vec<Item> {
        let mut items = Vec::new();
        let mut separated = true;
        loop {
            self.blanks(true);
            self.separate(&mut separated, Some(close));
            match self.peek() {
                None => {
                    self.syntax_error(self.at, messages::READ_UNCLOSED);
                    return items;
                }
                Some(letter) if letter == close => {
                    self.step();
                    return items;
                }
                Some(',' | ';') => {
                    self.step();
                }
                Some('.') if self.is_elided() => separated = true,
                Some(_) => {
                    let before = self.at;
                    items.push(self.expression());
                    if self.at == before {
                        self.syntax_error(before, messages::READ_NONSENSE);
                        self.step();
                    }
                }
            }
        }
    }
}
