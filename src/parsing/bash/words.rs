//! Words of bash: quotes, variables, substitutions, continued lines.

use super::{Bash, Flow};
use crate::messages;
use crate::parsing::cursor::Cursor;
use crate::parsing::embedded::Embedded;
use crate::parsing::item::{Item, Piece, Value, push};
use crate::parsing::names::Resolved;
use crate::parsing::parsed_identity::Note;
use crate::parsing::shell::Shell;

/// The letters that end a word.
const ENDS: [char; 12] = [' ', '\t', '\r', '\n', ';', '&', '|', '(', ')', '<', '>', '\u{a0}'];
/// Maximum length of an arithmetic expression.
const ARITHMETIC_MAX: usize = 2_000;

/// Maximum nesting of brackets in one.
const BRACKETS_MAX: u32 = 50;

pub(super) struct Word {
    pub(super) item: Item,
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) quoted: bool,
}

impl Bash<'_, '_> {
    pub(super) fn word(&mut self) -> Word {
        let from = self.at;
        let (mut pieces, mut quoted) = (Vec::new(), false);
        while let Some(letter) = self.peek() {
            if ENDS.contains(&letter) || self.continuation(&['\\', '^']) {
                break;
            }
            quoted |= matches!(letter, '\'' | '"');
            match letter {
                '\'' => {
                    self.step();
                    self.single(from, &mut pieces);
                }
                '"' => {
                    self.step();
                    self.double(from, true, &mut pieces);
                }
                '\\' => {
                    self.step();
                    if let Some(letter) = self.step() {
                        push(&mut pieces, letter);
                    }
                }
                '$' | '`' => self.dollar(&mut pieces),
                _ => {
                    self.step();
                    push(&mut pieces, letter);
                }
            }
        }
        Word { item: Item { at: self.place(from), value: Value::of(pieces) }, from, to: self.at, quoted }
    }

    fn single(&mut self, at: usize, pieces: &mut Vec<Piece>) {
        let rest = self.rest();
        let end = rest.find('\'');
        rest[..end.unwrap_or(rest.len())].chars().for_each(|letter| push(pieces, letter));
        self.at += end.map_or(rest.len(), |end| end + 1);
        if end.is_none() {
            self.unclosed(at);
        }
    }

    fn unclosed(&mut self, at: usize) {
        let at = self.place(at);
        self.session.note(Note::blocks(at, messages::READ_UNCLOSED_TEXT));
    }

    /// The text up to a closing double quote, or all of a here-document.
    pub(super) fn double(&mut self, at: usize, closes: bool, pieces: &mut Vec<Piece>) {
        while let Some(letter) = self.peek() {
            match letter {
                '"' if closes => {
                    self.step();
                    return;
                }
                '\\' => {
                    self.step();
                    match self.peek() {
                        Some(next @ ('$' | '`' | '"' | '\\')) => push(pieces, next),
                        Some('\n') => {}
                        Some(next) => {
                            push(pieces, '\\');
                            push(pieces, next);
                        }
                        None => break,
                    }
                    self.step();
                }
                '$' | '`' => self.dollar(pieces),
                _ => {
                    self.step();
                    push(pieces, letter);
                }
            }
        }
        if closes {
            self.unclosed(at);
        }
    }

