//! Resolves names: parameters with defaults, variables, locals, other resources' names. Only literal values count; anything
//! that would have to be computed stays unread.

pub(super) mod evaluate;
mod members;

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::BTreeMap;

use self::evaluate::evaluate;
use super::item::{Piece, Value, first_word, is_number};

/// Maximum resolution steps: names can refer to names, and a hostile text can multiply them.
const STEPS_MAX: u32 = 500;
/// Maximum bytes of expressions that are evaluated for one text.
const EVALUATED_MAX: usize = 40_000_000;
/// Maximum nesting of expressions, also through names.
const NESTED_MAX: u32 = 32;
/// Maximum bytes of an expression that is evaluated.
const EXPRESSION_MAX: usize = 4_096;
/// Maximum length in bytes of a concatenated value, or of a resolved name.
pub(super) const LENGTH_MAX: usize = 16_384;
/// Maximum pieces of a text with unread parts: a text that contains itself many times grows with each step.
const PIECES_MAX: usize = 1_000;

/// The expression for the target group's region in ARM templates and Bicep; the other formats' equivalents are stored as this
/// one.
pub(super) const GROUP_REGION: &str = "resourceGroup().location";

/// A resolved value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Resolved {
    Text(String),
    GroupRegion,
    /// A value that would have to be computed, verbatim.
    Unread(String),
    /// A string of which only the literal parts are known; the others would have to be computed, and are kept verbatim.
    Partial(Vec<Piece>),
}

impl Resolved {
    /// The first part that would have to be computed, verbatim.
    pub(super) fn unread(&self) -> Option<&str> {
        match self {
            Self::Unread(word) => Some(word),
            Self::Partial(pieces) => first_word(pieces),
            Self::Text(_) | Self::GroupRegion => None,
        }
    }
}

/// As the value of a name; an unresolved value is not resolved again.
impl From<Resolved> for Value {
    fn from(meant: Resolved) -> Self {
        match meant {
            Resolved::Text(text) => Self::Pieces(vec![Piece::Text(text)]),
            Resolved::GroupRegion => Self::Word(GROUP_REGION.to_owned()),
            // Reported verbatim where the name is used.
            Resolved::Unread(_) => Self::Word(String::new()),
            Resolved::Partial(pieces) => Self::Pieces(pieces),
        }
    }
}

/// How a format writes expressions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expressions {
    /// As bare words.
    Words,
    /// As bare words, evaluated.
    Bicep,
    /// As strings in square brackets: ARM templates.
    Brackets,
    /// Not at all: request bodies.
    None,
}

/// Names and their values.
#[derive(Clone, Debug)]
pub(super) struct Names {
    pub(super) expressions: Expressions,
    /// Whether case matters.
    pub(super) exact: bool,
    known: BTreeMap<String, Value>,
    /// The bytes of expressions that may still be evaluated.
    left: Cell<usize>,
    /// How deeply expressions are nested in those that are being evaluated.
    depth: Cell<u32>,
}

impl Names {
    pub(super) fn new(expressions: Expressions) -> Self {
        Self { expressions, exact: false, known: BTreeMap::new(), left: Cell::new(EVALUATED_MAX), depth: Cell::new(0) }
    }

    /// Defines `name`. Case matters in bash, where constants are in upper case. In other formats, no two names differ only in case.
    pub(super) fn insert(&mut self, name: &str, value: Value) {
        self.known.insert(self.key(name), value);
    }

    fn key(&self, name: &str) -> String {
        if self.exact { name.to_owned() } else { name.to_ascii_lowercase() }
    }

