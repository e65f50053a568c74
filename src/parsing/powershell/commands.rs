//! Pipelines, assignments and commands of PowerShell.

use super::Script;
use crate::parsing::commands::program;
use crate::parsing::cursor::Cursor;
use crate::parsing::item::{Item, Member, Piece, Value, push};
use crate::parsing::shell::Shell;

/// Maximum members of a splatted hashtable: a cmdlet has fewer parameters.
pub(super) const SPLATTED_MAX: usize = 100;

pub(super) struct Word {
    pub(super) item: Item,
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) quoted: bool,
}

impl Script<'_, '_> {
    /// Commands and expressions joined by `|`, `&&` and `||`; returns the value of an expression.
    pub(super) fn pipeline(&mut self) -> Option<Item> {
        let outer = std::mem::take(&mut self.each);
        let mut branch = None;
        let mut value = self.element(true);
        loop {
            let end = self.at;
            self.blanks(true);
            if self.starts("||") || self.starts("&&") {
                if self.starts("||") && branch.is_none() {
                    branch = Some(self.session.enter());
                }
                self.at += 2;
                value = None;
            } else if self.starts("|") {
                self.at += 1;
                self.each = value.as_ref().map(|value| self.elements(value)).unwrap_or_default();
            } else {
                self.at = end;
                break;
            }
            self.blanks(true);
            let keeps = matches!(self.rest().split([' ', '\n', '\r', ')', ';']).next(), Some(word) if word.eq_ignore_ascii_case("ConvertTo-Json") || word.eq_ignore_ascii_case("Out-String"));
            self.element(false);
            if !keeps {
                value = None;
            }
        }
        if let Some(branch) = branch {
            self.session.leave(branch);
        }
        self.each = outer;
        value
    }

    fn element(&mut self, first: bool) -> Option<Item> {
        match self.peek()? {
            '&' | '.' if self.rest()[1..].starts_with([' ', '$', '\'', '"', '{', '(', '\t']) => {
                self.at += 1;
                self.blanks(false);
                // `& (Get-Command …)` runs what it names.
                let (accounted, named) = (self.session.reading.accounted.len(), self.starts("("));
                self.command();
                if named {
                    self.session.reading.accounted.truncate(accounted);
                }
                None
            }
            '$' | '[' if first && self.assignment() => None,
            '\'' | '"' | '$' | '(' | '[' | '@' | '{' | '!' | '+' | '0'..='9' | '\u{2018}'..='\u{201e}' => {
                while self.starts("!") || self.starts("+") {
                    self.at += 1;
                    self.blanks(false);
                }
                // `$AZ identity create` runs nothing, but says what is meant.
                if self.starts("$") && is_before_identity(self.rest()) {
                    self.command();
                    return None;
                }
                let value = self.value();
                self.blanks(false);
                if self.starts("=") || self.starts("+=") {
                    self.at += 1 + usize::from(self.starts("+"));
                    self.blanks(true);
                    self.statement();
                    return None;
                }
                Some(value)
            }
            _ => {
                self.command();
                None
            }
        }
    }

    /// `$name = value`; `false` if there is none here.
    fn assignment(&mut self) -> bool {
        let start = self.at;
        while self.starts("[") {
            self.bracket();
            self.blanks(false);
        }
        let Some(name) = self.variable() else { return !self.back_to(start) };
        let member = self.member();
        self.blanks(false);
        let rest = self.rest();
        let operator = ["=", "+=", "??=", "-=", "*=", "/="].into_iter().find(|operator| rest.starts_with(operator));
        let Some(operator) = operator.filter(|_| !rest.starts_with("==")) else {
            let changes =
                |member: &str| matches!(member.to_ascii_lowercase().as_str(), "add" | "remove" | "clear") && rest.starts_with('(');
            if rest.starts_with("++") || rest.starts_with("--") || sets_element(rest) || member.as_deref().is_some_and(changes) {
                self.session.scopes.forget([name]);
            }
            return !self.back_to(start);
        };
        self.at += operator.len();
        self.blanks(true);
        let from = self.at;
        let value = self.statement();
        let known = self.session.scopes.names.get(&name).cloned();
        let value = value.map(|item| (item.at, item.value));
        let new = match (operator, member, known, value) {
            ("=", None, _, value) => value.map(|(_, value)| value),
            ("=", Some(member), Some(Value::Object(mut members)), Some((at, value))) => {
                members.retain(|known| !known.name.eq_ignore_ascii_case(&member));
                members.push(Member::new(member, Item { at, value }));
                Some(Value::Object(members))
            }
            ("+=", None, Some(Value::Object(mut members)), Some((_, Value::Object(more)))) => {
                members.extend(more);
                Some(Value::Object(members))
            }
            ("+=", None, Some(Value::List(mut items)), Some((at, value))) => {
                match value {
                    Value::List(more) => items.extend(more),
                    value => items.push(Item { at, value }),
                }
                Some(Value::List(items))
            }
            ("+=", None, Some(Value::Text(text)), Some((_, Value::Text(more)))) => Some(Value::Text([text, more].concat())),
            _ => None,
        };
        match new {
            Some(value) => {
                self.session.scopes.assign(&name, &value);
                self.sources.insert(name, from..self.at);
            }
            None => self.session.scopes.forget([name]),
        }
        true
    }

