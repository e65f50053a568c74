//! Redirections and here-documents of bash.

use std::ops::Range;

use super::{Bash, Flow};
use crate::messages;
use crate::parsing::cursor::Cursor;
use crate::parsing::item::Piece;
use crate::parsing::parsed_identity::Note;
use crate::parsing::shell::{Shell, is_script};

impl Bash<'_, '_> {
    /// The redirections after a compound command, which takes what flows to it as text.
    pub(super) fn redirections(&mut self) {
        loop {
            self.blanks(false);
            let rest = self.rest();
            let digits = rest.len() - rest.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
            if !rest[digits..].starts_with(['<', '>']) {
                break;
            }
            self.at += digits;
            self.redirection();
        }
        let flows = std::mem::take(&mut self.flow);
        self.none_run_but(flows, false);
        let captured = std::mem::take(&mut self.captured);
        self.none_run(captured);
        (self.writes, self.scripts) = (false, false);
    }

    /// A redirection, or a process substitution.
    pub(super) fn redirection(&mut self) {
        let start = self.at;
        while matches!(self.peek(), Some('<' | '>' | '&' | '|')) && !self.is_process() {
            self.step();
        }
        let operator = &self.text[start..self.at];
        let tabs = operator == "<<" && self.starts("-");
        self.at += usize::from(tabs);
        while matches!(self.peek(), Some(' ' | '\t')) {
            self.step();
        }
        if self.is_process() {
            let start = self.at;
            self.at += 2;
            self.substitution(start);
            return;
        }
        if matches!(self.peek(), None | Some('\n' | ';' | '(' | ')' | '|' | '&' | '<' | '>')) {
            return;
        }
        let word = self.word();
        if operator == "<<" {
            let raw = self.text.get(word.from..word.to).unwrap_or_default();
            self.begin_here_document(&raw.replace(['\'', '"', '\\'], ""), tabs, raw.contains(['\'', '"', '\\']));
        } else if operator == "<<<" {
            self.flow.push(Flow::Words(word.from..word.to, Vec::new()));
        } else if operator.starts_with('>') && operator != ">&" {
            self.writes |= !word.item.start().starts_with("/dev/");
            self.scripts |= self.text.get(word.from..word.to).is_some_and(is_script);
        }
    }

    /// Whether a process substitution is next.
    pub(super) fn is_process(&self) -> bool {
        self.starts("<(") || self.starts(">(")
    }

    /// Finds a here-document's text, which begins after the line.
    fn begin_here_document(&mut self, marker: &str, tabs: bool, quoted: bool) {
        let line = match &self.here {
            Some(here) if here.start >= self.at => here.clone(),
            _ => match self.end_of_line() {
                Some(end) => end..end + 1,
                None => return,
            },
        };
        let start = line.end;
        let (mut at, mut loose, mut exact) = (start, None, None);
        for one in self.text.get(start..).unwrap_or_default().split_inclusive('\n') {
            let trimmed = one.trim_end_matches(['\n', '\r']);
            let begun = trimmed.trim_start();
            if trimmed == marker || (tabs && trimmed.trim_start_matches('\t') == marker) {
                exact = Some(at..at + one.len());
                break;
            }
            // An indented delimiter, or one before the bracket of a substitution, counts if there is no other one.
            let after = begun.strip_prefix(marker).filter(|_| loose.is_none()).map(str::trim_end);
            if after == Some("") {
                loose = Some(at..at + one.len());
            } else if after.is_some_and(|after| after.starts_with([')', '`'])) {
                loose = Some(at..at + trimmed.len() - begun.len() + marker.len());
            }
            at += one.len();
        }
        let Some(end) = exact.or(loose) else {
            // All that follows is its text.
            let at = self.place(self.at);
            self.session.note(Note::warns(at, messages::READ_UNCLOSED_HEREDOC));
            self.here = Some(line.start..self.text.len());
            return;
        };
        self.flow.push(Flow::Here(start..end.start, quoted));
        self.here = Some(line.start..end.end);
    }

    /// The line break that ends the command's line, which may be continued.
    fn end_of_line(&self) -> Option<usize> {
        let mut from = self.at;
        loop {
            let end = from + self.text.get(from..)?.find('\n')?;
            if !self.text.get(from..end)?.trim_end_matches('\r').ends_with('\\') {
                return Some(end);
            }
            from = end + 1;
        }
    }

    /// A here-document's text. The substitutions in it are read.
    pub(super) fn here_document(&mut self, range: Range<usize>, quoted: bool) -> Vec<Piece> {
        if quoted {
            return vec![Piece::Text(self.whole.get(range).unwrap_or_default().to_owned())];
        }
        let outer = (self.text, self.at, self.here.take());
        let mut pieces = Vec::new();
        (self.text, self.at) = (self.whole.get(..range.end).unwrap_or(self.whole), range.start);
        self.double(range.start, false, &mut pieces);
        (self.text, self.at, self.here) = outer;
        pieces
    }
}
