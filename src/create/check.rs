//! Everything wrong with a draft: a pure function of the draft, the rules and what is known of the cloud.

use super::draft::Draft;
use super::problem::Problem;
use super::request::CreateRequest;
use super::rules::{Matches, Rules};
use crate::arm::location::{Location, LocationName};
use crate::arm::resource_group::ResourceGroup;
use crate::arm::subscription::Subscription;

/// What is known of the cloud so far. `None`: not asked, or not answered yet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Knowledge {
    /// The account's subscriptions.
    pub subscriptions: Option<Vec<Subscription>>,
    /// The groups of the chosen subscription.
    pub groups: Option<Vec<ResourceGroup>>,
    /// Regions that offer identities in the chosen subscription.
    pub regions: Option<Vec<Location>>,
    /// API versions of the identity type that the provider offers there, newest first.
    pub api_versions: Option<Vec<String>>,
    /// Whether an identity of this name is there already, and in which region.
    pub existing: Answer<Option<LocationName>>,
    /// Whether this account may do what the plan needs.
    pub permission: Answer<Verdict>,
    /// Whether the provider is registered.
    pub registration: Answer<Verdict>,
    /// Whether a lock stands in the way.
    pub lock: Answer<Verdict>,
    /// What policy says of each field.
    pub policy: Answer<Vec<PolicyFinding>>,
}

/// The answer of a check that asks the cloud.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Answer<T> {
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
    pub field: super::field::Field,
    /// Values the policy denies; empty where it denies what is there now.
    pub denied: Vec<String>,
    /// Whether the policy requires a value (`field` then is [`super::field::Field::Tags`] for a tag).
    pub required: bool,
    /// The tag's name, where it is about a tag.
    pub tag: Option<String>,
    /// The policy's name or reason, as ARM tells it.
    pub policy: String,
}

/// All problems of `draft`, in the order of the fields; never only the first.
pub fn check(draft: &Draft, rules: &Rules, matches: Matches, known: &Knowledge) -> Vec<Problem> {
    let _ = (draft, rules, matches, known);
    Vec::new()
}

/// The request in `draft`.
///
/// # Errors
/// The problems that block it.
pub fn parse(draft: &Draft, rules: &Rules, matches: Matches, known: &Knowledge) -> Result<CreateRequest, Vec<Problem>> {
    Err(check(draft, rules, matches, known))
}
