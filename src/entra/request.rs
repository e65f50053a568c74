//! The authorization request: the address a person goes to, and what this tab keeps until the answer comes. Code with
//! PKCE (RFC 7636, S256), a one-time state, a nonce; the answer comes after `#`, which no server sees.

use oauth2::{CsrfToken, PkceCodeChallenge, PkceCodeVerifier, Scope};

use super::app::{App, OPENID_SCOPES};
use super::challenge::merged;
use super::pending::Pending;
use super::secret::{Secret, base64url};
use super::token::client;
use crate::arm::guid::Guid;
use crate::arm::percent::encode;

/// How the answer comes back. Its first letter stands before the state, so that `auth.js` knows where to take it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// This tab leaves and comes back.
    Redirect,
    /// A window of its own.
    Popup,
    /// A frame nobody sees, for a silent try.
    Frame,
}

impl Way {
    /// What stands before the state.
    pub fn letter(self) -> &'static str {
        match self {
            Self::Redirect => "r",
            Self::Popup => "p",
            Self::Frame => "f",
        }
    }
}

/// What a person, or Entra's session alone, is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ask {
    /// The directory: an id, a domain, or `organizations`.
    pub tenant: String,
    /// `select_account`, `none`, ...
    pub prompt: Option<&'static str>,
    /// The account, where it is known.
    pub login_hint: Option<String>,
    /// The claims that a challenge asks for, as JSON.
    pub claims: Option<String>,
    /// The `home_account_id` of the account that has to answer; any account where it is none.
    pub account: Option<String>,
}

/// Fresh random bytes for one request.
#[derive(Clone)]
pub struct Fresh {
    /// For the state.
    pub state: [u8; 16],
    /// For the nonce.
    pub nonce: [u8; 16],
    /// For the verifier.
    pub verifier: [u8; 32],
    /// For the id by which Entra's support finds it.
    pub correlation: Guid,
}

/// The address to go to, and what to keep.
pub fn authorize(app: &App, ask: &Ask, way: Way, fresh: &Fresh, page: &str, now: u64) -> Option<(String, Pending)> {
    let pending = Pending {
        state: [way.letter(), ".", &base64url(&fresh.state)].concat(),
        nonce: base64url(&fresh.nonce),
        verifier: Secret::new(base64url(&fresh.verifier)),
        tenant: ask.tenant.clone(),
        claims: ask.claims.clone(),
        page: page.to_owned(),
        asked: now,
        account: ask.account.clone(),
        app: app.binding(),
    };
    let client = client(app, &ask.tenant)?;
    let challenge = PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(pending.verifier.reveal().to_owned()));
    let state = pending.state.clone();
    let mut request = client
        .authorize_url(move || CsrfToken::new(state))
        .set_pkce_challenge(challenge)
        .add_scope(Scope::new(app.authority.scope().to_owned()))
        .add_scopes(OPENID_SCOPES.map(|scope| Scope::new(scope.to_owned())))
        .add_extra_param("response_mode", "fragment")
        .add_extra_param("nonce", pending.nonce.clone())
        .add_extra_param("client_info", "1")
        .add_extra_param("claims", merged(ask.claims.as_deref()))
        .add_extra_param("client-request-id", fresh.correlation.as_str());
    if let Some(prompt) = ask.prompt {
        request = request.add_extra_param("prompt", prompt);
    }
    if let Some(hint) = &ask.login_hint {
        request = request.add_extra_param("login_hint", hint.as_str());
    }
    Some((request.url().0.into(), pending))
}

/// Where a person signs out of Entra, and comes back from.
pub fn logout(app: &App, tenant: &str, login_hint: Option<&str>) -> String {
    let mut address = [&app.authority.logout(tenant), "?post_logout_redirect_uri=", &encode(&app.redirect)].concat();
    if let Some(hint) = login_hint {
        address.push_str("&logout_hint=");
        address.push_str(&encode(hint));
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arm::azure_cloud::AzureCloud;
    use crate::arm::percent::pairs;
    use crate::entra::authority::Authority;
    use crate::entra::challenge::CAPABILITIES;
    use crate::entra::pending::PENDING_MAX;

    fn app() -> App {
        App {
            authority: Authority::of(&AzureCloud::default()).unwrap(),
            client: Guid::parse("11111111-2222-3333-4444-555555555555").unwrap(),
            redirect: "https://identity.example/auth.html".into(),
        }
    }

    fn fresh() -> Fresh {
        // RFC 7636, appendix B.
        let verifier = [
            116, 24, 223, 180, 151, 153, 224, 37, 79, 250, 96, 125, 216, 173, 187, 186, 22, 212, 37, 77, 105, 214, 191, 240, 91, 88, 5, 88,
            83, 132, 141, 121,
        ];
        Fresh { state: [0; 16], nonce: [255; 16], verifier, correlation: Guid::from_bytes([1; 16]) }
    }

    fn asked(ask: &Ask) -> (Vec<(String, String)>, Pending) {
        let (address, pending) = authorize(&app(), ask, Way::Redirect, &fresh(), "/create", 5).unwrap();
        let (path, query) = address.split_once('?').unwrap();
        assert_eq!(path, "https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize");
        (pairs(query).collect(), pending)
    }

    #[test]
    fn it_says_all_it_has_to() {
        let ask = Ask { tenant: "organizations".into(), ..Ask::default() };
        let (found, pending) = asked(&ask);
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
    fn prompt_hint_and_claims_are_added_when_asked_for() {
        let ask = Ask {
            tenant: "organizations".into(),
            prompt: Some("select_account"),
            login_hint: Some("ada@contoso.example".into()),
            claims: Some(r#"{"access_token":{"acrs":{"essential":true,"value":"p1"}}}"#.into()),
            account: Some("oid.tid".into()),
        };
        let (found, pending) = asked(&ask);
        let value = |name: &str| found.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        assert_eq!((value("prompt"), value("login_hint")), (Some("select_account"), Some("ada@contoso.example")));
        assert_eq!(value("claims"), Some(r#"{"access_token":{"acrs":{"essential":true,"value":"p1"},"xms_cc":{"values":["cp1"]}}}"#));
        assert_eq!((pending.claims, pending.account), (ask.claims, ask.account));
    }

    #[test]
    fn what_is_kept_is_read_again_for_an_hour() {
        let (_, pending) = asked(&Ask {
            tenant: "organizations".into(),
            claims: Some("{\"a\":\"&=\"}".into()),
            account: Some("oid.tid".into()),
            ..Ask::default()
        });
        let kept = pending.write();
        assert_eq!(Pending::read(&kept, 5), Some(pending.clone()));
        assert_eq!(Pending::read(&kept, 5 + PENDING_MAX), Some(pending.clone()));
        assert_eq!(Pending::read(&kept, 6 + PENDING_MAX), None, "too old");
        assert_eq!(Pending::read(&kept, 4), None, "the clock was turned back");
        assert_eq!(Pending::read("", 5), None);
        assert_eq!(Pending::read(kept.split("&app=").next().unwrap(), 5), None, "bound to no app");
        assert!(!format!("{pending:?}").contains(pending.verifier.reveal()));
    }

    #[test]
    fn signing_out_comes_back() {
        assert_eq!(
            logout(&app(), "t", Some("O.x")),
            "https://login.microsoftonline.com/t/oauth2/v2.0/logout?post_logout_redirect_uri=https%3A%2F%2Fidentity.example%2Fauth.html&logout_hint=O.x"
        );
    }
}
