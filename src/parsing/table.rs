//! Lists: CSV from spreadsheets of any locale and from Azure's own exports, and tables of its tools.

use super::cells::{Layout, Row, Rows};
use super::headings::{Column, Content, Header, header, is_identity_type, of_row};
use super::item::Value;
use super::names::{Expressions, Names, Resolved};
use super::parsed_identity::{Note, ParsedIdentity, keep};
use super::{ParsedText, TextFormat, request, resource};
use crate::arm::guid::Guid;
use crate::csv::unguarded;
use crate::messages;
use crate::provisioning::field::Field;

/// Maximum columns read.
const COLUMNS_MAX: usize = 500;

/// Whether `text` is certainly a list of identities.
pub(super) fn is_table(text: &str) -> bool {
    header(text).is_some()
}

/// Whether `text` could be a list of identities: it has names or resource IDs, and says where they are or of what type.
pub fn may_list(text: &str) -> bool {
    let head = header(text).unwrap_or_else(|| first_row(text));
    let has = |contents: &[Content]| contents.iter().any(|content| head.has(content));
    let fields = [Field::ResourceGroup, Field::Region].map(Content::Field);
    has(&[Content::Id]) || (head.has(&Content::Field(Field::Name)) && (has(&fields) || has(&[Content::Subscription, Content::Type])))
}

fn first_row(text: &str) -> Header {
    of_row(text, 0, Layout::of_line(text.lines().next().unwrap_or_default()))
}

pub(super) fn read(text: &str) -> ParsedText {
    let mut reading = ParsedText { kind: TextFormat::Table, ..ParsedText::default() };
    let header = header(text);
    let is_list = header.is_some() || may_list(text);
    let mut head = header.unwrap_or_else(|| first_row(text));
    let is_named = head.has(&Content::Field(Field::Name)) || head.has(&Content::Id);
    if !is_named || !is_list {
        // A list of something else, perhaps.
        let note = if is_named { Note::informs(0, messages::READ_NO_IDENTITY) } else { Note::warns(0, messages::READ_NO_NAME_COLUMN) };
        reading.notes.push(note);
        return reading;
    }
    about_columns(&mut head, &mut reading);
    let mut rows = Rows { text, at: head.body, layout: &head.layout, unclosed: None };
    let mut row = Row::default();
    let mut others = Others::default();
    while rows.row(&mut row) {
        let surplus = row.cells.iter().skip(head.columns.len()).filter(|(_, text)| !text.trim().is_empty()).count();
        let rule = |text: &str| !text.is_empty() && text.bytes().all(|byte| matches!(byte, b'-' | b':'));
        if row.cells.iter().all(|(_, text)| text.trim().is_empty() || rule(text.trim())) {
            continue;
        }
        if let Some(kind) = other_type(&row, &head.columns) {
            others.add(row.at, kind);
            reading.accounted.push(row.at..row.end);
            continue;
        }
        if surplus > 0 {
            let (values, columns) = (row.cells.len().to_string(), head.columns.len().to_string());
            reading.notes.push(Note::blocks(row.at, messages::READ_ROW_LONG.with([&values, &columns])));
        }
        keep(&mut reading.found, &mut reading.notes, found(&row, &head.columns));
    }
    if reading.found.is_empty() && others.count == 0 {
        // Headings alone: rows were to follow.
        reading.notes.push(Note::blocks(0, messages::READ_NO_IDENTITY));
    }
    reading.notes.extend(others.note());
    if let Some(at) = rows.unclosed {
        reading.notes.push(Note::blocks(at, messages::READ_UNCLOSED_TEXT));
    }
    reading
}

/// Notes on columns that are not read, or not sure.
fn about_columns(head: &mut Header, reading: &mut ParsedText) {
    let columns = &mut head.columns;
    if columns.len() > COLUMNS_MAX {
        let sentence = messages::READ_COLUMNS_MANY.with([&COLUMNS_MAX.to_string(), &columns.len().to_string()]);
        reading.notes.push(Note::blocks(columns[0].at, sentence));
        columns.truncate(COLUMNS_MAX);
    }
    for (index, Column { at, name, content }) in columns.iter().enumerate() {
        let repeated = columns[..index].iter().any(|known| known.content == *content);
        match content {
            Content::Other if !name.is_empty() => reading.notes.push(Note::informs(*at, messages::READ_COLUMN.with([name]))),
            Content::Other | Content::ReadOnly => {}
            _ if repeated => reading.notes.push(Note::warns(*at, messages::READ_COLUMN_TWICE.with([name]))),
            _ => {}
        }
    }
}

/// The rows of other resource types.
#[derive(Default)]
struct Others {
    count: usize,
    first: Option<(usize, String)>,
}

impl Others {
    fn add(&mut self, at: usize, kind: &str) {
        self.count += 1;
        self.first.get_or_insert_with(|| (at, kind.to_owned()));
    }

