//! Explains errors to people: what an error means, what to do, and which field it belongs to. Based on ARM's code and HTTP
//! status, not on its message, which is localised. For unknown codes, ARM's own message is shown.

use super::field::{Field, PROPERTIES};
use super::run_error::RunError;
use crate::arm::error::{ArmError, ErrorDetail, Refusal};
use crate::arm::json::{list, text};
use crate::arm::role_assignment::ROLE_WRITE;
use crate::arm::transport::WireError;
use crate::messages::{self, Message, Sentence};

#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// What it means.
    pub title: Sentence,
    /// What to do.
    pub advice: Sentence,
    /// The field it belongs to, if any.
    pub field: Option<Field>,
    /// ARM's code of the innermost error; empty if there is none.
    pub code: String,
    /// ARM's message of the innermost error; empty if there is none.
    pub message: String,
    /// The id of our request, for support; empty if none was sent.
    pub request_id: String,
    /// ARM's correlation id, for support.
    pub correlation_id: Option<String>,
    /// Whether retrying without changes may succeed.
    pub worth_retrying: bool,
}

/// Codes of errors that are often transient: a failed deployment has no HTTP status that would show it.
const PASSING: [&str; 6] =
    ["InternalServerError", "InternalError", "ServiceUnavailable", "GatewayTimeout", "TooManyRequests", "SubscriptionRequestsThrottled"];

/// Explains why a call failed.
pub fn explain(error: &ArmError) -> Explanation {
    match error {
        ArmError::Refused(refusal) => refused(refusal),
        ArmError::Wire(wire) => {
            let (title, advice) = match wire {
                WireError::Unreachable => (messages::UNREACHABLE, messages::UNREACHABLE_ADVICE),
                WireError::TimedOut => (messages::TIMED_OUT, messages::TIMED_OUT_ADVICE),
                WireError::SignInRequired => (messages::SIGN_IN_NEEDED, messages::SIGN_IN_NEEDED_ADVICE),
                WireError::OtherCaller => (messages::OTHER_CALLER, messages::OTHER_CALLER_ADVICE),
                WireError::PartMissing => (messages::PART_MISSING, messages::PART_MISSING_ADVICE),
            };
            plain(title, advice)
        }
        ArmError::NotUnderstood { reason, request_id } => Explanation {
            message: reason.clone(),
            request_id: request_id.clone(),
            ..plain(messages::NOT_UNDERSTOOD, messages::NOT_UNDERSTOOD_ADVICE)
        },
    }
}

/// Explains why a run stopped.
pub fn explain_run(error: &RunError) -> Explanation {
    match error {
        RunError::Call(error) => explain(error),
        RunError::Unknown(error) => {
            let (advice, told) = match error {
                ArmError::Wire(WireError::SignInRequired) => (messages::OUTCOME_UNKNOWN_SIGN_IN, explain(error)),
                error => (messages::OUTCOME_UNKNOWN_ADVICE, explain(error)),
            };
            Explanation { title: messages::OUTCOME_UNKNOWN.into(), advice: advice.into(), field: None, worth_retrying: false, ..told }
        }
        RunError::Failed(refusal) => refused(refusal),
        RunError::Canceled => plain(messages::DEPLOYMENT_CANCELED, messages::DEPLOYMENT_CANCELED_ADVICE),
        RunError::Missing => plain(messages::MADE_BUT_MISSING, messages::MADE_BUT_MISSING_ADVICE),
    }
}

/// Why something could not be checked, as a phrase that fits into a sentence.
pub fn reason(error: &ArmError) -> String {
    let message = match error {
        ArmError::Wire(wire) => match wire {
            WireError::Unreachable | WireError::TimedOut => messages::REASON_UNREACHABLE,
            WireError::SignInRequired => messages::REASON_SIGN_IN,
            WireError::OtherCaller => messages::REASON_OTHER_CALLER,
            WireError::PartMissing => messages::REASON_PART_MISSING,
        },
        ArmError::Refused(refusal) => match refusal.status {
            401 if refusal.code == "InvalidAuthenticationTokenTenant" => messages::REASON_OTHER_DIRECTORY,
            401 => messages::REASON_NOT_ACCEPTED,
            403 => messages::REASON_FORBIDDEN,
            429 => messages::REASON_THROTTLED,
            _ if !refusal.code.is_empty() => return refusal.code.clone(),
            _ => messages::REASON_OTHER,
        },
        ArmError::NotUnderstood { .. } => messages::REASON_OTHER,
    };
    message.text().into_owned()
}

/// An explanation without a message from ARM.
fn plain(title: Message, advice: Message) -> Explanation {
    Explanation {
        title: title.into(),
        advice: advice.into(),
        field: None,
        code: String::new(),
        message: String::new(),
        request_id: String::new(),
        correlation_id: None,
        worth_retrying: true,
    }
}

