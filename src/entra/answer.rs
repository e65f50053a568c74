//! The answer to an authorization request, as `auth.html` hands it on: a code or an error, and only for the one question
//! that this tab asked.

use super::app::App;
use super::error::{Forgery, Refusal, SignInError};
use super::pending::Pending;
use super::secret::Secret;
use crate::arm::guid::Guid;
use crate::arm::percent::pairs;

/// The only keys that are ever read of an answer; `public/auth.js` passes on the same and no others.
pub const KEYS: [&str; 10] =
    ["code", "state", "error", "error_description", "error_subcode", "suberror", "claims", "client_info", "iss", "session_state"];

/// The state of an answer, by which its question is found.
pub fn state(answer: &str) -> Option<String> {
    pairs(answer).find(|(key, _)| key == "state").map(|(_, state)| state)
}

/// What an answer brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The code, good for one use.
    pub code: Secret,
    /// Who says that they answered (RFC 9207), where they say it: has to be the id token's issuer too.
    pub issuer: Option<String>,
}

/// The code in `answer`, the text after `#`, held against its question.
///
/// # Errors
/// When it answers another question, one that was asked under another configuration, comes from elsewhere, or is an error.
pub fn read(answer: &str, pending: &Pending, app: &App) -> Result<Answered, SignInError> {
    let authority = &app.authority;
    let mut values: [Option<String>; KEYS.len()] = Default::default();
    for (key, value) in pairs(answer) {
        if let Some(place) = KEYS.iter().position(|known| *known == key) {
            // A key that stands twice is nothing Entra sends.
            if values[place].replace(value).is_some() {
                return Err(SignInError::NotUnderstood("answer"));
            }
        }
    }
    let [code, state, error, description, subcode, suberror, claims, _, issuer, _] = values;
    if state.as_deref() != Some(pending.state.as_str()) {
        return Err(SignInError::Forged(Forgery::State));
    }
    if pending.app != app.binding() {
        return Err(SignInError::Forged(Forgery::App));
    }
    if let Some(error) = error {
        let closer = suberror.or(subcode).unwrap_or_default();
        if closer == "cancel" {
            return Err(SignInError::Cancelled);
        }
        let refusal = Refusal::of_words(&error, &description.unwrap_or_default(), &closer, claims);
        return Err(SignInError::Refused(Box::new(refusal)));
    }
    let ours = |issuer: &String| match Guid::parse(&pending.tenant) {
        Some(tenant) => *issuer == authority.issuer(tenant.as_str()),
        None => issuer.rsplit('/').nth(1).is_some_and(|tenant| *issuer == authority.issuer(tenant)),
    };
    if issuer.as_ref().is_some_and(|issuer| !ours(issuer)) {
        return Err(SignInError::Forged(Forgery::Issuer));
    }
    let code = code.filter(|code| !code.is_empty()).map(Secret::new).ok_or(SignInError::NotUnderstood("code"))?;
    Ok(Answered { code, issuer })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arm::azure_cloud::AzureCloud;
    use crate::entra::authority::Authority;

    const TENANT: &str = "aaaaaaaa-0000-4000-8000-000000000001";

    fn code(answer: &str) -> Result<Secret, SignInError> {
        code_of("organizations", answer)
    }

    fn app() -> App {
        App {
            authority: Authority::of(&AzureCloud::default()).unwrap(),
            client: Guid::parse("11111111-2222-3333-4444-555555555555").unwrap(),
            redirect: "https://identity.example/auth.html".into(),
        }
    }

    fn pending(tenant: &str) -> Pending {
        Pending {
            state: "r.s".into(),
            nonce: "n".into(),
            verifier: Secret::new("v"),
            tenant: tenant.into(),
            claims: None,
            page: String::new(),
            asked: 0,
            account: None,
            app: app().binding(),
        }
    }

    fn code_of(tenant: &str, answer: &str) -> Result<Secret, SignInError> {
        read(answer, &pending(tenant), &app()).map(|answered| answered.code)
    }

    #[test]
    fn an_answer_asked_for_under_another_configuration_is_refused() {
        let answer = "code=0.AX-1&state=r.s";
        let government = Authority::of(&AzureCloud::known("AzureUSGovernment").unwrap()).unwrap();
        let others = [
            App { client: Guid::parse("99999999-2222-3333-4444-555555555555").unwrap(), ..app() },
            App { authority: government, ..app() },
            App { redirect: "https://identity.example/other/auth.html".into(), ..app() },
        ];
        for other in others {
            let read = read(answer, &pending("organizations"), &other);
            assert_eq!(read, Err(SignInError::Forged(Forgery::App)), "{other:?}");
        }
    }

    #[test]
    fn whoever_answered_is_who_was_asked() {
        let from = |tenant: &str| format!("code=a&state=r.s&iss=https://login.microsoftonline.com/{tenant}/v2.0");
        assert!(code_of(TENANT, &from(TENANT)).is_ok());
        assert_eq!(code_of(TENANT, &from("aaaaaaaa-0000-4000-8000-000000000002")), Err(SignInError::Forged(Forgery::Issuer)));
        assert!(code_of("organizations", &from(TENANT)).is_ok(), "the id token says more");
    }

    #[test]
    fn a_code_for_our_question() {
        for answer in [
            "code=0.AX-1&state=r.s",
            "code=0.AX-1&state=r.s&session_state=x&client_info=y&token=z",
            "state=r.s&iss=https%3A%2F%2Flogin.microsoftonline.com%2Faaaa%2Fv2.0&code=0.AX-1",
        ] {
            assert_eq!(code(answer), Ok(Secret::new("0.AX-1")), "{answer}");
        }
        assert_eq!(state("code=a&state=r.s").as_deref(), Some("r.s"));
    }

    #[test]
    fn everything_else_is_refused() {
        let table = [
            ("", SignInError::Forged(Forgery::State)),
            ("code=a", SignInError::Forged(Forgery::State)),
            ("code=a&state=r.other", SignInError::Forged(Forgery::State)),
            ("code=a&state=r.s&state=r.s", SignInError::NotUnderstood("answer")),
            ("code=a&code=b&state=r.s", SignInError::NotUnderstood("answer")),
            ("error=access_denied&state=r.other", SignInError::Forged(Forgery::State)),
            ("state=r.s", SignInError::NotUnderstood("code")),
            ("code=&state=r.s", SignInError::NotUnderstood("code")),
            ("access_token=a&state=r.s", SignInError::NotUnderstood("code")),
            ("code=a&state=r.s&iss=https%3A%2F%2Flogin.evil.example%2Faaaa%2Fv2.0", SignInError::Forged(Forgery::Issuer)),
            ("code=a&state=r.s&iss=x", SignInError::Forged(Forgery::Issuer)),
            ("error=access_denied&error_subcode=cancel&state=r.s", SignInError::Cancelled),
        ];
        for (answer, error) in table {
            assert_eq!(code(answer), Err(error), "{answer}");
        }
    }

    #[test]
    fn an_error_is_read() {
        let Err(SignInError::Refused(refusal)) =
            code("error=interaction_required&error_description=AADSTS50076%3A+More.&suberror=basic_action&claims=%7B%7D&state=r.s")
        else {
            panic!("it is an error")
        };
        assert_eq!(
            (refusal.codes.as_slice(), refusal.suberror.as_str(), refusal.claims.as_deref()),
            (&[50_076][..], "basic_action", Some("{}"))
        );
    }
}
