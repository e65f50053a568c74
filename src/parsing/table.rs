//! Lists: CSV (RFC 4180) from spreadsheets of any locale, with a header row.

use super::names::Resolved;
use super::parsed_identity::{Note, ParsedIdentity, keep};
use super::{ParsedText, TextFormat, request};
use crate::arm::guid::Guid;
use crate::csv::unguarded;
use crate::messages;
use crate::provisioning::field::{COLUMNS, FIELDS, Field};

/// Separators, most likely first.
const SEPARATORS: [char; 3] = [',', ';', '\t'];

/// Maximum columns read.
const COLUMNS_MAX: usize = 500;

/// The content of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Column {
    Field(Field),
    /// The value of the tag of this name.
    Tag(String),
    /// A resource ID.
    Id,
    /// A read-only property that the list exports, which is not checked.
    ReadOnly,
    /// A column that is ignored.
    Other,
}

/// Whether the first line of `text` is the header of a list of identities.
pub(super) fn is_table(text: &str) -> bool {
    let line = header(text).lines().next().unwrap_or_default();
    let columns = columns(line);
    let named = columns.iter().filter(|(column, _)| *column != Column::Other).count();
    columns.iter().any(|(column, _)| *column == Column::Field(Field::Name)) && 2 * named >= columns.len()
}

/// The text from the header on: Excel may have written `sep=;` before it.
fn header(text: &str) -> &str {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    match text.split_once('\n') {
        Some((first, rest)) if first.trim().len() == 5 && first.starts_with("sep=") => rest.trim_start(),
        _ => text,
    }
}

fn separator(line: &str) -> char {
    let count = |separator: char| line.chars().filter(|letter| *letter == separator).count();
    // The most frequent; the first of them on a tie.
    SEPARATORS.into_iter().rev().max_by_key(|separator| count(*separator)).unwrap_or(',')
}

/// The columns of a header.
fn columns(line: &str) -> Vec<(Column, String)> {
    let mut cells = Cells { text: line, at: 0, separator: separator(line), unclosed: None };
    let mut row = Record::default();
    cells.row(&mut row);
    row.cells.into_iter().map(|(_, name)| (column(name.trim()), name.trim().to_owned())).collect()
}

fn column(name: &str) -> Column {
    for start in ["tag.", "tags.", "tag:", "tag_"] {
        if let Some(beginning) = name.get(..start.len())
            && beginning.eq_ignore_ascii_case(start)
            && name.len() > start.len()
        {
            return Column::Tag(name[start.len()..].to_owned());
        }
    }
    let plain: String = name.chars().filter(|letter| letter.is_alphanumeric()).map(|letter| letter.to_ascii_lowercase()).collect();
    let field = FIELDS.iter().zip(&COLUMNS).find(|(_, names)| names.contains(&plain.as_str()));
    match (field, plain.as_str()) {
        (Some((field, _)), _) => Column::Field(field.field),
        (None, "id" | "resourceid") => Column::Id,
        (None, "clientid" | "principalid" | "tenantid") => Column::ReadOnly,
        (None, _) => Column::Other,
    }
}

pub(super) fn read(text: &str) -> ParsedText {
    let mut reading = ParsedText { kind: TextFormat::Table, ..ParsedText::default() };
    let body = header(text);
    let line = body.lines().next().unwrap_or_default();
    let mut columns = columns(line);
    let begins = text.len() - body.len();
    if columns.len() > COLUMNS_MAX {
        reading.notes.push(Note::blocks(begins, messages::READ_COLUMNS_MANY.with([&COLUMNS_MAX.to_string(), &columns.len().to_string()])));
        columns.truncate(COLUMNS_MAX);
    }
    for (at, (column, name)) in columns.iter().enumerate() {
        if *column == Column::Other && !name.is_empty() {
            reading.notes.push(Note::informs(begins, messages::READ_COLUMN.with([name])));
        }
        let repeated = columns[..at].iter().any(|(known, _)| known == column);
        if repeated && !matches!(column, Column::ReadOnly | Column::Other) {
            reading.notes.push(Note::warns(begins, messages::READ_COLUMN_TWICE.with([name])));
        }
    }
    let mut cells = Cells { text, at: begins + line.len(), separator: separator(line), unclosed: None };
    let mut row = Record::default();
    while cells.row(&mut row) {
        let blank = row.cells.iter().all(|(_, text)| text.trim().is_empty());
        if blank {
            continue;
        }
        if row.cells.len() > columns.len() {
            reading
                .notes
                .push(Note::blocks(row.at, messages::READ_ROW_LONG.with([&row.cells.len().to_string(), &columns.len().to_string()])));
        }
        keep(&mut reading.found, &mut reading.notes, found(&row, &columns));
    }
    if let Some(at) = cells.unclosed {
        reading.notes.push(Note::blocks(at, messages::READ_UNCLOSED_TEXT));
    }
    reading
}

