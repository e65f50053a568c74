//! Languages that hold scripts of others: each script is read in its own language, and its positions are those of the whole
//! text.

mod dockerfile;
mod makefile;
mod markdown;
mod notebook;
mod pipeline;
mod program;
mod repeats;
mod resources;
mod scalar;
mod scope;
mod yaml;

use std::ops::Range;

use super::embedded::{Embedded, Expression};
use super::occurrences::occurrences;
use super::parsed_identity::keep;
use super::{ParsedText, TextFormat, read_inside};
use crate::messages;
use crate::provisioning::problem::Severity;

pub(super) use dockerfile::read as read_dockerfile;
pub(super) use makefile::read as read_makefile;
pub(super) use markdown::read as read_markdown;
pub(super) use notebook::read as read_notebook;
pub(super) use pipeline::read as read_yaml;
pub(super) use program::read as read_program;

/// Commands that change what later scripts do, without regard to case.
const CARRIED: [&str; 8] = [
    "az configure ",
    "az config set ",
    "az account set ",
    "az group create ",
    "set-azcontext ",
    "select-azcontext ",
    "select-azsubscription ",
    "new-azresourcegroup ",
];
/// Maximum bytes of such commands.
const CARRIED_MAX: usize = 4_096;
/// Maximum bytes that are put before all scripts and into them, so that the time stays linear.
const ADDED_MAX: usize = 1 << 22;

/// Reads the scripts of a text.
struct Host {
    reading: ParsedText,
    /// The number of hosts around this one.
    outside: u32,
    occurrences: Vec<usize>,
    carried: [Embedded; 2],
    /// Whether later scripts know the variables of earlier ones.
    shares_variables: bool,
    /// Whether what is wrong with a script only warns: examples leave things out.
    softens: bool,
    /// Whether commands may stand in the values of names.
    runs_values: bool,
    /// The bytes read more than once.
    added: usize,
}

/// Whether a text may have to do with identities at all.
fn mentions(text: &str) -> bool {
    text.as_bytes().windows(7).any(|part| part.eq_ignore_ascii_case(b"identit"))
}

impl Host {
    fn new(text: &str, outside: u32) -> Self {
        let reading = ParsedText::default();
        let carried = [Embedded::default(), Embedded::default()];
        Self {
            reading,
            outside,
            occurrences: occurrences(text),
            carried,
            shares_variables: false,
            softens: false,
            runs_values: false,
            added: 0,
        }
    }

    /// Whether a range of the text looks as if it creates an identity.
    fn occurs(&self, range: &Range<usize>) -> bool {
        let first = self.occurrences.partition_point(|at| *at < range.start);
        self.occurrences.get(first).is_some_and(|at| *at < range.end)
    }

    /// What creates nothing here: prose, a comment.
    fn account(&mut self, range: Range<usize>) {
        if self.occurs(&range) {
            self.reading.accounted.push(range);
        }
    }

    /// Reads a script in the language `kind`, which `start` precedes.
    fn script(&mut self, kind: TextFormat, script: &Embedded, start: &Embedded, expression: Expression) {
        // JSON and the like may describe anything.
        let is_shell = matches!(kind, TextFormat::Bash | TextFormat::PowerShell | TextFormat::Cmd);
        let only_length = |text: &str, at| expression(text, at).map(|(length, _)| (length, None));
        let expression = if self.added < ADDED_MAX { expression } else { &only_length };
        let runs_values = || self.runs_values && mentions(&script.expanded(expression).text);
        let worth = if is_shell { mentions(&script.text) || runs_values() } else { !occurrences(&script.text).is_empty() };
        if worth {
            self.read(kind, script, start, expression);
        }
        self.carry(kind, script);
    }

