//! What a sign-in error means and what to do about it, by Entra's error codes. Unknown codes show Entra's own message, and all show
//! the ids for support.

use super::error::{ErrorResponse, InvalidResponse, SignInError};
use crate::arm::transport::WireError;
use crate::messages::{self, Message, Sentence};

/// A sign-in error, explained.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explanation {
    /// What it means.
    pub title: Option<Sentence>,
    /// What to do.
    pub advice: Option<Sentence>,
    /// Entra's error code, such as `AADSTS65001`, or OAuth's, such as `access_denied`; empty where there is none.
    pub code: String,
    /// Entra's own message; empty where there is none.
    pub message: String,
    /// For support; may be empty.
    pub correlation_id: String,
    /// The `x-ms-client-request-id` of the request to ARM, for support; empty where it is not about ARM.
    pub request_id: String,
    /// For support; may be empty.
    pub trace_id: String,
    /// When, as Entra writes it; may be empty.
    pub timestamp: String,
}

/// Explains `error`.
pub fn explain(error: &SignInError) -> Explanation {
    match error {
        SignInError::ErrorResponse(response) => error_response(response),
        SignInError::Wire(WireError::TimedOut) => plain(messages::ENTRA_TIMED_OUT, messages::ENTRA_UNREACHABLE_ADVICE),
        SignInError::Wire(WireError::PartMissing) => plain(messages::PART_MISSING, messages::PART_MISSING_ADVICE),
        SignInError::Wire(_) => plain(messages::ENTRA_UNREACHABLE, messages::ENTRA_UNREACHABLE_ADVICE),
        SignInError::InvalidResponse(InvalidResponse::App) => plain(messages::ANSWER_OF_OTHER_APP, messages::ANSWER_OF_OTHER_APP_ADVICE),
        SignInError::InvalidResponse(InvalidResponse::State) => plain(messages::ANSWER_NOT_OURS, messages::ANSWER_NOT_OURS_ADVICE),
        SignInError::InvalidResponse(InvalidResponse::Expired | InvalidResponse::NotYetValid) => {
            plain(messages::ANSWER_OUT_OF_TIME, messages::ANSWER_OUT_OF_TIME_ADVICE)
        }
        SignInError::InvalidResponse(InvalidResponse::Tenant) => plain(messages::OTHER_DIRECTORY, messages::OTHER_DIRECTORY_ADVICE),
        SignInError::InvalidResponse(InvalidResponse::Account) => plain(messages::OTHER_ACCOUNT, messages::OTHER_ACCOUNT_ADVICE),
        SignInError::InvalidResponse(check) => {
            Explanation { code: check.to_string(), ..plain(messages::ANSWER_FORGED, messages::ANSWER_FORGED_ADVICE) }
        }
        SignInError::NotUnderstood(what) => {
            Explanation { code: (*what).to_owned(), ..plain(messages::ENTRA_NOT_UNDERSTOOD, messages::ENTRA_NOT_UNDERSTOOD_ADVICE) }
        }
        SignInError::Cancelled => plain(messages::SIGN_IN_CANCELLED, messages::SIGN_IN_CANCELLED_ADVICE),
        SignInError::PopupBlocked => plain(messages::WINDOW_BLOCKED, messages::WINDOW_BLOCKED_ADVICE),
        SignInError::NoRandomness => plain(messages::NO_RANDOMNESS, messages::NO_RANDOMNESS_ADVICE),
        SignInError::NoAuthority => plain(messages::NO_AUTHORITY, messages::NO_AUTHORITY_ADVICE),
    }
}

fn plain(title: Message, advice: Message) -> Explanation {
    Explanation { title: Some(title.into()), advice: Some(advice.into()), ..Explanation::default() }
}

