//! The session: accounts, access tokens, and the next step when a token is needed. Access tokens are kept by account, directory,
//! scope and claims, so that none is used for another account. Decisions are data: [`Session::next`] gives the step, and the caller
//! carries it out and comes back with the result.

use super::account::{Account, refresh_token};
use super::authorization_request::AuthorizationRequest;
use super::id_token::IdToken;
use super::secret::Secret;
use super::token::Tokens;

/// How long before it expires a token is renewed, in milliseconds, as in MSAL; a token that lives shorter, at half its lifetime.
const RENEWAL_OFFSET: u64 = 300_000;

/// An access token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessToken {
    /// The account.
    pub home_account_id: String,
    /// The directory.
    pub tenant: String,
    /// The scope.
    pub scope: String,
    /// The claims that were requested beyond the usual ones, as JSON.
    pub claims: Option<String>,
    /// The token.
    pub secret: Secret,
    /// When it was requested, in milliseconds since 1970.
    pub requested_at: u64,
    /// When it expires, in milliseconds since 1970.
    pub expires_at: u64,
    /// When Entra recommends to renew it (`refresh_in`), in milliseconds since 1970.
    pub refresh_at: Option<u64>,
}

impl AccessToken {
    /// Whether it is valid at `now`. Not where `now` is before it was requested: the clock was turned back.
    fn is_valid(&self, now: u64) -> bool {
        let offset = RENEWAL_OFFSET.min(self.expires_at.saturating_sub(self.requested_at) / 2);
        self.requested_at <= now && now < self.expires_at.saturating_sub(offset)
    }
}

/// The token that is needed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TokenRequest {
    /// The scope.
    pub scope: String,
    /// The claims of a claims challenge: only a token that was requested with the same claims will do.
    pub claims: Option<String>,
    /// The token that was rejected: any but this one.
    pub rejected_token: Option<Secret>,
}

/// What was already tried for a token request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Attempted {
    /// The refresh token.
    pub refresh_token: bool,
    /// A hidden iframe.
    pub iframe: bool,
}

/// The next step to a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Use this token.
    Use(Secret),
    /// Redeem the account's refresh token.
    Refresh {
        /// The account.
        home_account_id: String,
        /// Its refresh token.
        refresh_token: Secret,
        /// The directory.
        tenant: String,
        /// The claims of a claims challenge, as JSON.
        claims: Option<String>,
    },
    /// Send the request silently, in a hidden iframe.
    Iframe(AuthorizationRequest),
    /// Ask the person to sign in.
    Interact(AuthorizationRequest),
}

/// The session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Session {
    accounts: Vec<Account>,
    /// The `home_account_id` of the account in use.
    active: Option<String>,
    /// The directory in use, where it is not the account's own.
    directory: Option<String>,
    access_tokens: Vec<AccessToken>,
}

/// How far the clock may be corrected while a page is open, in milliseconds.
const SKEW: u64 = 60_000;

/// Why a sign-in timed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timeout {
    /// Nobody used the page.
    Idle,
    /// The person signed in too long ago.
    Absolute,
}

/// Whether less than `duration` has passed since `since`. All in milliseconds.
pub fn is_within(since: u64, duration: u64, now: u64) -> bool {
    since <= now.saturating_add(SKEW) && now.saturating_sub(since) < duration
}

impl Session {
    pub(super) fn restored(
        accounts: Vec<Account>,
        active: Option<String>,
        directory: Option<String>,
        access_tokens: Vec<AccessToken>,
    ) -> Self {
        Self { accounts, active, directory, access_tokens }
    }

    /// The accounts, in the order in which they signed in.
    pub fn accounts(&self) -> &[Account] {
        &self.accounts
    }

    /// Whether the account is signed in.
    pub fn has_account(&self, home_account_id: &str) -> bool {
        self.accounts.iter().any(|account| account.home_account_id == home_account_id)
    }

    pub(super) fn access_tokens(&self) -> &[AccessToken] {
        &self.access_tokens
    }

    /// The directory in use, where it is not the account's own.
    pub(super) fn switched_tenant(&self) -> Option<&str> {
        self.directory.as_deref()
    }

    /// The account in use.
    pub fn account(&self) -> Option<&Account> {
        let active = self.active.as_deref()?;
        self.accounts.iter().find(|account| account.home_account_id == active)
    }

