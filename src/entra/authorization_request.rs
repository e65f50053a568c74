//! The authorization request: authorization code flow with PKCE (RFC 7636, S256), a one-time state and a nonce. The response comes
//! in the fragment, which browsers send to no server.

use oauth2::{CsrfToken, PkceCodeChallenge, PkceCodeVerifier, Scope};

use super::app::{App, OPENID_SCOPES};
use super::challenge::with_capabilities;
use super::pending_authorization::PendingAuthorization;
use super::secret::{Secret, base64url};
use super::token::client;
use crate::arm::guid::Guid;
use crate::arm::percent::encode;

/// How the sign-in page is opened, as MSAL's `InteractionType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InteractionType {
    /// This tab navigates to the sign-in page and back.
    Redirect,
    /// In a pop-up window.
    Popup,
    /// In a hidden iframe, without a person.
    Silent,
}

impl InteractionType {
    /// The first letter of the state, from which `auth.js` knows where to pass the response.
    pub fn state_prefix(self) -> &'static str {
        match self {
            Self::Redirect => "r",
            Self::Popup => "p",
            Self::Silent => "f",
        }
    }
}

/// The parameters of an authorization request that vary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuthorizationRequest {
    /// The directory: an id, a domain, or `organizations`.
    pub tenant: String,
    /// `select_account`, `none`, ...
    pub prompt: Option<&'static str>,
    /// The `login_hint` of the account, where it is known.
    pub login_hint: Option<String>,
    /// The claims of a claims challenge, as JSON.
    pub claims: Option<String>,
    /// The account that has to sign in; any account where it is `None`.
    pub home_account_id: Option<String>,
}

/// Random bytes for one request.
#[derive(Clone)]
pub struct Entropy {
    /// For the state.
    pub state: [u8; 16],
    /// For the nonce.
    pub nonce: [u8; 16],
    /// For the PKCE code verifier.
    pub verifier: [u8; 32],
    /// The `client-request-id`, by which Entra's support finds the request.
    pub correlation_id: Guid,
}

/// The URL of the sign-in page, and what to check its response against. `page`: the fragment to return to.
pub fn authorization_url(
    app: &App,
    request: &AuthorizationRequest,
    interaction_type: InteractionType,
    entropy: &Entropy,
    page: &str,
    now: u64,
) -> Option<(String, PendingAuthorization)> {
    let pending = PendingAuthorization {
        state: [interaction_type.state_prefix(), ".", &base64url(&entropy.state)].concat(),
        nonce: base64url(&entropy.nonce),
        verifier: Secret::new(base64url(&entropy.verifier)),
        tenant: request.tenant.clone(),
        claims: request.claims.clone(),
        page: page.to_owned(),
        requested_at: now,
        home_account_id: request.home_account_id.clone(),
        app: app.binding(),
    };
    let client = client(app, &request.tenant)?;
    let challenge = PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(pending.verifier.reveal().to_owned()));
    let state = pending.state.clone();
    let mut url = client
        .authorize_url(move || CsrfToken::new(state))
        .set_pkce_challenge(challenge)
        .add_scope(Scope::new(app.authority.scope().to_owned()))
        .add_scopes(OPENID_SCOPES.map(|scope| Scope::new(scope.to_owned())))
        .add_extra_param("response_mode", "fragment")
        .add_extra_param("nonce", pending.nonce.clone())
        .add_extra_param("client_info", "1")
        .add_extra_param("claims", with_capabilities(request.claims.as_deref()))
        .add_extra_param("client-request-id", entropy.correlation_id.as_str());
    if let Some(prompt) = request.prompt {
        url = url.add_extra_param("prompt", prompt);
    }
    if let Some(hint) = &request.login_hint {
        url = url.add_extra_param("login_hint", hint.as_str());
    }
    Some((url.url().0.into(), pending))
}

