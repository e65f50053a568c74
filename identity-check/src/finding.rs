//! The findings in each file, independent of the report format.

use identity_portal::messages::{self, Message};
use identity_portal::parsing::{self, Checked, Lines, Note, ParsedIdentity, ParsedText, Position, TextFormat};
use identity_portal::provisioning::draft::Draft;
use identity_portal::provisioning::field::{Field, REPORTS};
use identity_portal::provisioning::problem::Severity;
use identity_portal::provisioning::rules::Rules;

use crate::arguments::Arguments;
use crate::files::{Input, Inputs};

/// The place of the text itself among what findings are about, after the fields.
const TEXT: usize = REPORTS.len();

const NOTHING: &str = "There is nothing in this file.";
const NONE: &str = "No identity was found in any file. Check which files are named, or use --allow-none.";
const NO_FILE: &str = "No files that can create identities were found. Check which folder is named, or use --allow-none.";

/// Notes on what a file takes from elsewhere.
const OF_OTHER_FILES: [Message; 4] =
    [messages::READ_MODULE, messages::READ_MODULE_ELSEWHERE, messages::READ_MODULE_UNKNOWN, messages::READ_LINKED];

/// Notes that say the same of every identity, or tell what was passed over. People see them with `--verbose`.
const CONSTANT: [Message; 7] = [
    messages::READ_NO_SUBSCRIPTION,
    messages::READ_CURRENT_SUBSCRIPTION,
    messages::READ_NO_GROUP,
    messages::READ_REGION_OF_GROUP,
    messages::READ_PASSED_OVER,
    messages::READ_REGISTRY_OTHER,
    messages::READ_NO_IDENTITY,
];

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
    /// Whether it is a folder: all of its files are meant.
    pub(crate) is_folder: bool,
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
    /// Whether it is a note that people see only if they ask for all.
    pub(crate) is_constant: bool,
    pub(crate) message: String,
}

/// Checks all files as one project.
pub(crate) fn examine(inputs: &Inputs, arguments: &Arguments, rules: &Rules) -> Vec<Examined> {
    let texts: Vec<(&str, &str)> = inputs.files.iter().map(|input| (input.name.as_str(), input.decoded.text.as_str())).collect();
    let readings = parsing::read_all(&texts, arguments.language);
    let checked = parsing::check_all(&texts, &readings, rules);
    let is_alone = inputs.files.len() == 1 && inputs.folder.is_none();
    let files = inputs.files.iter().zip(&readings).zip(checked);
    let mut examined: Vec<Examined> = files.map(|((input, reading), checked)| Examined::of(input, reading, checked, is_alone)).collect();
    examined.extend(inputs.unread.iter().map(|(file, reason)| {
        let note = of_text(Position { line: 1, column: 1 }, Severity::Warns, reason.clone());
        Examined { file: file.clone(), is_folder: false, kind: TextFormat::Unknown, identities: Vec::new(), notes: vec![note] }
    }));
    if !arguments.allow_none && inputs.errors.is_empty() {
        tell_none(&mut examined, inputs);
    }
    examined
}

/// Whether no file has an identity, or seems to create one: a pipeline that checks the wrong files must fail.
pub(crate) fn finds_none(examined: &[Examined]) -> bool {
    examined.iter().flat_map(|examined| &examined.notes).any(|note| [NONE, NO_FILE].contains(&note.message.as_str()))
}

/// Tells that no file has an identity.
fn tell_none(examined: &mut Vec<Examined>, inputs: &Inputs) {
    let is_found = |examined: &Examined| !examined.identities.is_empty() || examined.fails(Severity::Warns);
    // Values for another file have no identity of their own.
    let is_values = |kind: TextFormat| matches!(kind, TextFormat::BicepParameters | TextFormat::TerraformVariables);
    let only_values = !examined.is_empty() && examined.iter().all(|examined| is_values(examined.kind) || examined.is_parameters());
    if only_values || examined.iter().any(is_found) {
        return;
    }
    let message = if examined.is_empty() { NO_FILE } else { NONE };
    let note = of_text(Position { line: 1, column: 1 }, Severity::Warns, message.to_owned());
    match (&inputs.folder, examined.first_mut()) {
        (None, Some(first)) => first.notes.push(note),
        (folder, _) => {
            let file = folder.clone().unwrap_or_default();
            examined.push(Examined { file, is_folder: true, kind: TextFormat::Nothing, identities: Vec::new(), notes: vec![note] });
        }
    }
}

