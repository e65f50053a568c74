//! The problems of each parsed identity: the form's checks, parsing remarks, and duplicate names.

use std::collections::BTreeMap;

use super::item::Piece;
use super::parsed_identity::{ParsedIdentity, Tool};
use super::position::Lines;
use super::{ParsedText, TextFormat};
use crate::arm::location::LocationName;
use crate::arm::regions::KnownRegions;
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
    let lines = Lines::of(text);
    let known = Knowledge::default();
    let regions = KnownRegions::new();
    let has_federated = has_federated_credentials(text);
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    let mut all = Vec::with_capacity(reading.found.len());
    for found in &reading.found {
        let mut problems = problems(found, rules, &known);
        name_missing(&mut problems, reading.kind, found);
        problems.extend(unknown_region(&found.draft.region, rules, &regions));
        without_federated(&mut problems, has_federated);
        if let Some(key) = key(found) {
            match first.get(&key) {
                Some(at) => {
                    let line = lines.line(*at).to_string();
                    let sentence = messages::READ_TWICE.with([&line]);
                    problems.push(Problem { field: Field::Name, severity: Severity::Blocks, sentence });
                }
                None => {
                    first.insert(key, found.at);
                }
            }
        }
        problems.sort_by_key(|problem| std::cmp::Reverse(problem.severity));
        all.push(problems);
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

/// Replaces the form's messages about missing fields by ones in the text's own terms, since there is no list to choose from.
fn name_missing(problems: &mut Checked, kind: TextFormat, found: &ParsedIdentity) {
    for problem in problems {
        let (column, lacks) = match problem.sentence.message {
            messages::GROUP_REQUIRED => (0, messages::READ_LACKS_GROUP),
            messages::REGION_REQUIRED => (1, messages::READ_LACKS_REGION),
            messages::NAME_REQUIRED => (2, messages::READ_LACKS_NAME),
            _ => continue,
        };
        problem.sentence = lacks.with([words(kind, found.tool)[column]]);
    }
}

/// The format's own names of the resource group, the region and the name.
fn words(kind: TextFormat, tool: Option<Tool>) -> [&'static str; 3] {
    match (tool, kind) {
        (Some(Tool::Az), _) => ["-g", "-l", "-n"],
        (Some(Tool::Cmdlet), _) => ["-ResourceGroupName", "-Location", "-Name"],
        (None, TextFormat::Terraform) => ["resource_group_name", "location", "name"],
        (None, TextFormat::Table) => ["resourceGroup", "region", "name"],
        (None, _) => ["resourceGroups", "location", "name"],
    }
}

/// An unknown region is probably misspelled; it may also be newer than this program, or belong to a private cloud.
fn unknown_region(region: &str, rules: &Rules, regions: &KnownRegions) -> Option<Problem> {
    let unknown = rules.regions.is_empty() && LocationName::parse(region).is_some_and(|name| !regions.has(&name));
    unknown.then(|| Problem { field: Field::Region, severity: Severity::Warns, sentence: messages::READ_REGION_UNKNOWN.with([region]) })
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