    /// Defines `name` or removes it; returns the value before.
    pub(super) fn replace(&mut self, name: &str, value: Option<Value>) -> Option<Value> {
        let name = self.key(name);
        match value {
            Some(value) => self.known.insert(name, value),
            None => self.known.remove(&name),
        }
    }

    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        self.known.get(&self.key(name))
    }

    pub(super) fn remove(&mut self, name: &str) -> Option<Value> {
        self.known.remove(&self.key(name))
    }

    /// Whether an expression of this length may be evaluated.
    pub(super) fn spend(&self, length: usize) -> bool {
        let left = self.left.get();
        self.left.set(left.saturating_sub(length + 16));
        length <= EXPRESSION_MAX && left > 0
    }

    /// Begins a nested evaluation, if it isn't nested too deeply.
    pub(super) fn enter(&self) -> bool {
        let depth = self.depth.get();
        self.depth.set(depth + u32::from(depth < NESTED_MAX));
        depth < NESTED_MAX
    }

    pub(super) fn leave(&self) {
        self.depth.set(self.depth.get().saturating_sub(1));
    }

    /// The text that a value is.
    pub(super) fn text(&self, value: &Value) -> Option<String> {
        match self.meant(value) {
            Resolved::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The value behind names and expressions.
    pub(super) fn known<'a>(&'a self, mut value: Cow<'a, Value>) -> Option<Cow<'a, Value>> {
        for _ in 0..8 {
            let word = match &*value {
                Value::Word(word) => word,
                Value::Text(text) => match self.expression(text) {
                    Some(word) => word,
                    None => return Some(value),
                },
                _ => return Some(value),
            };
            value = evaluate(self, word, self.expressions == Expressions::Brackets)?;
        }
        None
    }

    /// The items of a list, if it is literal.
    pub(super) fn items(&self, value: &Value) -> Option<Vec<super::item::Item>> {
        match self.known(Cow::Owned(value.clone()))?.into_owned() {
            Value::List(items) => Some(items),
            _ => None,
        }
    }

    /// Resolves `value`.
    pub(super) fn meant(&self, value: &Value) -> Resolved {
        self.follow(value, &Cell::new(STEPS_MAX))
    }

    /// Follows names to an object or list.
    pub(super) fn whole<'a>(&'a self, mut value: &'a Value) -> &'a Value {
        for _ in 0..8 {
            let word = match value {
                Value::Word(word) => word,
                Value::Pieces(pieces) => match pieces.as_slice() {
                    [Piece::Word(word)] => word,
                    _ => return value,
                },
                Value::Text(text) => match self.expression(text) {
                    Some(word) => word,
                    None => return value,
                },
                _ => return value,
            };
            match self.get(&key(word)).or_else(|| self.path(word)) {
                Some(known) => value = known,
                None => return value,
            }
        }
        value
    }

    /// What an expression leads to, if that is a part of a known value.
    fn path(&self, word: &str) -> Option<&Value> {
        match self.evaluated(word)? {
            Cow::Borrowed(known) => Some(known),
            Cow::Owned(_) => None,
        }
    }

    fn evaluated(&self, word: &str) -> Option<Cow<'_, Value>> {
        match self.expressions {
            Expressions::Bicep => evaluate(self, word, false),
            Expressions::Brackets => evaluate(self, word, true),
            Expressions::Words => self.member(word).map(Cow::Borrowed),
            Expressions::None => None,
        }
    }

    /// An ARM template string without the escape: a leading `[[` is a literal `[`.
    pub(super) fn literal<'a>(&self, text: &'a str) -> &'a str {
        let escaped = self.expressions == Expressions::Brackets && text.starts_with("[[") && text.ends_with(']');
        if escaped { &text[1..] } else { text }
    }

    /// The expression in an ARM template string.
    pub(super) fn expression<'a>(&self, text: &'a str) -> Option<&'a str> {
        if self.expressions != Expressions::Brackets || text.starts_with("[[") {
            return None;
        }
        text.strip_prefix('[')?.strip_suffix(']')
    }

    fn follow(&self, value: &Value, steps: &Cell<u32>) -> Resolved {
        match value {
            Value::Text(text) => match self.expression(text) {
                Some(word) => self.word(word, text, steps),
                None => Resolved::Text(self.literal(text).to_owned()),
            },
            Value::Word(word) => self.word(word, word, steps),
            Value::Pieces(pieces) => self.pieces(pieces, steps),
            Value::List(_) => Resolved::Unread("[…]".to_owned()),
            Value::Object(_) => Resolved::Unread("{…}".to_owned()),
        }
    }

    fn word(&self, word: &str, written: &str, steps: &Cell<u32>) -> Resolved {
        let trimmed = word.trim();
        if trimmed.eq_ignore_ascii_case(GROUP_REGION) {
            return Resolved::GroupRegion;
        }
        let plain = matches!(trimmed, "true" | "false") || is_number(trimmed);
        if plain {
            return Resolved::Text(trimmed.to_owned());
        }
        let left = steps.get();
        if left == 0 || !self.spend(trimmed.len()) {
            return Resolved::Unread(short(written));
        }
        steps.set(left - 1);
        match self.get(&key(trimmed)).map(Cow::Borrowed).or_else(|| self.evaluated(trimmed)) {
            // Something that is only a word again, such as a number.
            Some(Cow::Owned(Value::Word(word))) if word == trimmed => Resolved::Unread(short(written)),
            Some(known) => {
                match self.follow(&known, steps) {
                    // An unresolved name is reported verbatim where it is used, other than what stands for it outside.
                    Resolved::Unread(inner) if known.is_outside(&inner) => Resolved::Unread(inner),
                    Resolved::Unread(_) => Resolved::Unread(short(written)),
                    // A long text may be used many times.
                    Resolved::Text(text) if text.len() > LENGTH_MAX => Resolved::Unread(short(written)),
                    meant => meant,
                }
            }
            _ => Resolved::Unread(short(trimmed.strip_prefix('"').and_then(|word| word.strip_suffix('"')).unwrap_or(written))),
        }
    }

    fn pieces(&self, pieces: &[Piece], steps: &Cell<u32>) -> Resolved {
        if pieces.len() > PIECES_MAX {
            return Resolved::Unread("…".to_owned());
        }
        let mut known: Vec<Piece> = Vec::new();
        let mut length = 0;
        for piece in pieces {
            let meant = match piece {
                Piece::Text(text) => Resolved::Text(text.clone()),
                Piece::Word(word) => match self.word(word, word, steps) {
                    Resolved::Text(text) if length + text.len() > LENGTH_MAX => Resolved::Unread(short(word)),
                    Resolved::Partial(more) if known.len() + more.len() > PIECES_MAX => Resolved::Unread(short(word)),
                    meant => meant,
                },
            };
            match (meant, known.last_mut()) {
                (Resolved::Text(text), Some(Piece::Text(before))) => {
                    length += text.len();
                    before.push_str(&text);
                }
                (Resolved::Text(text), _) => {
                    length += text.len();
                    known.push(Piece::Text(text));
                }
                (Resolved::Partial(more), _) => known.extend(more),
                (Resolved::Unread(word), _) => known.push(Piece::Word(word)),
                (Resolved::GroupRegion, _) => known.push(Piece::Word(short(GROUP_REGION))),
            }
        }
        match Value::of(known) {
            Value::Text(text) => Resolved::Text(text),
            Value::Pieces(mut pieces) if !pieces.iter().any(|piece| matches!(piece, Piece::Text(_))) => match pieces.swap_remove(0) {
                Piece::Text(word) | Piece::Word(word) => Resolved::Unread(word),
            },
            Value::Pieces(pieces) => Resolved::Partial(pieces),
            // `Value::of` makes no others.
            Value::Word(_) | Value::List(_) | Value::Object(_) => Resolved::Text(String::new()),
        }
    }
}

