//! Placeholders that another tool replaces before Azure sees the text: `#{NAME}#`, `{{ .name }}`, `__NAME__`.

use super::item::{Item, Piece, Value};
use super::names::Resolved;

/// The starts and ends of placeholders, which none but the values of tags can hold: of Replace Tokens and Octopus, AVM's pipeline, and Helm,
/// Jinja and Go.
const TOKENS: [(&str, &str); 4] = [("#{", "}"), ("#_", "_#"), ("{{", "}}"), ("__", "__")];
/// azd and `envsubst` replace these in parameters files.
const VARIABLES: [(&str, &str); 1] = [("${", "}")];

/// The longest text searched for placeholders.
const LENGTH_MAX: usize = 2_000;

/// A value with its placeholders left unread.
pub(super) fn opened(meant: Resolved) -> Resolved {
    let text = match meant {
        Resolved::Text(text) => text,
        Resolved::Partial(pieces) => return Resolved::Partial(pieces.into_iter().flat_map(parts).collect()),
        other => return other,
    };
    match pieces(&text, &TOKENS).as_deref() {
        _ if is_redacted(&text) || is_inner_expression(&text) => Resolved::Unread(text),
        None => Resolved::Text(text),
        Some([Piece::Word(word)]) => Resolved::Unread(word.clone()),
        Some(pieces) => Resolved::Partial(pieces.to_vec()),
    }
}

fn parts(piece: Piece) -> Vec<Piece> {
    match &piece {
        Piece::Text(text) => pieces(text, &TOKENS).unwrap_or_else(|| vec![piece]),
        Piece::Word(_) => vec![piece],
    }
}

/// Leaves the variables in the texts of a parameters file unread.
pub(super) fn open_variables(item: &mut Item) {
    match &mut item.value {
        Value::Text(text) => match pieces(text, &VARIABLES).as_deref() {
            None => {}
            Some([Piece::Word(word)]) => item.value = Value::Word(word.clone()),
            Some(pieces) => item.value = Value::Pieces(pieces.to_vec()),
        },
        Value::List(items) => items.iter_mut().for_each(open_variables),
        Value::Object(members) => members.iter_mut().for_each(|member| open_variables(&mut member.value)),
        Value::Pieces(_) | Value::Word(_) => {}
    }
}

/// An ID that documentation shows as `xxxxxxxx-xxxx-…` or `********-…`.
fn is_redacted(text: &str) -> bool {
    text.len() == 36 && text.starts_with(['x', 'X', '*']) && text.chars().all(|letter| matches!(letter, 'x' | 'X' | '*' | '-'))
}

/// An expression of the template inside a policy, whose own template escapes it.
fn is_inner_expression(text: &str) -> bool {
    text.starts_with('[') && text.ends_with(")]")
}

/// The parts of a text with placeholders; `None` if it has none.
fn pieces(text: &str, kinds: &[(&str, &str)]) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut rest = if text.len() > LENGTH_MAX { "" } else { text };
    while let Some((start, end)) = kinds.iter().filter_map(|kind| first(rest, *kind)).min() {
        if start > 0 {
            pieces.push(Piece::Text(rest[..start].to_owned()));
        }
        pieces.push(Piece::Word(rest[start..end].to_owned()));
        rest = &rest[end..];
    }
    if pieces.is_empty() {
        return None;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest.to_owned()));
    }
    Some(pieces)
}

/// The byte range of the first placeholder between `open` and `close`.
fn first(text: &str, (open, close): (&str, &str)) -> Option<(usize, usize)> {
    let start = text.find(open)?;
    let inner = start + open.len();
    let length = text.get(inner..)?.find(close)?;
    let is_name = |letter: char| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == '_';
    let is_token = length > 0 && (open != "__" || text.get(inner..inner + length)?.chars().all(is_name));
    let end = inner + length + close.len();
    // The second `#` of `#{NAME}#`.
    let hash = usize::from(open == "#{" && text.get(end..).is_some_and(|rest| rest.starts_with('#')));
    is_token.then_some((start, end + hash))
}
