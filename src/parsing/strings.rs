//! Quoted strings, with each format's escapes and interpolation.

use super::embedded::Embedded;
use super::item::{Item, Piece, Value, push};
use super::syntax::{Dialect, Parser};
use crate::messages;
use crate::parsing::cursor::Cursor;

/// Maximum nesting of strings within expressions.
const NESTED_MAX: u32 = 96;

impl Parser<'_> {
    /// Parses the string whose quote is next.
    pub(super) fn string(&mut self) -> Item {
        let at = self.at;
        let mut pieces = Vec::new();
        if self.dialect == Dialect::Bicep && self.starts("'''") {
            return self.raw_text();
        }
        let Some(quote) = self.step() else { return Item::text(at, "") };
        self.depth += 1;
        let mut closed = false;
        while let Some(letter) = self.peek() {
            let is_bicep = self.dialect == Dialect::Bicep;
            if letter == '\n' && is_bicep {
                break;
            }
            self.step();
            match letter {
                _ if letter == quote => {
                    closed = true;
                    break;
                }
                '\\' => self.escape(&mut pieces),
                '$' if is_bicep && self.peek() == Some('{') => self.inner(&mut pieces),
                _ => push(&mut pieces, letter),
            }
        }
        self.depth -= 1;
        if !closed {
            self.syntax_error(at, messages::READ_UNCLOSED_TEXT);
        }
        Item { at, value: Value::of(pieces) }
    }

    /// Parses the escape after a backslash.
    fn escape(&mut self, pieces: &mut Vec<Piece>) {
        let start = self.at - 1;
        let Some(letter) = self.peek().filter(|letter| *letter != '\n') else { return };
        self.step();
        match letter {
            'n' => push(pieces, '\n'),
            'r' => push(pieces, '\r'),
            't' => push(pieces, '\t'),
            'b' => push(pieces, '\u{8}'),
            'f' => push(pieces, '\u{c}'),
            'u' => match self.code_point() {
                Some(letter) => push(pieces, letter),
                // A lone surrogate is not valid text.
                None => pieces.push(Piece::Word(self.text.get(start..self.at).unwrap_or_default().to_owned())),
            },
            other => push(pieces, other),
        }
    }

    fn code_point(&mut self) -> Option<char> {
        if self.dialect == Dialect::Bicep {
            self.peek().filter(|open| *open == '{')?;
            self.step();
            let digits = self.rest().bytes().take(9).position(|byte| byte == b'}')?;
            let number = u32::from_str_radix(self.rest().get(..digits)?, 16).ok()?;
            self.at += digits + 1;
            return char::from_u32(number);
        }
        let first = self.hexadecimal()?;
        if !(0xd800..0xdc00).contains(&first) {
            return char::from_u32(first);
        }
        if !self.starts("\\u") {
            return None;
        }
        self.at += 2;
        let second = self.hexadecimal().filter(|second| (0xdc00..0xe000).contains(second))?;
        char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00))
    }

    /// The number of four digits.
    fn hexadecimal(&mut self) -> Option<u32> {
        let text = self.rest().get(..4)?;
        let number = u32::from_str_radix(text, 16).ok().filter(|_| !text.starts_with('+'))?;
        self.at += 4;
        Some(number)
    }

    /// Bicep's expression in braces, the first of which is next.
    fn inner(&mut self, pieces: &mut Vec<Piece>) {
        self.step();
        let start = self.at;
        let mut open = 1_u32;
        // An expression may be broken inside its brackets.
        let mut brackets = 0_u32;
        while let Some(letter) = self.peek().filter(|letter| *letter != '\n' || brackets > 0) {
            match letter {
                '(' | '[' => brackets += 1,
                ')' | ']' => brackets = brackets.saturating_sub(1),
                '{' => open += 1,
                '}' => {
                    open -= 1;
                    if open == 0 {
                        break;
                    }
                }
                '\'' if self.depth < NESTED_MAX => {
                    self.string();
                    continue;
                }
                _ => {}
            }
            self.step();
        }
        let word = self.text.get(start..self.at).unwrap_or_default().trim().to_owned();
        if self.peek() == Some('}') {
            self.step();
        }
        pieces.push(Piece::Word(word));
    }

    /// Bicep's `'''`: there are no escapes, and a line break right after it is dropped.
    fn raw_text(&mut self) -> Item {
        let at = self.at;
        self.at += 3;
        let rest = self.rest();
        let Some(end) = rest.find("'''") else {
            self.at = self.text.len();
            self.syntax_error(at, messages::READ_UNCLOSED_TEXT);
            return Item::text(at, "");
        };
        // Quotes before the last three belong to the text.
        let end = end + rest[end + 3..].bytes().take_while(|byte| *byte == b'\'').count();
        self.at += end + 3;
        let text = &rest[..end];
        let text = text.strip_prefix("\r\n").or_else(|| text.strip_prefix('\n')).unwrap_or(text);
        Item::text(at, text)
    }

    /// The string that is next as a text of its own, with its places; interpolations stay verbatim.
    pub(super) fn embedded(&mut self) -> Embedded {
        let mut embedded = Embedded::default();
        if self.dialect == Dialect::Bicep && self.starts("'''") {
            let start = self.at + 3;
            if let Value::Text(text) = self.raw_text().value {
                let end = self.text.get(start..self.at).map_or(start, |raw| start + raw.len().saturating_sub(3));
                embedded.push(end.saturating_sub(text.len()), &text);
            }
            return embedded;
        }
        let Some(quote) = self.step() else { return embedded };
        let mut start = self.at;
        while let Some(letter) = self.peek().filter(|letter| *letter != quote) {
            let at = self.at;
            self.step();
            if letter == '\\' {
                embedded.push(start, self.text.get(start..at).unwrap_or_default());
                let mut pieces = Vec::new();
                self.escape(&mut pieces);
                for piece in pieces {
                    let (Piece::Text(text) | Piece::Word(text)) = piece;
                    embedded.push(at, &text);
                }
                start = self.at;
            }
        }
        embedded.push(start, self.text.get(start..self.at).unwrap_or_default());
        embedded
    }
}