fn refused(refusal: &Refusal) -> Explanation {
    let inner = refusal.innermost();
    let meaning = meaning(&inner, refusal);
    Explanation {
        title: meaning.title,
        advice: meaning.advice,
        field: meaning.field,
        code: inner.code.clone(),
        message: inner.message.clone(),
        request_id: refusal.request_id.clone(),
        correlation_id: refusal.correlation_id.clone(),
        worth_retrying: matches!(refusal.status, 408 | 409 | 429 | 500..) || PASSING.contains(&inner.code.as_str()),
    }
}

/// The type of resource groups in policies.
const GROUP_TYPE: &str = "Microsoft.Resources/subscriptions/resourceGroups";

/// Maximum characters of Azure's message that are shown at once.
const WORDS_MAX: usize = 300;

/// Precedes the policy ids in Azure's message.
const POLICY_IDS: &str = " Policy identifiers: ";

impl Explanation {
    /// Azure's message, truncated if long: the rest is one press away.
    pub fn words(&self) -> String {
        // The policy ids are JSON, which nobody reads in a sentence.
        let message = self.message.split(POLICY_IDS).next().unwrap_or_default();
        let mut words: String = message.chars().take(WORDS_MAX).collect();
        if words.len() < message.len() {
            words.truncate(words.trim_end_matches(|letter: char| !letter.is_whitespace()).len());
            words.push('…');
        }
        words
    }
}

struct Meaning {
    title: Sentence,
    advice: Sentence,
    field: Option<Field>,
}

fn meaning(error: &ErrorDetail, refusal: &Refusal) -> Meaning {
    let status = refusal.status;
    let (title, advice, field) = match error.code.as_str() {
        "RequestDisallowedByPolicy" if status == 401 || error.lacks_second_factor() => {
            (messages::STEP_UP_NEEDED, messages::STEP_UP_NEEDED_ADVICE, None)
        }
        "RequestDisallowedByPolicy" => return policy(error),
        "SubscriptionRequestsThrottled" | "TooManyRequests" | "OperationNotAllowedThrottled" => return throttled(refusal),
        "InvalidAuthenticationTokenTenant" => (messages::WRONG_TENANT, messages::WRONG_TENANT_ADVICE, Some(Field::Subscription)),
        "AuthorizationFailed" | "InvalidTemplateDeployment" if error.message.contains(ROLE_WRITE) => {
            (messages::ROLE_FORBIDDEN, messages::ROLE_REFUSED, None)
        }
        "RoleAssignmentUpdateNotPermitted" => (messages::ROLE_TAKEN, messages::ROLE_NAME_TAKEN, None),
        "RoleAssignmentLimitExceeded" => (messages::ROLES_FULL, messages::ROLE_LIMIT, None),
        "InvalidTemplateDeployment" if error.lacks_permission() => {
            (messages::FORBIDDEN, messages::FORBIDDEN_ADVICE, Some(Field::ResourceGroup))
        }
        "AuthorizationFailed" => (messages::FORBIDDEN, messages::FORBIDDEN_ADVICE, Some(Field::ResourceGroup)),
        "LinkedAuthorizationFailed" => (messages::LINKED_FORBIDDEN, messages::LINKED_FORBIDDEN_ADVICE, None),
        "RequestDisallowedByAzure" => (messages::REGION_CLOSED, messages::REGION_CLOSED_ADVICE, Some(Field::Region)),
        "SubscriptionNotFound" | "InvalidSubscriptionId" => {
            (messages::SUBSCRIPTION_MISSING, messages::SUBSCRIPTION_MISSING_ADVICE, Some(Field::Subscription))
        }
        "ReadOnlyDisabledSubscription" => {
            (messages::SUBSCRIPTION_READ_ONLY, messages::SUBSCRIPTION_READ_ONLY_ADVICE, Some(Field::Subscription))
        }
        "ResourceGroupNotFound" => (messages::GROUP_MISSING, messages::GROUP_MISSING_ADVICE, Some(Field::ResourceGroup)),
        "ResourceGroupBeingDeleted" => (messages::GROUP_GOING, messages::GROUP_GOING_ADVICE, Some(Field::ResourceGroup)),
        "InvalidResourceGroupLocation" => (messages::GROUP_ELSEWHERE, messages::GROUP_ELSEWHERE_ADVICE, Some(Field::ResourceGroup)),
        "ResourceNotFound" | "DeploymentNotFound" => (messages::RESOURCE_MISSING, messages::RESOURCE_MISSING_ADVICE, None),
        // ARM uses the same code for an unsupported region and an unsupported version.
        "NoRegisteredProviderFound" => (messages::NOT_SUPPORTED_HERE, messages::NOT_SUPPORTED_HERE_ADVICE, Some(Field::Region)),
        "InvalidResourceType" | "InvalidApiVersionParameter" => {
            (messages::TYPE_MISSING, messages::TYPE_MISSING_ADVICE, PROPERTIES.first().map(|property| property.field))
        }
        "LocationNotAvailableForResourceType" => (messages::REGION_LACKS_TYPE, messages::REGION_LACKS_TYPE_ADVICE, Some(Field::Region)),
        "InvalidResourceLocation" => (messages::NAME_IN_OTHER_REGION, messages::NAME_IN_OTHER_REGION_ADVICE, Some(Field::Name)),
        "InvalidResourceName" => (messages::NAME_REFUSED, messages::NAME_REFUSED_ADVICE, Some(Field::Name)),
        "MissingSubscriptionRegistration" => (messages::NOT_REGISTERED, messages::NOT_REGISTERED_ADVICE, Some(Field::Subscription)),
        "ScopeLocked" => (messages::LOCKED, messages::LOCKED_ADVICE, Some(Field::ResourceGroup)),
        "DeploymentActive" | "DeploymentBeingDeleted" => (messages::DEPLOYMENT_RUNNING, messages::DEPLOYMENT_RUNNING_ADVICE, None),
        "DeploymentQuotaExceeded" => (messages::DEPLOYMENT_QUOTA, messages::DEPLOYMENT_QUOTA_ADVICE, None),
        "InvalidTemplateDeployment" | "InvalidTemplate" | "InvalidDeployment" => {
            (messages::TEMPLATE_INVALID, messages::TEMPLATE_INVALID_ADVICE, None)
        }
        "DeploymentFailed" | "ResourceDeploymentFailure" => (messages::DEPLOYMENT_FAILED, messages::DEPLOYMENT_FAILED_ADVICE, None),
        "InternalServerError" | "InternalError" | "ServiceUnavailable" => {
            (messages::SERVICE_TROUBLE, messages::SERVICE_TROUBLE_ADVICE, None)
        }
        "PrincipalNotFound" => (messages::PRINCIPAL_MISSING, messages::PRINCIPAL_MISSING_ADVICE, None),
        "RoleAssignmentExists" => (messages::ROLE_THERE, messages::ROLE_THERE_ADVICE, None),
        // Providers have their own codes for invalid names, and set the target.
        _ if status == 400 && error.target.as_deref().is_some_and(|target| target.eq_ignore_ascii_case("name")) => {
            (messages::NAME_REFUSED, messages::NAME_REFUSED_ADVICE, Some(Field::Name))
        }
        _ => match status {
            // The transport has already requested another sign-in, and Azure rejected that too.
            401 => (messages::TOKEN_NOT_ACCEPTED, messages::TOKEN_NOT_ACCEPTED_ADVICE, None),
            429 => return throttled(refusal),
            500.. => (messages::SERVICE_TROUBLE, messages::SERVICE_TROUBLE_ADVICE, None),
            _ => (messages::REFUSED, messages::REFUSED_ADVICE, None),
        },
    };
    Meaning { title: title.into(), advice: advice.into(), field }
}

