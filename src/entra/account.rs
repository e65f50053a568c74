//! An account that signed in, with its refresh token.

use super::id_token::IdToken;
use super::secret::Secret;
use super::token::Tokens;

/// A refresh token. Entra replaces it with each use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefreshToken {
    /// The token.
    pub secret: Secret,
    /// When it expires, in milliseconds since 1970, where Entra said so: 24 hours after the sign-in for a single-page app.
    pub expires_at: Option<u64>,
}

/// An account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// MSAL's `homeAccountId`: `uid.utid`, the same in every directory.
    pub home_account_id: String,
    /// The directory it first signed in to.
    pub tenant: String,
    /// The display name.
    pub name: String,
    /// The sign-in name, such as `ada@contoso.example`.
    pub username: String,
    /// The `login_hint` that preselects this account on the sign-in page.
    pub login_hint: Option<String>,
    /// For silent renewal; none once Entra rejected it.
    pub refresh_token: Option<RefreshToken>,
    /// When the person last signed in, in milliseconds since 1970.
    pub signed_in_at: u64,
}

impl Account {
    /// The account of a verified id token. `requested_at`: when the tokens were requested, in milliseconds since 1970.
    pub fn new(id_token: &IdToken, tokens: &Tokens, requested_at: u64) -> Self {
        Self {
            home_account_id: id_token.home_account_id.clone(),
            tenant: id_token.tenant.as_str().to_owned(),
            name: id_token.name.clone(),
            username: id_token.username.clone(),
            login_hint: id_token.login_hint.clone(),
            refresh_token: refresh_token(tokens, requested_at),
            signed_in_at: requested_at,
        }
    }
}

/// The refresh token of a token response.
pub(super) fn refresh_token(tokens: &Tokens, requested_at: u64) -> Option<RefreshToken> {
    let lifetime = tokens.refresh_token_expires_in;
    let expires_at = lifetime.map(|seconds| requested_at.saturating_add(seconds.saturating_mul(1000)));
    tokens.refresh_token.clone().map(|secret| RefreshToken { secret, expires_at })
}
