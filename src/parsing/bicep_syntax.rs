//! Bicep's statements and the members of its objects. Types, decorators and functions are skipped: they create nothing.

use super::item::{Item, Member, Value};
use super::syntax::Parser;
use crate::messages;
use crate::parsing::cursor::Cursor;

/// A statement: its keyword is the name, its symbol and type, path or file are the labels.
pub(super) struct Statement {
    pub(super) head: Member,
    pub(super) end: usize,
}

/// `[for (item, index) in list: body]`.
pub(super) struct Loop<'a> {
    pub(super) item: &'a str,
    /// Empty if it has none.
    pub(super) index: &'a str,
    pub(super) list: &'a str,
    pub(super) body: Item,
}

impl<'a> Parser<'a> {
    pub(super) fn statements(&mut self) -> Vec<Statement> {
        let mut statements = Vec::new();
        loop {
            self.blanks(true);
            match self.peek() {
                None => return statements,
                Some('@') => self.decorator(),
                Some(_) => {
                    let head = self.statement();
                    if self.at == head.at {
                        // A bracket that nothing opened.
                        self.step();
                    }
                    statements.push(Statement { head, end: self.at });
                }
            }
        }
    }

    /// `@description('…')`; the statement may follow on the same line.
    pub(super) fn decorator(&mut self) {
        let start = self.at;
        self.step();
        self.at += self.rest().find(|letter: char| !(is_word(letter) || letter == '.')).unwrap_or(self.rest().len());
        self.parentheses();
        self.silence(start);
    }

    /// Accounts for what creates nothing, unless something unclosed swallowed more than that.
    fn silence(&mut self, start: usize) {
        if !self.syntax_errors.iter().any(|(at, _)| *at >= start) {
            self.silent.push(start..self.at);
        }
    }

    fn statement(&mut self) -> Member {
        let at = self.at;
        let name = self.identifier().to_owned();
        self.blanks(false);
        match name.as_str() {
            "resource" | "module" | "test" => return self.declaration(at, name),
            "param" | "var" | "output" | "metadata" | "targetScope" | "assert" => {
                let labels = vec![self.identifier().to_owned()];
                let start = self.at;
                self.skip_type();
                // Only parameters may have no value.
                if name == "param" || self.peek() == Some('=') {
                    self.silence(start);
                }
                let value = self.assigned(at);
                if matches!(name.as_str(), "output" | "metadata" | "assert") {
                    self.silence(at);
                }
                return Member { at, name, computed: false, labels, value };
            }
            "type" => {
                self.identifier();
                self.skip_type();
                if self.peek() == Some('=') {
                    self.step();
                    self.skip_type();
                }
            }
            "using" | "extends" => {
                let label = if self.peek() == Some('\'') { self.text_label() } else { self.identifier().to_owned() };
                self.word();
                return Member { at, name, computed: false, labels: vec![label], value: Item::word(at) };
            }
            "func" | "import" | "extension" | "extensionConfig" | "provider" => {
                self.word();
            }
            _ => {
                self.word();
                return Member::new(String::new(), Item::word(at));
            }
        }
        self.silence(at);
        Member::new(name, Item::word(at))
    }

    /// `resource symbol 'type@version' existing = …`, also of a child.
    fn declaration(&mut self, at: usize, name: String) -> Member {
        let mut labels = vec![self.identifier().to_owned()];
        self.blanks(false);
        if self.peek() == Some('\'') {
            labels.push(self.text_label());
            self.blanks(false);
        }
        if self.starts("\"") {
            let start = self.at;
            self.syntax_error(start, messages::READ_BICEP_QUOTES);
            self.skip_line();
            self.silent.push(start..self.at);
            return Member { at, name, computed: false, labels, value: Item::word(at) };
        }
        if self.starts("existing") {
            labels.push(self.identifier().to_owned());
            self.blanks(false);
        }
        let value = self.assigned(at);
        Member { at, name, computed: false, labels, value }
    }

    /// The value after `=`, or an empty word.
    fn assigned(&mut self, at: usize) -> Item {
        if self.peek() != Some('=') {
            self.word();
            return Item::word(at);
        }
        self.step();
        let end = self.at;
        self.blanks(true);
        // Only a condition, a loop or a body may stand on the next line.
        if !(self.is_condition() || self.starts("[") || self.starts("{")) {
            self.at = end;
        }
        self.expression()
    }

