//! All problems of a draft: a pure function of the draft, the rules and what is known about the cloud.
//! Whatever ARM or the organisation's rules would refuse blocks; the cloud's preflight answers only warn.

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
use crate::access::draft::AccessDraft;
use crate::arm::any_case::same;
use crate::arm::guid::Guid;
use crate::arm::identity_name::IdentityName;
use crate::arm::location::{Location, LocationName};
use crate::arm::managed_identity::{IdentityProperties, ManagedIdentity};
use crate::arm::resource_group::{ResourceGroup, ResourceGroupName};
use crate::arm::subscription::Subscription;
use crate::arm::tags::{TagName, TagValue, Tags};
use crate::messages::Sentence;

/// What is known about the cloud so far. `None`: not requested, or not completely read yet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Knowledge {
    /// Whether nobody is signed in, so that nothing can be known.
    pub signed_out: bool,
    /// All subscriptions of the account.
    pub subscriptions: Option<Arc<Vec<Subscription>>>,
    /// All groups of the chosen subscription.
    pub groups: Option<Arc<Vec<ResourceGroup>>>,
    /// Regions that offer identities in the chosen subscription.
    pub regions: Option<Vec<Location>>,
    /// API versions of the identity type that the provider offers there, newest first.
    pub api_versions: Option<Vec<String>>,
    /// The existing identity with this name, if any.
    pub existing: PreflightResult<Option<Box<ManagedIdentity>>>,
    /// Whether Create would change nothing in it.
    pub changes_nothing: bool,
    /// Whether this account has the permissions that the plan needs.
    pub permission: PreflightResult<Verdict>,
    /// Whether the provider is registered.
    pub registration: PreflightResult<Verdict>,
    /// Whether a lock prevents creation.
    pub lock: PreflightResult<Verdict>,
    /// What policies say about each field.
    pub policy: PreflightResult<Vec<PolicyFinding>>,
    /// What policies say about the new group itself.
    pub group_policy: PreflightResult<GroupPolicy>,
}

/// The result of a check that asks the cloud.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum PreflightResult<T> {
    /// Not asked, or not answered yet.
    #[default]
    Pending,
    /// Could not be checked; holds the reason.
    Unknown(String),
    Known(T),
}

impl<T> PreflightResult<T> {
    pub fn is_pending(&self) -> bool {
        matches!(self, Self::Pending)
    }
}

/// Allowed, or refused for a reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Allowed,
    /// Holds the reason: the missing action, the lock's name, or the registration state.
    Refused(String),
}

/// A policy's finding about a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyFinding {
    pub field: Field,
    /// Values that the policy denies. If empty and nothing is required, it denies the current value.
    pub denied: Vec<String>,
    /// Whether the policy requires a value (for a tag, `field` is then [`Field::Tags`]).
    pub required: bool,
    /// The accepted values if one is required; empty for any.
    pub allowed: Vec<String>,
    /// The tag's name, if the finding is about a tag.
    pub tag: Option<String>,
    /// The policy's name or reason, as ARM reports it.
    pub policy: String,
}

/// What policies say about a new group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupPolicy {
    /// Whether any policy examines the group's tags.
    pub asks_tags: bool,
    /// Findings about the group's fields.
    pub findings: Vec<PolicyFinding>,
}

/// Collects a draft's problems in field order.
struct ProblemList(Vec<Problem>);

impl ProblemList {
    fn add(&mut self, severity: Severity, field: Field, sentence: impl Into<Sentence>) {
        // Inserted in field order: a sort would add 4 kB of wasm.
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

/// All problems of `draft`, in field order.
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

/// The problems of a name regardless of the organisation's rules and the cloud: for the first screen, which is checked
/// before the program has loaded.
pub fn early(name: &str) -> Vec<Problem> {
    let draft = Draft { name: name.to_owned(), ..Draft::default() };
    let mut found = ProblemList(Vec::new());
    name::name(&mut found, &draft, &Rules::default(), &Knowledge::default());
    found.0.retain(|problem| problem.is_visible(&draft, &[], false));
    found.0
}

/// The request that `draft` describes.
///
/// # Errors
/// The blocking problems.
pub fn parse(draft: &Draft, rules: &Rules, known: &Knowledge) -> Result<CreateRequest, Vec<Problem>> {
    let mut problems = check(draft, rules, known);
    problems.retain(|problem| problem.severity == Severity::Blocks);
    if !problems.is_empty() {
        return Err(problems);
    }
    request(draft, known).ok_or(problems)
}

/// The request that a draft without blocking problems describes.
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
        access: AccessDraft::of_stored(&draft.access).request()?,
        path: if draft.direct { CreationPath::Direct } else { CreationPath::Deployment },
    })
}

impl Knowledge {
    /// Whether the subscription is known to have no group with this name.
    pub fn lacks_group(&self, name: &str) -> bool {
        self.groups.is_some() && self.group_named(name).is_none()
    }

    /// The listed spelling of the group with this name, case-insensitively.
    pub fn group_named(&self, name: &str) -> Option<String> {
        let mut groups = self.groups.iter().flat_map(|groups| groups.iter());
        groups.find(|group| same(group.name.as_str(), name)).map(|group| group.name.to_string())
    }
}

impl Draft {
    /// Whether the new group gets the identity's tags: the person's choice, or else whether a policy examines the tags of groups.
    pub fn tags_group(&self, known: &Knowledge) -> bool {
        self.group_is_new && self.tag_group.unwrap_or_else(|| known.asks_group_tags())
    }
}