fn error_response(response: &ErrorResponse) -> Explanation {
    let (title, advice) = response.codes.iter().find_map(|code| known(*code)).unwrap_or_else(|| by_error(response));
    let advice = match response.retry_after {
        Some(seconds) => messages::ENTRA_BUSY_ADVICE.with(seconds),
        None => advice.into(),
    };
    Explanation {
        title: Some(title.into()),
        advice: Some(advice),
        code: response.codes.first().map_or_else(|| response.error.clone(), |code| ["AADSTS", &code.to_string()].concat()),
        message: response.message().to_owned(),
        correlation_id: response.correlation_id.clone(),
        request_id: String::new(),
        trace_id: response.trace_id.clone(),
        timestamp: response.timestamp.clone(),
    }
}

/// The texts for Entra's error codes (learn.microsoft.com, "Microsoft Entra authentication and authorization error codes").
fn known(code: u32) -> Option<(Message, Message)> {
    Some(match code {
        65_001 => (messages::CONSENT_MISSING, messages::CONSENT_MISSING_ADVICE),
        65_004 => (messages::CONSENT_DECLINED, messages::CONSENT_DECLINED_ADVICE),
        90_094 => (messages::CONSENT_BY_ADMIN, messages::CONSENT_BY_ADMIN_ADVICE),
        50_058 => (messages::NO_ENTRA_SESSION, messages::NO_ENTRA_SESSION_ADVICE),
        16_000 => (messages::SEVERAL_SESSIONS, messages::SEVERAL_SESSIONS_ADVICE),
        50_072 | 50_076 | 50_079 => (messages::SECOND_FACTOR_NEEDED, messages::SECOND_FACTOR_NEEDED_ADVICE),
        53_000..=53_003 => (messages::ACCESS_POLICY, messages::ACCESS_POLICY_ADVICE),
        50_105 => (messages::NOT_ASSIGNED, messages::NOT_ASSIGNED_ADVICE),
        50_020 => (messages::NOT_IN_DIRECTORY, messages::NOT_IN_DIRECTORY_ADVICE),
        50_011 => (messages::REDIRECT_NOT_REGISTERED, messages::REDIRECT_NOT_REGISTERED_ADVICE),
        9_002_325 => (messages::PKCE_NEEDED, messages::PKCE_NEEDED_ADVICE),
        9_002_326 | 9_002_327 => (messages::REDIRECT_NOT_SPA, messages::REDIRECT_NOT_SPA_ADVICE),
        700_016 => (messages::APP_UNKNOWN, messages::APP_UNKNOWN_ADVICE),
        65_005 | 650_057 => (messages::PERMISSION_NOT_REGISTERED, messages::PERMISSION_NOT_REGISTERED_ADVICE),
        70_011 => (messages::PERMISSION_UNKNOWN_TO_ENTRA, messages::PERMISSION_UNKNOWN_TO_ENTRA_ADVICE),
        500_011 => (messages::RESOURCE_UNKNOWN, messages::RESOURCE_UNKNOWN_ADVICE),
        90_002 => (messages::DIRECTORY_UNKNOWN, messages::DIRECTORY_UNKNOWN_ADVICE),
        54_005 | 70_008 | 501_481 => (messages::CODE_USED, messages::CODE_USED_ADVICE),
        50_173 | 70_043 | 700_082 | 700_084 => (messages::SESSION_ENDED, messages::SESSION_ENDED_ADVICE),
        _ => return None,
    })
}

