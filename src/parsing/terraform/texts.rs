//! Strings, heredocs, and the templates in them.

use super::grammar::Hcl;
use super::grammar::scope::plain;
use crate::messages;
use crate::parsing::cursor::Cursor;
use crate::parsing::embedded::Embedded;
use crate::parsing::item::{Piece, Value};

/// The start of a directive: `%{ if … }`.
const DIRECTIVE: &str = "%{";

impl Hcl<'_> {
    /// The parts of the string or heredoc that starts here, with their offsets in the outer text.
    pub(super) fn parts(&mut self) -> Vec<(usize, Piece)> {
        if self.starts("<<") {
            return self.heredoc();
        }
        let at = self.at;
        self.at += 1;
        let mut parts = Vec::new();
        if !self.template(&mut parts, true) {
            self.error(at, messages::READ_UNCLOSED_TEXT);
        }
        parts
    }

    /// The value of a text; `None` if it has directives.
    pub(super) fn value_of(parts: Vec<(usize, Piece)>) -> Option<Value> {
        let mut pieces: Vec<Piece> = Vec::new();
        for (_, piece) in parts {
            match (piece, pieces.last_mut()) {
                (Piece::Word(word), _) if word.starts_with(DIRECTIVE) => return None,
                (Piece::Text(more), Some(Piece::Text(text))) => text.push_str(&more),
                (piece, _) => pieces.push(piece),
            }
        }
        Some(Value::of(pieces))
    }

    /// The value of a text that is a template without quotes.
    pub(super) fn template_of(text: &str) -> Option<Value> {
        let mut parts = Vec::new();
        Hcl::new(text).template(&mut parts, false);
        Self::value_of(parts)
    }

    /// Literal text and interpolations up to the closing quote, or to the end. Returns whether it was closed.
    fn template(&mut self, parts: &mut Vec<(usize, Piece)>, quoted: bool) -> bool {
        loop {
            let rest = self.rest();
            let special = |letter: char| matches!(letter, '$' | '%') || (quoted && matches!(letter, '"' | '\\' | '\n'));
            let plain = rest.find(special).unwrap_or(rest.len());
            if plain > 0 {
                parts.push((self.base + self.at, Piece::Text(rest[..plain].to_owned())));
                self.at += plain;
            }
            let at = self.base + self.at;
            let literal = |text: &str| Piece::Text(text.to_owned());
            match self.step() {
                None => return !quoted,
                Some('"') => return true,
                Some('\n') => {
                    self.at -= 1;
                    return false;
                }
                Some('\\') => {
                    let letter = self.escape();
                    parts.push((at, Piece::Text(letter.into_iter().collect())));
                }
                Some(sign) => {
                    let (doubled, escaped) = if sign == '$' { ("${", "$") } else { ("%{", "%") };
                    if self.starts(doubled) {
                        self.at += doubled.len();
                        parts.push((at + 1, literal(doubled)));
                    } else if self.starts("{") {
                        self.interpolation(sign, at, parts);
                    } else {
                        parts.push((at, literal(escaped)));
                    }
                }
            }
        }
    }

    /// `${…}`, or a directive, whose sign is consumed.
    fn interpolation(&mut self, sign: char, at: usize, parts: &mut Vec<(usize, Piece)>) {
        self.step();
        self.take("~");
        let start = self.at;
        let inside = std::mem::replace(&mut self.inside, true);
        let value = if sign == '%' { None } else { Some(self.expression().value) };
        let word = self.slice(start);
        self.blanks();
        self.take("~");
        if !self.starts("}") {
            if sign != '%' && !self.rest().is_empty() {
                self.error(self.at, messages::READ_NONSENSE);
            }
            self.skip(true);
        }
        self.inside = inside;
        if self.starts("}") {
            self.step();
        }
        let piece = match value {
            None => Piece::Word([DIRECTIVE, &word].concat()),
            Some(Value::Pieces(pieces)) if self.scope.is_some() => return parts.extend(pieces.into_iter().map(|piece| (at, piece))),
            Some(value) => match (plain(&value), &value) {
                (Some(known), _) if self.scope.is_some() => Piece::Text(known.to_owned()),
                (None, Value::Word(unknown)) => Piece::Word(unknown.clone()),
                _ => Piece::Word(word),
            },
        };
        parts.push((at, piece));
    }

    /// The character after a backslash.
    fn escape(&mut self) -> Option<char> {
        let letter = self.peek().filter(|letter| *letter != '\n')?;
        self.step();
        Some(match letter {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' | 'U' => {
                let digits = self.rest().get(..if letter == 'u' { 4 } else { 8 })?;
                let read = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)?;
                self.at += digits.len();
                read
            }
            other => other,
        })
    }

    /// `<<EOT` or `<<-EOT` to a line with only `EOT`.
    fn heredoc(&mut self) -> Vec<(usize, Piece)> {
        let start = self.at;
        let rest = self.rest();
        let head = rest.find('\n').unwrap_or(rest.len());
        let marker = rest[2..head].trim();
        let (marker, indented) = marker.strip_prefix('-').map_or((marker, false), |marker| (marker, true));
        let mut lines = Vec::new();
        let mut at = (head + 1).min(rest.len());
        let end = loop {
            let line = rest[at..].split_inclusive('\n').next().unwrap_or_default();
            if line.is_empty() {
                self.error(start, messages::READ_UNCLOSED_HEREDOC);
                break rest.len();
            }
            if line.trim() == marker {
                break at + line.trim_end().len();
            }
            lines.push((self.base + start + at, line));
            at += line.len();
        };
        self.at += end;
        let indent = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
        let common = lines.iter().filter(|(_, line)| !line.trim().is_empty()).map(|(_, line)| indent(line)).min();
        let common = common.filter(|_| indented).unwrap_or_default();
        let mut text = Embedded::default();
        for (at, line) in lines {
            let cut = common.min(indent(line));
            text.push(at + cut, &line[cut..]);
        }
        let mut parts = Vec::new();
        let mut inner = Hcl { depth: self.depth, scope: self.scope, bound: self.bound, ..Hcl::new(&text.text) };
        inner.template(&mut parts, false);
        let mut placed = Vec::new();
        for (at, piece) in parts {
            match piece {
                // The lines of the text don't follow one another outside, where they are indented.
                Piece::Text(piece) if text.text.get(at..).is_some_and(|rest| rest.starts_with(&piece)) => {
                    let mut at = at;
                    for line in piece.split_inclusive('\n') {
                        placed.push((text.outer(at), Piece::Text(line.to_owned())));
                        at += line.len();
                    }
                }
                piece => placed.push((text.outer(at), piece)),
            }
        }
        placed
    }
}
