//! Values of PowerShell: strings, here-strings, lists, hashtables, variables, and expressions, which stay verbatim.

use super::Script;
use super::strings::{DOUBLE, SINGLE};
use crate::parsing::cursor::Cursor;
use crate::parsing::item::{Item, Member, Piece, Value};
use crate::parsing::shell::Shell;

impl Script<'_, '_> {
    /// The variable here, by its name without a scope.
    pub(super) fn variable(&mut self) -> Option<String> {
        let rest = self.rest().strip_prefix('$')?;
        let (name, length) = if let Some(inner) = rest.strip_prefix('{') {
            let end = inner.find(['}', '\n'])?;
            (&inner[..end], end + 2)
        } else {
            let end = rest.find(|letter: char| !(letter.is_alphanumeric() || matches!(letter, '_' | ':'))).unwrap_or(rest.len());
            // `$a::b` and `"$a: "`.
            let end = rest[..end].find("::").unwrap_or(rest[..end].trim_end_matches(':').len());
            (&rest[..end], end)
        };
        if name.is_empty() {
            return None;
        }
        self.at += length + 1;
        let scopes = ["script:", "global:", "local:", "private:", "using:"];
        let lower = name.to_ascii_lowercase();
        let scope = scopes.iter().find(|scope| lower.starts_with(**scope)).map_or(0, |scope| scope.len());
        Some(["$", &name[scope..]].concat())
    }

    /// Values separated by commas are a list.
    pub(super) fn value(&mut self) -> Item {
        let mut item = self.operation();
        loop {
            let end = self.at;
            self.blanks(false);
            if !self.starts(",") {
                self.at = end;
                return item;
            }
            self.at += 1;
            self.blanks(true);
            let next = self.operation();
            match &mut item.value {
                Value::List(items) => items.push(next),
                _ => item = Item { at: item.at, value: Value::List(vec![item, next]) },
            }
        }
    }

    /// A value, or an expression of several.
    pub(super) fn operation(&mut self) -> Item {
        let start = self.at;
        if !self.session.scopes.deeper() {
            self.step();
            return Item { at: self.place(start), value: Value::Word(String::new()) };
        }
        let mut item = self.primary();
        let mut whole = true;
        loop {
            let end = self.at;
            self.blanks(false);
            let rest = self.rest();
            if matches!(self.peek(), None | Some('\n' | '\r' | ';' | '|' | ')' | '}' | ']' | ',' | '=')) || rest.starts_with("&&") {
                self.at = end;
                break;
            }
            if let (Some(after), true) = (rest.strip_prefix('+'), whole)
                && !after.starts_with(['+', '='])
            {
                self.at += 1;
                self.blanks(true);
                let next = self.primary();
                match (&mut item.value, pieces(&next.value)) {
                    (Value::Pieces(first), Some(second)) => first.extend(second),
                    (first, Some(second)) => match pieces(first) {
                        Some(before) => *first = Value::Pieces([before, second].concat()),
                        None => whole = false,
                    },
                    _ => whole = false,
                }
                continue;
            }
            if whole && self.format(&mut item) {
                whole = item.value != Value::Word(String::new());
                continue;
            }
            if let (Some(last), Value::Word(first)) = (rest.strip_prefix(".."), &item.value) {
                let digits = last.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(last.len());
                if let (Ok(first), Ok(last)) = (first.parse::<u16>(), last[..digits].parse::<u16>()) {
                    self.at += 2 + digits;
                    let number = |number: u16| Item { at: item.at, value: Value::Text(number.to_string()) };
                    item = Item { at: item.at, value: Value::List((first..=last).take(101).map(number).collect()) };
                    continue;
                }
            }
            whole = false;
            let before = self.at;
            match self.peek() {
                Some('\'' | '"' | '$' | '@' | '(' | '{' | '[') => {
                    self.primary();
                    if self.at == before {
                        self.step();
                    }
                }
                _ => {
                    self.step();
                }
            }
        }
        self.session.scopes.shallower();
        if !whole {
            item.value = Value::Word(self.text.get(start..self.at).unwrap_or_default().trim().to_owned());
        }
        item
    }