    fn text_label(&mut self) -> String {
        match self.string().value {
            Value::Text(text) => text,
            _ => String::new(),
        }
    }

    /// The member of an object: `name: value`, a spread, or a child resource.
    pub(super) fn bicep_member(&mut self) -> Option<Member> {
        let at = self.at;
        if self.starts("...") {
            self.at += 3;
            let value = self.expression();
            return Some(Member { at, name: "...".to_owned(), computed: true, labels: Vec::new(), value });
        }
        let (name, computed) = self.name()?;
        self.blanks(false);
        if name == "resource" && self.peek().is_some_and(is_word) {
            return Some(self.declaration(at, name));
        }
        if self.peek() != Some(':') {
            return None;
        }
        self.step();
        let value = self.expression();
        Some(Member { at, name, computed, labels: Vec::new(), value })
    }

    /// Skips a type, up to `=` or the end of its line.
    fn skip_type(&mut self) {
        let start = self.at;
        let mut angles = 0_u32;
        while let Some(letter) = self.peek() {
            let before = self.at;
            match letter {
                '<' => angles += 1,
                '>' => angles = angles.saturating_sub(1),
                '=' | ')' | ']' | '}' => break,
                '(' | '[' | '{' => self.brackets(),
                '\'' => {
                    self.string();
                }
                '\r' | '\n' | '/' => {
                    let open = self.text.get(start..before).unwrap_or_default().trim_end().ends_with('|');
                    self.blanks(true);
                    if !(open || angles > 0 || self.starts("|")) {
                        self.at = before;
                        break;
                    }
                }
                _ => {}
            }
            if self.at == before {
                self.step();
            }
        }
    }

    pub(super) fn identifier(&mut self) -> &'a str {
        let rest = self.rest();
        let length = rest.find(|letter| !is_word(letter)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    /// Reads the loop whose bracket is next; `None` if it isn't one.
    pub(super) fn bicep_loop(&mut self) -> Option<Loop<'a>> {
        self.step();
        self.blanks(true);
        if self.identifier() != "for" {
            return None;
        }
        self.blanks(true);
        let pair = self.peek() == Some('(');
        if pair {
            self.step();
            self.blanks(true);
        }
        let item = self.identifier();
        let mut index = "";
        if pair {
            self.blanks(true);
            if self.peek() == Some(',') {
                self.step();
                self.blanks(true);
                index = self.identifier();
                self.blanks(true);
            }
            self.step().filter(|close| *close == ')')?;
        }
        self.blanks(true);
        if self.identifier() != "in" {
            return None;
        }
        let start = self.at;
        // The colons of ternaries come first.
        let mut ternaries = 0_u32;
        loop {
            let before = self.at;
            match self.peek()? {
                ':' if ternaries == 0 => break,
                ':' => ternaries -= 1,
                '?' if self.starts("??") => self.at += 2,
                '?' if !self.text.get(..before)?.ends_with('.') => ternaries += 1,
                '(' | '[' | '{' => self.brackets(),
                ')' | ']' | '}' => return None,
                '\'' => {
                    self.string();
                }
                _ => self.blanks(true),
            }
            if self.at == before {
                self.step();
            }
        }
        let list = self.text.get(start..self.at)?.trim();
        self.step();
        self.blanks(true);
        let body = self.expression();
        Some(Loop { item, index, list, body })
    }
}

/// Whether a Bicep line that starts like this continues the previous one.
pub(super) fn continues(next: &str) -> bool {
    const STARTS: [&str; 13] = ["?", ":", "&&", "||", ".", "==", "!=", "=~", "!~", "+", "*", "<", ">"];
    !next.starts_with("...") && STARTS.iter().any(|start| next.starts_with(start))
}

/// Whether a Bicep line that ends like this is continued.
pub(super) fn is_open(line: &str) -> bool {
    const ENDS: [&str; 10] = ["?", ":", "&&", "||", "==", "!=", "=>", "+", "<", ">"];
    ENDS.iter().any(|end| line.ends_with(end))
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// Whether a statement has no value.
pub(super) fn is_nothing(item: &Item) -> bool {
    matches!(&item.value, Value::Word(word) if word.is_empty())
}