fn throttled(refusal: &Refusal) -> Meaning {
    let advice = match refusal.retry_after {
        Some(seconds) => messages::THROTTLED_ADVICE.with(seconds),
        None => messages::THROTTLED_ADVICE_SOON.into(),
    };
    Meaning { title: messages::THROTTLED.into(), advice, field: None }
}

/// A policy is named by its assignment, and belongs to the field it evaluated.
fn policy(error: &ErrorDetail) -> Meaning {
    let violation = error.additional_info.iter().find(|addition| addition.kind == "PolicyViolation").map(|addition| &addition.info);
    let name = |info| {
        let names = ["policyAssignmentDisplayName", "policyDefinitionDisplayName", "policyAssignmentName"];
        names.into_iter().map(|key| text(info, key)).find(|name| !name.is_empty())
    };
    let looked_at = || violation.into_iter().flat_map(|info| list(info, "evaluationDetails.evaluatedExpressions"));
    let is_about_group = looked_at().any(|looked| {
        text(looked, "path").eq_ignore_ascii_case("type") && text(looked, "expressionValue").eq_ignore_ascii_case(GROUP_TYPE)
    });
    let field = looked_at().find_map(|looked| field_of(text(looked, "path"))).map(|field| match field {
        // The group's own name, not the identity's.
        Field::Name if is_about_group => Field::ResourceGroup,
        field => field,
    });
    let about = error.target.as_deref().filter(|target| !target.is_empty());
    Meaning {
        title: match violation.and_then(name) {
            Some(name) => messages::POLICY_DENIED.with([name]),
            None => messages::POLICY_DENIED_UNNAMED.into(),
        },
        advice: match about {
            Some(group) if is_about_group => messages::POLICY_DENIED_GROUP_ADVICE.with([group]),
            Some(name) => messages::POLICY_DENIED_RESOURCE_ADVICE.with([name]),
            None => messages::POLICY_DENIED_ADVICE.into(),
        },
        field: field.or(is_about_group.then_some(Field::ResourceGroup)),
    }
}

/// The field for a property of the resource.
fn field_of(path: &str) -> Option<Field> {
    let path = path.to_ascii_lowercase();
    match path.as_str() {
        "location" => Some(Field::Region),
        "name" => Some(Field::Name),
        _ if path.starts_with("tags") => Some(Field::Tags),
        path => PROPERTIES.iter().find(|property| path.ends_with(&property.member.to_ascii_lowercase())).map(|property| property.field),
    }
}

#[cfg(test)]
mod tests;