    /// A variable, or a command substitution, whose commands are read too.
    fn dollar(&mut self, pieces: &mut Vec<Piece>) {
        let start = self.at;
        if self.starts("`") {
            return self.backticks(pieces);
        }
        self.at += 1;
        match self.peek() {
            Some('(') if self.starts("((") && self.arithmetic() => {}
            Some('(') if self.session.scopes.deeper() => {
                self.at += 1;
                let text = self.substitution(start);
                self.session.scopes.shallower();
                if let Some(text) = text {
                    return pieces.extend(text);
                }
            }
            Some('{') => return self.parameter(pieces),
            Some('\'') => {
                // `$'…'` with C's backslash escapes.
                self.step();
                return self.ansi(pieces);
            }
            // `$"…"` is a text to translate.
            Some('"') => return,
            Some(letter) if letter.is_ascii_alphabetic() || letter == '_' => {
                let rest = self.rest();
                self.at += rest.find(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_')).unwrap_or(rest.len());
            }
            Some('@' | '*' | '#' | '?' | '$' | '!' | '0'..='9') => {
                self.step();
            }
            _ => return push(pieces, '$'),
        }
        pieces.push(self.verbatim(start));
    }

    /// What was just read, as an expression.
    fn verbatim(&self, start: usize) -> Piece {
        Piece::Word(self.text.get(start..self.at).unwrap_or_default().to_owned())
    }

    /// The commands up to `)`; returns what they print, if that is a here-document.
    pub(super) fn substitution(&mut self, start: usize) -> Option<Vec<Piece>> {
        let outputs = self.outputs.replace(Vec::new());
        let outer = [std::mem::take(&mut self.flow), std::mem::take(&mut self.captured)];
        let (nested, gaps) = (std::mem::take(&mut self.nested), std::mem::take(&mut self.gaps));
        self.subshell();
        let mut printed = std::mem::replace(&mut self.outputs, outputs).unwrap_or_default();
        [self.flow, self.captured] = outer;
        (self.nested, self.gaps) = (nested, gaps);
        self.nested.push(start..self.at);
        let text = match printed.as_mut_slice() {
            [Flow::Here(range, quoted)] => {
                let text = self.here_document(range.clone(), *quoted);
                // Its own substitutions have been read.
                *quoted = true;
                Some(text)
            }
            _ => None,
        };
        self.captured.extend(printed);
        text
    }

    fn backticks(&mut self, pieces: &mut Vec<Piece>) {
        let start = self.at;
        let mut inner = Embedded::default();
        let (mut from, mut escaped) = (start + 1, false);
        for (at, letter) in self.rest().char_indices().skip(1) {
            let at = start + at;
            if letter == '`' && !escaped {
                inner.push(self.place(from), self.text.get(from..at).unwrap_or_default());
                self.at = at + 1;
                self.nested.push(start..self.at);
                self.read_inner(&inner, "bash");
                return pieces.push(self.verbatim(start));
            }
            if letter == '`' {
                inner.push(self.place(from), self.text.get(from..at - 1).unwrap_or_default());
                from = at;
            }
            escaped = letter == '\\' && !escaped;
        }
        self.at += 1;
        push(pieces, '`');
    }

    /// `${…}`: a name, or a name with a default.
    fn parameter(&mut self, pieces: &mut Vec<Piece>) {
        let start = self.at - 1;
        self.at += 1;
        let rest = self.rest();
        let length = rest.find(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_')).unwrap_or(rest.len());
        let name = ["$", &rest[..length]].concat();
        self.at += length;
        let operator = ["}", ":-", ":=", "-", "="].into_iter().find(|operator| length > 0 && self.starts(operator));
        self.at += operator.map_or(0, str::len);
        let mut value = Vec::new();
        if operator != Some("}") {
            self.braces(&mut value);
        }
        let names = &self.session.scopes.names;
        let known = names.get(&name).map(|value| names.meant(value));
        match (operator, known) {
            (None | Some("}"), _) => pieces.push(self.verbatim(start)),
            (Some(operator), Some(Resolved::Text(text))) if !(text.is_empty() && operator.starts_with(':')) => {
                pieces.push(Piece::Text(text));
            }
            (Some(operator), None | Some(Resolved::Text(_))) => {
                if operator.ends_with('=') {
                    self.session.scopes.assign(&name, &Value::of(value.clone()));
                }
                pieces.extend(value);
            }
            _ => pieces.push(self.verbatim(start)),
        }
    }

    /// The rest of `${…}`, as a text.
    fn braces(&mut self, pieces: &mut Vec<Piece>) {
        while let Some(letter) = self.peek() {
            match letter {
                '}' => {
                    self.step();
                    return;
                }
                // Not closed.
                '\n' => return,
                '\'' => {
                    self.step();
                    if self.rest().split('\n').next().is_some_and(|line| line.contains('\'')) {
                        self.single(self.at, pieces);
                    } else {
                        push(pieces, letter);
                    }
                }
                '"' => {
                    self.step();
                }
                '\\' => {
                    self.step();
                    self.step().into_iter().for_each(|letter| push(pieces, letter));
                }
                '$' | '`' if self.session.scopes.deeper() => {
                    self.dollar(pieces);
                    self.session.scopes.shallower();
                }
                _ => {
                    self.step();
                    push(pieces, letter);
                }
            }
        }
    }

    /// Skips `((…))`, and forgets what it assigns; `false` if it is something else.
    pub(super) fn arithmetic(&mut self) -> bool {
        let rest = self.rest();
        let mut open = 0_u32;
        for (at, letter) in rest.char_indices().take(ARITHMETIC_MAX) {
            match letter {
                '(' if open < BRACKETS_MAX => open += 1,
                '(' => return false,
                ')' if open == 2 => {
                    if !rest[at..].starts_with("))") {
                        return false;
                    }
                    let text = &rest[..at];
                    self.at += at + 2;
                    if text.contains('=') || text.contains("++") || text.contains("--") {
                        self.forget(text);
                    }
                    return true;
                }
                ')' => open -= 1,
                _ => {}
            }
        }
        false
    }

    /// Makes the variables named in `text` unknown.
    pub(super) fn forget(&mut self, text: &str) {
        let names = text.split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_')).filter(|name| !name.is_empty());
        self.session.scopes.forget(names.map(|name| ["$", name].concat()));
    }

    fn ansi(&mut self, pieces: &mut Vec<Piece>) {
        // Escapes yield bytes; several may form one character.
        let mut bytes = Vec::new();
        while let Some(letter) = self.step() {
            match letter {
                '\'' => break,
                '\\' => match self.step() {
                    Some('n') => bytes.push(b'\n'),
                    Some('t') => bytes.push(b'\t'),
                    Some('r') => bytes.push(b'\r'),
                    Some('a') => bytes.push(7),
                    Some('b') => bytes.push(8),
                    Some('e' | 'E') => bytes.push(0x1b),
                    Some('f') => bytes.push(0xc),
                    Some('v') => bytes.push(0xb),
                    Some('x') => bytes.extend(self.number(16, 2).and_then(|number| u8::try_from(number).ok())),
                    Some('u') => push_utf8(&mut bytes, self.number(16, 4)),
                    Some('U') => push_utf8(&mut bytes, self.number(16, 8)),
                    Some('0'..='7') => {
                        self.at -= 1;
                        bytes.extend(self.number(8, 3).and_then(|number| u8::try_from(number & 255).ok()));
                    }
                    Some(other) => push_utf8(&mut bytes, Some(other.into())),
                    None => break,
                },
                _ => push_utf8(&mut bytes, Some(letter.into())),
            }
        }
        String::from_utf8_lossy(&bytes).chars().for_each(|letter| push(pieces, letter));
    }

    /// A number of at most `most` digits.
    fn number(&mut self, radix: u32, most: usize) -> Option<u32> {
        let rest = self.rest();
        let length = rest.chars().take(most).take_while(|digit| digit.is_digit(radix)).count();
        self.at += length;
        u32::from_str_radix(&rest[..length], radix).ok()
    }
}

fn push_utf8(bytes: &mut Vec<u8>, number: Option<u32>) {
    let letter = number.and_then(char::from_u32);
    bytes.extend(letter.iter().flat_map(|letter| letter.encode_utf8(&mut [0; 4]).bytes().collect::<Vec<u8>>()));
}
