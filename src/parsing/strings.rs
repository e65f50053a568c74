//! Quoted strings, with each format's escapes and interpolation.

use super::embedded::Embedded;
use super::item::{Item, Piece, Value, push};
use super::syntax::{Dialect, Parser};
use crate::messages;

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
            if letter == '\n' && !matches!(self.dialect, Dialect::Json | Dialect::PowerShell) {
                break;
            }
            self.step();
            if self.is_quote(letter, quote) {
                let doubled = self.dialect == Dialect::PowerShell && self.peek().is_some_and(|next| self.is_quote(next, quote));
                if !doubled {
                    closed = true;
                    break;
                }
                push(&mut pieces, letter);
                self.step();
            } else {
                match self.dialect {
                    Dialect::PowerShell if quote == '\'' => push(&mut pieces, letter),
                    Dialect::PowerShell => self.powershell_letter(&mut pieces, letter),
                    _ if letter == '\\' => self.escape(&mut pieces),
                    Dialect::Bicep if letter == '$' && self.peek() == Some('{') => self.inner(&mut pieces),
                    _ => push(&mut pieces, letter),
                }
            }
        }
        self.depth -= 1;
        if !closed {
            self.syntax_error(at, messages::READ_UNCLOSED_TEXT);
        }
        Item { at, value: Value::of(pieces) }
    }

    /// PowerShell accepts typographic quotes.
    fn is_quote(&self, letter: char, quote: char) -> bool {
        letter == quote
            || (self.dialect == Dialect::PowerShell
                && match quote {
                    '\'' => matches!(letter, '\u{2018}'..='\u{201b}'),
                    _ => matches!(letter, '\u{201c}'..='\u{201e}'),
                })
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
            'u' | 'U' => match self.code_point(letter) {
                Some(letter) => push(pieces, letter),
                // A lone surrogate is not valid text.
                None => pieces.push(Piece::Word(self.text.get(start..self.at).unwrap_or_default().to_owned())),
            },
            other => push(pieces, other),
        }
    }

    fn code_point(&mut self, letter: char) -> Option<char> {
        if self.dialect == Dialect::Bicep {
            self.peek().filter(|open| *open == '{')?;
            self.step();
            let digits = self.rest().bytes().take(9).position(|byte| byte == b'}')?;
            let number = u32::from_str_radix(self.rest().get(..digits)?, 16).ok()?;
            self.at += digits + 1;
            return char::from_u32(number);
        }
        let first = self.hexadecimal(if letter == 'U' { 8 } else { 4 })?;
        if !(0xd800..0xdc00).contains(&first) {
            return char::from_u32(first);
        }
        if !self.starts("\\u") {
            return None;
        }
        self.at += 2;
        let second = self.hexadecimal(4).filter(|second| (0xdc00..0xe000).contains(second))?;
        char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00))
    }

    fn hexadecimal(&mut self, digits: usize) -> Option<u32> {
        let text = self.rest().get(..digits)?;
        let number = u32::from_str_radix(text, 16).ok().filter(|_| !text.starts_with('+'))?;
        self.at += digits;
        Some(number)
    }

    /// An expression in braces; the character before them is skipped.
    fn inner(&mut self, pieces: &mut Vec<Piece>) {
        self.step();
        let start = self.at;
        let mut open = 1_u32;
        // Bicep's expressions may be broken inside their brackets.
        let mut brackets = 0_u32;
        while let Some(letter) = self.peek().filter(|letter| *letter != '\n' || brackets > 0) {
            match letter {
                '(' | '[' if self.dialect == Dialect::Bicep => brackets += 1,
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

    /// A character in PowerShell's double quotes.
    fn powershell_letter(&mut self, pieces: &mut Vec<Piece>, letter: char) {
        if letter == '`' {
            match self.step() {
                Some('n') => push(pieces, '\n'),
                Some('r') => push(pieces, '\r'),
                Some('t') => push(pieces, '\t'),
                Some('0') => push(pieces, '\0'),
                Some('\n') | None => {}
                Some(other) => push(pieces, other),
            }
            return;
        }
        let start = self.at - letter.len_utf8();
        if letter != '$' {
            push(pieces, letter);
            return;
        }
        if let Some((letter, length)) = character(self.text.get(start..).unwrap_or_default()) {
            self.at = start + length;
            push(pieces, letter);
            return;
        }
        match self.peek() {
            Some('(') if self.depth < NESTED_MAX => self.parentheses(),
            Some('{') => self.at += self.rest().find('}').map_or(self.rest().len(), |end| end + 1),
            _ => {
                let rest = self.rest();
                self.at += rest.find(|letter: char| !(letter.is_alphanumeric() || letter == '_' || letter == ':')).unwrap_or(rest.len());
            }
        }
        if self.at == start + 1 {
            push(pieces, '$');
        } else {
            pieces.push(Piece::Word(self.text.get(start..self.at).unwrap_or_default().to_owned()));
        }
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
}

impl Parser<'_> {
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

/// The character at the start of `text` in PowerShell's notation `$([char]0x00d1)` or `$([char]209)`, or two of them as
/// surrogates, and its length in bytes: the code panel writes non-ASCII text like this.
pub(super) fn character(text: &str) -> Option<(char, usize)> {
    let unit = |text: &str| -> Option<(u16, usize)> {
        let rest = text.strip_prefix("$([char]")?;
        let end = rest.find(')')?;
        let (digits, radix) = rest[..end].strip_prefix("0x").map_or((&rest[..end], 10), |digits| (digits, 16));
        let number = u16::from_str_radix(digits, radix).ok().filter(|_| !digits.starts_with('+'))?;
        Some((number, text.len() - rest.len() + end + 1))
    };
    let (first, length) = unit(text)?;
    let (units, length) = match unit(&text[length..]).filter(|_| (0xd800..0xdc00).contains(&first)) {
        Some((second, more)) => (vec![first, second], length + more),
        None => (vec![first], length),
    };
    let letter = char::decode_utf16(units).next()?.ok()?;
    Some((letter, length))
}
