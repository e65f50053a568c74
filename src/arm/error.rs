//! What can go wrong with a call: the service refused, the wire failed, or the answer was not understood.

use super::transport::WireError;

/// A call that did not succeed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ArmError {
    /// ARM answered with an error. Boxed: it is much larger than the others.
    #[error("{}: {}", .0.code, .0.message)]
    Refused(Box<Refusal>),
    /// No answer came.
    #[error(transparent)]
    Wire(#[from] WireError),
    /// The answer is not what the documentation says: what was missing, and the request's id.
    #[error("the answer was not understood: {reason}")]
    NotUnderstood {
        /// What was expected and not found.
        reason: String,
        /// The `x-ms-client-request-id` we sent, for support.
        request_id: String,
    },
}

impl ArmError {
    /// ARM's code, where ARM answered with one.
    pub fn code(&self) -> &str {
        match self {
            Self::Refused(refusal) => &refusal.code,
            Self::Wire(_) | Self::NotUnderstood { .. } => "",
        }
    }

    /// Whether ARM refused with this code, or for a reason with this code.
    pub fn has_code(&self, code: &str) -> bool {
        match self {
            Self::Refused(refusal) => refusal.code == code || refusal.details.iter().any(|detail| detail.has_code(code)),
            Self::Wire(_) | Self::NotUnderstood { .. } => false,
        }
    }

    /// Whether nothing can be sent before somebody signs in.
    pub fn needs_sign_in(&self) -> bool {
        matches!(self, Self::Wire(WireError::SignInRequired))
    }

    /// Whether nobody knows what became of the request: no answer came, somebody else's came in its place, or the service failed
    /// in the middle. A write may have been carried out all the same.
    pub fn is_unanswered(&self) -> bool {
        match self {
            Self::Wire(wire) => matches!(wire, WireError::Unreachable | WireError::TimedOut),
            Self::NotUnderstood { .. } => true,
            Self::Refused(refusal) => matches!(refusal.status, 408 | 500..),
        }
    }

    /// Whether ARM says that what was asked for is not there.
    pub fn is_not_found(&self) -> bool {
        matches!(self, Self::Refused(refusal) if refusal.status == 404)
    }
}

/// ARM's error answer. Decide by `code`, never by `message`: the message is localised.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// ARM's code, such as `AuthorizationFailed`.
    pub code: String,
    /// ARM's own words.
    pub message: String,
    /// What the error is about, where ARM says so.
    pub target: Option<String>,
    /// Inner errors.
    pub details: Vec<ErrorDetail>,
    /// Typed additions, `PolicyViolation` among them, as JSON text.
    pub additional_info: Vec<AdditionalInfo>,
    /// The `x-ms-client-request-id` we sent.
    pub request_id: String,
    /// ARM's correlation id, where it could be read.
    pub correlation_id: Option<String>,
    /// Seconds to wait, from `Retry-After` or from the message.
    pub retry_after: Option<u64>,
}

/// Codes that only wrap the errors in their details (Azure docs, "Troubleshoot common Azure deployment errors").
const WRAPPERS: [&str; 6] = [
    "InvalidTemplateDeployment",
    "DeploymentFailed",
    "ResourceDeploymentFailure",
    "MultipleErrorsOccurred",
    "PreflightValidationCheckFailed",
    "InvalidTemplate",
];

impl Refusal {
    /// The error that says most: the first one inside those that only wrap.
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

/// One inner error.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ErrorDetail {
    /// ARM's code.
    pub code: String,
    /// ARM's own words.
    pub message: String,
    /// What it is about.
    pub target: Option<String>,
    /// Errors further in.
    pub details: Vec<ErrorDetail>,
    /// Typed additions.
    pub additional_info: Vec<AdditionalInfo>,
}

/// ARM's code for a policy's refusal.
const POLICY: &str = "RequestDisallowedByPolicy";
/// What ARM's own policy says of a missing second factor (Azure/azure-dev#5425, MicrosoftDocs/azure-docs-cli#5403), in lower case.
const FACTOR_WORDS: [&str; 3] = ["mfa is required", "multi-factor authentication", "multifactor authentication"];

impl ErrorDetail {
    /// Whether the policy that refused is ARM's own, which demands a second factor of the person.
    pub fn lacks_second_factor(&self) -> bool {
        let message = self.message.to_ascii_lowercase();
        self.code == POLICY && FACTOR_WORDS.iter().any(|words| message.contains(words))
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

/// A typed addition to an error, such as a `PolicyViolation`.
#[derive(Clone, Debug, PartialEq)]
pub struct AdditionalInfo {
    /// Its type.
    pub kind: String,
    /// What it says.
    pub info: serde_json::Value,
}
