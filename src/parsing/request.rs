//! HTTP requests: `PUT` with a URL, headers and a body, in the `.http` format of editors; and URLs in general.

use super::item::{Item, Piece, Value};
use super::names::{Expressions, Names, Resolved};
use super::parsed_identity::{NewGroup, Note, ParsedIdentity, join, keep, syntax_error_notes};
use super::resource::body;
use super::syntax::{Dialect, Parser};
use super::{ParsedText, TextFormat};
use crate::arm::percent;
use crate::messages;
use crate::parsing::cursor::Cursor;
use crate::provisioning::field::Field;

/// Delimits an expression in a URL, so that it is recognised after the URL is split.
const MARK: char = '\u{1}';

/// What a request creates.
pub(super) enum Made {
    Identity(Box<ParsedIdentity>),
    Group(NewGroup),
    /// Something else, or nothing; holds its URL.
    Other(String),
}

pub(super) fn read(text: &str) -> ParsedText {
    let mut reading = ParsedText { kind: TextFormat::Request, ..ParsedText::default() };
    let mut groups = Vec::new();
    let mut names = Names::new(Expressions::None);
    let mut at = 0;
    for part in parts(text) {
        one(text, at, part, &mut names, &mut reading, &mut groups);
        at += part;
    }
    join(&mut reading.found, &groups);
    reading
}

/// The lengths of the parts separated by lines that start with `###`.
fn parts(text: &str) -> Vec<usize> {
    let mut lengths = vec![0];
    for line in text.split_inclusive('\n') {
        if line.starts_with("###") {
            lengths.push(0);
        }
        if let Some(last) = lengths.last_mut() {
            *last += line.len();
        }
    }
    lengths
}

/// Parses one request of `length` bytes from `start`.
fn one(text: &str, start: usize, length: usize, names: &mut Names, reading: &mut ParsedText, groups: &mut Vec<NewGroup>) {
    let mut at = start;
    let end = start + length;
    let mut request = None;
    let mut unknown = None;
    for line in text[start..end].split_inclusive('\n') {
        let begun = at;
        at += line.len();
        let line = line.trim().trim_start_matches('\u{feff}');
        let is_comment = line.starts_with('#') || line.starts_with("//");
        if is_comment {
            reading.accounted.push(begun..at);
        }
        if request.is_some() {
            // Headers, up to an empty line.
            if line.is_empty() {
                break;
            }
        } else if let Some((name, value)) = line.strip_prefix('@').and_then(|line| line.split_once('=')) {
            names.insert(name.trim(), Value::Text(value.trim().to_owned()));
        } else if let Some((method, rest)) = line.split_once(' ').filter(|(method, _)| is_method(method)) {
            let address = rest.trim().split(" HTTP/").next().unwrap_or_default().to_owned();
            request = Some((begun, method.to_ascii_uppercase(), address));
        } else if !(line.is_empty() || is_comment) {
            unknown.get_or_insert((begun, line));
        }
    }
    if let Some((at, line)) = unknown {
        reading.notes.push(Note::informs(at, messages::READ_PASSED_OVER.with([line.get(..40).unwrap_or(line)])));
    }
    let Some((begun, method, address)) = request else { return };
    let body_text = text.get(at..end).unwrap_or_default();
    // Positions in the body are positions in the text.
    let mut parser = Parser::new(&text[..end], Dialect::Json);
    parser.at = at;
    let item = (!body_text.trim().is_empty()).then(|| parser.expression());
    parser.blanks(true);
    if item.is_some() && !parser.rest().is_empty() {
        let more = parser.at;
        parser.syntax_error(more, messages::READ_MORE_FOLLOWS);
    }
    reading.notes.extend(syntax_error_notes(parser.syntax_errors));
    let address = Item { at: begun, value: Value::of(templated(&address)) };
    match made(begun, &method, &address, item.as_ref(), names) {
        Made::Identity(found) => keep(&mut reading.found, &mut reading.notes, ParsedIdentity { end, ..*found }),
        Made::Group(group) => groups.push(group),
        Made::Other(what) => reading.notes.push(Note::informs(begun, messages::READ_PASSED_OVER.with([&what]))),
    }
}

pub(super) fn is_method(word: &str) -> bool {
    ["GET", "PUT", "POST", "PATCH", "DELETE", "HEAD"].iter().any(|method| method.eq_ignore_ascii_case(word))
}

