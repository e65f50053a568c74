//! The findings in a file, independent of the report format.

use identity_portal::parsing::{self, Decoded, Lines, Position, TextFormat};
use identity_portal::provisioning::draft::Draft;
use identity_portal::provisioning::field::Field;
use identity_portal::provisioning::problem::Severity;
use identity_portal::provisioning::rules::Rules;

/// The subjects of findings: each one's ID in reports, and a sentence.
pub(crate) const SUBJECTS: [(&str, &str); 8] = [
    ("subscription", "The subscription is an ID that your organisation allows."),
    ("resource-group", "Azure accepts the resource group's name."),
    ("region", "The region is one of Azure's, and your organisation allows it."),
    ("name", "Azure accepts the name, it follows your organisation's rule, and it is used once in its group."),
    ("isolation-scope", "The isolation scope is None or Regional."),
    ("resource-restrictions", "Resource restrictions are resource types."),
    ("tags", "Azure accepts the tags, and those that your organisation requires are present."),
    ("text", "The text can be read."),
];

/// The last of [`SUBJECTS`], for findings about the text itself.
const TEXT: usize = SUBJECTS.len() - 1;

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
    /// The index in [`SUBJECTS`].
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
                subject: subject(problem.field),
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

fn subject(field: Field) -> usize {
    match field {
        Field::Subscription => 0,
        Field::ResourceGroup => 1,
        Field::Region => 2,
        Field::Name => 3,
        Field::IsolationScope => 4,
        Field::Restrictions => 5,
        Field::TagName(_) | Field::TagValue(_) | Field::Tags => 6,
    }
}

fn tag(draft: &Draft, field: Field) -> &str {
    match field {
        Field::TagName(row) | Field::TagValue(row) => draft.value(Field::TagName(row)),
        _ => "",
    }
}
