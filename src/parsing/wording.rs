//! The form's messages in terms of a text: it has no list to choose from, and no fields to fill.

use super::TextFormat;
use super::near::Near;
use super::parsed_identity::{ParsedIdentity, Tool};
use crate::arm::location::LocationName;
use crate::messages::{self, Message};
use crate::provisioning::field::Field;
use crate::provisioning::problem::{Problem, Severity};
use crate::provisioning::rules::Rules;

/// Messages of the form, and those for a text, with the same arguments.
const MESSAGES: [(Message, Message); 4] = [
    (messages::SUBSCRIPTION_NOT_AN_ID, messages::READ_SUBSCRIPTION_NOT_AN_ID),
    (messages::SUBSCRIPTION_NOT_ALLOWED, messages::READ_SUBSCRIPTION_NOT_ALLOWED),
    (messages::TAG_NAME_REQUIRED, messages::READ_TAG_NAMELESS),
    (messages::TAG_VALUE_MISSING, messages::READ_TAG_VALUE_MISSING),
];

/// Replaces the form's messages.
pub(super) fn reword(problems: &mut [Problem], kind: TextFormat, found: &ParsedIdentity, rules: &Rules, near: &mut Near) {
    for problem in problems {
        let message = problem.sentence.message;
        let missing = |column: usize, lacks: Message| lacks.with([words(kind, found.tool)[column]]);
        match message {
            messages::SUBSCRIPTION_REQUIRED => {
                (problem.severity, problem.sentence) = (Severity::Informs, messages::READ_NO_SUBSCRIPTION.into());
            }
            messages::GROUP_REQUIRED | messages::GROUP_NAME_REQUIRED => problem.sentence = missing(0, messages::READ_LACKS_GROUP),
            messages::REGION_REQUIRED => problem.sentence = missing(1, messages::READ_LACKS_REGION),
            messages::NAME_REQUIRED => problem.sentence = missing(2, messages::READ_LACKS_NAME),
            messages::REGION_NOT_ALLOWED => {
                problem.sentence = messages::READ_REGION_NOT_ALLOWED.with([&found.draft.region, &rules.regions.join(", ")]);
            }
            messages::REGION_NOT_A_NAME => {
                // No region of any cloud has other characters.
                *problem = unknown(&found.draft.region, near);
                problem.severity = Severity::Blocks;
            }
            _ => {
                if let Some((_, reworded)) = MESSAGES.iter().find(|(form, _)| *form == message) {
                    problem.sentence.message = *reworded;
                }
            }
        }
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
pub(super) fn unknown_region(region: &str, rules: &Rules, near: &mut Near) -> Option<Problem> {
    let name = LocationName::parse(region)?;
    if name.as_str() == "global" {
        return Some(Problem { field: Field::Region, severity: Severity::Blocks, sentence: messages::READ_REGION_GLOBAL.into() });
    }
    (rules.regions.is_empty() && !near.has(&name)).then(|| unknown(region, near))
}

fn unknown(region: &str, near: &mut Near) -> Problem {
    let or = messages::READ_OR.text();
    let known = near.to(region, &or);
    let sentence =
        if known.is_empty() { messages::READ_REGION_UNKNOWN.with([region]) } else { messages::READ_REGION_NEAR.with([region, &known]) };
    Problem { field: Field::Region, severity: Severity::Warns, sentence }
}