fn found(row: &Record, columns: &[(Column, String)]) -> ParsedIdentity {
    let mut found = ParsedIdentity::at(row.at);
    let mut id = None;
    for ((at, text), (column, _)) in row.cells.iter().zip(columns) {
        let text = unguarded(text);
        if text.is_empty() {
            continue;
        }
        let meant = Resolved::Text(text.to_owned());
        match column {
            Column::Field(field) if field.is_list() => {
                for one in text.split([' ', '|', ';', ',']).filter(|one| !one.is_empty()) {
                    found.set(*field, *at, Resolved::Text(one.to_owned()));
                }
            }
            Column::Field(field) => found.set(*field, *at, meant),
            Column::Tag(name) => found.tag(*at, name.clone(), *at, meant),
            Column::Id => id = Some((*at, text)),
            Column::ReadOnly | Column::Other => {}
        }
    }
    if let Some((at, id)) = id {
        let mut whole = ParsedIdentity::at(at);
        request::place(&mut whole, at, id);
        if Guid::parse(&found.draft.subscription).is_none() {
            found.draft.subscription = whole.draft.subscription;
        }
        if found.draft.resource_group.is_empty() {
            found.draft.resource_group = whole.draft.resource_group;
        }
    }
    found.explain_empty(Field::Subscription, messages::READ_NO_SUBSCRIPTION);
    found.explain_empty(Field::Region, messages::READ_REGION_OF_GROUP);
    found
}

/// A row of values with their byte offsets.
#[derive(Default)]
struct Record {
    at: usize,
    cells: Vec<(usize, String)>,
}

struct Cells<'a> {
    text: &'a str,
    at: usize,
    separator: char,
    /// The byte offset of an unclosed quote.
    unclosed: Option<usize>,
}

impl Cells<'_> {
    /// Reads the next non-empty row; `false` at the end.
    fn row(&mut self, row: &mut Record) -> bool {
        row.cells.clear();
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start_matches(['\n', '\r']).len();
        row.at = self.at;
        if self.at >= self.text.len() {
            return false;
        }
        loop {
            let cell = self.cell();
            row.cells.push(cell);
            let rest = &self.text[self.at..];
            if !rest.starts_with(self.separator) {
                return true;
            }
            self.at += self.separator.len_utf8();
        }
    }

    fn cell(&mut self) -> (usize, String) {
        let rest = &self.text[self.at..];
        let blanks = rest.len() - rest.trim_start_matches(' ').len();
        let start = self.at;
        if rest[blanks..].starts_with('"') {
            return self.quoted(start + blanks);
        }
        let length = rest.find([self.separator, '\n', '\r']).unwrap_or(rest.len());
        self.at += length;
        (start, rest[..length].to_owned())
    }

    fn quoted(&mut self, open: usize) -> (usize, String) {
        let mut value = String::new();
        let mut rest = &self.text[open + 1..];
        loop {
            let Some(end) = rest.find('"') else {
                value.push_str(rest);
                self.unclosed.get_or_insert(open);
                self.at = self.text.len();
                return (open, value);
            };
            value.push_str(&rest[..end]);
            rest = &rest[end + 1..];
            match rest.strip_prefix('"') {
                Some(after) => {
                    value.push('"');
                    rest = after;
                }
                None => break,
            }
        }
        // Text between the closing quote and the separator belongs to the value.
        let length = rest.find([self.separator, '\n', '\r']).unwrap_or(rest.len());
        value.push_str(rest[..length].trim_end());
        self.at = self.text.len() - rest.len() + length;
        (open, value)
    }
}