    /// The directory in use.
    pub fn tenant(&self) -> Option<&str> {
        self.directory.as_deref().or_else(|| self.account().map(|account| account.tenant.as_str()))
    }

    /// Whether `secret` is a token of the account and the directory in use.
    pub fn is_active_token(&self, secret: &Secret) -> bool {
        let (account, tenant) = (self.active.as_deref(), self.tenant());
        let is_active = |token: &AccessToken| Some(token.home_account_id.as_str()) == account && Some(token.tenant.as_str()) == tenant;
        self.access_tokens.iter().any(|token| token.secret == *secret && is_active(token))
    }

    /// The request that signs the account in use in again, with these claims.
    pub fn authorization_request(&self, claims: Option<String>) -> Option<AuthorizationRequest> {
        Some(authorization_request(self.account()?, self.tenant()?.to_owned(), claims))
    }

    /// The next step to a token. `tenant`: the directory to request where nobody has signed in yet.
    pub fn next(&self, request: &TokenRequest, attempted: Attempted, tenant: &str, now: u64) -> Step {
        let Some(account) = self.account() else {
            let claims = request.claims.clone();
            return Step::Interact(AuthorizationRequest { tenant: tenant.to_owned(), claims, ..AuthorizationRequest::default() });
        };
        let tenant = self.tenant().unwrap_or(tenant).to_owned();
        let token = self.valid_token(account, &tenant, request, now);
        let refresh_token = account.refresh_token.as_ref();
        let refresh_token = refresh_token.filter(|token| !attempted.refresh_token && token.expires_at.is_none_or(|end| now < end));
        match (token, refresh_token) {
            (Some(token), Some(_)) if token.refresh_at.is_none_or(|refresh_at| now < refresh_at) => Step::Use(token.secret.clone()),
            (Some(token), None) => Step::Use(token.secret.clone()),
            (_, Some(refresh_token)) => Step::Refresh {
                home_account_id: account.home_account_id.clone(),
                refresh_token: refresh_token.secret.clone(),
                tenant,
                claims: request.claims.clone(),
            },
            (None, None) => {
                let request = authorization_request(account, tenant, request.claims.clone());
                if attempted.iframe {
                    Step::Interact(request)
                } else {
                    Step::Iframe(AuthorizationRequest { prompt: Some("none"), ..request })
                }
            }
        }
    }

    fn valid_token(&self, account: &Account, tenant: &str, request: &TokenRequest, now: u64) -> Option<&AccessToken> {
        self.access_tokens.iter().find(|token| {
            token.home_account_id == account.home_account_id
                && token.tenant == tenant
                && token.scope == request.scope
                && request.claims.as_ref().is_none_or(|claims| token.claims.as_ref() == Some(claims))
                && request.rejected_token.as_ref() != Some(&token.secret)
                && token.is_valid(now)
        })
    }

    /// Adds the account and the tokens of a sign-in. `interactive`: by a person, not in a hidden iframe; the account is then the
    /// one in use.
    pub fn add_sign_in(
        &mut self,
        id_token: &IdToken,
        tokens: &Tokens,
        scope: &str,
        claims: Option<&str>,
        requested_at: u64,
        interactive: bool,
    ) {
        let mut account = Account::new(id_token, tokens, requested_at);
        let tenant = account.tenant.clone();
        if let Some(known) = self.accounts.iter_mut().find(|known| known.home_account_id == account.home_account_id) {
            // The account's own directory stays the one it first signed in to.
            account.tenant.clone_from(&known.tenant);
            if !interactive {
                account.signed_in_at = known.signed_in_at;
            }
            *known = account.clone();
        } else {
            self.accounts.push(account.clone());
        }
        if interactive {
            self.directory = (tenant != account.tenant).then(|| tenant.clone());
            self.active = Some(account.home_account_id.clone());
        }
        self.store_token(&account.home_account_id, &tenant, scope, claims, tokens, requested_at);
    }