/// The key of a reference: `parameters('x')` of a template is `parameters.x`; `$x` and `${x}` of a shell are `$x`.
fn key(word: &str) -> String {
    let word = word.trim();
    for function in ["parameters", "variables"] {
        let start = word.get(..function.len()).filter(|start| start.eq_ignore_ascii_case(function));
        let name = start.and_then(|_| word[function.len()..].trim().strip_prefix("('")).and_then(|rest| rest.strip_suffix("')"));
        if let Some(name) = name {
            return [function, ".", name].concat();
        }
    }
    match word.strip_prefix("${").and_then(|rest| rest.strip_suffix('}')) {
        Some(name) => ["$", name].concat(),
        None => word.to_owned(),
    }
}

/// An expression for display: on one line and not too long.
fn short(word: &str) -> String {
    const MOST: usize = 80;
    let start = word.char_indices().nth(4 * MOST).map_or(word, |(end, _)| &word[..end]);
    let line = start.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MOST) {
        Some((end, _)) => [&line[..end], "…"].concat(),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_resolve_through_names_in_bounded_time() {
        let mut names = Names::new(Expressions::Words);
        names.insert("a", Value::Text("x".into()));
        names.insert("b", Value::Word("a".into()));
        names.insert("loop", Value::Word("loop".into()));
        let (partial, text_piece) = (Resolved::Partial, |text: &str| Piece::Text(text.to_owned()));
        let word_piece = |word: &str| Piece::Word(word.to_owned());
        let word = |text: &str| Value::Word(text.to_owned());
        for (value, meant) in [
            (word("a"), Resolved::Text("x".into())),
            (word("b"), Resolved::Text("x".into())),
            (word("loop"), Resolved::Unread("loop".into())),
            (word("c"), Resolved::Unread("c".into())),
            (word("42"), Resolved::Text("42".into())),
            (word("ResourceGroup().location"), Resolved::GroupRegion),
            (Value::Pieces(vec![Piece::Text("uami-".into()), Piece::Word("b".into())]), Resolved::Text("uami-x".into())),
            (Value::Pieces(vec![Piece::Word("c".into()), Piece::Word("b".into())]), partial(vec![word_piece("c"), text_piece("x")])),
            (Value::Pieces(vec![Piece::Word("c".into()), Piece::Word("d".into())]), Resolved::Unread("c".into())),
        ] {
            assert_eq!(names.meant(&value), meant, "{value:?}");
        }
        // Each name is ten times the next: 10^20 in total.
        let mut names = Names::new(Expressions::Words);
        for name in 0..20 {
            let pieces = (0..10).map(|_| Piece::Word(format!("n{}", name + 1))).collect();
            names.insert(&format!("n{name}"), Value::Pieces(pieces));
        }
        names.insert("n20", Value::Text(String::new()));
        assert_eq!(names.meant(&word("n0")), Resolved::Unread("n0".into()));
    }

    #[test]
    fn brackets_are_expressions_in_templates_only() {
        let mut template = Names::new(Expressions::Brackets);
        template.insert("parameters.name", Value::Text("uami".into()));
        let text = |text: &str| Value::Text(text.to_owned());
        for (written, meant) in [
            ("[parameters('name')]", Resolved::Text("uami".into())),
            ("[Parameters( 'name' )]", Resolved::Text("uami".into())),
            ("[parameters('other')]", Resolved::Unread("[parameters('other')]".into())),
            ("[[x]", Resolved::Text("[x]".into())),
            ("[x] y", Resolved::Text("[x] y".into())),
            ("[", Resolved::Text("[".into())),
        ] {
            assert_eq!(template.meant(&text(written)), meant, "{written}");
        }
        assert_eq!(Names::new(Expressions::None).meant(&text("[[x]")), Resolved::Text("[[x]".into()));
    }
}
