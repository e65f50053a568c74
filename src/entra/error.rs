//! Sign-in errors: an error response from Entra, a failed request, or an invalid response.

use serde_json::Value;

use crate::arm::json::{list, some_text, text};
use crate::arm::transport::WireError;

/// A sign-in error.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignInError {
    /// Entra's error response. Boxed: it is much larger than the others.
    #[error("{}: {}", .0.error, .0.description)]
    ErrorResponse(Box<ErrorResponse>),
    /// The request failed.
    #[error(transparent)]
    Wire(#[from] WireError),
    /// The response is not to this tab's request, or failed a check.
    #[error("invalid response: {0}")]
    InvalidResponse(InvalidResponse),
    /// The response is malformed: the missing or malformed part.
    #[error("malformed response: {0}")]
    NotUnderstood(&'static str),
    /// The person cancelled.
    #[error("cancelled")]
    Cancelled,
    /// The browser blocked the pop-up window.
    #[error("the browser blocked the pop-up window")]
    PopupBlocked,
    /// The browser gave no random bytes.
    #[error("no random bytes")]
    NoRandomness,
    /// The cloud's metadata names no authority.
    #[error("the cloud names no authority")]
    NoAuthority,
}

/// The check that a response failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidResponse {
    /// Another state, or none: not the response to this request.
    #[error("state")]
    State,
    /// Another nonce: the id token of another request, or a replayed one.
    #[error("nonce")]
    Nonce,
    /// Another issuer.
    #[error("iss")]
    Issuer,
    /// For another app registration.
    #[error("aud")]
    Audience,
    /// Expired.
    #[error("exp")]
    Expired,
    /// Not valid yet.
    #[error("nbf")]
    NotYetValid,
    /// Another directory than requested.
    #[error("tid")]
    Tenant,
    /// Another algorithm than RS256, or no usable header.
    #[error("alg")]
    Algorithm,
    /// Not signed by one of Entra's keys, or modified.
    #[error("signature")]
    Signature,
    /// Requested by another app registration, authority or redirect URI.
    #[error("app")]
    App,
    /// Another account than the one it was requested for.
    #[error("account")]
    Account,
}

/// Entra's error response (learn.microsoft.com, "Microsoft Entra authentication and authorization error codes"). Decide by
/// `codes` and `error`, never by `description`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ErrorResponse {
    /// The HTTP status; 0 for an authorization response.
    pub status: u16,
    /// OAuth's error code, such as `invalid_grant`.
    pub error: String,
    /// Entra's `error_description`.
    pub description: String,
    /// Entra's error codes (the digits after `AADSTS`), most specific first.
    pub codes: Vec<u32>,
    /// Entra's `suberror`.
    pub suberror: String,
    /// Claims to request in the next sign-in, as JSON.
    pub claims: Option<String>,
    /// For support.
    pub correlation_id: String,
    /// For support.
    pub trace_id: String,
    /// When, as Entra writes it.
    pub timestamp: String,
    /// The `Retry-After` header, in seconds.
    pub retry_after: Option<u64>,
}

/// The errors that require interaction (msal-common, `InteractionRequiredAuthError`).
const INTERACTION_ERRORS: [&str; 3] = ["interaction_required", "consent_required", "login_required"];
/// The suberrors that require interaction (same source).
const INTERACTION_SUBERRORS: [&str; 6] =
    ["message_only", "additional_action", "basic_action", "user_password_expired", "consent_required", "bad_token"];
/// The codes that require interaction whatever the error is: the refresh token expired or was revoked, or the password changed.
const INTERACTION_CODES: [u32; 5] = [700_082, 700_084, 70_043, 50_173, 70_008];

impl ErrorResponse {
    /// From the JSON body of a token response.
    pub fn from_json(body: &Value) -> Self {
        let description = text(body, "error_description");
        let mut response = Self::from_description(text(body, "error"), description, text(body, "suberror"), some_text(body, "claims"));
        let codes: Vec<u32> = list(body, "error_codes").iter().filter_map(|code| u32::try_from(code.as_u64()?).ok()).collect();
        if !codes.is_empty() {
            response.codes = codes;
        }
        let ids = [
            ("correlation_id", &mut response.correlation_id),
            ("trace_id", &mut response.trace_id),
            ("timestamp", &mut response.timestamp),
        ];
        for (key, id) in ids {
            if let Some(value) = some_text(body, key) {
                *id = value;
            }
        }
        response
    }

