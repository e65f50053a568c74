//! Splits a list into rows and cells: CSV (RFC 4180) with any separator, or columns aligned by blanks.

/// Separators, most likely first.
const SEPARATORS: [char; 4] = [',', ';', '\t', '|'];

/// How cells are told apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    Separated {
        by: char,
        /// Whether rows begin and end with the separator.
        framed: bool,
    },
    /// Aligned below dashes; holds the first character of each column.
    Aligned(Vec<usize>),
}

/// A row of values with their byte offsets.
#[derive(Debug, Default)]
pub(super) struct Row {
    pub(super) at: usize,
    pub(super) end: usize,
    pub(super) cells: Vec<(usize, String)>,
}

/// Reads rows from a byte offset on.
pub(super) struct Rows<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    pub(super) layout: &'a Layout,
    /// The byte offset of an unclosed quote.
    pub(super) unclosed: Option<usize>,
}

impl Layout {
    /// The most frequent separator outside quotes; the first of them on a tie.
    pub(super) fn of_line(line: &str) -> Self {
        let plain: String = line.split('"').step_by(2).collect();
        let count = |separator: char| plain.chars().filter(|letter| *letter == separator).count();
        let by = SEPARATORS.into_iter().rev().max_by_key(|separator| count(*separator)).unwrap_or(',');
        Self::by(by, line)
    }

    /// With the separator `by`.
    pub(super) fn by(by: char, line: &str) -> Self {
        Self::Separated { by, framed: by == '|' && line.trim_start().starts_with('|') }
    }

    /// Aligned below the dashes of `line`, which stands below the header.
    pub(super) fn of_dashes(line: &str) -> Option<Self> {
        let line = line.trim_end();
        let mut starts = Vec::new();
        let mut before = ' ';
        for (column, letter) in line.chars().enumerate() {
            match (before, letter) {
                (' ', '-') => starts.push(column),
                ('-', ' ' | '-') | (' ', ' ') => {}
                _ => return None,
            }
            before = letter;
        }
        (line.contains("--")).then_some(Self::Aligned(starts))
    }
}

impl Rows<'_> {
    /// Reads the next non-empty row; `false` at the end.
    pub(super) fn row(&mut self, row: &mut Row) -> bool {
        row.cells.clear();
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start_matches(['\n', '\r']).len();
        row.at = self.at;
        if self.at >= self.text.len() {
            return false;
        }
        match self.layout {
            Layout::Aligned(starts) => self.aligned(starts, row),
            Layout::Separated { by, framed } => self.separated(*by, *framed, row),
        }
        row.end = self.at;
        true
    }

    fn aligned(&mut self, starts: &[usize], row: &mut Row) {
        let line = self.text[self.at..].split(['\n', '\r']).next().unwrap_or_default();
        let mut places = line.char_indices().map(|(at, _)| at).enumerate().skip(starts.first().copied().unwrap_or_default());
        let mut offsets: Vec<usize> = Vec::with_capacity(starts.len());
        for start in starts {
            offsets.push(places.find(|(column, _)| column == start).map_or(line.len(), |(_, at)| at));
        }
        for (column, from) in offsets.iter().enumerate() {
            let to = offsets.get(column + 1).copied().unwrap_or(line.len());
            row.cells.push((self.at + from, line[*from..to].trim().to_owned()));
        }
        self.at += line.len();
    }

    fn separated(&mut self, by: char, framed: bool, row: &mut Row) {
        if framed && self.text[self.at..].starts_with(by) {
            self.at += by.len_utf8();
        }
        loop {
            let cell = self.cell(by);
            row.cells.push(cell);
            if !self.text[self.at..].starts_with(by) {
                break;
            }
            self.at += by.len_utf8();
        }
        if framed && row.cells.last().is_some_and(|(_, last)| last.trim().is_empty()) {
            row.cells.pop();
        }
    }

    fn cell(&mut self, by: char) -> (usize, String) {
        let rest = &self.text[self.at..];
        let start = self.at + rest.len() - rest.trim_start_matches(' ').len();
        let rest = &self.text[start..];
        if rest.starts_with('"') {
            return self.quoted(start, by);
        }
        let length = cell_length(rest, by);
        self.at = start + length;
        (start, rest[..length].to_owned())
    }

    fn quoted(&mut self, open: usize, by: char) -> (usize, String) {
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
        let length = cell_length(rest, by);
        value.push_str(rest[..length].trim_end());
        self.at = self.text.len() - rest.len() + length;
        (open, value)
    }
}

/// The length of an unquoted cell. All separators are ASCII.
fn cell_length(rest: &str, by: char) -> usize {
    let ends = |byte: &u8| char::from(*byte) == by || matches!(byte, b'\n' | b'\r');
    rest.as_bytes().iter().position(ends).unwrap_or(rest.len())
}
