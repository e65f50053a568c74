//! The identity's name.

use super::words::characters;
use super::{Knowledge, PreflightResult, ProblemList};
use crate::arm::identity_name::{IDENTITY_NAME_MAX, IDENTITY_NAME_MIN, IDENTITY_NAME_VM_MAX, IdentityName, NameProblem};
use crate::arm::location::LocationName;
use crate::messages;
use crate::provisioning::draft::Draft;
use crate::provisioning::field::Field;
use crate::provisioning::problem::Severity;
use crate::provisioning::rules::Rules;

pub(super) fn name(found: &mut ProblemList, draft: &Draft, rules: &Rules, known: &Knowledge) {
    let field = Field::Name;
    if draft.name.is_empty() {
        return found.blocks(field, messages::NAME_REQUIRED);
    }
    let arm_accepts = match IdentityName::parse(&draft.name) {
        Ok(_) => true,
        Err(problems) => {
            for problem in problems {
                found.blocks(
                    field,
                    match problem {
                        NameProblem::TooShort(_) => messages::NAME_TOO_SHORT.with([&IDENTITY_NAME_MIN.to_string()]),
                        NameProblem::TooLong(length) => messages::NAME_TOO_LONG.with([&IDENTITY_NAME_MAX.to_string(), &length.to_string()]),
                        NameProblem::BadStart(first) => messages::NAME_BAD_START.with([&characters(&[first])]),
                        NameProblem::BadCharacters(bad) => messages::NAME_CHARACTERS.with([&characters(&bad)]),
                    },
                );
            }
            false
        }
    };
    for rule in rules.names.iter().filter(|rule| !rule.pattern.matches(&draft.name)) {
        if rule.message.is_empty() {
            found.blocks(field, messages::NAME_RULE_BROKEN);
        } else {
            found.blocks(field, messages::VERBATIM.with([&rule.message]));
        }
    }
    if arm_accepts {
        hints(found, draft, known);
    }
}

/// Hints about a name that ARM accepts, but that causes trouble later.
fn hints(found: &mut ProblemList, draft: &Draft, known: &Knowledge) {
    let field = Field::Name;
    // An accepted name is ASCII: one byte per character.
    let length = draft.name.len();
    if length > IDENTITY_NAME_VM_MAX {
        found.warns(field, messages::NAME_LONG_FOR_MACHINES.with([&IDENTITY_NAME_VM_MAX.to_string(), &length.to_string()]));
    }
    if draft.name.contains('_') {
        found.warns(field, messages::NAME_HAS_UNDERSCORE);
    }
    match &known.existing {
        PreflightResult::Known(Some(_)) if known.changes_nothing => found.add(Severity::Informs, field, messages::NAME_TAKEN_SAME),
        PreflightResult::Known(Some(there)) if LocationName::parse(&draft.region).is_none_or(|region| region == there.location) => {
            found.warns(field, messages::NAME_TAKEN);
        }
        PreflightResult::Known(Some(there)) => {
            found.warns(field, messages::NAME_TAKEN_ELSEWHERE.with([known.region_name(&there.location)]));
        }
        PreflightResult::Unknown(why) => found.warns(field, messages::NAME_TAKEN_UNKNOWN.with([why])),
        PreflightResult::Known(None) | PreflightResult::Pending => {}
    }
}