    /// From an authorization response, whose codes and ids are only in the description.
    pub fn from_description(error: &str, description: &str, suberror: &str, claims: Option<String>) -> Self {
        let after = |label: &str| {
            let rest = description.split_once(label).map_or("", |(_, rest)| rest).trim_start();
            rest.split(['\r', '\n']).next().unwrap_or_default().split(" Correlation ID:").next().unwrap_or_default()
        };
        let id = |label: &str| after(label).split_whitespace().next().unwrap_or_default().to_owned();
        let digits: String = description.strip_prefix("AADSTS").unwrap_or_default().chars().take_while(char::is_ascii_digit).collect();
        Self {
            error: error.to_owned(),
            description: description.to_owned(),
            codes: digits.parse().ok().into_iter().collect(),
            suberror: suberror.to_owned(),
            claims,
            correlation_id: id("Correlation ID:"),
            trace_id: id("Trace ID:"),
            timestamp: after("Timestamp:").to_owned(),
            ..Self::default()
        }
    }

    /// Whether the person has to sign in again, as MSAL's `InteractionRequiredAuthError`.
    pub fn requires_interaction(&self) -> bool {
        INTERACTION_ERRORS.contains(&self.error.as_str())
            || INTERACTION_SUBERRORS.contains(&self.suberror.as_str())
            || self.codes.iter().any(|code| INTERACTION_CODES.contains(code))
            // Whatever the reason, the refresh token can't be used any more.
            || self.error == "invalid_grant"
    }

    /// The description without the ids, which are shown separately.
    pub fn message(&self) -> &str {
        let end = self.description.find("Trace ID:").unwrap_or(self.description.len());
        self.description[..end].trim_end()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const DESCRIPTION: &str = "AADSTS65004: User declined to consent to access the app.\r\nTrace ID: 0c2-t\r\nCorrelation ID: 4a1-c\r\nTimestamp: 2026-07-01 10:00:00Z";

    #[test]
    fn all_fields_of_a_body_are_read() {
        let response = ErrorResponse::from_json(&json!({
            "error": "invalid_grant", "error_description": "AADSTS50076: Due to a configuration change…", "error_codes": [50_076, 9],
            "timestamp": "2026-07-01 10:00:00Z", "trace_id": "t", "correlation_id": "c", "suberror": "basic_action",
            "claims": "{\"access_token\":{}}"
        }));
        assert_eq!((response.codes.as_slice(), response.suberror.as_str()), (&[50_076, 9][..], "basic_action"));
        assert_eq!((response.trace_id.as_str(), response.correlation_id.as_str()), ("t", "c"));
        assert_eq!(response.claims.as_deref(), Some("{\"access_token\":{}}"));
        assert!(response.requires_interaction());
    }

    #[test]
    fn codes_and_ids_are_read_from_the_description() {
        for description in [DESCRIPTION.to_owned(), DESCRIPTION.replace("\r\n", " ")] {
            let response = ErrorResponse::from_description("access_denied", &description, "", None);
            assert_eq!(response.codes, [65_004]);
            assert_eq!((response.trace_id.as_str(), response.correlation_id.as_str()), ("0c2-t", "4a1-c"));
            assert_eq!(response.timestamp, "2026-07-01 10:00:00Z");
            assert_eq!(response.message(), "AADSTS65004: User declined to consent to access the app.");
        }
        let odd = ErrorResponse::from_description("server_error", "AADSTS", "", None);
        assert_eq!((odd.codes.len(), odd.trace_id.as_str(), odd.message()), (0, "", "AADSTS"));
    }

    #[test]
    fn when_interaction_is_required() {
        let table = [
            ("interaction_required", "", 0, true),
            ("consent_required", "", 65_001, true),
            ("login_required", "", 50_058, true),
            ("invalid_grant", "", 700_084, true),
            ("invalid_client", "bad_token", 0, true),
            ("invalid_client", "message_only", 0, true),
            ("invalid_client", "additional_action", 0, true),
            ("invalid_client", "basic_action", 0, true),
            ("invalid_client", "user_password_expired", 0, true),
            ("invalid_client", "consent_required", 0, true),
            ("invalid_client", "client_mismatch", 0, false),
            ("invalid_request", "", 9_002_326, false),
            ("temporarily_unavailable", "", 0, false),
            ("server_error", "", 0, false),
        ];
        for (error, suberror, code, required) in table {
            let response = ErrorResponse { error: error.into(), suberror: suberror.into(), codes: vec![code], ..ErrorResponse::default() };
            assert_eq!(response.requires_interaction(), required, "{error} {suberror} {code}");
        }
    }
}