    /// Goes back to `start`, to read on from there in another way; `false` if too much was read again already, as what is nested
    /// in brackets may be at each level.
    fn back_to(&mut self, start: usize) -> bool {
        let allowed = self.session.scopes.again(self.at - start);
        self.at = if allowed { start } else { self.at };
        allowed
    }

    /// The member of an assigned hashtable: `.name` or `['name']`.
    fn member(&mut self) -> Option<String> {
        let rest = self.rest();
        let (inner, close) = match rest.strip_prefix('.') {
            Some(inner) => (inner, ""),
            None => (rest.strip_prefix("['").or_else(|| rest.strip_prefix("[\""))?, "]"),
        };
        let ends = |letter: char| match close {
            "" => !(letter.is_alphanumeric() || letter == '_'),
            _ => matches!(letter, '\'' | '"' | '\n'),
        };
        let length = inner.find(ends).unwrap_or(inner.len());
        let after = if close.is_empty() { length } else { length + 1 };
        if !inner.get(after..)?.starts_with(close) {
            return None;
        }
        self.at += rest.len() - inner.len() + after + close.len();
        Some(inner[..length].to_owned())
    }

    fn command(&mut self) {
        let start = self.at;
        let nested = std::mem::take(&mut self.nested);
        self.gaps.clear();
        let mut words: Vec<Word> = Vec::new();
        loop {
            self.blanks(false);
            match self.peek() {
                None | Some('\n' | ';' | '|' | ')' | '}' | ']') => break,
                Some('&') => {
                    if self.starts("&&") {
                        break;
                    }
                    self.step();
                }
                Some('{') if words.is_empty() => {
                    let branch = self.session.enter();
                    self.group();
                    self.session.leave(branch);
                }
                Some('{') => {
                    let name = words.first().map(|word| program(&word.item)).unwrap_or_default();
                    let each = std::mem::take(&mut self.each);
                    let from = self.at;
                    let gaps = std::mem::take(&mut self.gaps);
                    let outer = std::mem::take(&mut self.nested);
                    if self.session.scopes.deeper() {
                        if matches!(name.as_str(), "foreach-object" | "%" | "foreach") {
                            self.repeat("$_", &each, Self::body_of_loop);
                        } else {
                            self.repeat("", &[], Self::body_of_loop);
                        }
                        self.session.scopes.shallower();
                    } else {
                        self.step();
                    }
                    self.gaps = gaps;
                    self.nested = outer;
                    self.nested.push(from..self.at);
                    words.push(Word {
                        item: Item { at: self.place(from), value: Value::Word("{…}".to_owned()) },
                        from,
                        to: self.at,
                        quoted: true,
                    });
                }
                Some('>') => {
                    while matches!(self.peek(), Some('>' | '&')) {
                        self.step();
                    }
                    self.blanks(false);
                    self.word();
                }
                Some('-') if self.starts("--%") => self.verbatim(&mut words),
                Some('@') if self.splat(&mut words) => {}
                Some(_) => {
                    let word = self.word();
                    if word.to == word.from {
                        self.step();
                        continue;
                    }
                    // The stream of a redirection such as `2>&1`.
                    let raw = self.text.get(word.from..word.to).unwrap_or_default();
                    if !(self.starts(">") && (raw == "*" || raw.bytes().all(|byte| byte.is_ascii_digit()))) {
                        words.push(word);
                    }
                }
            }
        }
        let end = words.last().map_or(self.at, |word| word.to);
        self.run(start..end, words);
        self.nested = nested;
    }

    /// What follows `--%` goes to a program as it is: only double quotes group.
    fn verbatim(&mut self, words: &mut Vec<Word>) {
        self.at += "--%".len();
        loop {
            self.at += self.rest().len() - self.rest().trim_start_matches([' ', '\t']).len();
            let (from, mut text, mut quoted) = (self.at, String::new(), false);
            while let Some(letter) = self.peek().filter(|letter| quoted || !matches!(letter, ' ' | '\t' | '\r' | '|')) {
                if letter == '\n' {
                    break;
                }
                self.step();
                quoted ^= letter == '"';
                text.extend((letter != '"').then_some(letter));
            }
            if self.at == from {
                return;
            }
            words.push(Word { item: Item::text(self.place(from), &text), from, to: self.at, quoted: false });
        }
    }