    pub(super) fn primary(&mut self) -> Item {
        let start = self.at;
        let at = self.place(start);
        let value = match self.peek() {
            Some('@') if self.starts("@{") => Value::Object(self.hashtable()),
            Some('@') if self.starts("@(") => {
                self.at += 2;
                let values = self.values();
                self.at += usize::from(self.starts(")"));
                match values {
                    Some(items) => Value::List(
                        items
                            .into_iter()
                            .flat_map(|item| match item.value {
                                Value::List(items) => items,
                                value => vec![Item { at: item.at, value }],
                            })
                            .collect(),
                    ),
                    None => Value::Word(self.text.get(start..self.at).unwrap_or_default().to_owned()),
                }
            }
            Some('@') if self.starts("@'") || self.starts("@\"") => self.here_string(),
            Some('(') => match self.nested() {
                Some(item) => item.value,
                None => Value::Word(self.text.get(start..self.at).unwrap_or_default().to_owned()),
            },
            Some('{') => {
                let branch = self.session.enter();
                self.group();
                self.session.leave(branch);
                Value::Word("{…}".to_owned())
            }
            Some('[') => {
                self.bracket();
                let end = self.at;
                self.blanks(false);
                if matches!(self.peek(), Some('\'' | '"' | '$' | '@' | '(' | '[')) && !self.starts("::") {
                    self.primary().value
                } else {
                    self.at = end;
                    Value::Word(self.text.get(start..self.at).unwrap_or_default().to_owned())
                }
            }
            Some(quote) if SINGLE.contains(&quote) || DOUBLE.contains(&quote) => {
                let mut pieces = Vec::new();
                self.quoted(&mut pieces);
                Value::of(pieces)
            }
            Some('$') => {
                let mut pieces = Vec::new();
                self.dollar(&mut pieces);
                match pieces.pop() {
                    Some(Piece::Word(word)) => Value::Word(word),
                    Some(Piece::Text(text)) => Value::Text(text),
                    None => Value::Word(String::new()),
                }
            }
            _ => {
                let rest = self.rest();
                let length = rest.find(|letter: char| !(letter.is_alphanumeric() || letter == '_')).unwrap_or(rest.len());
                self.at += length;
                Value::Word(rest[..length].to_owned())
            }
        };
        let end = self.at;
        self.members();
        if self.at > end {
            return Item { at, value: Value::Word(self.text.get(start..self.at).unwrap_or_default().to_owned()) };
        }
        Item { at, value }
    }

    /// `.name`, `::name`, `[index]` and `(arguments)` after a value.
    fn members(&mut self) {
        loop {
            let rest = self.rest();
            let dots = ["::", "?.", "."].into_iter().find(|dots| rest.starts_with(dots)).map_or(0, str::len);
            let after = rest.get(dots..).unwrap_or_default();
            if dots > 0 && after.starts_with(|letter: char| letter.is_alphabetic() || letter == '_') {
                self.at += dots + after.find(|letter: char| !(letter.is_alphanumeric() || letter == '_')).unwrap_or(after.len());
                if self.starts("(") {
                    self.nested();
                }
            } else if rest.starts_with('[') {
                self.bracket();
            } else {
                return;
            }
        }
    }

    /// Commands in brackets.
    pub(super) fn nested(&mut self) -> Option<Item> {
        let start = self.at;
        let (nested, gaps) = (std::mem::take(&mut self.nested), std::mem::take(&mut self.gaps));
        let each = std::mem::take(&mut self.each);
        let value = self.group();
        (self.nested, self.gaps, self.each) = (nested, gaps, each);
        self.nested.push(start..self.at);
        value
    }

    /// Skips a type, an attribute or an index.
    pub(super) fn bracket(&mut self) {
        self.at += 1;
        if self.session.scopes.deeper() {
            while let Some(letter) = self.peek() {
                match letter {
                    ']' => {
                        self.at += 1;
                        break;
                    }
                    '[' => self.bracket(),
                    '(' => {
                        let (mark, found) = (self.session.mark(), self.session.reading.found.len());
                        self.nested();
                        // The arguments of an attribute are no commands.
                        if self.session.reading.found.len() == found {
                            self.session.back_to(mark);
                        }
                    }
                    '\'' | '"' => self.quoted(&mut Vec::new()),
                    '\n' | ';' | '}' => break,
                    _ => {
                        self.step();
                    }
                }
            }
            self.session.scopes.shallower();
        }
    }

    fn hashtable(&mut self) -> Vec<Member> {
        let mut members = Vec::new();
        self.at += 2;
        loop {
            self.blanks(true);
            let start = self.at;
            let at = self.place(start);
            match self.peek() {
                None | Some(')') => return members,
                Some('}') => {
                    self.at += 1;
                    return members;
                }
                Some(';' | ',') => {
                    self.step();
                    continue;
                }
                Some(_) => {}
            }
            let key = if matches!(self.peek(), Some('\'' | '"' | '$' | '(' | '[')) {
                self.primary()
            } else {
                let length = self.rest().find([' ', '\t', '=', '\n', '}', '\r']).unwrap_or(self.rest().len());
                self.at += length;
                Item::text(at, self.text.get(start..self.at).unwrap_or_default())
            };
            let (name, computed) = match key.value {
                Value::Text(name) => (name, false),
                _ => (self.text.get(start..self.at).unwrap_or_default().to_owned(), true),
            };
            self.blanks(true);
            if self.starts("=") {
                self.at += 1;
                self.blanks(true);
                let from = self.at;
                let value = self.session.scopes.deeper().then(|| {
                    let value = self.statement();
                    self.session.scopes.shallower();
                    value
                });
                let value = value.flatten().unwrap_or_else(|| {
                    let text = self.text.get(from..self.at).unwrap_or_default().trim().to_owned();
                    Item { at: self.place(from), value: Value::Word(text) }
                });
                members.push(Member { at, name, computed, labels: Vec::new(), value });
            }
            if self.at == start {
                self.step();
            }
        }
    }
}

/// The pieces of a string, or of what is put together with one.
pub(super) fn pieces(value: &Value) -> Option<Vec<Piece>> {
    match value {
        Value::Text(text) => Some(vec![Piece::Text(text.clone())]),
        Value::Pieces(pieces) => Some(pieces.clone()),
        Value::Word(word) => Some(vec![Piece::Word(word.clone())]),
        Value::List(_) | Value::Object(_) => None,
    }
}
