//! An identity found in a text, field by field.

use std::collections::BTreeMap;

use super::item::Piece;
use super::names::Resolved;
use super::tokens;
use crate::arm::any_case::same;
use crate::arm::guid::Guid;
use crate::arm::location::LocationName;
use crate::messages::{self, Message, Sentence};
use crate::provisioning::draft::{Draft, ENTRIES_MAX, TagRow, truncated};
use crate::provisioning::field::Field;
use crate::provisioning::field::description::Kind;
use crate::provisioning::problem::{Problem, Severity};

/// Maximum identities read from a text.
const IDENTITIES_MAX: usize = 20_000;

/// A command that creates an identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tool {
    Az,
    Cmdlet,
}

/// An identity as written in a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ParsedIdentity {
    /// The field values in the text.
    pub draft: Draft,
    /// The command that creates it, if any.
    pub(super) tool: Option<Tool>,
    /// The byte offset of its start.
    pub at: usize,
    /// The byte offset of its end.
    pub(super) end: usize,
    /// Whether it is created only under a condition, in a branch or in a function: another one of the same name is no duplicate.
    pub(super) conditional: bool,
    /// The byte offsets of its values.
    pub places: Vec<(Field, usize)>,
    /// Remarks about the text itself: a value that could not be parsed, or that the text leaves to the deployment.
    pub remarks: Vec<Problem>,
    /// The values of which only parts are known.
    pub(super) partial: Vec<(Field, Vec<Piece>)>,
}

/// A note about the text that belongs to no identity.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// A byte offset.
    pub at: usize,
    pub severity: Severity,
    pub sentence: Sentence,
}

/// A resource group that the text creates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NewGroup {
    pub(super) name: String,
    /// Empty if it could not be parsed.
    pub(super) region: String,
    /// The tags that could be parsed.
    pub(super) tags: Vec<TagRow>,
}

/// Syntax errors as notes; they may hide an identity, so they block.
pub(super) fn syntax_error_notes(syntax_errors: Vec<(usize, Message)>) -> impl Iterator<Item = Note> {
    syntax_errors.into_iter().map(|(at, message)| Note::blocks(at, message))
}

impl Note {
    pub(super) fn blocks(at: usize, sentence: impl Into<Sentence>) -> Self {
        Self { at, severity: Severity::Blocks, sentence: sentence.into() }
    }

    pub(super) fn warns(at: usize, sentence: impl Into<Sentence>) -> Self {
        Self { at, severity: Severity::Warns, sentence: sentence.into() }
    }

    pub(super) fn informs(at: usize, sentence: impl Into<Sentence>) -> Self {
        Self { at, severity: Severity::Informs, sentence: sentence.into() }
    }
}

impl ParsedIdentity {
    pub(super) fn at(at: usize) -> Self {
        Self { at, end: at, ..Self::default() }
    }

    /// The byte offset of `field`, or of the identity if the text does not set the field.
    pub fn place(&self, field: Field) -> usize {
        let own = |wanted: Field| self.places.iter().find(|(known, _)| *known == wanted).map(|(_, at)| *at);
        let other = match field {
            Field::TagValue(row) => own(Field::TagName(row)),
            Field::TagName(row) => own(Field::TagValue(row)),
            _ => None,
        };
        own(field).or(other).unwrap_or(self.at)
    }

    pub(super) fn remark(&mut self, severity: Severity, field: Field, sentence: impl Into<Sentence>) {
        self.remarks.push(Problem { field, severity, sentence: sentence.into() });
    }

    /// Sets a field from the value at `at`.
    pub(super) fn set(&mut self, field: Field, at: usize, meant: Resolved) {
        if field == Field::Restrictions && self.has_enough(field, self.draft.restrictions.len(), messages::READ_RESTRICTIONS_MANY) {
            return;
        }
        self.places.push((field, at));
        match tokens::opened(meant) {
            Resolved::Text(text) => self.fill(field, text),
            Resolved::GroupRegion => self.remark(Severity::Informs, field, messages::READ_REGION_OF_GROUP),
            Resolved::Unread(word) => self.unread(field, &word),
            Resolved::Partial(pieces) => self.partly(field, pieces),
        }
    }

    /// Keeps the known parts of a value for their own checks.
    fn partly(&mut self, field: Field, pieces: Vec<Piece>) {
        let meant = Resolved::Partial(pieces);
        self.unread(field, meant.unread().unwrap_or_default());
        if let Resolved::Partial(pieces) = meant {
            self.partial.push((field, pieces));
        }
    }

    /// Whether `field` has reached the maximum number of entries; if so, adds a remark once.
    pub(super) fn has_enough(&mut self, field: Field, read: usize, told: Message) -> bool {
        let unread = self.remarks.iter().filter(|remark| remark.field == field).count();
        let enough = read + unread >= ENTRIES_MAX;
        if enough && !self.remarks.iter().any(|remark| remark.sentence.message == told) {
            self.remark(Severity::Blocks, field, told.with([&ENTRIES_MAX.to_string()]));
        }
        enough
    }

