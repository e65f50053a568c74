//! What the readers of shells have in common: their text may be a part of the session's.

use std::ops::Range;

use super::commands::Session;
use super::cursor::Cursor;
use super::embedded::Embedded;
use super::item::Value;
use super::parsed_identity::Note;
use super::scopes::ITERATIONS_MAX;
use crate::messages;

pub(super) trait Shell<'a, 't>: Cursor<'a> {
    /// Where the text stands in the session's text.
    fn origin(&self) -> Option<&'a Embedded>;

    fn session(&mut self) -> &mut Session<'t>;

    /// The continued lines of the current command with a blank after the mark.
    fn gaps(&mut self) -> &mut Vec<usize>;

    /// The offset in the session's text.
    fn place(&self, at: usize) -> usize {
        self.origin().map_or(at, |origin| origin.outer(at))
    }

    fn account(&mut self, range: Range<usize>) {
        let range = self.place(range.start)..self.place(range.end);
        self.session().account(range);
    }

    /// Skips the mark of a continued line, one of `marks`, and the line break. A blank between them is an error if the next line has
    /// more of the command.
    fn continuation(&mut self, marks: &[char]) -> bool {
        let (rest, at) = (self.rest(), self.at());
        let Some(after) = rest.strip_prefix(marks) else { return false };
        let Some(next) = after.trim_start_matches([' ', '\t', '\r']).strip_prefix('\n') else { return false };
        if after.starts_with([' ', '\t']) {
            if !next.trim_start_matches([' ', '\t']).starts_with('-') {
                return false;
            }
            self.gaps().push(at);
        }
        self.go_to(at + rest.len() - next.len());
        true
    }

    /// Tells where the command just read was not continued as it seems to be meant.
    fn tell_gaps(&mut self, mark: &str) {
        for gap in std::mem::take(self.gaps()) {
            let at = self.place(gap);
            self.session().note(Note::blocks(at, messages::READ_GAP.with([mark])));
        }
        let rest = self.rest();
        if rest.trim_start_matches('\r').starts_with('\n') && rest.trim_start().starts_with('-') {
            let at = self.place(self.at());
            self.session().note(Note::blocks(at, messages::READ_NOT_CONTINUED.with([mark])));
        }
    }

    /// The body of a loop, once for each of `values`.
    fn repeat(&mut self, name: &str, values: &[Value], body: fn(&mut Self)) {
        let start = self.at();
        let unknown = [Value::Word(String::new())];
        let values = if values.is_empty() || values.len() > ITERATIONS_MAX || self.session().scopes.skips { &unknown } else { values };
        let mark = self.session().mark();
        let branch = self.session().enter();
        for (count, value) in values.iter().enumerate() {
            let length = self.at() - start;
            if count > 0 && !self.session().scopes.again(length) {
                let at = self.place(start);
                self.session().note_unread(at, messages::READ_LOOP_LONG);
                break;
            }
            self.go_to(start);
            if !name.is_empty() {
                self.session().scopes.set(name, Some(value.clone()));
            }
            body(self);
        }
        let mut changed = self.session().leave(branch);
        changed.retain(|changed| changed != name);
        let length = self.at() - start;
        // A variable that changes from one iteration to the next.
        if values == unknown && !changed.is_empty() && self.session().scopes.again(length) {
            self.session().back_to(mark);
            let branch = self.session().enter();
            self.session().scopes.forget(changed.into_iter().chain([name.to_owned()]));
            self.go_to(start);
            body(self);
            self.session().leave(branch);
        }
    }
}

/// Endings of files that are scripts, or hold some.
const SCRIPTS: [&str; 9] = [".sh", ".bash", ".ps1", ".psm1", ".cmd", ".bat", ".azcli", ".yml", ".yaml"];

/// Whether a file, as it is written in a script, is one: what is printed there may be run.
pub(super) fn is_script(file: &str) -> bool {
    let name = file.trim_matches(['"', '\'', '}', ' ', '\t', '\r']).to_ascii_lowercase();
    SCRIPTS.iter().any(|ending| name.ends_with(ending)) || name.contains("script")
}

/// Implements [`Shell`] for a reader with the fields of its methods' names.
macro_rules! shell {
    ($reader:ident) => {
        $crate::parsing::cursor::cursor!($reader<'a, '_>);

        impl<'a, 't> $crate::parsing::shell::Shell<'a, 't> for $reader<'a, 't> {
            fn origin(&self) -> Option<&'a Embedded> {
                self.origin
            }

            fn session(&mut self) -> &mut Session<'t> {
                self.session
            }

            fn gaps(&mut self) -> &mut Vec<usize> {
                &mut self.gaps
            }
        }
    };
}
pub(super) use shell;
