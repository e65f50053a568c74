//! An account that signed in, and what is kept to get tokens for it.

use super::id_token::Identity;
use super::secret::Secret;
use super::token::Tokens;

/// A refresh token. Each use gives a new one, and makes the one before worthless.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refresh {
    /// The token.
    pub token: Secret,
    /// Until when it is good, in milliseconds since 1970, where Entra said so: 24 hours from signing in for a page.
    pub until: Option<u64>,
}

/// An account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// By what it is known again, whatever the directory.
    pub home: String,
    /// The directory it signed in to first.
    pub tenant: String,
    /// The person's name.
    pub name: String,
    /// What the person types to sign in.
    pub username: String,
    /// What takes Entra straight to this account.
    pub login_hint: Option<String>,
    /// For silent renewal.
    pub refresh: Option<Refresh>,
    /// When the person signed in, in milliseconds since 1970.
    pub since: u64,
}

impl Account {
    /// The account of a sign-in that was checked. `asked`: when the tokens were asked for, in milliseconds since 1970.
    pub fn new(identity: &Identity, tokens: &Tokens, asked: u64) -> Self {
        Self {
            home: identity.home.clone(),
            tenant: identity.tenant.as_str().to_owned(),
            name: identity.name.clone(),
            username: identity.username.clone(),
            login_hint: identity.login_hint.clone(),
            refresh: refresh(tokens, asked),
            since: asked,
        }
    }
}

/// The refresh token that came.
pub(super) fn refresh(tokens: &Tokens, asked: u64) -> Option<Refresh> {
    let until = tokens.refresh_expires_in.map(|seconds| asked.saturating_add(seconds.saturating_mul(1000)));
    tokens.refresh.clone().map(|token| Refresh { token, until })
}
