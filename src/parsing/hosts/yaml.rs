//! The block structure of YAML, and JSON: maps, sequences and scalars with their positions. It never fails: a line that fits
//! nowhere is a scalar of its own.

mod flow;

use std::ops::Range;

/// Maximum nesting of collections.
const DEPTH_MAX: u32 = 60;

/// A value with its byte offsets.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Node {
    pub(super) at: usize,
    pub(super) end: usize,
    pub(super) value: Yaml,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Yaml {
    Empty,
    Scalar(Style),
    /// Keys and values; a line that fits nowhere has an empty key.
    Map(Vec<(Node, Node)>),
    Sequence(Vec<Node>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    /// In this quote, which the node includes.
    Quoted(char),
    /// The lines below `|` or `>`, and their indentation.
    Block {
        folded: bool,
        indent: usize,
    },
}

/// The documents of a text, and its comments.
pub(super) fn parse(text: &str) -> (Vec<Node>, Vec<Range<usize>>) {
    let mut scanner = Scanner { text, at: 0, line: 0, broken: false, comments: Vec::new() };
    let mut documents = Vec::new();
    loop {
        scanner.blanks();
        let before = scanner.at;
        if before >= text.len() {
            return (documents, scanner.comments);
        }
        if scanner.column() == 0 {
            scanner.at += 3;
        } else {
            let document = scanner.block(0, DEPTH_MAX);
            documents.push(document);
        }
        if scanner.at == before {
            scanner.skip_line();
        }
    }
}

/// The list in brackets at `at`.
pub(super) fn parse_list(text: &str, at: usize) -> Option<Node> {
    Scanner { text, at, line: at, broken: false, comments: Vec::new() }.flow(DEPTH_MAX)
}

impl Node {
    /// A scalar as written, without quotes.
    pub(super) fn written<'a>(&self, text: &'a str) -> &'a str {
        let written = text.get(self.at..self.end).unwrap_or_default();
        match self.value {
            Yaml::Scalar(Style::Quoted(quote)) => written.trim_start_matches(quote).trim_end_matches(quote),
            Yaml::Scalar(_) => written.trim(),
            _ => "",
        }
    }

    pub(super) fn entries(&self) -> &[(Node, Node)] {
        match &self.value {
            Yaml::Map(entries) => entries,
            _ => &[],
        }
    }

    pub(super) fn items(&self) -> &[Node] {
        match &self.value {
            Yaml::Sequence(items) => items,
            _ => &[],
        }
    }

    /// The value of `key`.
    pub(super) fn get(&self, text: &str, key: &str) -> Option<&Node> {
        self.entries().iter().find(|(name, _)| name.written(text) == key).map(|(_, value)| value)
    }

    /// The value of `key` if it is a scalar, as written; else empty.
    pub(super) fn word<'a>(&self, text: &'a str, key: &str) -> &'a str {
        self.get(text, key).map_or("", |node| node.written(text))
    }
}

fn node(at: usize, end: usize, value: Yaml) -> Node {
    Node { at, end, value }
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    /// Where the line begins.
    line: usize,
    /// Whether a bracket or quote was not closed: the others are taken as they are, so that the time stays linear.
    broken: bool,
    comments: Vec<Range<usize>>,
}

