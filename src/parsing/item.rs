//! The parsed values of a text with their positions, in any format.

pub(super) mod marks;

use self::marks::split_marks;

/// A value and the byte offset of its start.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Item {
    pub(super) at: usize,
    pub(super) value: Value,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// A string, unquoted and unescaped.
    Text(String),
    /// An interpolated string.
    Pieces(Vec<Piece>),
    /// Anything else, verbatim: a number, a name, an expression.
    Word(String),
    List(Vec<Item>),
    /// An object, or a block.
    Object(Vec<Member>),
}

/// A part of an interpolated string.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Piece {
    /// Literal text.
    Text(String),
    /// An expression, verbatim.
    Word(String),
}

/// A member of an object, an attribute, a block or a statement.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Member {
    pub(super) at: usize,
    /// The name; verbatim if it is an expression.
    pub(super) name: String,
    /// Whether the name is an expression.
    pub(super) computed: bool,
    /// Labels between name and value: `resource "type" "label" {`.
    pub(super) labels: Vec<String>,
    pub(super) value: Item,
}

impl Member {
    /// A literal name without labels, at its value.
    pub(super) fn new(name: String, value: Item) -> Self {
        Self { at: value.at, name, computed: false, labels: Vec::new(), value }
    }
}

impl Item {
    pub(super) fn text(at: usize, text: &str) -> Self {
        Self { at, value: Value::Text(text.to_owned()) }
    }

    /// No value.
    pub(super) fn word(at: usize) -> Self {
        Self { at, value: Value::Word(String::new()) }
    }

    /// The members of an object; empty otherwise.
    pub(super) fn members(&self) -> &[Member] {
        match &self.value {
            Value::Object(members) => members,
            _ => &[],
        }
    }

    /// The items of a list; empty otherwise.
    pub(super) fn items(&self) -> &[Item] {
        match &self.value {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// Splits a string at the first `separator`; the second part may contain expressions.
    pub(super) fn split(&self, separator: char) -> Option<(String, Item)> {
        match &self.value {
            Value::Text(text) => {
                let (name, rest) = text.split_once(separator)?;
                Some((name.to_owned(), Self::text(self.at, rest)))
            }
            Value::Pieces(pieces) => {
                let (Piece::Text(first), rest) = pieces.split_first()? else { return None };
                let (name, start) = first.split_once(separator)?;
                let mut pieces = vec![Piece::Text(start.to_owned())];
                pieces.extend_from_slice(rest);
                Some((name.to_owned(), Self { at: self.at, value: Value::of(pieces) }))
            }
            _ => None,
        }
    }

    /// The literal text at the start; empty if it starts with an expression.
    pub(super) fn start(&self) -> &str {
        match &self.value {
            Value::Text(text) => text,
            Value::Pieces(pieces) => match pieces.first() {
                Some(Piece::Text(text)) => text,
                _ => "",
            },
            _ => "",
        }
    }
}

impl Value {
    /// What a caller's value stands for in another file or function, where it would mean something else: as it is written, in quotes.
    pub(super) fn outside(word: &str) -> Self {
        Self::Word(["\"", word, "\""].concat())
    }

    /// The variable that a text of a shell consists of.
    pub(super) fn variable(&self) -> Option<&str> {
        match self {
            Self::Pieces(pieces) => match pieces.as_slice() {
                [Piece::Word(variable)] => Some(variable),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether what stands for a name, as it is reported, is of a caller, or of the tool that reads a parameters file.
    pub(super) fn is_outside(&self, word: &str) -> bool {
        matches!(self, Self::Word(quoted) if quoted.starts_with('"')) || (word.starts_with("${") && word.ends_with('}'))
    }

    /// Merges a string's pieces into a value.
    pub(super) fn of(mut pieces: Vec<Piece>) -> Self {
        split_marks(&mut pieces);
        pieces.retain(|piece| !matches!(piece, Piece::Text(text) if text.is_empty()));
        match pieces.as_mut_slice() {
            [] => Self::Text(String::new()),
            [Piece::Text(text)] => Self::Text(std::mem::take(text)),
            _ => Self::Pieces(pieces),
        }
    }
}

/// Whether a word is a decimal number. Parsing it as one would bring in tables of 13 kB.
pub(super) fn is_number(word: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = word.strip_prefix(['-', '+']).unwrap_or(word);
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
    let is_empty = exponent.is_empty() || (whole.is_empty() && fraction.is_empty());
    !is_empty && [whole, fraction, exponent].into_iter().all(digits)
}

/// The first of the pieces that would have to be computed, verbatim.
pub(super) fn first_word(pieces: &[Piece]) -> Option<&str> {
    pieces.iter().find_map(|piece| match piece {
        Piece::Word(word) => Some(word.as_str()),
        Piece::Text(_) => None,
    })
}

/// The value of the member `name`, case-insensitively.
pub(super) fn get<'a>(members: &'a [Member], name: &str) -> Option<&'a Item> {
    members.iter().find(|member| !member.computed && member.name.eq_ignore_ascii_case(name)).map(|member| &member.value)
}

/// Appends a character to the text at the end of `pieces`.
pub(super) fn push(pieces: &mut Vec<Piece>, letter: char) {
    if let Some(Piece::Text(text)) = pieces.last_mut() {
        text.push(letter);
    } else {
        pieces.push(Piece::Text(letter.to_string()));
    }
}

#[cfg(test)]
mod tests {
    use super::is_number;

    #[test]
    fn decimal_numbers_are_told_from_words() {
        for word in ["0", "-1", "+1", "1.5", ".5", "5.", "1e3", "1.5E-10"] {
            assert!(is_number(word), "{word}");
        }
        for word in ["", "-", ".", "e3", "1e", "1e+", "1.2.3", "0x1", "inf", "nan", "1 "] {
            assert!(!is_number(word), "{word}");
        }
    }
}