/// The texts for OAuth's error codes, where Entra's is unknown.
fn by_error(response: &ErrorResponse) -> (Message, Message) {
    match response.error.as_str() {
        "access_denied" => (messages::SIGN_IN_DENIED, messages::ENTRA_WORDS_ADVICE),
        "temporarily_unavailable" | "server_error" => (messages::ENTRA_IN_TROUBLE, messages::ENTRA_IN_TROUBLE_ADVICE),
        _ if response.status == 429 || response.status >= 500 => (messages::ENTRA_IN_TROUBLE, messages::ENTRA_IN_TROUBLE_ADVICE),
        _ => (messages::ENTRA_REFUSED, messages::ENTRA_WORDS_ADVICE),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn title(explanation: &Explanation) -> String {
        explanation.title.as_ref().map(Sentence::text).unwrap_or_default()
    }

    /// The codes in the first column of the guide's table.
    fn guide() -> BTreeSet<u32> {
        let guide = include_str!("../../docs/entra-setup.md");
        let rows = guide.lines().filter(|line| line.starts_with("| AADSTS"));
        let first = rows.filter_map(|row| row.split('|').nth(1));
        first.flat_map(|cell| cell.split(',').filter_map(|word| word.trim().trim_start_matches("AADSTS").parse().ok())).collect()
    }

    #[test]
    fn the_guide_and_the_program_know_the_same_codes() {
        let program: BTreeSet<u32> = (0..10_000_000).filter(|code| known(*code).is_some()).collect();
        assert_eq!(program, guide());
        let unknown = title(&explain(&SignInError::ErrorResponse(Box::default())));
        for code in program {
            let explanation =
                explain(&SignInError::ErrorResponse(Box::new(ErrorResponse { codes: vec![code], ..ErrorResponse::default() })));
            assert_ne!(title(&explanation), unknown, "{code}");
            assert_eq!(explanation.code, format!("AADSTS{code}"));
        }
    }

    #[test]
    fn common_gaps_in_a_registration_have_texts_of_their_own() {
        let titles: BTreeSet<String> = [650_057, 70_011, 500_011, 700_016]
            .map(|code| {
                title(&explain(&SignInError::ErrorResponse(Box::new(ErrorResponse { codes: vec![code], ..ErrorResponse::default() }))))
            })
            .into();
        assert_eq!(titles.len(), 4, "{titles:?}");
    }

    #[test]
    fn an_unknown_code_shows_entras_message_and_ids() {
        let response = ErrorResponse::from_description(
            "invalid_request",
            "AADSTS999999: Something new.\r\nTrace ID: t\r\nCorrelation ID: c\r\nTimestamp: now",
            "",
            None,
        );
        let explanation = explain(&SignInError::ErrorResponse(Box::new(response)));
        assert_eq!(title(&explanation), messages::ENTRA_REFUSED.text());
        assert_eq!((explanation.code.as_str(), explanation.message.as_str()), ("AADSTS999999", "AADSTS999999: Something new."));
        assert_eq!((explanation.correlation_id.as_str(), explanation.trace_id.as_str(), explanation.timestamp.as_str()), ("c", "t", "now"));
    }

    #[test]
    fn every_failed_check_is_explained() {
        let table = [
            (InvalidResponse::State, messages::ANSWER_NOT_OURS),
            (InvalidResponse::Nonce, messages::ANSWER_FORGED),
            (InvalidResponse::Issuer, messages::ANSWER_FORGED),
            (InvalidResponse::Audience, messages::ANSWER_FORGED),
            (InvalidResponse::Algorithm, messages::ANSWER_FORGED),
            (InvalidResponse::Signature, messages::ANSWER_FORGED),
            (InvalidResponse::Expired, messages::ANSWER_OUT_OF_TIME),
            (InvalidResponse::NotYetValid, messages::ANSWER_OUT_OF_TIME),
            (InvalidResponse::Tenant, messages::OTHER_DIRECTORY),
            (InvalidResponse::Account, messages::OTHER_ACCOUNT),
            (InvalidResponse::App, messages::ANSWER_OF_OTHER_APP),
        ];
        for (check, message) in table {
            assert_eq!(title(&explain(&SignInError::InvalidResponse(check))), message.text(), "{check}");
        }
    }

    #[test]
    fn the_wait_is_shown() {
        let busy = ErrorResponse { status: 429, retry_after: Some(9), ..ErrorResponse::default() };
        let explanation = explain(&SignInError::ErrorResponse(Box::new(busy)));
        assert_eq!(explanation.advice.map(|advice| advice.text()).as_deref(), Some("Wait 9 seconds and try again."));
    }
}
