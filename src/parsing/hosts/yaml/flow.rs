//! Quoted scalars, and collections in brackets: JSON, too.

use super::{Node, Scanner, Style, Yaml, node};

impl Scanner<'_> {
    pub(super) fn quoted(&mut self, quote: char) -> Option<Node> {
        let start = self.at;
        let mut at = start + 1;
        let bytes = self.text.as_bytes();
        loop {
            match bytes.get(at) {
                None => {
                    self.broken = true;
                    return None;
                }
                Some(b'\\') if quote == '"' => at += 2,
                Some(byte) if char::from(*byte) == quote => {
                    if quote == '"' || bytes.get(at + 1) != Some(&b'\'') {
                        break;
                    }
                    at += 2;
                }
                Some(_) => at += 1,
            }
        }
        self.at = at + 1;
        Some(node(start, self.at, Yaml::Scalar(Style::Quoted(quote))))
    }

    /// A collection in brackets; `None` if it isn't closed.
    pub(super) fn flow(&mut self, depth: u32) -> Option<Node> {
        let start = self.at;
        let map = self.peek() == Some(b'{');
        let close = if map { b'}' } else { b']' };
        self.at += 1;
        let (mut entries, mut items) = (Vec::new(), Vec::new());
        loop {
            self.flow_blanks();
            match self.peek() {
                Some(end) if end == close => break,
                Some(b',') => self.at += 1,
                Some(_) if depth > 0 => {
                    let key = self.flow_single(depth)?;
                    self.flow_blanks();
                    if self.peek() == Some(b':') {
                        self.at += 1;
                        self.flow_blanks();
                        let value = match self.peek() {
                            Some(b',' | b']' | b'}') => node(self.at, self.at, Yaml::Empty),
                            _ => self.flow_single(depth)?,
                        };
                        entries.push((key, value));
                    } else {
                        items.push(key);
                    }
                }
                _ => {
                    self.broken = true;
                    return None;
                }
            }
        }
        self.at += 1;
        Some(node(start, self.at, if map { Yaml::Map(entries) } else { Yaml::Sequence(items) }))
    }

    fn flow_blanks(&mut self) {
        loop {
            let rest = self.rest();
            self.at += rest.len() - rest.trim_start().len();
            if self.peek() != Some(b'#') {
                return;
            }
            self.comment();
        }
    }

    fn flow_single(&mut self, depth: u32) -> Option<Node> {
        let start = self.at;
        match self.peek()? {
            b'[' | b'{' if !self.rest().starts_with("{{") => return self.flow(depth - 1),
            quote @ (b'"' | b'\'') => return self.quoted(char::from(quote)),
            _ => {}
        }
        while let Some(next) = self.rest().find([',', '[', ']', '{', '}', ':', '\n', '#']) {
            self.at += next;
            let rest = self.rest();
            if let Some(end) = rest.strip_prefix("{{").and_then(|rest| rest.find("}}")) {
                self.at += end + 4;
                continue;
            }
            let inner = rest.strip_prefix(':').is_some_and(|rest| !rest.starts_with([' ', '\t', '\r', '\n', ',', ']', '}']));
            if !inner && (!rest.starts_with('#') || self.text.get(start..self.at)?.ends_with([' ', '\t'])) {
                break;
            }
            self.at += 1;
        }
        // A bracket that closes nothing.
        if self.at == start {
            self.at += 1;
        }
        let end = start + self.text.get(start..self.at)?.trim_end().len();
        Some(node(start, end, Yaml::Scalar(Style::Plain)))
    }
}
