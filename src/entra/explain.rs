//! A sign-in that failed, in a person's words: what it means and what to do. Decided by Entra's numbers; what is not known
//! shows Entra's own words, and every one its ids for support.

use super::error::{Forgery, Refusal, SignInError};
use crate::arm::transport::WireError;
use crate::messages::{self, Message, Sentence};

/// A sign-in error, explained.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// What it means.
    pub title: Option<Sentence>,
    /// What to do.
    pub advice: Option<Sentence>,
    /// Entra's number, such as `AADSTS65001`, or the protocol's word; empty where there is none.
    pub code: String,
    /// Entra's own words; empty where there are none.
    pub words: String,
    /// For support; empty where it is not known.
    pub correlation_id: String,
    /// The `x-ms-client-request-id` we sent to ARM, for support; empty where it is not about ARM.
    pub request_id: String,
    /// For support; empty where it is not known.
    pub trace_id: String,
    /// When, in Entra's writing; empty where it is not known.
    pub timestamp: String,
}

/// Explains `error`.
pub fn explain(error: &SignInError) -> Told {
    match error {
        SignInError::Refused(refusal) => refused(refusal),
        SignInError::Wire(WireError::TimedOut) => plain(messages::ENTRA_TIMED_OUT, messages::ENTRA_UNREACHABLE_ADVICE),
        SignInError::Wire(WireError::PartMissing) => plain(messages::PART_MISSING, messages::PART_MISSING_ADVICE),
        SignInError::Wire(_) => plain(messages::ENTRA_UNREACHABLE, messages::ENTRA_UNREACHABLE_ADVICE),
        SignInError::Forged(Forgery::App) => plain(messages::ANSWER_OF_OTHER_APP, messages::ANSWER_OF_OTHER_APP_ADVICE),
        SignInError::Forged(Forgery::State) => plain(messages::ANSWER_NOT_OURS, messages::ANSWER_NOT_OURS_ADVICE),
        SignInError::Forged(Forgery::Expired | Forgery::Early) => plain(messages::ANSWER_OUT_OF_TIME, messages::ANSWER_OUT_OF_TIME_ADVICE),
        SignInError::Forged(Forgery::Tenant) => plain(messages::OTHER_DIRECTORY, messages::OTHER_DIRECTORY_ADVICE),
        SignInError::Forged(Forgery::Account) => plain(messages::OTHER_ACCOUNT, messages::OTHER_ACCOUNT_ADVICE),
        SignInError::Forged(forgery) => {
            Told { code: forgery.to_string(), ..plain(messages::ANSWER_FORGED, messages::ANSWER_FORGED_ADVICE) }
        }
        SignInError::NotUnderstood(what) => {
            Told { code: (*what).to_owned(), ..plain(messages::ENTRA_NOT_UNDERSTOOD, messages::ENTRA_NOT_UNDERSTOOD_ADVICE) }
        }
        SignInError::Cancelled => plain(messages::SIGN_IN_CANCELLED, messages::SIGN_IN_CANCELLED_ADVICE),
        SignInError::WindowBlocked => plain(messages::WINDOW_BLOCKED, messages::WINDOW_BLOCKED_ADVICE),
        SignInError::NoRandomness => plain(messages::NO_RANDOMNESS, messages::NO_RANDOMNESS_ADVICE),
        SignInError::NoAuthority => plain(messages::NO_AUTHORITY, messages::NO_AUTHORITY_ADVICE),
    }
}

fn plain(title: Message, advice: Message) -> Told {
    Told { title: Some(title.into()), advice: Some(advice.into()), ..Told::default() }
}

fn refused(refusal: &Refusal) -> Told {
    let (title, advice) = refusal.codes.iter().find_map(|code| known(*code)).unwrap_or_else(|| by_word(refusal));
    let advice = match refusal.retry_after {
        Some(seconds) => messages::ENTRA_BUSY_ADVICE.with(seconds),
        None => advice.into(),
    };
    Told {
        title: Some(title.into()),
        advice: Some(advice),
        code: refusal.codes.first().map_or_else(|| refusal.error.clone(), |code| ["AADSTS", &code.to_string()].concat()),
        words: refusal.words().to_owned(),
        correlation_id: refusal.correlation_id.clone(),
        request_id: String::new(),
        trace_id: refusal.trace_id.clone(),
        timestamp: refusal.timestamp.clone(),
    }
}

