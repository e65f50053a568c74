//! HCL, Terraform's language: blocks and expressions. Without a scope, anything but a literal is kept verbatim; with one, names and
//! functions are evaluated as far as they are known.

pub(super) mod scope;

use std::ops::Range;

use self::scope::{Bound, Scope};
use crate::messages::{self, Message};
use crate::parsing::cursor::{Cursor, cursor};
use crate::parsing::item::{Item, Member, Value};

/// Maximum nesting of expressions.
pub(super) const DEPTH_MAX: u32 = 48;
/// Maximum syntax errors reported per text.
const ERRORS_MAX: usize = 100;
/// Attributes that are prose: what they mention is not run.
const PROSE: [&str; 2] = ["description", "error_message"];

/// Parses a text, or an expression in it.
pub(super) struct Hcl<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    /// The offset of `text` in the outer text.
    pub(super) base: usize,
    pub(super) depth: u32,
    /// Whether line breaks are blanks, as in most brackets.
    pub(super) inside: bool,
    pub(super) scope: Option<&'a Scope>,
    pub(super) bound: Option<&'a Bound<'a>>,
    pub(super) errors: Vec<(usize, Message)>,
    /// Comments and prose.
    pub(super) accounted: Vec<Range<usize>>,
}

cursor!(Hcl<'a>);

/// A step of a traversal: `.name`, `[0]`; `None` if its key is unknown.
pub(super) struct Step {
    pub(super) key: Option<String>,
    pub(super) is_index: bool,
}

impl<'a> Hcl<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0, base: 0, depth: 0, inside: false, scope: None, bound: None, errors: Vec::new(), accounted: Vec::new() }
    }

    pub(super) fn slice(&self, from: usize) -> String {
        self.text.get(from..self.at).unwrap_or_default().trim().to_owned()
    }

    pub(super) fn error(&mut self, at: usize, message: Message) {
        let error = (self.base + at, message);
        if self.errors.len() < ERRORS_MAX && !self.errors.contains(&error) {
            self.errors.push(error);
        }
    }

    /// Skips blanks and comments.
    pub(super) fn blanks(&mut self) {
        loop {
            let rest = self.rest();
            let comment = if rest.starts_with('#') || rest.starts_with("//") {
                rest.find('\n').unwrap_or(rest.len())
            } else if rest.starts_with("/*") {
                rest.find("*/").map_or(rest.len(), |end| end + 2)
            } else {
                match self.peek() {
                    Some('\n') if !self.inside => return,
                    Some(letter) if letter.is_whitespace() || letter == '\u{feff}' => self.at += letter.len_utf8(),
                    _ => return,
                }
                continue;
            };
            let start = self.base + self.at;
            if self.scope.is_none() && self.accounted.last().is_none_or(|last| last.end <= start) {
                self.accounted.push(start..start + comment);
            }
            self.at += comment;
        }
    }

    pub(super) fn lines(&mut self) {
        let inside = std::mem::replace(&mut self.inside, true);
        self.blanks();
        self.inside = inside;
    }

    /// Consumes `token` if it is next, after blanks.
    pub(super) fn take(&mut self, token: &str) -> bool {
        let before = self.at;
        self.blanks();
        let found = self.starts(token);
        self.at = if found { self.at + token.len() } else { before };
        found
    }

    pub(super) fn close(&mut self, token: &str) {
        if self.take(token) {
            return;
        }
        self.blanks();
        let unclosed = self.rest().is_empty();
        self.error(self.at, if unclosed { messages::READ_UNCLOSED } else { messages::READ_NONSENSE });
        self.skip(true);
        self.take(token);
    }

    pub(super) fn identifier(&mut self) -> &'a str {
        let rest = self.rest();
        let length = rest.find(|letter: char| !(letter.is_alphanumeric() || letter == '_' || letter == '-')).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    /// Skips to the end of an expression without parsing it: a bracket that it doesn't open, or, unless `all`, a comma or line.
    pub(super) fn skip(&mut self, all: bool) {
        let mut open: Vec<char> = Vec::new();
        while let Some(letter) = self.peek() {
            if open.last() == Some(&'"') {
                self.step();
                match letter {
                    '\\' => drop(self.step()),
                    '"' | '\n' => drop(open.pop()),
                    '$' | '%' if self.starts("{") => {
                        self.step();
                        open.push('}');
                    }
                    _ => {}
                }
                continue;
            }
            match letter {
                '(' => open.push(')'),
                '[' => open.push(']'),
                '{' => open.push('}'),
                '"' => open.push('"'),
                ')' | ']' | '}' if open.is_empty() => return,
                ')' | ']' | '}' => drop(open.pop()),
                ',' | '\n' if open.is_empty() && !all => return,
                '<' if self.starts("<<") => {
                    self.parts();
                    continue;
                }
                '#' | '/' => {
                    let before = self.at;
                    self.blanks();
                    if self.at > before {
                        continue;
                    }
                }
                _ => {}
            }
            self.step();
        }
    }

    /// The blocks and attributes of a file, each with its end.
    pub(super) fn file(&mut self) -> Vec<(Member, usize)> {
        let mut all = Vec::new();
        self.body(None, |member, end| all.push((member, end)));
        all
    }

    fn body(&mut self, close: Option<char>, mut found: impl FnMut(Member, usize)) {
        loop {
            self.lines();
            match self.peek() {
                None => {
                    if close.is_some() {
                        self.error(self.at, messages::READ_UNCLOSED);
                    }
                    return;
                }
                letter if letter == close => {
                    self.step();
                    return;
                }
                Some(_) => {
                    let before = self.at;
                    match self.statement() {
                        Some(member) => found(member, self.base + self.at),
                        None => self.nonsense(before),
                    }
                }
            }
        }
    }

    /// Reports what is here and skips it.
    pub(super) fn nonsense(&mut self, at: usize) {
        self.error(at, messages::READ_NONSENSE);
        self.skip(false);
        if self.at == at {
            self.step();
        }
    }

    /// An attribute or a block.
    fn statement(&mut self) -> Option<Member> {
        let at = self.base + self.at;
        let name = if self.starts("\"") { self.quoted_word() } else { self.identifier().to_owned() };
        let mut labels = Vec::new();
        if name.is_empty() {
            return None;
        }
        loop {
            self.blanks();
            match self.peek()? {
                '=' if labels.is_empty() => {
                    self.step();
                    self.blanks();
                    let start = self.base + self.at;
                    let value = self.expression();
                    if PROSE.contains(&name.as_str()) {
                        self.accounted.push(start..self.base + self.at);
                    }
                    self.ends();
                    return Some(Member { at, name, computed: false, labels, value });
                }
                '{' => {
                    let start = self.base + self.at;
                    self.step();
                    if self.depth >= DEPTH_MAX {
                        self.error(self.at, messages::READ_TOO_DEEP);
                        self.skip(true);
                        self.take("}");
                        return Some(Member {
                            at,
                            name,
                            computed: false,
                            labels,
                            value: Item { at: start, value: Value::Object(Vec::new()) },
                        });
                    }
                    let mut members = Vec::new();
                    let inside = std::mem::replace(&mut self.inside, false);
                    self.depth += 1;
                    self.members_of(&mut members);
                    self.depth -= 1;
                    self.inside = inside;
                    return Some(Member { at, name, computed: false, labels, value: Item { at: start, value: Value::Object(members) } });
                }
                '"' => labels.push(self.quoted_word()),
                _ => match self.identifier() {
                    "" => return None,
                    label => labels.push(label.to_owned()),
                },
            }
        }
    }

    fn members_of(&mut self, members: &mut Vec<Member>) {
        let found: &mut dyn FnMut(Member, usize) = &mut |member, _| members.push(member);
        self.body(Some('}'), found);
    }

    /// Reports what follows a complete attribute on its line.
    pub(super) fn ends(&mut self) {
        let before = self.at;
        self.blanks();
        if matches!(self.peek(), None | Some('\n' | '}' | ',')) {
            self.at = before;
        } else {
            let at = self.at;
            self.nonsense(at);
        }
    }

    fn quoted_word(&mut self) -> String {
        let start = self.at;
        match Self::value_of(self.parts()) {
            Some(Value::Text(text)) => text,
            _ => self.slice(start),
        }
    }
}
