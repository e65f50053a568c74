//! The problems of each parsed identity: the form's checks, parsing remarks, and duplicate names.

use std::collections::BTreeMap;

use super::item::Piece;
use super::near::Near;
use super::parsed_identity::ParsedIdentity;
use super::position::Lines;
use super::wording::{reword, unknown_region};
use super::{ParsedText, TextFormat};
use crate::arm::any_case::same;
use crate::messages;
use crate::provisioning::check::{self, Knowledge};
use crate::provisioning::draft::Draft;
use crate::provisioning::field::Field;
use crate::provisioning::problem::{Problem, Severity};
use crate::provisioning::rules::Rules;

/// The problems of an identity, most severe first.
pub type Checked = Vec<Problem>;

/// The problems of each identity in `reading`, in order, checked offline. `reading` is the result of parsing `text`.
pub fn check(text: &str, reading: &ParsedText, rules: &Rules) -> Vec<Checked> {
    check_all(&[("", text)], std::slice::from_ref(reading), rules).pop().unwrap_or_default()
}

/// The problems of each identity in the files of a project, given by name and text. `readings` are the results of parsing them.
pub fn check_all(files: &[(&str, &str)], readings: &[ParsedText], rules: &Rules) -> Vec<Vec<Checked>> {
    let known = Knowledge::default();
    let mut near = Near::new();
    let mut known_names = KnownNames::new(files, readings);
    let mut all = Vec::with_capacity(files.len());
    for (file, ((_, text), reading)) in files.iter().zip(readings).enumerate() {
        let has_federated = !reading.found.is_empty() && has_federated_credentials(text);
        let mut checked = Vec::with_capacity(reading.found.len());
        for (index, found) in reading.found.iter().enumerate() {
            let mut problems = problems(found, rules, &known);
            reword(&mut problems, reading.kind, found, rules, &mut near);
            problems.extend(unknown_region(&found.draft.region, rules, &mut near));
            without_federated(&mut problems, has_federated);
            problems.extend(known_names.repeated(file, index));
            problems.sort_by_key(|problem| std::cmp::Reverse(problem.severity));
            checked.push(problems);
        }
        all.push(checked);
    }
    all
}

/// The number of identities with errors, with only warnings, and with neither.
pub fn counts(checked: &[Checked]) -> [usize; 3] {
    let mut counts = [0; 3];
    for problems in checked {
        let worst = problems.iter().map(|problem| problem.severity).max();
        counts[match worst {
            Some(Severity::Blocks) => 0,
            Some(Severity::Warns) => 1,
            Some(Severity::Informs) | None => 2,
        }] += 1;
    }
    counts
}

fn problems(found: &ParsedIdentity, rules: &Rules, known: &Knowledge) -> Checked {
    let remarked = |field: Field| found.remarks.iter().any(|remark| remark.field == field) && !found.draft.has_content(field);
    let mut problems = check::check(&found.draft, rules, known);
    // An empty field is no problem if the text leaves its value to the deployment, or has one that could not be parsed.
    problems.retain(|problem| !remarked(problem.field));
    // The number of tags is unknown if some were not read.
    if found.remarks.iter().any(|remark| remark.sentence.message == messages::READ_TAGS_MANY) {
        problems.retain(|problem| problem.sentence.message != messages::TAGS_TOO_MANY);
    }
    problems.extend(found.remarks.iter().cloned());
    problems.extend(partial_name(found));
    problems
}

/// What is wrong with a name whatever its unread parts are.
fn partial_name(found: &ParsedIdentity) -> Vec<Problem> {
    // Stands for an unread part: it is allowed anywhere in a name.
    const ANY: &str = "x";
    let pieces = found.partial.iter().filter(|(field, _)| *field == Field::Name).flat_map(|(_, pieces)| pieces);
    let text: String = pieces.map(|piece| if let Piece::Text(text) = piece { text } else { ANY }).collect();
    if text.is_empty() {
        return Vec::new();
    }
    let mut problems = check::check(&Draft { name: text, ..Draft::default() }, &Rules::default(), &Knowledge::default());
    let certain = [messages::NAME_BAD_START, messages::NAME_CHARACTERS, messages::NAME_TOO_LONG, messages::NAME_HAS_UNDERSCORE];
    problems.retain(|problem| problem.field == Field::Name && certain.contains(&problem.sentence.message));
    problems
}

/// Whether a text creates federated credentials, in any of the formats. Comments are ignored.
fn has_federated_credentials(text: &str) -> bool {
    const WORDS: [&str; 4] = [
        "federatedidentitycredentials",
        "azurerm_federated_identity_credential",
        "federated-credential create",
        "azfederatedidentitycredential",
    ];
    let mut block_end = None;
    text.lines().any(|line| {
        let code = without_comment(line, &mut block_end).to_ascii_lowercase();
        WORDS.iter().any(|word| code.contains(word))
    })
}