/// A URL with `{{names}}` in it.
fn templated(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((name, after)) = after.split_once("}}") else { break };
        pieces.push(Piece::Text(before.to_owned()));
        pieces.push(Piece::Word(name.trim().to_owned()));
        rest = after;
    }
    pieces.push(Piece::Text(rest.to_owned()));
    pieces
}

/// What a request creates. The URL must name an identity, whatever the body is.
pub(super) fn made(at: usize, method: &str, address: &Item, content: Option<&Item>, names: &Names) -> Made {
    let path = marked(address, names);
    let mut found = ParsedIdentity::at(at);
    let whole = place(&mut found, address.at, &path);
    let other = || Made::Other([method, " ", &path.replace(MARK, "")].concat());
    if !matches!(method, "PUT" | "PATCH") {
        return other();
    }
    let empty = Item { at, value: Value::Object(Vec::new()) };
    // The body may be a name that resolves to it.
    let content = content.map_or(&empty, |content| content);
    let members = match names.whole(&content.value) {
        Value::Object(members) => members.as_slice(),
        _ => &[],
    };
    match whole {
        Some(Target::Identity) => {
            body(&mut found, members, names);
            if let Some(word) = names.meant(&content.value).unread()
                && members.is_empty()
                && !matches!(content.value, Value::Object(_))
            {
                found.unread(Field::Region, word);
                found.unread(Field::Tags, word);
            }
            Made::Identity(Box::new(found))
        }
        Some(Target::Group) => {
            let region = match super::resource::meant(members, "location", names) {
                Some((_, Resolved::Text(region))) => region,
                _ => String::new(),
            };
            let tagged = super::item::get(members, "tags");
            let read = |found: &mut ParsedIdentity| tagged.into_iter().for_each(|item| super::resource::tags(found, item, names));
            Made::Group(NewGroup::new(found.draft.resource_group, &region).tagged(read))
        }
        None => other(),
    }
}

/// A URL with its expressions delimited.
pub(super) fn marked(address: &Item, names: &Names) -> String {
    let pieces = match &address.value {
        Value::Pieces(pieces) => pieces.as_slice(),
        Value::Text(text) => return text.clone(),
        Value::Word(word) => &[Piece::Word(word.clone())],
        _ => &[],
    };
    let mut path = String::new();
    let mut push = |piece: &Piece| match piece {
        Piece::Text(text) => path.push_str(text),
        Piece::Word(word) => {
            path.push(MARK);
            // A slash in an expression is no separator.
            path.extend(word.chars().filter(|letter| *letter != '/'));
            path.push(MARK);
        }
    };
    for piece in pieces {
        match piece {
            Piece::Text(_) => push(piece),
            Piece::Word(word) => match names.meant(&Value::Word(word.clone())) {
                Resolved::Text(text) => push(&Piece::Text(text)),
                Resolved::Partial(known) => known.iter().for_each(&mut push),
                _ => push(piece),
            },
        }
    }
    path
}

/// What a URL refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    Identity,
    Group,
}

/// Sets subscription, group and name from a URL or resource ID.
pub(super) fn place(found: &mut ParsedIdentity, at: usize, address: &str) -> Option<Target> {
    let path = address.split('?').next().unwrap_or_default();
    let meant = |segment: &str| {
        let names = Names::new(Expressions::None);
        let part = |(at, part): (usize, &str)| if at % 2 == 1 { Piece::Word(part.to_owned()) } else { Piece::Text(percent::decode(part)) };
        names.meant(&Value::of(segment.split(MARK).enumerate().map(part).collect()))
    };
    let mut segments = path.split('/').peekable();
    let mut target = None;
    while let Some(segment) = segments.next() {
        let field = if segment.eq_ignore_ascii_case("subscriptions") {
            Field::Subscription
        } else if segment.eq_ignore_ascii_case("resourceGroups") {
            target = Some(Target::Group);
            Field::ResourceGroup
        } else if segment.eq_ignore_ascii_case("userAssignedIdentities") {
            target = Some(Target::Identity);
            Field::Name
        } else {
            if segment.eq_ignore_ascii_case("providers") {
                target = None;
            }
            continue;
        };
        match segments.next() {
            Some(value) if !value.is_empty() => found.set(field, at, meant(value)),
            _ => return None,
        }
    }
    // `…/userAssignedIdentities/x/federatedIdentityCredentials/y` is another resource.
    let last = path.rsplit('/').nth(1).unwrap_or_default();
    let ends = last.eq_ignore_ascii_case("userAssignedIdentities") || last.eq_ignore_ascii_case("resourceGroups");
    target.filter(|_| ends)
}
