//! What is remembered of an authorization request until its response arrives.

use super::secret::Secret;
use crate::arm::percent::{encode, pairs};

/// How long a response may take, in milliseconds: an hour, after which the request is dropped.
pub const LIFETIME_MAX: u64 = 60 * 60 * 1000;

/// An authorization request without a response yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingAuthorization {
    /// The one-time state.
    pub state: String,
    /// The nonce that the id token has to repeat.
    pub nonce: String,
    /// The PKCE code verifier.
    pub verifier: Secret,
    /// The directory: an id, a domain, or `organizations`.
    pub tenant: String,
    /// The requested claims, as JSON.
    pub claims: Option<String>,
    /// The page to return to: the fragment of one of our own addresses, never a whole URL.
    pub page: String,
    /// When it was sent, in milliseconds since 1970.
    pub requested_at: u64,
    /// The account that has to sign in; any account where it is `None`.
    pub home_account_id: Option<String>,
    /// The [`App::binding`](super::app::App::binding) of the app that sent it.
    pub app: String,
}

impl PendingAuthorization {
    /// The text that the tab stores, as form-encoded pairs.
    pub fn write(&self) -> String {
        let requested_at = self.requested_at.to_string();
        let mut text = String::new();
        for (key, value) in [
            ("state", self.state.as_str()),
            ("nonce", &self.nonce),
            ("verifier", self.verifier.reveal()),
            ("tenant", &self.tenant),
            ("claims", self.claims.as_deref().unwrap_or_default()),
            ("page", &self.page),
            ("asked", &requested_at),
            ("account", self.home_account_id.as_deref().unwrap_or_default()),
            ("app", &self.app),
        ] {
            if !text.is_empty() {
                text.push('&');
            }
            text.push_str(key);
            text.push('=');
            text.push_str(&encode(value));
        }
        text
    }

    /// Reads the stored text; `None` where it is malformed or older than [`LIFETIME_MAX`].
    pub fn read(text: &str, now: u64) -> Option<Self> {
        let value = |wanted: &str| pairs(text).find(|(key, _)| key == wanted).map(|(_, value)| value).filter(|value| !value.is_empty());
        let requested_at = value("asked")?.parse().ok()?;
        let pending = Self {
            state: value("state")?,
            nonce: value("nonce")?,
            verifier: Secret::new(value("verifier")?),
            tenant: value("tenant")?,
            claims: value("claims"),
            page: value("page").unwrap_or_default(),
            requested_at,
            home_account_id: value("account"),
            app: value("app")?,
        };
        (now >= requested_at && now - requested_at <= LIFETIME_MAX).then_some(pending)
    }
}
