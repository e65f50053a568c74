//! The columns of a list, by their headings: ours, and those of Azure's own exports.

use super::cells::{Layout, Row, Rows};
use super::resource::is_identity;
use crate::arm::location::LocationName;
use crate::arm::managed_identity::IDENTITY_TYPE;
use crate::arm::regions::KnownRegions;
use crate::provisioning::field::{COLUMNS, FIELDS, Field};

/// The most lines before the header, such as a title.
const TITLES_MAX: usize = 3;

/// The content of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Content {
    Field(Field),
    /// The value of the tag of this name.
    Tag(String),
    /// All tags, in JSON or as pairs.
    Tags,
    /// A resource ID.
    Id,
    /// A subscription's name, or its ID.
    Subscription,
    /// The type of the resource.
    Type,
    /// A property that an export has, which is not checked.
    ReadOnly,
    /// A column that is ignored.
    Other,
}

pub(super) struct Column {
    pub(super) at: usize,
    pub(super) name: String,
    pub(super) content: Content,
}

/// The head of a list.
pub(super) struct Header {
    pub(super) columns: Vec<Column>,
    pub(super) layout: Layout,
    /// The byte offset of the first row.
    pub(super) body: usize,
}

/// The header of a list of identities; `None` if `text` is no such list.
pub(super) fn header(text: &str) -> Option<Header> {
    let mut separator = None;
    let (mut at, mut titles) = (0, 0);
    while let Some(line) = text[at..].split_inclusive('\n').next() {
        let start = at;
        at += line.len();
        let trimmed = line.trim_matches(|letter: char| letter.is_whitespace() || letter == '\u{feff}');
        // Excel's separator, and the type that PowerShell's Export-Csv writes.
        let separated = line.trim_start_matches('\u{feff}').strip_prefix("sep=").and_then(|rest| rest.chars().next());
        separator = separated.or(separator);
        if trimmed.is_empty() || separated.is_some() || trimmed.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("#type")) {
            continue;
        }
        let dashes = text[at..].lines().next().and_then(Layout::of_dashes);
        let layout = dashes.unwrap_or_else(|| separator.map_or_else(|| Layout::of_line(trimmed), |by| Layout::by(by, trimmed)));
        let begins = start + line.find(trimmed).unwrap_or_default();
        // Columns are aligned from the line's start.
        let begins = if matches!(layout, Layout::Aligned(_)) { start } else { begins };
        let header = of_row(text, begins, layout);
        if header.is_list(titles > 0, text) {
            return Some(header);
        }
        if titles == 0 && header.columns.iter().any(|column| is_identity_id(&column.name)) {
            return Some(header.without_headings(begins));
        }
        titles += 1;
        if titles > TITLES_MAX || !is_title(trimmed) {
            return None;
        }
    }
    None
}

/// The header at `begins`.
pub(super) fn of_row(text: &str, begins: usize, layout: Layout) -> Header {
    let mut rows = Rows { text, at: begins, layout: &layout, unclosed: None };
    let mut row = Row::default();
    rows.row(&mut row);
    let body = rows.at;
    let column = |(at, name): (usize, String)| Column { at, content: content(name.trim()), name: name.trim().to_owned() };
    let mut columns: Vec<Column> = row.cells.into_iter().map(column).collect();
    if columns.last().is_some_and(|last| last.name.is_empty()) {
        columns.pop();
    }
    for at in 0..columns.len() {
        // Resource Graph adds a second column for some, and one for the identities that a resource uses.
        let doubles = matches!(plain(&columns[at].name).as_str(), "identity" | "resourcegroupname")
            && columns.iter().enumerate().any(|(other, column)| other != at && column.content == columns[at].content);
        if doubles {
            columns[at].content = Content::ReadOnly;
        }
    }
    Header { columns, layout, body }
}

impl Header {
    pub(super) fn has(&self, content: &Content) -> bool {
        self.columns.iter().any(|column| column.content == *content)
    }

