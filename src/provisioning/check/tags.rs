//! The rows of tags, and the tags an organisation requires.

use super::ProblemList;
use super::words::{characters, list};
use crate::arm::any_case::same;
use crate::arm::tags::{TAG_NAME_MAX, TAG_NAME_RESERVED, TAG_VALUE_MAX, TAGS_MAX, TagName, TagNameProblem, TagValue};
use crate::messages;
use crate::provisioning::draft::Draft;
use crate::provisioning::field::Field;
use crate::provisioning::rules::{RequiredTag, Rules};
use crate::visible::is_hidden;

/// Maximum rows checked one by one, each against those before it: more rows block anyway.
const ROWS_MAX: usize = 2 * TAGS_MAX;

pub(super) fn tags(found: &mut ProblemList, draft: &Draft, rules: &Rules) {
    let mut names: Vec<TagName> = Vec::new();
    let written = draft.tags.iter().enumerate().filter(|(_, tag)| !tag.is_blank());
    let count = written.clone().count();
    for (row, tag) in written.take(ROWS_MAX) {
        if let Some(name) = name(found, Field::TagName(row), &tag.name) {
            if names.contains(&name) {
                found.blocks(Field::TagName(row), messages::TAG_NAME_TWICE.with([&tag.name]));
            }
            names.push(name);
        }
        for (field, text) in [(Field::TagName(row), &tag.name), (Field::TagValue(row), &tag.value)] {
            hidden(found, field, text);
        }
        if let Err(length) = TagValue::parse(&tag.value) {
            found.blocks(Field::TagValue(row), messages::TAG_VALUE_TOO_LONG.with([&TAG_VALUE_MAX.to_string(), &length.to_string()]));
        }
    }
    if count > TAGS_MAX {
        found.blocks(Field::Tags, messages::TAGS_TOO_MANY.with([&TAGS_MAX.to_string(), &count.to_string()]));
    }
    for (at, tag) in rules.required_tags.iter().enumerate() {
        let is_said = rules.required_tags.iter().take(at).any(|said| same(&said.name, &tag.name));
        required(found, draft, tag, is_said);
    }
}

/// Invisible characters, or ones that change the direction of the text that follows: different tags may look the same. Control
/// characters in a name are refused anyway.
fn hidden(found: &mut ProblemList, field: Field, text: &str) {
    let mut seen = Vec::new();
    for letter in text.chars().filter(|letter| is_hidden(*letter)) {
        if !(seen.contains(&letter) || matches!(field, Field::TagName(_)) && letter.is_control()) {
            seen.push(letter);
        }
    }
    if !seen.is_empty() {
        found.warns(field, messages::TAG_HAS_HIDDEN.with([&characters(&seen)]));
    }
}

fn name(found: &mut ProblemList, field: Field, text: &str) -> Option<TagName> {
    match TagName::parse(text) {
        Ok(name) => {
            let reserved =
                TAG_NAME_RESERVED.iter().find(|prefix| text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix)));
            if let Some(prefix) = reserved {
                found.warns(field, messages::TAG_NAME_RESERVED.with([prefix]));
            }
            Some(name)
        }
        Err(problems) => {
            for problem in problems {
                found.blocks(
                    field,
                    match problem {
                        TagNameProblem::Empty => messages::TAG_NAME_REQUIRED.into(),
                        TagNameProblem::TooLong(length) => {
                            messages::TAG_NAME_TOO_LONG.with([&TAG_NAME_MAX.to_string(), &length.to_string()])
                        }
                        TagNameProblem::BadCharacters(bad) => messages::TAG_NAME_CHARACTERS.with([&characters(&bad)]),
                    },
                );
            }
            None
        }
    }
}

/// `is_said`: an earlier rule for the same tag has already reported it as missing.
fn required(found: &mut ProblemList, draft: &Draft, tag: &RequiredTag, is_said: bool) {
    let (field, missing, value) = match draft.tag(&tag.name) {
        None => (Field::Tags, Some(messages::TAG_MISSING), ""),
        Some((row, "")) => (Field::TagValue(row), Some(messages::TAG_VALUE_MISSING), ""),
        Some((row, value)) => (Field::TagValue(row), None, value),
    };
    if let Some(missing) = missing {
        if !is_said {
            found.blocks(field, missing.with([&tag.name]));
        }
        return;
    }
    // ARM preserves the case of values.
    if !tag.values.is_empty() && !tag.values.iter().any(|allowed| allowed == value) {
        found.blocks(field, messages::TAG_VALUE_NOT_ALLOWED.with([&tag.name, &list(&tag.values)]));
    }
    if let Some(pattern) = tag.pattern.as_ref().filter(|pattern| !pattern.matches(value)) {
        found.blocks(field, messages::TAG_VALUE_RULE_BROKEN.with([&tag.name, pattern.text()]));
    }
}

impl Draft {
    /// The row and value of the tag with this name, case-insensitively.
    pub(super) fn tag(&self, name: &str) -> Option<(usize, &str)> {
        let mut rows = self.tags.iter().enumerate().filter(|(_, tag)| same(&tag.name, name));
        rows.next().map(|(row, tag)| (row, tag.value.as_str()))
    }
}