    fn read(&mut self, kind: TextFormat, script: &Embedded, start: &Embedded, expression: Expression) {
        let mut whole = Embedded::default();
        if matches!(kind, TextFormat::Bash | TextFormat::PowerShell | TextFormat::Cmd) {
            let carried = &self.carried[usize::from(kind == TextFormat::PowerShell)];
            self.added += start.text.len() + carried.text.len();
            if self.added < ADDED_MAX {
                whole.append(start);
                whole.append(carried);
            }
        }
        let own = whole.text.len();
        whole.append(script);
        let whole = whole.expanded(expression);
        self.added += whole.added;
        let mut inner = read_inside(kind, &whole.text, self.outside + 1);
        for found in inner.found.iter_mut().filter(|found| found.end <= found.at) {
            found.end = line_end(&whole.text, found.at);
        }
        let begins = script.outer(0);
        let creates = !inner.found.is_empty() || !occurrences(&script.text).is_empty();
        let inner = whole.relocate(inner);
        for mut found in inner.found {
            // Other steps, targets or examples may be alternatives.
            found.conditional = true;
            keep(&mut self.reading.found, &mut self.reading.notes, found);
        }
        self.reading.accounted.extend(inner.accounted);
        self.reading.missing = self.reading.missing.or(inner.missing);
        for mut note in inner.notes {
            if self.softens && note.severity == Severity::Blocks {
                // Prose shows parts of templates.
                let is_part = note.sentence.message == messages::READ_FRAGMENT;
                note.severity = if is_part { Severity::Informs } else { Severity::Warns };
            }
            let told = note.severity != Severity::Informs || note.sentence.message != messages::READ_PASSED_OVER;
            if creates && told && (own == 0 || note.at >= begins) {
                self.reading.notes.push(note);
            }
        }
    }

    /// Keeps the commands that change what later scripts do.
    fn carry(&mut self, kind: TextFormat, script: &Embedded) {
        let carried = &mut self.carried[usize::from(kind == TextFormat::PowerShell)];
        let (mut at, mut goes_on) = (0, false);
        for line in script.text.split_inclusive('\n') {
            let row = line.trim();
            let starts = |start: &&str| row.get(..start.len()).is_some_and(|found| found.eq_ignore_ascii_case(start));
            // PowerShell runs the command that it assigns: it would create its identity once more in each later script.
            let runs = kind == TextFormat::PowerShell && !occurrences(row).is_empty();
            let sets = self.shares_variables && is_assignment(row) && !runs;
            goes_on = (goes_on || sets || CARRIED.iter().any(starts)) && carried.text.len() + line.len() < CARRIED_MAX;
            if goes_on {
                carried.copy(script, at, at + line.len());
                if !line.ends_with('\n') {
                    carried.put(script.outer(at), "\n");
                }
            }
            goes_on = goes_on && row.ends_with(['\\', '`', '^']);
            at += line.len();
        }
    }

    fn done(mut self) -> ParsedText {
        self.reading.found.sort_by_key(|found| found.at);
        self.reading.notes.sort_by_key(|note| note.at);
        self.reading.notes.dedup();
        self.reading
    }
}

/// The end of the line at `at`, with the lines that continue it.
fn line_end(text: &str, at: usize) -> usize {
    let mut end = at;
    for line in text.get(at..).unwrap_or_default().split_inclusive('\n') {
        end += line.len();
        if !line.trim_end().ends_with(['\\', '`', '^']) {
            break;
        }
    }
    end
}

/// Whether a line is the assignment of a literal, in bash or PowerShell.
fn is_assignment(row: &str) -> bool {
    let plain = row.strip_prefix("export ").unwrap_or(row);
    let name = plain.trim_start_matches('$').split('=').next().unwrap_or_default().trim_end();
    let balanced = ['"', '\''].into_iter().all(|quote| row.matches(quote).count() % 2 == 0);
    let spaced = plain.starts_with('$') || plain.get(name.len()..).is_some_and(|rest| rest.starts_with('='));
    let word = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    word && spaced && name.len() < plain.len() && balanced && !row.contains(['(', '{', '`']) && !row.ends_with('\\')
}