/// A line without its comment, in any format's syntax. `block_end` is the end marker of the block comment that the line starts
/// in; only block comments at the start of a line are recognised.
fn without_comment<'a>(line: &'a str, block_end: &mut Option<&'static str>) -> &'a str {
    let code = line.trim_start();
    if block_end.is_none() {
        *block_end = [("/*", "*/"), ("<#", "#>")].into_iter().find(|(begin, _)| code.starts_with(begin)).map(|(_, end)| end);
    }
    if let Some(end) = *block_end {
        let Some((_, rest)) = code.split_once(end) else { return "" };
        *block_end = None;
        return without_comment(rest, block_end);
    }
    if code.starts_with('#') || code.starts_with("//") {
        return "";
    }
    let ends = [" #", "\t#", " //", "\t//"].into_iter().filter_map(|mark| code.find(mark));
    ends.min().and_then(|end| code.get(..end)).unwrap_or(code)
}

/// A region without federated credentials is an error if the text creates some, and irrelevant otherwise.
fn without_federated(problems: &mut Checked, has_federated: bool) {
    let is_about_federated = |problem: &Problem| problem.sentence.message == messages::REGION_WITHOUT_FEDERATED;
    if has_federated {
        for problem in problems.iter_mut().filter(|problem| is_about_federated(problem)) {
            problem.severity = Severity::Warns;
            problem.sentence = messages::READ_FEDERATED_REGION.into();
        }
    } else {
        problems.retain(|problem| !is_about_federated(problem));
    }
}

/// The names met so far, to find those used twice.
struct KnownNames<'a> {
    files: &'a [(&'a str, &'a str)],
    readings: &'a [ParsedText],
    /// The lines of each file, once needed.
    lines: Vec<Option<Lines<'a>>>,
    /// The first identity of each name: the file, and the identity in it.
    first: BTreeMap<String, (usize, usize)>,
}

impl<'a> KnownNames<'a> {
    fn new(files: &'a [(&'a str, &'a str)], readings: &'a [ParsedText]) -> Self {
        Self { files, readings, lines: files.iter().map(|_| None).collect(), first: BTreeMap::new() }
    }

    /// What is wrong with the name of an identity because another one before it has the same name in the same group.
    fn repeated(&mut self, file: usize, index: usize) -> Option<Problem> {
        let found = &self.readings[file].found[index];
        if found.conditional {
            return None;
        }
        let key = key(found)?;
        let Some((other_file, other)) = self.first.get(&key).copied() else {
            self.first.insert(key, (file, index));
            return None;
        };
        let other = &self.readings[other_file].found[other];
        let (_, text) = self.files[other_file];
        let line = self.lines[other_file].get_or_insert_with(|| Lines::of(text)).line(other.at).to_string();
        let problem = |severity, sentence| Some(Problem { field: Field::Name, severity, sentence });
        if file != other_file && !self.is_one_module(file, other_file) {
            // The files may be alternatives, or be meant for different groups.
            let said = messages::READ_TWICE_ELSEWHERE.with([self.files[other_file].0, &line]);
            return if found.draft.resource_group.is_empty() { None } else { problem(Severity::Informs, said) };
        }
        if file != other_file {
            return problem(Severity::Blocks, messages::READ_TWICE_ELSEWHERE.with([self.files[other_file].0, &line]));
        }
        match repetition(self.readings[file].kind, found) {
            // Azure updates an identity, but doesn't move it.
            _ if moves(&other.draft, &found.draft) => problem(Severity::Blocks, messages::READ_TWICE_MOVED.with([&line])),
            Severity::Blocks => problem(Severity::Blocks, messages::READ_TWICE.with([&line])),
            severity => problem(severity, messages::READ_TWICE_UPDATES.with([&line])),
        }
    }

    /// Whether two files are one Terraform module.
    fn is_one_module(&self, one: usize, other: usize) -> bool {
        let folder = |file: usize| self.files[file].0.rsplit_once(['/', '\\']).map_or("", |(folder, _)| folder);
        [one, other].iter().all(|file| self.readings[*file].kind == TextFormat::Terraform) && folder(one) == folder(other)
    }
}

/// Whether the second of two identities of one name would have to move to another region.
fn moves(one: &Draft, other: &Draft) -> bool {
    !one.region.is_empty() && !other.region.is_empty() && !same(&one.region, &other.region)
}

/// How severe it is that a text creates an identity twice. A template is refused; commands run one after the other, and the later
/// one updates what the first created; in a list it is probably a mistake.
fn repetition(kind: TextFormat, found: &ParsedIdentity) -> Severity {
    match kind {
        _ if found.tool.is_some() => Severity::Informs,
        TextFormat::Template | TextFormat::Bicep | TextFormat::Terraform => Severity::Blocks,
        TextFormat::Table => Severity::Warns,
        _ => Severity::Informs,
    }
}

/// The key that identifies duplicates; `None` if part of it could not be parsed.
fn key(found: &ParsedIdentity) -> Option<String> {
    let draft = &found.draft;
    let unread = |field: Field| found.remarks.iter().any(|remark| remark.field == field && remark.severity == Severity::Warns);
    if draft.name.is_empty() || [Field::Name, Field::ResourceGroup, Field::Subscription].into_iter().any(unread) {
        return None;
    }
    let mut key = String::with_capacity(draft.subscription.len() + draft.resource_group.len() + draft.name.len() + 2);
    for part in [&draft.subscription, &draft.resource_group, &draft.name] {
        key.extend(part.chars().flat_map(char::to_lowercase));
        key.push('/');
    }
    Some(key)
}