    fn fill(&mut self, field: Field, text: String) {
        let text = truncated(text);
        let known = field.description();
        if known.kind == Kind::Tags {
            return;
        }
        let text = (known.parse)(&text).unwrap_or(text);
        match self.draft.list_mut(field) {
            Some(list) => list.push(text),
            None => self.draft.choose(field, text),
        }
    }

    pub(super) fn tag(&mut self, at: usize, name: String, value_at: usize, value: Resolved) {
        let row = self.draft.tags.len();
        if self.has_enough(Field::Tags, row, messages::READ_TAGS_MANY) {
            return;
        }
        self.places.push((Field::TagName(row), at));
        self.draft.tags.push(TagRow { name: truncated(name), value: String::new() });
        self.set(Field::TagValue(row), value_at, Resolved::Text(String::new()));
        match value {
            Resolved::Text(text) => {
                if let Some(tag) = self.draft.tags.last_mut() {
                    tag.value = truncated(text);
                }
            }
            Resolved::GroupRegion => self.unread(Field::TagValue(row), super::names::GROUP_REGION),
            Resolved::Unread(word) => self.unread(Field::TagValue(row), &word),
            Resolved::Partial(pieces) => self.partly(Field::TagValue(row), pieces),
        }
    }

    pub(super) fn unread(&mut self, field: Field, word: &str) {
        self.remark(Severity::Warns, field, messages::READ_UNREAD.with([word]));
    }

    /// Some tools accept a subscription's name in place of its ID.
    pub(super) fn subscription_or_name(&mut self, at: usize, meant: Resolved) {
        match meant {
            Resolved::Text(text) if Guid::parse(&text).is_none() => {
                self.places.push((Field::Subscription, at));
                self.remark(Severity::Informs, Field::Subscription, messages::READ_SUBSCRIPTION_NAMED.with([&text]));
            }
            meant => self.set(Field::Subscription, at, meant),
        }
    }

    /// Explains an empty field, which is no problem.
    pub(super) fn explain_empty(&mut self, field: Field, sentence: impl Into<Sentence>) {
        let said = self.remarks.iter().any(|remark| remark.field == field);
        if !said && !self.draft.has_content(field) {
            self.remark(Severity::Informs, field, sentence);
        }
    }

    /// The form can put only the identity's own tags on the new group.
    fn join_tags(&mut self, group: &NewGroup) {
        if group.tags.is_empty() {
            return;
        }
        let mine = &self.draft.tags;
        if group.tags.len() == mine.len() && group.tags.iter().all(|tag| mine.contains(tag)) {
            self.draft.tag_group = Some(true);
        } else {
            self.remark(Severity::Informs, Field::ResourceGroup, messages::READ_GROUP_TAGS.with([&group.name]));
        }
    }

    /// Merges in the group that the text creates.
    fn join(&mut self, group: &NewGroup) {
        let follows = self.draft.region.is_empty();
        if follows && !group.region.is_empty() {
            let unread = self.remarks.iter().any(|remark| remark.field == Field::Region && remark.severity == Severity::Warns);
            if !unread {
                self.remarks.retain(|remark| remark.field != Field::Region);
                self.fill(Field::Region, group.region.clone());
            }
        }
        if same(&self.draft.region, &group.region) {
            self.draft.group_is_new = true;
            self.join_tags(group);
        } else {
            self.remark(Severity::Informs, Field::ResourceGroup, messages::READ_GROUP_ELSEWHERE.with([&group.name, &group.region]));
        }
    }
}

impl NewGroup {
    pub(super) fn new(name: String, region: &str) -> Self {
        let region = LocationName::parse(region).map_or_else(|| region.to_owned(), |name| name.as_str().to_owned());
        Self { name, region, tags: Vec::new() }
    }

    /// Adds the tags that `read` finds.
    pub(super) fn tagged(mut self, read: impl FnOnce(&mut ParsedIdentity)) -> Self {
        let mut found = ParsedIdentity::default();
        read(&mut found);
        self.tags = found.draft.tags;
        self
    }
}

/// Merges each identity with the group that the text creates.
pub(super) fn join(found: &mut [ParsedIdentity], groups: &[NewGroup]) {
    let mut by_name: BTreeMap<String, &NewGroup> = BTreeMap::new();
    for group in groups {
        by_name.entry(folded(&group.name)).or_insert(group);
    }
    for one in found {
        if let Some(group) = by_name.get(&folded(&one.draft.resource_group)) {
            one.join(group);
        }
    }
}

/// Adds an identity; if there are too many, adds a note once: as the first one, so that it isn't looked for among many.
pub(super) fn keep(found: &mut Vec<ParsedIdentity>, notes: &mut Vec<Note>, one: ParsedIdentity) {
    if found.len() < IDENTITIES_MAX {
        found.push(one);
    } else if notes.first().is_none_or(|note| note.sentence.message != messages::READ_IDENTITIES_MANY) {
        notes.insert(0, Note::blocks(one.at, messages::READ_IDENTITIES_MANY.with([&IDENTITIES_MAX.to_string()])));
    }
}

/// A name for ARM's case-insensitive comparison.
fn folded(name: &str) -> String {
    name.chars().flat_map(char::to_lowercase).collect()
}
