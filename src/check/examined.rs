//! The result of checking a text, computed once for each change.

use super::kept_text::Source;
use crate::csv::{MARK, push_cell};
use crate::messages::{self, Message};
use crate::parsing::{self, Checked, Lines, ParsedIdentity, Readers, TextFormat, counts};
use crate::provisioning::draft::Draft;
use crate::provisioning::problem::{Problem, Severity};
use crate::provisioning::rules::Rules;
use crate::visible::shown;

/// A parsed and checked text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Examined {
    pub(super) kind: TextFormat,
    pub(super) rows: Vec<CheckedIdentity>,
    /// Notes on the text itself: line, severity, sentence.
    pub(super) notes: Vec<(usize, Severity, String)>,
    /// How many identities have problems, only warnings, and neither.
    pub(super) counts: [usize; 3],
    /// Readers that must be loaded first; there is nothing else until then.
    pub(super) missing: Option<Readers>,
}

/// An identity with its problems, the most severe first.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct CheckedIdentity {
    pub(super) line: usize,
    pub(super) draft: Draft,
    pub(super) problems: Vec<PlacedProblem>,
}

/// A problem with the line that it is on.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PlacedProblem {
    pub(super) line: usize,
    pub(super) problem: Problem,
}

impl PlacedProblem {
    pub(super) fn severity(&self) -> Severity {
        self.problem.severity
    }

    /// The sentence, after the field and the line.
    pub(super) fn text(&self) -> String {
        let place = messages::CHECK_FIELD_LINE.with([&self.problem.field.label(), &self.line.to_string()]).text();
        [&place, ": ", &self.problem.sentence.text()].concat()
    }
}

impl CheckedIdentity {
    /// The most severe problem's severity; `Informs` without problems.
    pub(super) fn worst(&self) -> Severity {
        self.problems.first().map_or(Severity::Informs, PlacedProblem::severity)
    }

    /// The name for display, or a placeholder.
    pub(super) fn name(&self) -> String {
        if self.draft.name.is_empty() { messages::CHECK_UNNAMED.text().into_owned() } else { shown(&self.draft.name).into_owned() }
    }
}

impl Examined {
    pub(super) fn of(source: &Source, rules: &Rules) -> Self {
        let text = &source.text;
        let read = parsing::read_with(text, source.hints());
        if read.missing.is_some() {
            return Self { missing: read.missing, ..Self::default() };
        }
        let checked = parsing::check(text, &read, rules);
        let counts = counts(&checked);
        let lines = Lines::of(text);
        let notes = read.notes.iter().map(|note| (lines.line(note.at), note.severity, note.sentence.text())).collect();
        let rows = read.found.into_iter().zip(checked);
        let row = |(found, problems): (ParsedIdentity, Checked)| {
            let placed = |problem: Problem| PlacedProblem { line: lines.line(found.place(problem.field)), problem };
            let problems = problems.into_iter().map(placed).collect();
            CheckedIdentity { line: lines.line(found.at), draft: found.draft, problems }
        };
        let rows = rows.map(row).collect();
        Self { kind: read.kind, rows, notes, counts, missing: None }
    }

    /// The rows at the indexes `shown`, with their problems, as CSV.
    pub(super) fn csv(&self, shown: &[usize]) -> String {
        let mut out = String::from(MARK);
        out.push_str("line,name,resourceGroup,region,subscription,severity,problems\r\n");
        for row in shown.iter().filter_map(|at| self.rows.get(*at)) {
            let sentences: Vec<String> = row.problems.iter().map(|placed| placed.problem.sentence.text()).collect();
            let severity = if row.problems.is_empty() { String::new() } else { severity(row.worst()).text().into_owned() };
            let draft = &row.draft;
            let cells = [&draft.name, &draft.resource_group, &draft.region, &draft.subscription, &severity, &sentences.join(" ")];
            out.push_str(&row.line.to_string());
            for cell in cells {
                out.push(',');
                push_cell(&mut out, cell);
            }
            out.push_str("\r\n");
        }
        out
    }
}

pub(super) fn severity(severity: Severity) -> Message {
    match severity {
        Severity::Blocks => messages::CHECK_SEVERITY_BLOCKS,
        Severity::Warns => messages::CHECK_SEVERITY_WARNS,
        Severity::Informs => messages::CHECK_SEVERITY_INFORMS,
    }
}
