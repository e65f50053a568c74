//! Everything wrong with a draft: a pure function of the draft, the rules and what is known of the cloud.
//! What ARM refuses blocks, and so do the organisation's rules; what the cloud answered beforehand only warns.

mod cloud;
mod name;
mod place;
mod tags;
#[cfg(test)]
mod tests;
mod words;

use std::sync::Arc;

use super::draft::Draft;
use super::field::{Field, PROPERTIES};
use super::problem::{Problem, Severity};
use super::request::{CreateRequest, CreationPath, GroupTarget};
use super::rules::Rules;
use crate::arm::any_case::same;
use crate::arm::guid::Guid;
use crate::arm::identity_name::IdentityName;
use crate::arm::location::{Location, LocationName};
use crate::arm::managed_identity::{IdentityProperties, ManagedIdentity};
use crate::arm::resource_group::{ResourceGroup, ResourceGroupName};
use crate::arm::subscription::Subscription;
use crate::arm::tags::{TagName, TagValue, Tags};
use crate::messages::Sentence;

/// What is known of the cloud so far. `None`: not asked, or not answered to the end yet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Knowledge {
    /// Whether nobody is signed in to know anything for.
    pub signed_out: bool,
    /// The account's subscriptions, all of them.
    pub subscriptions: Option<Arc<Vec<Subscription>>>,
    /// The groups of the chosen subscription, all of them.
    pub groups: Option<Arc<Vec<ResourceGroup>>>,
    /// Regions that offer identities in the chosen subscription.
    pub regions: Option<Vec<Location>>,
    /// API versions of the identity type that the provider offers there, newest first.
    pub api_versions: Option<Vec<String>>,
    /// The identity that has this name already, if one has.
    pub existing: PreflightResult<Option<Box<ManagedIdentity>>>,
    /// Whether this account may do what the plan needs.
    pub permission: PreflightResult<Verdict>,
    /// Whether the provider is registered.
    pub registration: PreflightResult<Verdict>,
    /// Whether a lock stands in the way.
    pub lock: PreflightResult<Verdict>,
    /// What policy says of each field.
    pub policy: PreflightResult<Vec<PolicyFinding>>,
    /// What policy says of the new group itself.
    pub group_policy: PreflightResult<GroupPolicy>,
}

/// The answer of a check that asks the cloud.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum PreflightResult<T> {
    /// Not asked, or not answered yet.
    #[default]
    Pending,
    /// Asked, but it could not be checked; why.
    Unknown(String),
    /// Answered.
    Known(T),
}

/// Allowed, or refused and by what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing stands in the way.
    Allowed,
    /// What stands in the way: the missing action, the lock's name, the registration state.
    Refused(String),
}

/// What a policy says of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyFinding {
    /// The field.
    pub field: Field,
    /// Values the policy denies; with none, and nothing required, it denies what is there now.
    pub denied: Vec<String>,
    /// Whether the policy requires a value (`field` then is [`Field::Tags`] for a tag).
    pub required: bool,
    /// The values it requires one of, where it requires; empty for any.
    pub allowed: Vec<String>,
    /// The tag's name, where it is about a tag.
    pub tag: Option<String>,
    /// The policy's name or reason, as ARM tells it.
    pub policy: String,
}

/// What policies say of a new group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupPolicy {
    /// Whether any of them looks at the group's tags.
    pub asks_tags: bool,
    /// What they say of its fields.
    pub findings: Vec<PolicyFinding>,
}

/// Collects the problems of a draft, in the order of the fields.
struct ProblemList(Vec<Problem>);

impl ProblemList {
    fn add(&mut self, severity: Severity, field: Field, sentence: impl Into<Sentence>) {
        // In the order of the fields as they come: a sort would be 4 kB of wasm.
        let at = self.0.partition_point(|problem| problem.field <= field);
        self.0.insert(at, Problem { field, severity, sentence: sentence.into() });
    }

    fn blocks(&mut self, field: Field, sentence: impl Into<Sentence>) {
        self.add(Severity::Blocks, field, sentence);
    }

    fn warns(&mut self, field: Field, sentence: impl Into<Sentence>) {
        self.add(Severity::Warns, field, sentence);
    }
}

/// All problems of `draft`, in the order of the fields; never only the first.
pub fn check(draft: &Draft, rules: &Rules, known: &Knowledge) -> Vec<Problem> {
    let mut found = ProblemList(Vec::new());
    place::subscription(&mut found, draft, rules, known);
    place::group(&mut found, draft, known);
    cloud::permission(&mut found, draft, known);
    place::region(&mut found, draft, rules, known);
    name::name(&mut found, draft, rules, known);
    place::properties(&mut found, draft, known);
    tags::tags(&mut found, draft, rules);
    cloud::policy(&mut found, draft, known);
    cloud::group_policy(&mut found, draft, known);
    found.0
}

/// What is wrong with a name whatever the organisation's rules and the cloud say: for the first screen, which is checked
/// before the program has come.
pub fn early(name: &str) -> Vec<Problem> {
    let draft = Draft { name: name.to_owned(), ..Draft::default() };
    let mut found = ProblemList(Vec::new());
    name::name(&mut found, &draft, &Rules::default(), &Knowledge::default());
    found.0.retain(|problem| problem.is_visible(&draft, &[], false));
    found.0
}

/// The request in `draft`.
///
/// # Errors
/// The problems that block it.
pub fn parse(draft: &Draft, rules: &Rules, known: &Knowledge) -> Result<CreateRequest, Vec<Problem>> {
    let mut problems = check(draft, rules, known);
    problems.retain(|problem| problem.severity == Severity::Blocks);
    if !problems.is_empty() {
        return Err(problems);
    }
    request(draft, known).ok_or(problems)
}

/// The request in a draft that has no blocking problem.
pub fn request(draft: &Draft, known: &Knowledge) -> Option<CreateRequest> {
    let group = ResourceGroupName::parse(&draft.resource_group).ok()?;
    let group = if draft.group_is_new {
        GroupTarget::New { name: group, tagged: draft.tags_group(known) }
    } else {
        let location =
            known.groups.iter().flat_map(|groups| groups.iter()).find(|known| known.name == group).map(|known| known.location.clone());
        GroupTarget::Existing { name: group, location }
    };
    let mut tags = Tags::default();
    for row in draft.tags.iter().filter(|row| !row.is_blank()) {
        tags.add(TagName::parse(&row.name).ok()?, TagValue::parse(&row.value).ok()?);
    }
    let mut properties = IdentityProperties::default();
    for property in &PROPERTIES {
        (property.read)(draft, &mut properties).then_some(())?;
    }
    Some(CreateRequest {
        subscription: Guid::parse(&draft.subscription)?,
        group,
        location: LocationName::parse(&draft.region)?,
        name: IdentityName::parse(&draft.name).ok()?,
        tags,
        properties,
        path: if draft.direct { CreationPath::Direct } else { CreationPath::Deployment },
    })
}

impl Knowledge {
    /// The group of this name in any case, as it is listed.
    pub fn group_named(&self, name: &str) -> Option<String> {
        let mut groups = self.groups.iter().flat_map(|groups| groups.iter());
        groups.find(|group| same(group.name.as_str(), name)).map(|group| group.name.to_string())
    }
}

impl Draft {
    /// Whether the new group gets the identity's tags: as the person chose, else where a policy asks for tags of groups.
    pub fn tags_group(&self, known: &Knowledge) -> bool {
        self.group_is_new && self.tag_group.unwrap_or_else(|| known.asks_group_tags())
    }
}