    /// Stores the tokens for which the account's refresh token was redeemed.
    pub fn add_refreshed(
        &mut self,
        home_account_id: &str,
        tenant: &str,
        scope: &str,
        claims: Option<&str>,
        tokens: &Tokens,
        requested_at: u64,
    ) {
        let Some(known) = self.accounts.iter_mut().find(|known| known.home_account_id == home_account_id) else { return };
        if let Some(mut next) = refresh_token(tokens, requested_at) {
            // It expires with the sign-in: a new one lives no longer than the one before.
            next.expires_at = next.expires_at.or_else(|| known.refresh_token.as_ref().and_then(|token| token.expires_at));
            known.refresh_token = Some(next);
        }
        self.store_token(home_account_id, tenant, scope, claims, tokens, requested_at);
    }

    /// Replaces the former token, which may have been rejected.
    fn store_token(&mut self, home_account_id: &str, tenant: &str, scope: &str, claims: Option<&str>, tokens: &Tokens, requested_at: u64) {
        let key = (home_account_id, tenant, scope);
        self.access_tokens.retain(|token| (token.home_account_id.as_str(), token.tenant.as_str(), token.scope.as_str()) != key);
        let after = |seconds: u64| requested_at.saturating_add(seconds.saturating_mul(1000));
        self.access_tokens.push(AccessToken {
            home_account_id: home_account_id.to_owned(),
            tenant: tenant.to_owned(),
            scope: scope.to_owned(),
            claims: claims.map(str::to_owned),
            secret: tokens.access_token.clone(),
            requested_at,
            expires_at: after(tokens.expires_in),
            refresh_at: tokens.refresh_in.map(after),
        });
    }

    /// Drops the account's refresh token, which Entra rejected.
    pub fn drop_refresh_token(&mut self, home_account_id: &str) {
        if let Some(known) = self.accounts.iter_mut().find(|known| known.home_account_id == home_account_id) {
            known.refresh_token = None;
        }
    }

    /// Drops all refresh tokens: this tab is a copy of another one, and the two would invalidate each other's.
    pub fn drop_refresh_tokens(&mut self) {
        for account in &mut self.accounts {
            account.refresh_token = None;
        }
    }

    /// Uses another directory from now on. `false` where no account is in use.
    pub fn switch_directory(&mut self, tenant: &str) -> bool {
        let Some(own) = self.account().map(|account| account.tenant.clone()) else { return false };
        self.directory = (own != tenant).then(|| tenant.to_owned());
        true
    }

    /// Uses another account from now on. `false` where it is not signed in.
    pub fn switch_account(&mut self, home_account_id: &str) -> bool {
        let is_known = self.has_account(home_account_id);
        if is_known {
            self.active = Some(home_account_id.to_owned());
            self.directory = None;
        }
        is_known
    }

    /// The accounts whose sign-in has timed out at `now`: they signed in longer than `absolute` milliseconds ago, or are idle.
    /// An account that signed in later than `now` (the clock was turned back) is one of them.
    pub fn timed_out(&self, absolute: u64, now: u64, is_idle: impl Fn(&Account) -> bool) -> Vec<(String, Timeout)> {
        let timeout = |account: &Account| match is_within(account.signed_in_at, absolute, now) {
            false => Some(Timeout::Absolute),
            true if is_idle(account) => Some(Timeout::Idle),
            true => None,
        };
        self.accounts.iter().filter_map(|account| Some((account.home_account_id.clone(), timeout(account)?))).collect()
    }

    /// The person signs the account out. Another account, where there is one, is used instead.
    pub fn sign_out(&mut self, home_account_id: &str) {
        self.remove_account(home_account_id);
        if self.active.is_none() {
            self.active = self.accounts.first().map(|account| account.home_account_id.clone());
        }
    }

    /// Removes an account and its tokens, without the person asking for it: no other account is used instead.
    pub fn remove_account(&mut self, home_account_id: &str) {
        self.accounts.retain(|account| account.home_account_id != home_account_id);
        self.access_tokens.retain(|token| token.home_account_id != home_account_id);
        if self.active.as_deref() == Some(home_account_id) {
            self.active = None;
            self.directory = None;
        }
    }
}

fn authorization_request(account: &Account, tenant: String, claims: Option<String>) -> AuthorizationRequest {
    AuthorizationRequest {
        tenant,
        prompt: None,
        login_hint: account.login_hint.clone(),
        claims,
        home_account_id: Some(account.home_account_id.clone()),
    }
}

#[cfg(test)]
mod tests;
