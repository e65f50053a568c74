//! Expressions that are kept verbatim: to the end of a line, a list or a bracket.

use super::bicep_syntax::{continues, is_open};
use super::item::{Item, Value, is_number};
use super::syntax::{Dialect, Parser};
use crate::messages;
use crate::parsing::cursor::Cursor;

impl Parser<'_> {
    /// Skips parentheses and their content.
    pub(super) fn parentheses(&mut self) {
        if self.peek() == Some('(') {
            self.step();
            self.scan(1);
        }
    }

    /// Skips the bracket that is next and its content.
    pub(super) fn brackets(&mut self) {
        self.step();
        self.scan(1);
    }

    /// The verbatim text up to the end of the value.
    pub(super) fn word(&mut self) -> Item {
        let at = self.at;
        self.scan(0);
        let word = self.text.get(at..self.at).unwrap_or_default().trim().to_owned();
        if self.dialect == Dialect::Json && !matches!(word.as_str(), "null" | "true" | "false") && !is_number(&word) {
            self.syntax_error(at, messages::READ_NONSENSE);
        }
        Item { at, value: Value::Word(word) }
    }

    /// Skips to the end of an expression; with `depth` open brackets, to where the last of them closes.
    pub(super) fn scan(&mut self, mut depth: u32) {
        let began_inside = depth > 0;
        let start = self.at;
        while let Some(letter) = self.peek() {
            match letter {
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' => {
                    if depth == 0 {
                        return;
                    }
                    depth -= 1;
                    if depth == 0 && began_inside {
                        self.step();
                        return;
                    }
                }
                ',' if depth == 0 => return,
                ' ' | '\t' | '\r' | '\n' if depth == 0 && self.dialect == Dialect::Json => return,
                '\r' | '\n' | '/' if depth == 0 && self.dialect == Dialect::Bicep && self.line_ends() => {
                    if !self.goes_on(start) {
                        return;
                    }
                    self.blanks(true);
                    continue;
                }
                _ if letter == self.quote() => {
                    self.string();
                    continue;
                }
                '/' | '#' => {
                    let before = self.at;
                    self.blanks(false);
                    if self.at > before {
                        if depth == 0 {
                            self.at = before;
                            return;
                        }
                        continue;
                    }
                }
                _ => {}
            }
            self.step();
        }
        if depth > 0 {
            self.syntax_error(self.at, messages::READ_UNCLOSED);
        }
    }

    /// Whether a line break or a comment is next.
    fn line_ends(&self) -> bool {
        self.peek() != Some('/') || self.starts("//") || self.starts("/*")
    }

    /// Whether the expression from `start` on continues on the next line of a Bicep file.
    pub(super) fn goes_on(&mut self, start: usize) -> bool {
        let before = self.at;
        self.blanks(true);
        let open = is_open(self.text.get(start..before).unwrap_or_default().trim_end());
        let goes_on = continues(self.rest()) || (open && start > 0);
        self.at = before;
        goes_on
    }
}
