//! Errors of a call: ARM refused it, the transport failed, or the response could not be parsed.

use super::transport::WireError;

#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ArmError {
    /// ARM returned an error. Boxed because it is much larger than the other variants.
    #[error("{}: {}", .0.code, .0.message)]
    Refused(Box<Refusal>),
    /// No response arrived.
    #[error(transparent)]
    Wire(#[from] WireError),
    /// The response does not match the documentation.
    #[error("the answer was not understood: {reason}")]
    NotUnderstood {
        /// What was expected but missing.
        reason: String,
        /// The `x-ms-client-request-id` we sent, for support requests.
        request_id: String,
    },
}

impl ArmError {
    /// ARM's error code; empty if ARM returned none.
    pub fn code(&self) -> &str {
        match self {
            Self::Refused(refusal) => &refusal.code,
            Self::Wire(_) | Self::NotUnderstood { .. } => "",
        }
    }

    /// Whether ARM refused with this code, at any level of nesting.
    pub fn has_code(&self, code: &str) -> bool {
        match self {
            Self::Refused(refusal) => refusal.code == code || refusal.details.iter().any(|detail| detail.has_code(code)),
            Self::Wire(_) | Self::NotUnderstood { .. } => false,
        }
    }

    pub fn needs_sign_in(&self) -> bool {
        matches!(self, Self::Wire(WireError::SignInRequired))
    }

    /// Whether the outcome is unknown: no response arrived, something other than ARM answered, or the service failed midway. A
    /// write may have been carried out.
    pub fn is_unanswered(&self) -> bool {
        match self {
            Self::Wire(wire) => matches!(wire, WireError::Unreachable | WireError::TimedOut),
            Self::NotUnderstood { .. } => true,
            Self::Refused(refusal) => matches!(refusal.status, 408 | 500..),
        }
    }

    pub fn is_not_found(&self) -> bool {
        matches!(self, Self::Refused(refusal) if refusal.status == 404)
    }
}

/// ARM's error response. Decide by `code`, never by `message`: the message is localised.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Refusal {
    pub status: u16,
    /// ARM's code, such as `AuthorizationFailed`.
    pub code: String,
    /// ARM's own words.
    pub message: String,
    pub target: Option<String>,
    pub details: Vec<ErrorDetail>,
    /// Typed additional information, such as `PolicyViolation`.
    pub additional_info: Vec<AdditionalInfo>,
    /// The `x-ms-client-request-id` we sent.
    pub request_id: String,
    /// ARM's correlation ID, if the browser exposes it.
    pub correlation_id: Option<String>,
    /// Seconds to wait, from `Retry-After` or from the message.
    pub retry_after: Option<u64>,
}

/// Codes that only wrap the errors in their details (Azure docs, "Troubleshoot common Azure deployment errors").
const WRAPPERS: [&str; 6] = [
    TEMPLATE,
    "DeploymentFailed",
    "ResourceDeploymentFailure",
    "MultipleErrorsOccurred",
    "PreflightValidationCheckFailed",
    "InvalidTemplate",
];

impl Refusal {
    /// The most specific error: the first one below the wrappers.
    pub fn innermost(&self) -> ErrorDetail {
        let outer = ErrorDetail {
            code: self.code.clone(),
            message: self.message.clone(),
            target: self.target.clone(),
            details: self.details.clone(),
            additional_info: self.additional_info.clone(),
        };
        outer.innermost()
    }
}

impl From<ErrorDetail> for Refusal {
    fn from(detail: ErrorDetail) -> Self {
        Self {
            code: detail.code,
            message: detail.message,
            target: detail.target,
            details: detail.details,
            additional_info: detail.additional_info,
            ..Self::default()
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ErrorDetail {
    pub code: String,
    /// ARM's own words.
    pub message: String,
    pub target: Option<String>,
    pub details: Vec<ErrorDetail>,
    pub additional_info: Vec<AdditionalInfo>,
}

/// ARM's code for a template that it doesn't accept.
const TEMPLATE: &str = "InvalidTemplateDeployment";
/// ARM's code when a policy denies a request.
const POLICY: &str = "RequestDisallowedByPolicy";
/// How ARM's own policy words a missing second factor (Azure/azure-dev#5425, MicrosoftDocs/azure-docs-cli#5403), in lower case.
const FACTOR_WORDS: [&str; 3] = ["mfa is required", "multi-factor authentication", "multifactor authentication"];

impl ErrorDetail {
    /// Whether ARM's own MFA policy refused the request.
    pub fn lacks_second_factor(&self) -> bool {
        let message = self.message.to_ascii_lowercase();
        self.code == POLICY && FACTOR_WORDS.iter().any(|words| message.contains(words))
    }

    /// Whether ARM refused a template because of missing permissions. It says so in the message alone, of which only the action is the
    /// same in every language: `'Microsoft.ManagedIdentity/userAssignedIdentities/write'`.
    pub fn lacks_permission(&self) -> bool {
        let is_action = |word: &str| word.starts_with("Microsoft.") && ["/write", "/read", "/action"].iter().any(|end| word.ends_with(end));
        self.code == TEMPLATE && self.details.is_empty() && self.message.split('\'').any(is_action)
    }

    fn innermost(&self) -> Self {
        match self.details.iter().find(|inner| !inner.code.is_empty()) {
            Some(inner) if self.code.is_empty() || WRAPPERS.contains(&self.code.as_str()) => inner.innermost(),
            _ => self.clone(),
        }
    }

    fn has_code(&self, code: &str) -> bool {
        self.code == code || self.details.iter().any(|detail| detail.has_code(code))
    }
}

/// Typed additional information of an error, such as a `PolicyViolation`.
#[derive(Clone, Debug, PartialEq)]
pub struct AdditionalInfo {
    pub kind: String,
    pub info: serde_json::Value,
}
