//! The authorization response, as `auth.html` passes it on: a code or an error, valid only for the request that this tab sent.

use super::app::App;
use super::error::{ErrorResponse, InvalidResponse, SignInError};
use super::pending_authorization::PendingAuthorization;
use super::secret::Secret;
use crate::arm::guid::Guid;
use crate::arm::percent::pairs;

/// The only parameters that are read; `public/auth.js` passes on the same ones.
pub const PARAMETERS: [&str; 10] =
    ["code", "state", "error", "error_description", "error_subcode", "suberror", "claims", "client_info", "iss", "session_state"];

/// The state of a response, which says which request it belongs to.
pub fn state(fragment: &str) -> Option<String> {
    pairs(fragment).find(|(key, _)| key == "state").map(|(_, state)| state)
}

/// A successful response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorizationResponse {
    /// The authorization code. It can be redeemed once.
    pub code: Secret,
    /// The `iss` parameter (RFC 9207), where there is one: it has to be the issuer of the id token, too.
    pub issuer: Option<String>,
}

/// Validates the response in `fragment` (without `#`) against its request.
///
/// # Errors
/// When it is the response to another request, to one sent under another configuration, from another issuer, or an error.
pub fn validate(fragment: &str, pending: &PendingAuthorization, app: &App) -> Result<AuthorizationResponse, SignInError> {
    let authority = &app.authority;
    let mut values: [Option<String>; PARAMETERS.len()] = Default::default();
    for (key, value) in pairs(fragment) {
        if let Some(index) = PARAMETERS.iter().position(|known| *known == key) {
            // Entra sends no parameter twice.
            if values[index].replace(value).is_some() {
                return Err(SignInError::NotUnderstood("answer"));
            }
        }
    }
    let [code, state, error, description, subcode, suberror, claims, _, issuer, _] = values;
    if state.as_deref() != Some(pending.state.as_str()) {
        return Err(SignInError::InvalidResponse(InvalidResponse::State));
    }
    if pending.app != app.binding() {
        return Err(SignInError::InvalidResponse(InvalidResponse::App));
    }
    if let Some(error) = error {
        let suberror = suberror.or(subcode).unwrap_or_default();
        if suberror == "cancel" {
            return Err(SignInError::Cancelled);
        }
        let response = ErrorResponse::from_description(&error, &description.unwrap_or_default(), &suberror, claims);
        return Err(SignInError::ErrorResponse(Box::new(response)));
    }
    let is_expected = |issuer: &String| match Guid::parse(&pending.tenant) {
        Some(tenant) => *issuer == authority.issuer(tenant.as_str()),
        None => issuer.rsplit('/').nth(1).is_some_and(|tenant| *issuer == authority.issuer(tenant)),
    };
    if issuer.as_ref().is_some_and(|issuer| !is_expected(issuer)) {
        return Err(SignInError::InvalidResponse(InvalidResponse::Issuer));
    }
    let code = code.filter(|code| !code.is_empty()).map(Secret::new).ok_or(SignInError::NotUnderstood("code"))?;
    Ok(AuthorizationResponse { code, issuer })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arm::azure_cloud::AzureCloud;
    use crate::entra::authority::Authority;

    const TENANT: &str = "aaaaaaaa-0000-4000-8000-000000000001";

    fn code(fragment: &str) -> Result<Secret, SignInError> {
        code_of("organizations", fragment)
    }

    fn app() -> App {
        App {
            authority: Authority::of(&AzureCloud::default()).unwrap(),
            client_id: Guid::parse("11111111-2222-3333-4444-555555555555").unwrap(),
            redirect_uri: "https://identity.example/auth.html".into(),
        }
    }

    fn pending(tenant: &str) -> PendingAuthorization {
        PendingAuthorization {
            state: "r.s".into(),
            nonce: "n".into(),
            verifier: Secret::new("v"),
            tenant: tenant.into(),
            claims: None,
            page: String::new(),
            requested_at: 0,
            home_account_id: None,
            app: app().binding(),
        }
    }

    fn code_of(tenant: &str, fragment: &str) -> Result<Secret, SignInError> {
        validate(fragment, &pending(tenant), &app()).map(|response| response.code)
    }

    #[test]
    fn a_response_to_a_request_of_another_configuration_is_rejected() {
        let fragment = "code=0.AX-1&state=r.s";
        let government = Authority::of(&AzureCloud::known("AzureUSGovernment").unwrap()).unwrap();
        let others = [
            App { client_id: Guid::parse("99999999-2222-3333-4444-555555555555").unwrap(), ..app() },
            App { authority: government, ..app() },
            App { redirect_uri: "https://identity.example/other/auth.html".into(), ..app() },
        ];
        for other in others {
            let response = validate(fragment, &pending("organizations"), &other);
            assert_eq!(response, Err(SignInError::InvalidResponse(InvalidResponse::App)), "{other:?}");
        }
    }

    #[test]
    fn the_issuer_has_to_be_of_the_requested_directory() {
        let from = |tenant: &str| format!("code=a&state=r.s&iss=https://login.microsoftonline.com/{tenant}/v2.0");
        assert!(code_of(TENANT, &from(TENANT)).is_ok());
        assert_eq!(
            code_of(TENANT, &from("aaaaaaaa-0000-4000-8000-000000000002")),
            Err(SignInError::InvalidResponse(InvalidResponse::Issuer))
        );
        assert!(code_of("organizations", &from(TENANT)).is_ok(), "the id token decides");
    }

    #[test]
    fn a_code_with_our_state_is_accepted() {
        for fragment in [
            "code=0.AX-1&state=r.s",
            "code=0.AX-1&state=r.s&session_state=x&client_info=y&token=z",
            "state=r.s&iss=https%3A%2F%2Flogin.microsoftonline.com%2Faaaa%2Fv2.0&code=0.AX-1",
        ] {
            assert_eq!(code(fragment), Ok(Secret::new("0.AX-1")), "{fragment}");
        }
        assert_eq!(state("code=a&state=r.s").as_deref(), Some("r.s"));
    }

    #[test]
    fn everything_else_is_rejected() {
        let table = [
            ("", SignInError::InvalidResponse(InvalidResponse::State)),
            ("code=a", SignInError::InvalidResponse(InvalidResponse::State)),
            ("code=a&state=r.other", SignInError::InvalidResponse(InvalidResponse::State)),
            ("code=a&state=r.s&state=r.s", SignInError::NotUnderstood("answer")),
            ("code=a&code=b&state=r.s", SignInError::NotUnderstood("answer")),
            ("error=access_denied&state=r.other", SignInError::InvalidResponse(InvalidResponse::State)),
            ("state=r.s", SignInError::NotUnderstood("code")),
            ("code=&state=r.s", SignInError::NotUnderstood("code")),
            ("access_token=a&state=r.s", SignInError::NotUnderstood("code")),
            ("code=a&state=r.s&iss=https%3A%2F%2Flogin.evil.example%2Faaaa%2Fv2.0", SignInError::InvalidResponse(InvalidResponse::Issuer)),
            ("code=a&state=r.s&iss=x", SignInError::InvalidResponse(InvalidResponse::Issuer)),
            ("error=access_denied&error_subcode=cancel&state=r.s", SignInError::Cancelled),
        ];
        for (fragment, error) in table {
            assert_eq!(code(fragment), Err(error), "{fragment}");
        }
    }

    #[test]
    fn an_error_response_is_read() {
        let Err(SignInError::ErrorResponse(response)) =
            code("error=interaction_required&error_description=AADSTS50076%3A+More.&suberror=basic_action&claims=%7B%7D&state=r.s")
        else {
            panic!("expected an error response")
        };
        assert_eq!(
            (response.codes.as_slice(), response.suberror.as_str(), response.claims.as_deref()),
            (&[50_076][..], "basic_action", Some("{}"))
        );
    }
}
