//! Structured arguments: tags in the Azure CLI's shorthand, and JSON.

use super::item::{Item, Piece, Value};
use super::names::{Expressions, Names, Resolved};
use super::parsed_identity::ParsedIdentity;
use super::resource::{json, restrictions, tags};
use crate::messages::{self, Sentence};
use crate::provisioning::field::Field;

/// Moves the positions of a value that was parsed separately to where its text begins.
pub(super) fn moved(item: Item, at: usize) -> Item {
    placed(item, &|_| at)
}

pub(super) fn placed(mut item: Item, place: &dyn Fn(usize) -> usize) -> Item {
    fn visit(item: &mut Item, place: &dyn Fn(usize) -> usize) {
        item.at = place(item.at);
        match &mut item.value {
            Value::List(items) => items.iter_mut().for_each(|item| visit(item, place)),
            Value::Object(members) => members.iter_mut().for_each(|member| {
                member.at = place(member.at);
                visit(&mut member.value, place);
            }),
            _ => {}
        }
    }
    visit(&mut item, place);
    item
}

/// Delimits an expression in JSON.
const MARK: char = '\u{1}';

/// JSON with expressions in its strings, and the text it was read from.
pub(super) fn templated_json(pieces: &[Piece], names: &Names) -> Option<(Item, String)> {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(piece) => text.push_str(piece),
            Piece::Word(word) => match names.meant(&Value::Word(word.clone())) {
                Resolved::Text(known) => text.push_str(&known),
                _ => {
                    text.extend([MARK].into_iter().chain(word.chars().filter(|letter| !matches!(letter, '"' | '\\' | '\n'))).chain([MARK]));
                }
            },
        }
    }
    let mut item = json(&text)?;
    split_marks(&mut item);
    Some((item, text))
}

fn split_marks(item: &mut Item) {
    match &mut item.value {
        Value::Text(text) if text.contains(MARK) => {
            let piece = |(at, part): (usize, &str)| if at % 2 == 1 { Piece::Word(part.to_owned()) } else { Piece::Text(part.to_owned()) };
            item.value = Value::of(text.split(MARK).enumerate().map(piece).collect());
        }
        Value::List(items) => items.iter_mut().for_each(split_marks),
        Value::Object(members) => members.iter_mut().for_each(|member| split_marks(&mut member.value)),
        _ => {}
    }
}

/// Why `az` refuses an argument of `--tags` (azure-cli-core, `aaz/_utils.py`): a name without quotes of its own has letters,
/// digits, `_` and `-`.
pub(super) fn tag_refused(item: &Item) -> Option<Sentence> {
    let start = item.start();
    if start.starts_with(['{', '@', '\'']) || start.is_empty() {
        return None;
    }
    let Some((name, _)) = item.split('=') else {
        let literal = matches!(item.value, Value::Text(_));
        return literal.then(|| messages::READ_TAG_SPLIT.with([start]));
    };
    let bare = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    // What Azure forbids is told of the tag.
    (!bare && !name.contains(['<', '>', '%', '&', '\\', '?', '/'])).then(|| messages::READ_TAG_QUOTES.with([&name]))
}

/// Tells that one argument seems to hold several tags.
pub(super) fn tags_joined(item: &Item) -> Option<Sentence> {
    let Value::Text(text) = &item.value else { return None };
    let (name, value) = text.split_once('=').filter(|_| !text.starts_with(['{', '@', '\'']))?;
    let mut parts = value.split([' ', ',', ';']);
    let is_plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'));
    parts.next().filter(|first| is_plain(first))?;
    let is_tag = |part: &str| {
        let end = part.find(|letter: char| !(letter.is_alphanumeric() || matches!(letter, '_' | '-')));
        end.is_some_and(|end| end > 0 && part[end..].starts_with('='))
    };
    parts.any(is_tag).then(|| messages::READ_TAG_JOINED.with([name, value]))
}

/// An argument of `--tags`: `name=value`, optionally in the shorthand's quotes, or one object (azure-cli-core,
/// `aaz/_utils.py`).
pub(super) fn tag_argument(found: &mut ParsedIdentity, item: &Item, names: &Names) {
    let start = item.start();
    // Read from a file.
    if start.len() > 1 && start.starts_with('@') {
        return found.unread(Field::Tags, start);
    }
    if start.starts_with('{') {
        match (&item.value, json(start)) {
            (Value::Text(_), Some(object)) => tags(found, &moved(object, item.at), &Names::new(Expressions::None)),
            _ => found.unread(Field::Tags, start),
        }
        return;
    }
    if start.is_empty() && !matches!(item.value, Value::Text(_)) {
        let meant = names.meant(&item.value);
        if let Some(word) = meant.unread() {
            found.places.push((Field::Tags, item.at));
            found.unread(Field::Tags, word);
        } else if let Resolved::Text(text) = meant {
            tag_argument(found, &Item::text(item.at, &text), names);
        }
        return;
    }
    if let Some((name, rest)) = shorthand(start) {
        let value = rest.strip_prefix('=').unwrap_or_default();
        let value = shorthand(value).map_or_else(|| value.to_owned(), |(value, _)| value);
        return found.tag(item.at, name, item.at, Resolved::Text(value));
    }
    match item.split('=') {
        Some((name, value)) => match &value.value {
            Value::Text(text) => {
                let text = shorthand(text).map_or_else(|| text.clone(), |(text, _)| text);
                found.tag(item.at, name, value.at, Resolved::Text(text));
            }
            other => found.tag(item.at, name, value.at, names.meant(other)),
        },
        // A name alone is an empty value; no tags at all is `""`.
        None if start.is_empty() => {}
        None => match names.meant(&item.value) {
            Resolved::Text(name) => found.tag(item.at, name, item.at, Resolved::Text(String::new())),
            meant => meant.unread().into_iter().for_each(|word| found.unread(Field::Tags, word)),
        },
    }
}

/// An argument of `az group create --tags`: `name=value` or `name`, without quoting (azure-cli-core, `validate_tag`).
pub(super) fn plain_tag_argument(found: &mut ParsedIdentity, item: &Item, names: &Names) {
    match item.split('=') {
        Some((name, value)) => found.tag(item.at, name, value.at, names.meant(&value.value)),
        None => match names.meant(&item.value) {
            Resolved::Text(name) if !name.is_empty() => found.tag(item.at, name, item.at, Resolved::Text(String::new())),
            _ => {}
        },
    }
}

/// A string in the shorthand's quotes, where `'/` escapes a quote, and the rest.
fn shorthand(text: &str) -> Option<(String, &str)> {
    let mut rest = text.strip_prefix('\'')?;
    let mut value = String::new();
    loop {
        let (before, after) = rest.split_once('\'')?;
        value.push_str(before);
        match after.strip_prefix('/') {
            Some(after) => {
                value.push('\'');
                rest = after;
            }
            None => return Some((value, after)),
        }
    }
}

/// `--resource-restriction '{"providers":[…]}'`.
pub(super) fn restriction_argument(found: &mut ParsedIdentity, item: &Item, meant: Resolved) {
    let object = match &meant {
        Resolved::Text(text) => json(text),
        _ => None,
    };
    match (object, meant) {
        (Some(object), _) => restrictions(found, &moved(object, item.at), &Names::new(Expressions::None)),
        (None, Resolved::Text(text)) => found.unread(Field::Restrictions, &text),
        (None, meant) => meant.unread().into_iter().for_each(|word| found.unread(Field::Restrictions, word)),
    }
}
