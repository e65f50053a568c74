//! HCL, Terraform's language: blocks and expressions. Without a scope, anything but a literal is kept verbatim; with one, names and
//! functions are evaluated as far as they are known.

use std::ops::Range;

use super::functions;
use super::scope::{Bound, Scope, plain};
use crate::messages::{self, Message};
use crate::parsing::item::{Item, Member, Value};

/// Maximum nesting of expressions.
const DEPTH_MAX: u32 = 48;
/// Maximum syntax errors reported per text.
const ERRORS_MAX: usize = 100;
/// Attributes that are prose: what they mention is not run.
const PROSE: [&str; 2] = ["description", "error_message"];
const OPERATORS: [&str; 13] = ["==", "!=", "<=", ">=", "&&", "||", "<", ">", "+", "-", "*", "/", "%"];

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

/// A step of a traversal: `.name`, `[0]`; `None` if its key is unknown.
pub(super) struct Step {
    pub(super) key: Option<String>,
    pub(super) is_index: bool,
}

impl<'a> Hcl<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0, base: 0, depth: 0, inside: false, scope: None, bound: None, errors: Vec::new(), accounted: Vec::new() }
    }

    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn starts(&self, with: &str) -> bool {
        self.rest().starts_with(with)
    }

    pub(super) fn step(&mut self) -> Option<char> {
        let letter = self.peek()?;
        self.at += letter.len_utf8();
        Some(letter)
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

    fn lines(&mut self) {
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

    fn close(&mut self, token: &str) {
        if self.take(token) {
            return;
        }
        self.blanks();
        let unclosed = self.rest().is_empty();
        self.error(self.at, if unclosed { messages::READ_UNCLOSED } else { messages::READ_NONSENSE });
        self.skip(true);
        self.take(token);
    }

    fn identifier(&mut self) -> &'a str {
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
    fn nonsense(&mut self, at: usize) {
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
    fn ends(&mut self) {
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

    fn list(&mut self) -> Value {
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

    fn object(&mut self) -> Value {
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

    fn is_loop(&mut self) -> bool {
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
    fn repeat(&mut self, list: bool, at: usize) -> Option<Item> {
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