    fn note(self) -> Option<Note> {
        let (at, kind) = self.first?;
        Some(Note::informs(at, messages::READ_ROWS_OF_OTHERS.with([&self.count.to_string(), &kind])))
    }
}

/// The resource type of a row, if it is not that of identities.
fn other_type<'a>(row: &'a Row, columns: &[Column]) -> Option<&'a str> {
    let mut cells = row.cells.iter().zip(columns).map(|((_, text), column)| (text.trim(), &column.content));
    cells.find_map(|(text, content)| match content {
        Content::Type => (!text.is_empty() && !is_identity_type(text)).then_some(text),
        Content::Id => {
            let kind = text.split_once("/providers/").map(|(_, rest)| rest.rsplit_once('/').map_or(rest, |(kind, _)| kind));
            kind.filter(|kind| !is_identity_type(kind))
        }
        _ => None,
    })
}

fn found(row: &Row, columns: &[Column]) -> ParsedIdentity {
    let mut found = ParsedIdentity { end: row.end, ..ParsedIdentity::at(row.at) };
    let (mut id, mut subscription) = (None, None);
    for ((at, text), column) in row.cells.iter().zip(columns) {
        let text = unguarded(text);
        // Spreadsheets keep a text as it is as a formula.
        let text = text.strip_prefix("=\"").and_then(|text| text.strip_suffix('"')).unwrap_or(text);
        if text.is_empty() {
            continue;
        }
        let meant = Resolved::Text(text.to_owned());
        match &column.content {
            Content::Field(field) if field.is_list() => {
                for one in text.split([' ', '|', ';', ',']).filter(|one| !one.is_empty()) {
                    found.set(*field, *at, Resolved::Text(one.to_owned()));
                }
            }
            Content::Field(field) if text.ends_with('…') => found.set(*field, *at, Resolved::Unread(text.to_owned())),
            Content::Field(field) => found.set(*field, *at, meant),
            Content::Tag(name) => found.tag(*at, name.clone(), *at, meant),
            Content::Tags => tags(&mut found, *at, text),
            Content::Id => id = Some((*at, text)),
            Content::Subscription => subscription = Some((*at, meant)),
            Content::Type | Content::ReadOnly | Content::Other => {}
        }
    }
    if let Some((at, id)) = id {
        of_id(&mut found, at, id);
    }
    if let Some((at, subscription)) = subscription.filter(|_| found.draft.subscription.is_empty()) {
        found.subscription_or_name(at, subscription);
    }
    found.explain_empty(Field::Subscription, messages::READ_NO_SUBSCRIPTION);
    found.explain_empty(Field::Region, messages::READ_REGION_OF_GROUP);
    found
}

/// What the resource ID says and no other column does.
fn of_id(found: &mut ParsedIdentity, at: usize, id: &str) {
    let mut whole = ParsedIdentity::at(at);
    request::place(&mut whole, at, id);
    let whole = whole.draft;
    if Guid::parse(&found.draft.subscription).is_none() {
        found.draft.subscription = whole.subscription;
    }
    for (field, known, value) in
        [(Field::ResourceGroup, &mut found.draft.resource_group, whole.resource_group), (Field::Name, &mut found.draft.name, whole.name)]
    {
        if known.is_empty() {
            *known = value;
            found.places.push((field, at));
        }
    }
}

/// All tags of a row: a JSON object, or pairs such as `Env=prod;Owner=me`.
fn tags(found: &mut ParsedIdentity, at: usize, text: &str) {
    if text.starts_with('{') {
        if let Some(item) = resource::json(text).filter(|item| matches!(item.value, Value::Object(_))) {
            let before = found.places.len();
            resource::tags(found, &item, &Names::new(Expressions::None));
            for (_, place) in found.places.iter_mut().skip(before) {
                *place = at;
            }
            return;
        }
    } else if !is_type_of_object(text) {
        let by = if text.contains(['\n', ';', '|']) { ['\n', ';', '|'] } else { [','; 3] };
        // The portal shows them as `Env : prod`.
        let split = |pair| str::split_once(pair, " : ").or_else(|| str::split_once(pair, '='));
        let pairs: Option<Vec<(&str, &str)>> = text.split(by).map(str::trim).filter(|pair| !pair.is_empty()).map(split).collect();
        if let Some(pairs) = pairs {
            for (name, value) in pairs {
                found.tag(at, name.trim().to_owned(), at, Resolved::Text(value.trim().to_owned()));
            }
            return;
        }
    }
    found.places.push((Field::Tags, at));
    found.unread(Field::Tags, text.get(..80).unwrap_or(text));
}

/// Export-Csv writes the type of an object that it can't write in a cell.
fn is_type_of_object(text: &str) -> bool {
    ["System.", "Microsoft."].iter().any(|start| text.starts_with(start))
}
