//! Strings: quotes, here-strings, escapes and variables in them.

use super::Script;
use super::character::character;
use crate::messages;
use crate::parsing::cursor::Cursor;
use crate::parsing::item::{Piece, Value, push};
use crate::parsing::parsed_identity::Note;
use crate::parsing::shell::Shell;

pub(super) const SINGLE: [char; 5] = ['\'', '\u{2018}', '\u{2019}', '\u{201a}', '\u{201b}'];

pub(super) const DOUBLE: [char; 4] = ['"', '\u{201c}', '\u{201d}', '\u{201e}'];

impl Script<'_, '_> {
    /// `@'…'@` or `@"…"@`: the closing mark begins a line.
    pub(super) fn here_string(&mut self) -> Value {
        let start = self.at;
        let single = self.starts("@'");
        let head = self.rest().find('\n').map_or(self.rest().len(), |end| end + 1);
        let body = self.rest().get(head..).unwrap_or_default();
        let close = if single { "'@" } else { "\"@" };
        let end = if body.starts_with(close) { Some(0) } else { body.find(&["\n", close].concat()).map(|end| end + 1) };
        let Some(end) = end else {
            let at = self.place(start);
            self.session.note(Note::blocks(at, messages::READ_UNCLOSED_TEXT));
            self.at = self.text.len();
            return Value::Text(String::new());
        };
        let (from, to) = (start + head, start + head + end);
        let text = self.text.get(from..to).unwrap_or_default();
        let text = text.strip_suffix('\n').unwrap_or(text);
        let text = text.strip_suffix('\r').unwrap_or(text);
        if single {
            self.at = to + 2;
            return Value::Text(text.to_owned());
        }
        let mut pieces = Vec::new();
        let outer = self.text;
        self.text = outer.get(..from + text.len()).unwrap_or(outer);
        self.at = from;
        while let Some(letter) = self.peek() {
            self.letter(letter, &mut pieces);
        }
        self.text = outer;
        self.at = to + 2;
        Value::of(pieces)
    }

    /// A string in quotes.
    pub(super) fn quoted(&mut self, pieces: &mut Vec<Piece>) {
        let start = self.at;
        let quotes: &[char] = if self.step().is_some_and(|quote| SINGLE.contains(&quote)) { &SINGLE } else { &DOUBLE };
        while let Some(letter) = self.peek() {
            if quotes.contains(&letter) {
                self.step();
                if !self.peek().is_some_and(|next| quotes.contains(&next)) {
                    return;
                }
                self.step();
                push(pieces, letter);
            } else if quotes.len() == SINGLE.len() {
                self.step();
                push(pieces, letter);
            } else {
                self.letter(letter, pieces);
            }
        }
        let at = self.place(start);
        self.session.note(Note::blocks(at, messages::READ_UNCLOSED_TEXT));
    }

    /// A character in double quotes.
    pub(super) fn letter(&mut self, letter: char, pieces: &mut Vec<Piece>) {
        match letter {
            '`' => {
                self.step();
                match self.step() {
                    Some('n') => push(pieces, '\n'),
                    Some('r') => push(pieces, '\r'),
                    Some('t') => push(pieces, '\t'),
                    Some('0') => push(pieces, '\0'),
                    Some('\n') | None => {}
                    Some(other) => push(pieces, other),
                }
            }
            '$' => self.dollar(pieces),
            _ => {
                self.step();
                push(pieces, letter);
            }
        }
    }

    /// A variable, or `$(…)`.
    pub(super) fn dollar(&mut self, pieces: &mut Vec<Piece>) {
        if let Some((letter, length)) = character(self.rest()) {
            self.at += length;
            return push(pieces, letter);
        }
        let start = self.at;
        if self.starts("$(") && self.session.scopes.deeper() {
            self.at += 1;
            let value = self.nested();
            self.session.scopes.shallower();
            match value.map(|item| item.value) {
                Some(Value::Text(text)) => pieces.push(Piece::Text(text)),
                Some(Value::Word(word)) if word.starts_with('$') => pieces.push(Piece::Word(word)),
                _ => pieces.push(Piece::Word(self.text.get(start..self.at).unwrap_or_default().to_owned())),
            }
            return;
        }
        if let Some(name) = self.variable() {
            return pieces.push(Piece::Word(name));
        }
        self.step();
        if matches!(self.peek(), Some('$' | '?' | '^')) {
            self.step();
            return pieces.push(Piece::Word(self.text.get(start..self.at).unwrap_or_default().to_owned()));
        }
        push(pieces, '$');
    }
}
