//! Lists, objects, and the `for` expressions that make them.

use super::grammar::Hcl;
use super::grammar::scope::{Bound, plain};
use crate::messages;
use crate::parsing::cursor::Cursor;
use crate::parsing::item::{Item, Member, Value};

impl Hcl<'_> {
    pub(super) fn list(&mut self) -> Value {
        let mut items = Vec::new();
        loop {
            self.blanks();
            let before = self.at;
            match self.peek() {
                None => {
                    self.error(self.at, messages::READ_UNCLOSED);
                    break;
                }
                Some(']') => {
                    self.step();
                    break;
                }
                Some(_) => {
                    items.push(self.expression());
                    self.blanks();
                    if self.at == before || !(self.take(",") || matches!(self.peek(), None | Some(']'))) {
                        let at = self.at;
                        self.nonsense(at);
                    }
                }
            }
        }
        Value::List(items)
    }

    pub(super) fn object(&mut self) -> Value {
        let inside = std::mem::replace(&mut self.inside, false);
        let mut members = Vec::new();
        loop {
            self.lines();
            match self.peek() {
                None => {
                    self.error(self.at, messages::READ_UNCLOSED);
                    break;
                }
                Some('}') => {
                    self.step();
                    break;
                }
                Some(',') => drop(self.step()),
                Some(_) => {
                    let before = self.at;
                    let (name, computed) = self.key();
                    if self.take("=") || self.take(":") {
                        let value = self.expression();
                        members.push(Member { at: self.base + before, name, computed, labels: Vec::new(), value });
                        self.ends();
                    } else {
                        let at = self.at.max(before);
                        self.nonsense(at);
                    }
                }
            }
        }
        self.inside = inside;
        Value::Object(members)
    }

    /// A key, and whether it is an expression.
    fn key(&mut self) -> (String, bool) {
        let start = self.at;
        let name = self.identifier();
        let before = self.at;
        self.blanks();
        if !name.is_empty() && self.peek().is_some_and(|letter| matches!(letter, '=' | ':')) && !self.starts("==") {
            return (name.to_owned(), false);
        }
        self.at = before.min(start);
        let item = self.expression();
        match &item.value {
            Value::Text(text) => (text.clone(), false),
            value if self.scope.is_some() && plain(value).is_some() => (plain(value).unwrap_or_default().to_owned(), false),
            _ => (self.slice(start), true),
        }
    }

    pub(super) fn is_loop(&mut self) -> bool {
        let before = self.at;
        self.lines();
        let rest = self.rest().strip_prefix("for").filter(|rest| rest.starts_with(char::is_whitespace));
        let begins = |letter: char| letter.is_alphabetic() || letter == '_';
        let is_loop = rest.is_some_and(|rest| rest.trim_start().starts_with(begins));
        if !is_loop {
            self.at = before;
        }
        is_loop
    }

    /// `for k, v in list : k => v if test`, after its bracket.
    pub(super) fn repeat(&mut self, list: bool, at: usize) -> Option<Item> {
        self.at += 3;
        self.blanks();
        let mut names = ["", self.identifier()];
        if self.take(",") {
            self.blanks();
            names = [names[1], self.identifier()];
        }
        self.blanks();
        if self.identifier() != "in" {
            self.error(self.at, messages::READ_NONSENSE);
            self.skip(true);
        }
        let over = self.expression();
        self.close(":");
        let start = self.at;
        let scope = self.scope.take();
        self.repeated();
        self.scope = scope;
        self.close(if list { "]" } else { "}" });
        let (mut items, mut members) = (Vec::new(), Vec::new());
        for (key, value) in scope?.elements(&over)? {
            let outer = Bound { name: names[0], item: &key, next: self.bound };
            let inner = Bound { name: names[1], item: &value, next: Some(&outer) };
            let mut body =
                Hcl { at: start, base: self.base, depth: self.depth, inside: true, scope, bound: Some(&inner), ..Hcl::new(self.text) };
            let (key, value, test) = body.repeated();
            match test.as_ref().map(|test| plain(&test.value)) {
                None | Some(Some("true")) => {}
                Some(Some("false")) => continue,
                _ => return None,
            }
            match key {
                Some(key) => {
                    let name = plain(&key.value)?.to_owned();
                    members.push(Member { at: key.at, name, computed: false, labels: Vec::new(), value });
                }
                None => items.push(value),
            }
        }
        Some(Item { at: self.base + at, value: if list { Value::List(items) } else { Value::Object(members) } })
    }

    /// The key, value and condition of a loop.
    fn repeated(&mut self) -> (Option<Item>, Item, Option<Item>) {
        let mut value = self.expression();
        let mut key = None;
        if self.take("=>") {
            key = Some(std::mem::replace(&mut value, self.expression()));
        }
        if self.take("...") {
            // Grouped values are lists.
            value.value = Value::Word("...".to_owned());
        }
        let before = self.at;
        self.blanks();
        let test = if self.identifier() == "if" { Some(self.expression()) } else { None };
        if test.is_none() {
            self.at = before;
        }
        (key, value, test)
    }
}