/// The URL that signs out of Entra and returns to the redirect URI.
pub fn logout_url(app: &App, tenant: &str, login_hint: Option<&str>) -> String {
    let mut url = [&app.authority.end_session_endpoint(tenant), "?post_logout_redirect_uri=", &encode(&app.redirect_uri)].concat();
    if let Some(hint) = login_hint {
        url.push_str("&logout_hint=");
        url.push_str(&encode(hint));
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arm::azure_cloud::AzureCloud;
    use crate::arm::percent::pairs;
    use crate::entra::authority::Authority;
    use crate::entra::challenge::CAPABILITIES;
    use crate::entra::pending_authorization::LIFETIME_MAX;

    fn app() -> App {
        App {
            authority: Authority::of(&AzureCloud::default()).unwrap(),
            client_id: Guid::parse("11111111-2222-3333-4444-555555555555").unwrap(),
            redirect_uri: "https://identity.example/auth.html".into(),
        }
    }

    fn entropy() -> Entropy {
        // RFC 7636, appendix B.
        let verifier = [
            116, 24, 223, 180, 151, 153, 224, 37, 79, 250, 96, 125, 216, 173, 187, 186, 22, 212, 37, 77, 105, 214, 191, 240, 91, 88, 5, 88,
            83, 132, 141, 121,
        ];
        Entropy { state: [0; 16], nonce: [255; 16], verifier, correlation_id: Guid::from_bytes([1; 16]) }
    }

    fn authorize(request: &AuthorizationRequest) -> (Vec<(String, String)>, PendingAuthorization) {
        let (url, pending) = authorization_url(&app(), request, InteractionType::Redirect, &entropy(), "/create", 5).unwrap();
        let (path, query) = url.split_once('?').unwrap();
        assert_eq!(path, "https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize");
        (pairs(query).collect(), pending)
    }

    #[test]
    fn a_request_has_all_its_parameters() {
        let request = AuthorizationRequest { tenant: "organizations".into(), ..AuthorizationRequest::default() };
        let (found, pending) = authorize(&request);
        let expected = [
            ("response_type", "code"),
            ("client_id", "11111111-2222-3333-4444-555555555555"),
            ("state", "r.AAAAAAAAAAAAAAAAAAAAAA"),
            // RFC 7636, appendix B.
            ("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"),
            ("code_challenge_method", "S256"),
            ("redirect_uri", "https://identity.example/auth.html"),
            ("scope", "https://management.azure.com/user_impersonation openid profile offline_access"),
            ("response_mode", "fragment"),
            ("nonce", "_____________________w"),
            ("client_info", "1"),
            ("claims", CAPABILITIES),
            ("client-request-id", "01010101-0101-0101-0101-010101010101"),
        ];
        assert_eq!(found, expected.map(|(key, value)| (key.to_owned(), value.to_owned())));
        assert_eq!(pending.verifier.reveal(), "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    }

    #[test]
    fn prompt_hint_and_claims_are_optional() {
        let request = AuthorizationRequest {
            tenant: "organizations".into(),
            prompt: Some("select_account"),
            login_hint: Some("ada@contoso.example".into()),
            claims: Some(r#"{"access_token":{"acrs":{"essential":true,"value":"p1"}}}"#.into()),
            home_account_id: Some("oid.tid".into()),
        };
        let (found, pending) = authorize(&request);
        let value = |name: &str| found.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        assert_eq!((value("prompt"), value("login_hint")), (Some("select_account"), Some("ada@contoso.example")));
        assert_eq!(value("claims"), Some(r#"{"access_token":{"acrs":{"essential":true,"value":"p1"},"xms_cc":{"values":["cp1"]}}}"#));
        assert_eq!((pending.claims, pending.home_account_id), (request.claims, request.home_account_id));
    }

    #[test]
    fn a_pending_authorization_is_read_back_for_an_hour() {
        let (_, pending) = authorize(&AuthorizationRequest {
            tenant: "organizations".into(),
            claims: Some("{\"a\":\"&=\"}".into()),
            home_account_id: Some("oid.tid".into()),
            ..AuthorizationRequest::default()
        });
        let stored = pending.write();
        assert_eq!(PendingAuthorization::read(&stored, 5), Some(pending.clone()));
        assert_eq!(PendingAuthorization::read(&stored, 5 + LIFETIME_MAX), Some(pending.clone()));
        assert_eq!(PendingAuthorization::read(&stored, 6 + LIFETIME_MAX), None, "too old");
        assert_eq!(PendingAuthorization::read(&stored, 4), None, "the clock was turned back");
        assert_eq!(PendingAuthorization::read("", 5), None);
        assert_eq!(PendingAuthorization::read(stored.split("&app=").next().unwrap(), 5), None, "bound to no app");
        assert!(!format!("{pending:?}").contains(pending.verifier.reveal()));
    }

    #[test]
    fn signing_out_returns_to_the_redirect_uri() {
        assert_eq!(
            logout_url(&app(), "t", Some("O.x")),
            "https://login.microsoftonline.com/t/oauth2/v2.0/logout?post_logout_redirect_uri=https%3A%2F%2Fidentity.example%2Fauth.html&logout_hint=O.x"
        );
    }
}