impl Examined {
    /// The findings in a file. If it is not alone, it needs no identity.
    fn of(input: &Input, reading: &ParsedText, checked: Vec<Checked>, is_alone: bool) -> Self {
        let text = input.decoded.text.as_str();
        let lines = Lines::of(text);
        let identities: Vec<Identity> =
            reading.found.iter().zip(checked).map(|(found, problems)| identity(found, problems, &lines)).collect();
        let mut examined = Self { file: input.name.clone(), is_folder: false, kind: reading.kind, identities, notes: Vec::new() };
        let creates_none = reading.found.is_empty() && parsing::occurrences(text).is_empty();
        // What can't be read in such a file holds no identity.
        let is_beside = creates_none && !is_alone;
        let severity = |note: &Note| match note.sentence.message {
            // What it seems to create is told, too.
            messages::READ_UNKNOWN if !is_alone || input.is_named() => Severity::Informs,
            message if is_beside && !OF_OTHER_FILES.contains(&message) => Severity::Informs,
            _ => note.severity,
        };
        let notes = reading.notes.iter().map(|note| {
            let is_constant = is_constant(severity(note), note.sentence.message);
            Finding { is_constant, ..of_text(lines.place(note.at), severity(note), note.sentence.text()) }
        });
        examined.notes = notes.filter(|note| !(creates_none && input.is_found && note.severity == Severity::Informs)).collect();
        if creates_none && input.is_found {
            return examined;
        }
        examined.notes.extend(input.decoded.encoding.note().map(|note| of_text(lines.place(0), Severity::Informs, note.text())));
        if reading.kind == TextFormat::Nothing {
            let severity = if is_alone && !input.is_named() { Severity::Blocks } else { Severity::Informs };
            examined.notes.push(of_text(lines.place(0), severity, NOTHING.to_owned()));
        }
        examined
    }

    /// Whether it is a parameters file in JSON.
    fn is_parameters(&self) -> bool {
        self.kind == TextFormat::Template && self.notes.iter().any(|note| note.message == messages::READ_PARAMETERS.text())
    }

    /// All findings in order of position, each with the name of its identity.
    pub(crate) fn findings(&self) -> Vec<(&str, &Finding)> {
        let of_identities =
            self.identities.iter().flat_map(|identity| identity.findings.iter().map(|finding| (identity.draft.name.as_str(), finding)));
        let mut all: Vec<_> = of_identities.chain(self.notes.iter().map(|note| ("", note))).collect();
        all.sort_by_key(|(_, finding)| (finding.place, std::cmp::Reverse(finding.severity)));
        all
    }

    /// Whether the file has findings that are at least so severe.
    pub(crate) fn fails(&self, least: Severity) -> bool {
        let of_identities = self.identities.iter().flat_map(|identity| &identity.findings);
        of_identities.chain(&self.notes).any(|finding| finding.severity >= least)
    }
}

fn identity(found: &ParsedIdentity, problems: Checked, lines: &Lines) -> Identity {
    let findings = problems.into_iter().filter_map(|problem| {
        Some(Finding {
            place: lines.place(found.place(problem.field)),
            severity: problem.severity,
            subject: problem.field.index()?,
            tag: tag(&found.draft, problem.field).to_owned(),
            is_constant: is_constant(problem.severity, problem.sentence.message),
            message: problem.sentence.text(),
        })
    });
    Identity { place: lines.place(found.at), draft: found.draft.clone(), findings: findings.collect() }
}

fn is_constant(severity: Severity, message: Message) -> bool {
    severity == Severity::Informs && CONSTANT.contains(&message)
}

fn of_text(place: Position, severity: Severity, message: String) -> Finding {
    Finding { place, severity, subject: TEXT, tag: String::new(), is_constant: false, message }
}

pub(crate) fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Blocks => "error",
        Severity::Warns => "warning",
        Severity::Informs => "note",
    }
}

impl Finding {
    /// The finding in words, with the identity's name and what it is about before it.
    pub(crate) fn sentence(&self, name: &str) -> String {
        let name = if name.is_empty() { String::new() } else { format!("{name}: ") };
        let tag = if self.tag.is_empty() { String::new() } else { format!(" {}", self.tag) };
        format!("{name}{}{tag}: {}", subject(self.subject), self.message)
    }
}

fn tag(draft: &Draft, field: Field) -> &str {
    match field {
        Field::TagName(row) | Field::TagValue(row) => draft.value(Field::TagName(row)),
        _ => "",
    }
}
