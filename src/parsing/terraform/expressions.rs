//! Expressions: operators, calls, names with what follows them, and literals.

use super::functions;
use super::grammar::scope::plain;
use super::grammar::{DEPTH_MAX, Hcl, Step};
use crate::messages;
use crate::parsing::cursor::Cursor;
use crate::parsing::item::{Item, Value};

const OPERATORS: [&str; 13] = ["==", "!=", "<=", ">=", "&&", "||", "<", ">", "+", "-", "*", "/", "%"];

impl Hcl<'_> {
    pub(super) fn expression(&mut self) -> Item {
        self.blanks();
        let start = self.at;
        let item = if self.depth >= DEPTH_MAX {
            self.error(start, messages::READ_TOO_DEEP);
            self.skip(self.inside);
            None
        } else {
            self.depth += 1;
            let item = self.conditional();
            self.depth -= 1;
            item
        };
        item.unwrap_or_else(|| Item { at: self.base + start, value: Value::Word(self.slice(start)) })
    }

    fn conditional(&mut self) -> Option<Item> {
        let test = self.operation();
        if !self.take("?") {
            return test;
        }
        let yes = self.expression();
        self.close(":");
        let no = self.expression();
        match plain(&test?.value)? {
            "true" => Some(yes),
            "false" => Some(no),
            _ => None,
        }
    }

    /// The alternatives of a condition that is unknown.
    pub(super) fn alternatives(&mut self) -> Option<[Item; 2]> {
        self.operation();
        if !self.take("?") {
            return None;
        }
        let yes = self.expression();
        self.close(":");
        Some([yes, self.expression()])
    }

    fn operation(&mut self) -> Option<Item> {
        let mut item = self.operand();
        let mut first = true;
        loop {
            let before = self.at;
            self.blanks();
            let operator = OPERATORS.into_iter().find(|operator| self.starts(operator)).filter(|_| !self.starts("<<"));
            let Some(operator) = operator else {
                self.at = before;
                return item;
            };
            self.at += operator.len();
            let next = self.operand();
            item = if first { functions::operate(operator, item, next) } else { None };
            first = false;
        }
    }

    fn operand(&mut self) -> Option<Item> {
        self.blanks();
        let at = self.at;
        let mut signs = 0;
        while let Some('!' | '-') = self.peek() {
            self.step();
            self.blanks();
            signs += 1;
        }
        let item = self.postfix();
        if signs == 0 {
            return item;
        }
        let value = item?.value;
        let value = match (plain(&value)?, self.text.as_bytes().get(at), signs) {
            ("true", Some(b'!'), 1) => "false".to_owned(),
            ("false", Some(b'!'), 1) => "true".to_owned(),
            (number, Some(b'-'), 1) => ["-", number].concat(),
            _ => return None,
        };
        Some(Item { at: self.base + at, value: Value::Word(value) })
    }

    /// A value, and the traversal after it.
    fn postfix(&mut self) -> Option<Item> {
        self.blanks();
        let at = self.at;
        let mut root = None;
        let mut name = "";
        match self.peek() {
            Some(letter) if letter.is_alphabetic() || letter == '_' => {
                name = self.identifier();
                while self.starts("::") {
                    self.at += 2;
                    self.identifier();
                }
                if self.take("(") {
                    let function = name;
                    name = "";
                    root = self.call(function, at);
                } else if matches!(name, "true" | "false" | "null") {
                    root = Some(Item { at: self.base + at, value: Value::Word(name.to_owned()) });
                    name = "";
                }
            }
            _ => root = self.primary(),
        }
        let steps = self.steps();
        let scope = self.scope;
        match (scope, root) {
            (Some(scope), None) if !name.is_empty() => scope.named(name, &steps, self.bound, self.base + at, self.depth),
            (_, root) if steps.is_empty() => root,
            (Some(scope), Some(root)) => scope.follow(&root, &steps, self.bound, self.depth),
            _ => None,
        }
    }

    fn steps(&mut self) -> Vec<Step> {
        let mut steps = Vec::new();
        loop {
            let before = self.at;
            self.blanks();
            if self.starts(".") && !self.starts("...") {
                self.step();
                self.blanks();
                let name = self.identifier();
                if name.is_empty() {
                    self.take("*");
                }
                steps.push(Step { key: Some(name.to_owned()).filter(|name| !name.is_empty()), is_index: false });
            } else if self.starts("[") {
                self.step();
                let key = self.within(|hcl| {
                    let key = if hcl.take("*") { None } else { Some(hcl.expression()) };
                    hcl.close("]");
                    key
                });
                let key = key.and_then(|key| plain(&key.value).map(str::to_owned));
                steps.push(Step { key, is_index: true });
            } else {
                self.at = before;
                return steps;
            }
        }
    }

    /// Parses the content of brackets in which line breaks are blanks.
    pub(super) fn within<T>(&mut self, parse: impl FnOnce(&mut Self) -> T) -> T {
        let inside = std::mem::replace(&mut self.inside, true);
        let result = parse(self);
        self.inside = inside;
        result
    }

    fn primary(&mut self) -> Option<Item> {
        let at = self.at;
        let whole = |value| Some(Item { at: self.base + at, value });
        match self.peek() {
            Some('(') => {
                self.step();
                let item = self.within(|hcl| {
                    let item = hcl.expression();
                    hcl.close(")");
                    item
                });
                (self.scope.is_some() || !matches!(item.value, Value::Word(_))).then_some(item)
            }
            Some('[' | '{') => {
                let list = self.starts("[");
                self.step();
                if self.is_loop() {
                    return self.within(|hcl| hcl.repeat(list, at));
                }
                let value = if list { self.within(Self::list) } else { self.object() };
                Some(Item { at: self.base + at, value })
            }
            Some('"') => {
                let parts = self.parts();
                Some(Item { at: self.base + at, value: Self::value_of(parts)? })
            }
            Some('<') if self.starts("<<") => {
                let parts = self.parts();
                Some(Item { at: self.base + at, value: Self::value_of(parts)? })
            }
            Some(letter) if letter.is_ascii_digit() => {
                let rest = self.rest();
                let mut end = rest.find(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '.')).unwrap_or(rest.len());
                if let Some(dots) = rest[..end].find("..") {
                    end = dots;
                }
                self.at += end;
                whole(Value::Word(rest[..end].to_owned()))
            }
            _ => {
                self.error(at, messages::READ_NONSENSE);
                self.skip(self.inside);
                None
            }
        }
    }

    fn call(&mut self, name: &str, at: usize) -> Option<Item> {
        let mut arguments = Vec::new();
        self.within(|hcl| {
            while !hcl.take(")") {
                hcl.blanks();
                let before = hcl.at;
                if hcl.rest().is_empty() {
                    return hcl.error(hcl.at, messages::READ_UNCLOSED);
                }
                let argument = hcl.expression();
                match argument.value {
                    Value::List(items) if hcl.take("...") => arguments.extend(items),
                    _ => {
                        hcl.take("...");
                        arguments.push(argument);
                    }
                }
                if !hcl.take(",") {
                    hcl.blanks();
                    if hcl.at == before || !(hcl.starts(")") || hcl.rest().is_empty()) {
                        let at = hcl.at;
                        hcl.nonsense(at);
                    }
                }
            }
        });
        self.scope?;
        let value = functions::call(name, arguments)?;
        Some(Item { at: self.base + at, value })
    }
}