/// What Entra's numbers mean (learn.microsoft.com, "Microsoft Entra authentication and authorization error codes").
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

/// What is left to go by where the number is not known.
fn by_word(refusal: &Refusal) -> (Message, Message) {
    match refusal.error.as_str() {
        "access_denied" => (messages::SIGN_IN_DENIED, messages::ENTRA_WORDS_ADVICE),
        "temporarily_unavailable" | "server_error" => (messages::ENTRA_IN_TROUBLE, messages::ENTRA_IN_TROUBLE_ADVICE),
        _ if refusal.status == 429 || refusal.status >= 500 => (messages::ENTRA_IN_TROUBLE, messages::ENTRA_IN_TROUBLE_ADVICE),
        _ => (messages::ENTRA_REFUSED, messages::ENTRA_WORDS_ADVICE),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn title(told: &Told) -> String {
        told.title.as_ref().map(Sentence::text).unwrap_or_default()
    }

    /// The numbers in the first column of the guide's table.
    fn guide() -> BTreeSet<u32> {
        let guide = include_str!("../../docs/entra-setup.md");
        let rows = guide.lines().filter(|line| line.starts_with("| AADSTS"));
        let first = rows.filter_map(|row| row.split('|').nth(1));
        first.flat_map(|cell| cell.split(',').filter_map(|word| word.trim().trim_start_matches("AADSTS").parse().ok())).collect()
    }

    #[test]
    fn the_guide_and_the_program_know_the_same_numbers() {
        let program: BTreeSet<u32> = (0..10_000_000).filter(|code| known(*code).is_some()).collect();
        assert_eq!(program, guide());
        let unknown = title(&explain(&SignInError::Refused(Box::default())));
        for code in program {
            let told = explain(&SignInError::Refused(Box::new(Refusal { codes: vec![code], ..Refusal::default() })));
            assert_ne!(title(&told), unknown, "{code}");
            assert_eq!(told.code, format!("AADSTS{code}"));
        }
    }

    #[test]
    fn what_a_registration_commonly_lacks_has_words_of_its_own() {
        let titles: BTreeSet<String> = [650_057, 70_011, 500_011, 700_016]
            .map(|code| title(&explain(&SignInError::Refused(Box::new(Refusal { codes: vec![code], ..Refusal::default() })))))
            .into();
        assert_eq!(titles.len(), 4, "{titles:?}");
    }

    #[test]
    fn what_is_not_known_keeps_entras_words_and_ids() {
        let refusal = Refusal::of_words(
            "invalid_request",
            "AADSTS999999: Something new.\r\nTrace ID: t\r\nCorrelation ID: c\r\nTimestamp: now",
            "",
            None,
        );
        let told = explain(&SignInError::Refused(Box::new(refusal)));
        assert_eq!(title(&told), messages::ENTRA_REFUSED.text());
        assert_eq!((told.code.as_str(), told.words.as_str()), ("AADSTS999999", "AADSTS999999: Something new."));
        assert_eq!((told.correlation_id.as_str(), told.trace_id.as_str(), told.timestamp.as_str()), ("c", "t", "now"));
    }

    #[test]
    fn every_forgery_is_told() {
        let table = [
            (Forgery::State, messages::ANSWER_NOT_OURS),
            (Forgery::Nonce, messages::ANSWER_FORGED),
            (Forgery::Issuer, messages::ANSWER_FORGED),
            (Forgery::Audience, messages::ANSWER_FORGED),
            (Forgery::Algorithm, messages::ANSWER_FORGED),
            (Forgery::Signature, messages::ANSWER_FORGED),
            (Forgery::Expired, messages::ANSWER_OUT_OF_TIME),
            (Forgery::Early, messages::ANSWER_OUT_OF_TIME),
            (Forgery::Tenant, messages::OTHER_DIRECTORY),
            (Forgery::Account, messages::OTHER_ACCOUNT),
            (Forgery::App, messages::ANSWER_OF_OTHER_APP),
        ];
        for (forgery, message) in table {
            assert_eq!(title(&explain(&SignInError::Forged(forgery))), message.text(), "{forgery}");
        }
    }

    #[test]
    fn a_wait_is_told() {
        let busy = Refusal { status: 429, retry_after: Some(9), ..Refusal::default() };
        let told = explain(&SignInError::Refused(Box::new(busy)));
        assert_eq!(told.advice.map(|advice| advice.text()).as_deref(), Some("Wait 9 seconds and try again."));
    }
}