    /// Whether these are the headings of identities: those after a title must be surer.
    fn is_list(&self, after_title: bool, text: &str) -> bool {
        let known = self.columns.iter().filter(|column| column.content != Content::Other).count();
        let is_heading = |name: &str| !name.starts_with(['#', '-']) && !name.contains(['$', '(', '{', '<', '=', '\'', '\\', '`']);
        let is_list = (self.has(&Content::Field(Field::Name)) || self.has(&Content::Id))
            && 2 * known >= self.columns.len()
            && self.columns.iter().all(|column| is_heading(&column.name));
        let has_name = self.has(&Content::Field(Field::Name));
        if !is_list || (has_name && !after_title) {
            return is_list;
        }
        let mut rows = Rows { text, at: self.body, layout: &self.layout, unclosed: None };
        let mut row = Row::default();
        let has_row = rows.row(&mut row);
        let has_id = row.cells.iter().any(|(_, text)| text.starts_with("/subscriptions/"));
        has_row && (has_name || has_id) && (!after_title || (known >= 2 && row.cells.len() == self.columns.len()))
    }

    /// For rows without a header row: the columns are known by what the first row holds.
    fn without_headings(mut self, begins: usize) -> Self {
        let regions = KnownRegions::new();
        for column in &mut self.columns {
            column.content = match LocationName::parse(&column.name) {
                _ if is_identity_id(&column.name) => Content::Id,
                Some(name) if regions.has(&name) => Content::Field(Field::Region),
                _ => Content::ReadOnly,
            };
        }
        self.body = begins;
        self
    }
}

/// A line of words, and no code.
fn is_title(line: &str) -> bool {
    let in_prose = |letter: char| letter.is_alphanumeric() || letter.is_whitespace() || ".,:;/()'\"–—-#*&!?".contains(letter);
    line.chars().all(in_prose)
}

/// Whether `text` is the resource ID of an identity, and nothing else.
pub(super) fn is_identity_id(text: &str) -> bool {
    let in_id = |letter: char| letter.is_alphanumeric() || "/-_.()".contains(letter);
    let resource_type = text.trim().split_once("/providers/").and_then(|(_, rest)| rest.rsplit_once('/'));
    text.starts_with('/') && text.chars().all(in_id) && resource_type.is_some_and(|(kind, _)| kind.eq_ignore_ascii_case(IDENTITY_TYPE))
}

/// Whether a resource type, or its display name in the portal, is that of identities.
pub(super) fn is_identity_type(text: &str) -> bool {
    if text.contains('/') {
        is_identity(text)
    } else {
        plain(text).contains("managedidentit") || plain(text).contains("userassignedidentit")
    }
}

fn plain(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).map(|letter| letter.to_ascii_lowercase()).collect()
}

fn content(name: &str) -> Content {
    for start in ["tag.", "tags.", "tag:", "tag_"] {
        if let Some(beginning) = name.get(..start.len())
            && beginning.eq_ignore_ascii_case(start)
            && name.len() > start.len()
        {
            return Content::Tag(name[start.len()..].to_owned());
        }
    }
    let plain = plain(name);
    let plain = plain.strip_prefix("properties").filter(|rest| !rest.is_empty()).unwrap_or(&plain);
    let plain = plain.strip_prefix("azure").filter(|rest| !rest.is_empty()).unwrap_or(plain);
    match plain {
        "subscription" | "subscriptionname" => return Content::Subscription,
        "tag" | "tags" => return Content::Tags,
        "type" | "resourcetype" => return Content::Type,
        "id" | "resourceid" => return Content::Id,
        "clientid" | "principalid" | "objectid" | "tenantid" | "kind" | "managedby" | "sku" | "plan" | "properties" | "zones"
        | "extendedlocation" | "apiversion" | "etag" => return Content::ReadOnly,
        read_only if read_only.starts_with("systemdata") || read_only.ends_with("displayname") => return Content::ReadOnly,
        _ => {}
    }
    let field = FIELDS.iter().zip(&COLUMNS).find(|(_, names)| names.contains(&plain));
    field.map_or(Content::Other, |(field, _)| Content::Field(field.field))
}
