//! The findings in a file, independent of the report format.

use identity_portal::messages;
use identity_portal::parsing::{self, Decoded, Lines, Position, TextFormat};
use identity_portal::provisioning::draft::Draft;
use identity_portal::provisioning::field::{Field, REPORTS};
use identity_portal::provisioning::problem::Severity;
use identity_portal::provisioning::rules::Rules;

/// The place of the text itself among what findings are about, after the fields.
const TEXT: usize = REPORTS.len();

/// The id, in reports, of what a finding is about.
pub(crate) fn subject(index: usize) -> &'static str {
    REPORTS.get(index).map_or("text", |report| report.subject)
}

/// All ids, each with a sentence.
pub(crate) fn subjects() -> Vec<(&'static str, String)> {
    let sentences = REPORTS.iter().map(|report| report.rule).chain([messages::REPORT_TEXT]);
    sentences.enumerate().map(|(index, sentence)| (subject(index), sentence.text().into_owned())).collect()
}

/// A checked file.
pub(crate) struct Examined {
    /// The file name as given.
    pub(crate) file: String,
    pub(crate) kind: TextFormat,
    pub(crate) identities: Vec<Identity>,
    /// Findings that belong to no identity.
    pub(crate) notes: Vec<Finding>,
}

/// An identity in a file.
pub(crate) struct Identity {
    pub(crate) place: Position,
    pub(crate) draft: Draft,
    pub(crate) findings: Vec<Finding>,
}

pub(crate) struct Finding {
    pub(crate) place: Position,
    pub(crate) severity: Severity,
    /// What it is about: see [`subject`].
    pub(crate) subject: usize,
    /// The tag's name, for findings about a tag.
    pub(crate) tag: String,
    pub(crate) message: String,
}

impl Examined {
    /// Checks a text.
    pub(crate) fn of(file: &str, decoded: &Decoded, rules: &Rules) -> Self {
        let text = decoded.text.as_str();
        let read = parsing::read(text);
        let checked = parsing::check(text, &read, rules);
        let lines = Lines::of(text);
        let identities = read.found.iter().zip(checked).map(|(found, problems)| {
            let findings = problems.into_iter().map(|problem| Finding {
                place: lines.place(found.place(problem.field)),
                severity: problem.severity,
                subject: problem.field.index(),
                tag: tag(&found.draft, problem.field).to_owned(),
                message: problem.sentence.text(),
            });
            Identity { place: lines.place(found.at), draft: found.draft.clone(), findings: findings.collect() }
        });
        let identities = identities.collect();
        let notes = read.notes.iter().map(|note| of_text(lines.place(note.at), note.severity, note.sentence.text()));
        let mut notes: Vec<Finding> = notes.collect();
        notes.extend(decoded.encoding.note().map(|note| of_text(lines.place(0), Severity::Informs, note.text())));
        if read.kind == TextFormat::Nothing {
            // A pipeline that checks the wrong file must fail.
            notes.push(of_text(lines.place(0), Severity::Blocks, "There is nothing in this file.".to_owned()));
        }
        Self { file: file.to_owned(), kind: read.kind, notes, identities }
    }

    /// All findings in order of position, each with the name of its identity.
    pub(crate) fn findings(&self) -> Vec<(&str, &Finding)> {
        let of_identities =
            self.identities.iter().flat_map(|identity| identity.findings.iter().map(|finding| (identity.draft.name.as_str(), finding)));
        let mut all: Vec<_> = of_identities.chain(self.notes.iter().map(|note| ("", note))).collect();
        all.sort_by_key(|(_, finding)| (finding.place, std::cmp::Reverse(finding.severity)));
        all
    }

    /// Whether the file has errors, or warnings in strict mode.
    pub(crate) fn fails(&self, strict: bool) -> bool {
        let worst = if strict { Severity::Warns } else { Severity::Blocks };
        self.findings().iter().any(|(_, finding)| finding.severity >= worst)
    }
}

fn of_text(place: Position, severity: Severity, message: String) -> Finding {
    Finding { place, severity, subject: TEXT, tag: String::new(), message }
}

pub(crate) fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Blocks => "error",
        Severity::Warns => "warning",
        Severity::Informs => "note",
    }
}

fn tag(draft: &Draft, field: Field) -> &str {
    match field {
        Field::TagName(row) | Field::TagValue(row) => draft.value(Field::TagName(row)),
        _ => "",
    }
}