    /// The members of a splatted variable, as parameters.
    fn splat(&mut self, words: &mut Vec<Word>) -> bool {
        let Some(rest) = self.rest().strip_prefix('@') else { return false };
        let length = rest.find(|letter: char| !(letter.is_alphanumeric() || matches!(letter, '_' | ':'))).unwrap_or(rest.len());
        if length == 0 {
            return false;
        }
        let from = self.at;
        self.at += length + 1;
        let name = rest[..length].rsplit(':').next().unwrap_or_default();
        let word = |item: Item| Word { item, from, to: from + length + 1, quoted: true };
        match self.session.scopes.names.get(&["$", name].concat()) {
            // Each use is read again.
            Some(Value::Object(members)) if members.len() <= SPLATTED_MAX && !members.is_empty() => {
                for member in members {
                    let name = Item::text(member.at, &["-", &member.name].concat());
                    words.push(Word { quoted: false, ..word(name) });
                    words.push(word(member.value.clone()));
                }
            }
            Some(Value::List(items)) if items.len() <= SPLATTED_MAX => words.extend(items.iter().cloned().map(word)),
            _ => words.push(word(Item { at: self.place(from), value: Value::Word(["@", name].concat()) })),
        }
        true
    }

    /// An argument. Those with commas between them are a list.
    pub(super) fn word(&mut self) -> Word {
        let mut word = self.argument();
        let mut items = Vec::new();
        loop {
            let end = self.at;
            self.blanks(false);
            if !self.starts(",") || end == word.from {
                self.at = end;
                break;
            }
            self.at += 1;
            self.blanks(true);
            items.push(self.argument().item);
        }
        if !items.is_empty() {
            items.insert(0, word.item);
            word.item = Item { at: self.place(word.from), value: Value::List(items) };
        }
        Word { to: self.at, ..word }
    }

    fn argument(&mut self) -> Word {
        let from = self.at;
        let at = self.place(from);
        let quoted = matches!(self.peek(), Some('\'' | '"' | '\u{2018}'..='\u{201e}'));
        let value = match self.peek() {
            Some('@' | '(') if !self.starts("@ ") => self.primary().value,
            _ => {
                let mut pieces = Vec::new();
                while let Some(letter) = self.peek() {
                    match letter {
                        ' ' | '\t' | '\r' | '\n' | ';' | '|' | ')' | '}' | '>' | ',' | '&' => break,
                        '\'' | '"' | '\u{2018}'..='\u{201e}' => self.quoted(&mut pieces),
                        '`' => {
                            let before = self.at;
                            if self.continuation(&['`']) {
                                self.at = before;
                                self.gaps.truncate(self.gaps.len().saturating_sub(usize::from(self.gaps.last() == Some(&before))));
                                break;
                            }
                            self.step();
                            if let Some(letter) = self.step() {
                                push(&mut pieces, letter);
                            }
                        }
                        '$' => {
                            let start = self.at;
                            self.dollar(&mut pieces);
                            let end = self.at;
                            if self.starts(".") && self.rest()[1..].starts_with(char::is_alphabetic) || self.starts("[") {
                                self.at += 1;
                                let rest = self.rest();
                                self.at += rest.find([' ', '\n', '\r', ';', ')', '"', '}', '|', ',']).unwrap_or(rest.len());
                            }
                            if self.at > end {
                                pieces.pop();
                                pieces.push(Piece::Word(self.text.get(start..self.at).unwrap_or_default().to_owned()));
                            }
                        }
                        '(' => {
                            let start = self.at;
                            self.nested();
                            pieces.push(Piece::Word(self.text.get(start..self.at).unwrap_or_default().to_owned()));
                        }
                        '{' if self.at == from => break,
                        _ => {
                            self.step();
                            push(&mut pieces, letter);
                        }
                    }
                }
                Value::of(pieces)
            }
        };
        Word { item: Item { at, value }, from, to: self.at, quoted }
    }
}

/// Whether `[index] = value` is next.
fn sets_element(rest: &str) -> bool {
    let start = rest.char_indices().nth(80).map_or(rest, |(end, _)| &rest[..end]);
    let after = start.strip_prefix('[').and_then(|index| index.split_once(']')).map_or("", |(_, after)| after.trim_start());
    after.starts_with(['=', '+', '.', '['])
}

/// Whether the word here is a program's name before `identity`.
fn is_before_identity(rest: &str) -> bool {
    let start = rest.char_indices().nth(80).map_or(rest, |(end, _)| &rest[..end]);
    start.split_whitespace().nth(1).is_some_and(|word| word.eq_ignore_ascii_case("identity"))
}
