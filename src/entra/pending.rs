//! What the tab keeps of an authorization request until the answer comes.

use super::secret::Secret;
use crate::arm::percent::{encode, pairs};

/// How long an answer may take, in milliseconds: an hour, after which the question is forgotten.
pub const PENDING_MAX: u64 = 60 * 60 * 1000;

/// What is kept until the answer comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// The one-time state.
    pub state: String,
    /// The nonce.
    pub nonce: String,
    /// The verifier (PKCE).
    pub verifier: Secret,
    /// The directory that was asked for.
    pub tenant: String,
    /// The claims that were asked for.
    pub claims: Option<String>,
    /// The page to come back to: what stands after `#`. One of our own addresses, never a whole one.
    pub page: String,
    /// When it was asked, in milliseconds since 1970.
    pub asked: u64,
    /// The `home_account_id` of the account that has to answer; any account where it is none.
    pub account: Option<String>,
    /// The [`App::binding`] of the app that asked.
    pub app: String,
}

impl Pending {
    /// As the tab keeps it.
    pub fn write(&self) -> String {
        let asked = self.asked.to_string();
        let mut text = String::new();
        for (key, value) in [
            ("state", self.state.as_str()),
            ("nonce", &self.nonce),
            ("verifier", self.verifier.reveal()),
            ("tenant", &self.tenant),
            ("claims", self.claims.as_deref().unwrap_or_default()),
            ("page", &self.page),
            ("asked", &asked),
            ("account", self.account.as_deref().unwrap_or_default()),
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

    /// What such a text says, unless it is too old.
    pub fn read(text: &str, now: u64) -> Option<Self> {
        let value = |wanted: &str| pairs(text).find(|(key, _)| key == wanted).map(|(_, value)| value).filter(|value| !value.is_empty());
        let asked = value("asked")?.parse().ok()?;
        let pending = Self {
            state: value("state")?,
            nonce: value("nonce")?,
            verifier: Secret::new(value("verifier")?),
            tenant: value("tenant")?,
            claims: value("claims"),
            page: value("page").unwrap_or_default(),
            asked,
            account: value("account"),
            app: value("app")?,
        };
        (now >= asked && now - asked <= PENDING_MAX).then_some(pending)
    }
}