impl<'a> Scanner<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The rest of the line.
    fn row(&self) -> &'a str {
        let rest = self.rest();
        rest.get(..rest.find('\n').unwrap_or(rest.len())).unwrap_or_default()
    }

    fn skip_line(&mut self) {
        self.at += self.row().len();
    }

    fn line_ends(&self) -> bool {
        matches!(self.peek(), None | Some(b'\n' | b'\r' | b'#'))
    }

    /// Skips blanks on this line.
    fn spaces(&mut self) {
        let row = self.row();
        self.at += row.len() - row.trim_start_matches([' ', '\t', '\u{feff}']).len();
    }

    /// Skips blanks, comments, directives and lines of a template language.
    fn blanks(&mut self) {
        loop {
            self.spaces();
            let first = self.text.get(self.line..self.at).is_some_and(|before| before.trim().is_empty());
            let row = self.row();
            let own = row.trim_end();
            let template = own.starts_with("{%") || (own.starts_with("{{") && own.ends_with("}}") && !own.contains("}}:"));
            match self.peek() {
                Some(b'\n') => {
                    self.at += 1;
                    self.line = self.at;
                }
                Some(b'\r') => self.at += 1,
                Some(b'#') => self.comment(),
                Some(b'%') if self.at == self.line => self.skip_line(),
                Some(b'{') if first && template => self.skip_line(),
                _ => return,
            }
        }
    }

    fn comment(&mut self) {
        let start = self.at;
        self.skip_line();
        self.comments.push(start..self.at);
    }

    /// The column, from 1; 0 at the end of a document.
    fn column(&self) -> usize {
        let marker =
            self.at == self.line && ["---", "..."].iter().any(|marker| self.row().trim_end() == *marker || self.starts_word(marker));
        if marker || self.at >= self.text.len() { 0 } else { self.at - self.line + 1 }
    }

    fn starts_word(&self, word: &str) -> bool {
        self.rest().strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\r', '\n']))
    }

    fn is_dash(&self) -> bool {
        self.starts_word("-")
    }

    /// Skips anchors and tags.
    fn properties(&mut self) {
        while matches!(self.peek(), Some(b'&' | b'!')) {
            let row = self.row();
            self.at += row.find([' ', '\t', '\r']).unwrap_or(row.len());
            self.spaces();
        }
    }

    /// The value after a key or a hyphen in column `parent`.
    fn value(&mut self, parent: usize, in_map: bool, depth: u32) -> Node {
        self.spaces();
        self.properties();
        if !self.line_ends() {
            return self.inline(parent, depth);
        }
        let at = self.at;
        self.blanks();
        let column = self.column();
        if column > parent || (in_map && column == parent && self.is_dash()) {
            self.block(parent, depth)
        } else {
            node(at, at, Yaml::Empty)
        }
    }

    /// A collection or scalar that starts here, deeper than column `parent`.
    fn block(&mut self, parent: usize, depth: u32) -> Node {
        let column = self.column();
        self.properties();
        if self.line_ends() {
            return self.value(parent, false, depth);
        }
        if depth > 0 && self.is_dash() {
            self.sequence(column, depth - 1)
        } else if depth > 0 && self.key().is_some() {
            self.map(column, depth - 1)
        } else {
            self.inline(parent, depth)
        }
    }

    fn sequence(&mut self, column: usize, depth: u32) -> Node {
        let start = self.at;
        let mut items = Vec::new();
        while self.column() == column && self.is_dash() {
            self.at += 1;
            self.spaces();
            let item = if self.line_ends() { self.value(column, false, depth) } else { self.block(column, depth) };
            items.push(item);
            self.blanks();
        }
        let end = items.last().map_or(start, |item| item.end);
        node(start, end, Yaml::Sequence(items))
    }

    fn map(&mut self, column: usize, depth: u32) -> Node {
        let start = self.at;
        let mut entries: Vec<(Node, Node)> = Vec::new();
        // The first key may stand behind an anchor.
        let mut first = true;
        while first || self.column() >= column {
            let (own, before) = (first || self.column() == column, self.at);
            first = false;
            if own && self.is_dash() {
                break;
            }
            let (key, value) = match self.key().filter(|_| own) {
                Some((key, colon)) => {
                    self.at = colon + 1;
                    (key, self.value(column, true, depth))
                }
                None => (node(before, before, Yaml::Empty), if own { self.inline(column, depth) } else { self.block(column, depth) }),
            };
            entries.push((key, value));
            self.blanks();
            if self.at == before {
                self.skip_line();
                self.blanks();
            }
        }
        let end = entries.last().map_or(start, |(key, value)| value.end.max(key.end));
        node(start, end, Yaml::Map(entries))
    }

    /// The key that starts here, and its colon.
    fn key(&self) -> Option<(Node, usize)> {
        let row = self.row();
        let is_colon = |at: usize| {
            let rest = row.get(at..).unwrap_or_default();
            rest.strip_prefix(':').is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\r']))
        };
        let quote = row.chars().next().filter(|quote| matches!(quote, '"' | '\''));
        if let Some(quote) = quote {
            let end = 2 + row.get(1..)?.find(quote)?;
            let colon = end + row.get(end..)?.len() - row.get(end..)?.trim_start_matches(' ').len();
            let key = node(self.at, self.at + end, Yaml::Scalar(Style::Quoted(quote)));
            return is_colon(colon).then(|| (key, self.at + colon));
        }
        if row.starts_with(['[', '|', '>', '#', '?']) || (row.starts_with('{') && !row.starts_with("{{")) {
            return None;
        }
        let mut at = 0;
        while let Some(next) = row.get(at..).and_then(|rest| rest.find([':', '#', '{'])) {
            at += next;
            if is_colon(at) {
                let end = row.get(..at).unwrap_or_default().trim_end().len();
                return Some((node(self.at, self.at + end, Yaml::Scalar(Style::Plain)), self.at + at));
            }
            let rest = row.get(at..).unwrap_or_default();
            if rest.starts_with('#') && row.get(..at).is_some_and(|before| before.ends_with([' ', '\t'])) {
                return None;
            }
            // A colon in an expression is none of YAML's.
            at += if rest.starts_with("{{") { rest.find("}}").map_or(2, |end| end + 2) } else { 1 };
        }
        None
    }

    /// A scalar, or a collection in brackets.
    fn inline(&mut self, parent: usize, depth: u32) -> Node {
        let start = self.at;
        let node = match self.peek() {
            Some(b'|' | b'>') => self.block_scalar(parent),
            Some(quote @ (b'"' | b'\'')) if !self.broken => self.quoted(char::from(quote)),
            Some(b'[') if !self.broken => self.flow(depth),
            Some(b'{') if !self.broken && !self.rest().starts_with("{{") => self.flow(depth),
            _ => None,
        };
        let Some(node) = node else {
            self.at = start;
            return self.plain(parent);
        };
        if !matches!(node.value, Yaml::Scalar(Style::Block { .. })) {
            self.line = self.text.get(..self.at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1).max(self.line);
            self.spaces();
            if self.peek() != Some(b'#') {
                self.skip_line();
            }
        }
        node
    }

    /// A scalar without quotes, with the lines that continue it.
    fn plain(&mut self, parent: usize) -> Node {
        let start = self.at;
        loop {
            let row = self.row();
            let comment = row.match_indices('#').map(|(at, _)| at).find(|at| row[..*at].ends_with([' ', '\t']));
            self.at += row.get(..comment.unwrap_or(row.len())).unwrap_or_default().trim_end().len();
            let (end, line) = (self.at, self.line);
            if comment.is_none() {
                self.blank_lines();
                if self.column() > parent && self.line > line && self.peek() != Some(b'#') && self.key().is_none() {
                    continue;
                }
            }
            (self.at, self.line) = (end, line);
            return node(start, end, Yaml::Scalar(Style::Plain));
        }
    }

    /// Skips white space.
    fn blank_lines(&mut self) {
        while let Some(blank @ (b' ' | b'\t' | b'\r' | b'\n')) = self.peek() {
            self.at += 1;
            if blank == b'\n' {
                self.line = self.at;
            }
        }
    }

    /// The lines below `|` or `>`.
    fn block_scalar(&mut self, parent: usize) -> Option<Node> {
        let header = self.row();
        let folded = header.starts_with('>');
        let marks = header.get(1..)?.split([' ', '\t', '#', '\r']).next()?;
        if !marks.bytes().all(|mark| matches!(mark, b'+' | b'-' | b'1'..=b'9')) {
            return None;
        }
        let digit = marks.bytes().find(u8::is_ascii_digit).map(|digit| usize::from(digit - b'0'));
        let mut indent = digit.map(|digit| parent.saturating_sub(1) + digit);
        self.skip_line();
        let start = (self.at + 1).min(self.text.len());
        let mut end = start;
        while self.peek() == Some(b'\n') {
            let line = self.at + 1;
            let row = self.text.get(line..).unwrap_or_default();
            let row = row.get(..row.find('\n').unwrap_or(row.len())).unwrap_or_default();
            let deep = row.len() - row.trim_start_matches([' ', '\t']).len();
            if row.trim().is_empty() {
                if row.is_empty() && line >= self.text.len() {
                    break;
                }
            } else {
                let least = indent.unwrap_or(parent);
                if deep < least {
                    break;
                }
                indent.get_or_insert(deep);
                end = line + row.len();
            }
            self.at = line + row.len();
            self.line = line;
        }
        Some(node(start, end.max(start), Yaml::Scalar(Style::Block { folded, indent: indent.unwrap_or(parent) })))
    }
}
