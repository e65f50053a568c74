//! Why signing in did not succeed: Entra refused, the wire failed, or the answer does not hold what it has to.

use serde_json::Value;

use crate::arm::json::{list, some_text, text};
use crate::arm::transport::WireError;

/// A sign-in that did not succeed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignInError {
    /// Entra answered with an error. Boxed: it is much larger than the others.
    #[error("{}: {}", .0.error, .0.description)]
    Refused(Box<Refusal>),
    /// No answer came.
    #[error(transparent)]
    Wire(#[from] WireError),
    /// The answer is not one to this tab's question, or is not from whom it has to be.
    #[error("the answer was refused: {0}")]
    Forged(Forgery),
    /// The answer is not what the documentation says: what was missing.
    #[error("the answer was not understood: {0}")]
    NotUnderstood(&'static str),
    /// The person called it off.
    #[error("cancelled")]
    Cancelled,
    /// The browser would not open a window.
    #[error("the browser blocked the window")]
    WindowBlocked,
    /// The browser gave no random bytes.
    #[error("no random bytes")]
    NoRandomness,
    /// The cloud does not say who signs people in.
    #[error("the cloud names no authority")]
    NoAuthority,
}

/// What of an answer is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Forgery {
    /// Another state, or none: not an answer to this question.
    #[error("state")]
    State,
    /// Another nonce: an id token from elsewhere, or used before.
    #[error("nonce")]
    Nonce,
    /// Another issuer.
    #[error("iss")]
    Issuer,
    /// For another app.
    #[error("aud")]
    Audience,
    /// Expired.
    #[error("exp")]
    Expired,
    /// Not valid yet.
    #[error("nbf")]
    Early,
    /// Of another directory.
    #[error("tid")]
    Tenant,
    /// Signed in another way than Entra signs.
    #[error("alg")]
    Algorithm,
    /// Signed by no key of Entra's, or changed since.
    #[error("signature")]
    Signature,
    /// Asked for by another app registration, authority or redirect address.
    #[error("app")]
    App,
    /// Of another account than the one that asked.
    #[error("account")]
    Account,
}

/// Entra's error answer (learn.microsoft.com, "Microsoft Entra authentication and authorization error codes"). Decide by
/// codes and `error`, never by `description`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refusal {
    /// The HTTP status; 0 where it came by the address.
    pub status: u16,
    /// The protocol's word, such as `invalid_grant`.
    pub error: String,
    /// Entra's own words.
    pub description: String,
    /// Entra's numbers (the digits after `AADSTS`), most telling first.
    pub codes: Vec<u32>,
    /// The protocol's word, more closely.
    pub suberror: String,
    /// Claims that the next sign-in has to bring, as JSON.
    pub claims: Option<String>,
    /// For support.
    pub correlation_id: String,
    /// For support.
    pub trace_id: String,
    /// When, in Entra's writing.
    pub timestamp: String,
    /// Seconds to wait, where Entra said so.
    pub retry_after: Option<u64>,
}

/// The errors after which only a person can go on (msal-common, `InteractionRequiredAuthError`).
const INTERACTION_ERRORS: [&str; 3] = ["interaction_required", "consent_required", "login_required"];
/// The same, said more closely.
const INTERACTION_SUBERRORS: [&str; 6] =
    ["message_only", "additional_action", "basic_action", "user_password_expired", "consent_required", "bad_token"];
/// Codes that say it whatever the error is called: the refresh token is expired, revoked or of a changed password.
const INTERACTION_CODES: [u32; 5] = [700_082, 700_084, 70_043, 50_173, 70_008];

impl Refusal {
    /// Entra's answer to a token request.
    pub fn of_body(body: &Value) -> Self {
        let description = text(body, "error_description");
        let mut refusal = Self::of_words(text(body, "error"), description, text(body, "suberror"), some_text(body, "claims"));
        let codes: Vec<u32> = list(body, "error_codes").iter().filter_map(|code| u32::try_from(code.as_u64()?).ok()).collect();
        if !codes.is_empty() {
            refusal.codes = codes;
        }
        for (key, place) in
            [("correlation_id", &mut refusal.correlation_id), ("trace_id", &mut refusal.trace_id), ("timestamp", &mut refusal.timestamp)]
        {
            if let Some(value) = some_text(body, key) {
                *place = value;
            }
        }
        refusal
    }

    /// Entra's answer where it is words only: numbers and ids stand in the description.
    pub fn of_words(error: &str, description: &str, suberror: &str, claims: Option<String>) -> Self {
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

    /// Whether only a person can go on.
    pub fn needs_a_person(&self) -> bool {
        INTERACTION_ERRORS.contains(&self.error.as_str())
            || INTERACTION_SUBERRORS.contains(&self.suberror.as_str())
            || self.codes.iter().any(|code| INTERACTION_CODES.contains(code))
            // A refresh token that is not taken any more, for whatever reason: there is nothing else to try.
            || self.error == "invalid_grant"
    }

    /// Entra's own words without the ids, which are shown beside them.
    pub fn words(&self) -> &str {
        let end = self.description.find("Trace ID:").unwrap_or(self.description.len());
        self.description[..end].trim_end()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const WORDS: &str = "AADSTS65004: User declined to consent to access the app.\r\nTrace ID: 0c2-t\r\nCorrelation ID: 4a1-c\r\nTimestamp: 2026-07-01 10:00:00Z";

    #[test]
    fn all_of_a_bodys_fields_are_read() {
        let refusal = Refusal::of_body(&json!({
            "error": "invalid_grant", "error_description": "AADSTS50076: Due to a configuration change…", "error_codes": [50_076, 9],
            "timestamp": "2026-07-01 10:00:00Z", "trace_id": "t", "correlation_id": "c", "suberror": "basic_action",
            "claims": "{\"access_token\":{}}"
        }));
        assert_eq!((refusal.codes.as_slice(), refusal.suberror.as_str()), (&[50_076, 9][..], "basic_action"));
        assert_eq!((refusal.trace_id.as_str(), refusal.correlation_id.as_str()), ("t", "c"));
        assert_eq!(refusal.claims.as_deref(), Some("{\"access_token\":{}}"));
        assert!(refusal.needs_a_person());
    }

    #[test]
    fn what_stands_only_in_words_is_found() {
        for words in [WORDS.to_owned(), WORDS.replace("\r\n", " ")] {
            let refusal = Refusal::of_words("access_denied", &words, "", None);
            assert_eq!(refusal.codes, [65_004]);
            assert_eq!((refusal.trace_id.as_str(), refusal.correlation_id.as_str()), ("0c2-t", "4a1-c"));
            assert_eq!(refusal.timestamp, "2026-07-01 10:00:00Z");
            assert_eq!(refusal.words(), "AADSTS65004: User declined to consent to access the app.");
        }
        let odd = Refusal::of_words("server_error", "AADSTS", "", None);
        assert_eq!((odd.codes.len(), odd.trace_id.as_str(), odd.words()), (0, "", "AADSTS"));
    }

    #[test]
    fn when_a_person_is_needed() {
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
        for (error, suberror, code, needed) in table {
            let refusal = Refusal { error: error.into(), suberror: suberror.into(), codes: vec![code], ..Refusal::default() };
            assert_eq!(refusal.needs_a_person(), needed, "{error} {suberror} {code}");
        }
    }
}
