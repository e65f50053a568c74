//! The session: accounts, tokens, and what to do next when a token is wanted. Tokens are kept by account, directory,
//! scope and claims, so that nobody ever gets another's. Deciding is data: [`Session::next`] says the step, whoever
//! called it does it and comes back with what happened.

use super::account::{Account, refresh};
use super::id_token::Identity;
use super::request::Ask;
use super::secret::Secret;
use super::token::Tokens;

/// A token is renewed so long before it ends, in milliseconds, as msal does; one that lives shorter at half its life.
const EARLY: u64 = 300_000;

/// An access token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// The account it speaks for.
    pub account: String,
    /// The directory.
    pub tenant: String,
    /// The scope.
    pub scope: String,
    /// The claims it was asked with, beyond the usual.
    pub claims: Option<String>,
    /// The token.
    pub secret: Secret,
    /// When it was asked for, in milliseconds since 1970.
    pub since: u64,
    /// When it ends.
    pub until: u64,
    /// When Entra would have it renewed, though it is still good.
    pub renew: Option<u64>,
}

impl Token {
    /// Whether it is good now. Before it was asked for (the clock was turned back) nobody knows, so it is not.
    fn is_good(&self, now: u64) -> bool {
        let early = EARLY.min(self.until.saturating_sub(self.since) / 2);
        self.since <= now && now < self.until.saturating_sub(early)
    }
}

/// Which token is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Want {
    /// The scope.
    pub scope: String,
    /// Claims that a challenge asks for: only a token asked with the same will do.
    pub claims: Option<String>,
    /// A token that was refused: any but this one.
    pub instead_of: Option<Secret>,
}

/// What was tried already, for the same want.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tried {
    /// The refresh token.
    pub refresh: bool,
    /// The hidden frame.
    pub frame: bool,
}

/// What to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Use this token.
    Use(Secret),
    /// Trade the account's refresh token.
    Refresh {
        /// The account.
        account: String,
        /// Its refresh token.
        token: Secret,
        /// For this directory.
        tenant: String,
        /// With these claims.
        claims: Option<String>,
    },
    /// Ask Entra's own session, in a frame that nobody sees.
    Frame(Ask),
    /// Ask the person.
    Interact(Ask),
}

/// The session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Session {
    accounts: Vec<Account>,
    active: Option<String>,
    /// The directory in use, where it is another than the account's own.
    directory: Option<String>,
    tokens: Vec<Token>,
}

/// Clocks are corrected by as much while a page is open, in milliseconds.
const SKEW: u64 = 60_000;

/// Why a sign-in ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Nobody used the page.
    Idle,
    /// The person signed in too long ago.
    Absolute,
}

/// Whether what began at `since` and lasts for `longest` lasts still.
pub fn lasts(since: u64, longest: u64, now: u64) -> bool {
    since <= now.saturating_add(SKEW) && now.saturating_sub(since) < longest
}

impl Session {
    pub(super) fn restored(accounts: Vec<Account>, active: Option<String>, directory: Option<String>, tokens: Vec<Token>) -> Self {
        Self { accounts, active, directory, tokens }
    }

    /// The accounts, in the order they signed in.
    pub fn accounts(&self) -> &[Account] {
        &self.accounts
    }

    /// The tokens that are kept.
    pub(super) fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The directory that was switched to.
    pub(super) fn switched(&self) -> Option<&str> {
        self.directory.as_deref()
    }

    /// The account in use.
    pub fn account(&self) -> Option<&Account> {
        let active = self.active.as_deref()?;
        self.accounts.iter().find(|account| account.home == active)
    }

    /// The directory in use.
    pub fn tenant(&self) -> Option<&str> {
        self.directory.as_deref().or_else(|| self.account().map(|account| account.tenant.as_str()))
    }

    /// Whether `secret` is a token of the account and the directory in use.
    pub fn is_in_use(&self, secret: &Secret) -> bool {
        let (account, tenant) = (self.active.as_deref(), self.tenant());
        let fits = |token: &Token| Some(token.account.as_str()) == account && Some(token.tenant.as_str()) == tenant;
        self.tokens.iter().any(|token| token.secret == *secret && fits(token))
    }

    /// What to ask the account in use for where ARM asks for these claims.
    pub fn ask(&self, claims: Option<String>) -> Option<Ask> {
        Some(ask(self.account()?, self.tenant()?.to_owned(), claims))
    }

    /// The next step to a token. `tenant`: the directory to ask for where nobody has signed in yet.
    pub fn next(&self, want: &Want, tried: Tried, tenant: &str, now: u64) -> Step {
        let Some(account) = self.account() else {
            return Step::Interact(Ask { tenant: tenant.to_owned(), claims: want.claims.clone(), ..Ask::default() });
        };
        let tenant = self.tenant().unwrap_or(tenant).to_owned();
        let good = self.good(account, &tenant, want, now);
        let refresh = account.refresh.as_ref().filter(|refresh| !tried.refresh && refresh.until.is_none_or(|until| now < until));
        match (good, refresh) {
            (Some(token), Some(_)) if token.renew.is_none_or(|renew| now < renew) => Step::Use(token.secret.clone()),
            (Some(token), None) => Step::Use(token.secret.clone()),
            (_, Some(refresh)) => {
                Step::Refresh { account: account.home.clone(), token: refresh.token.clone(), tenant, claims: want.claims.clone() }
            }
            (None, None) => {
                let ask = ask(account, tenant, want.claims.clone());
                if tried.frame { Step::Interact(ask) } else { Step::Frame(Ask { prompt: Some("none"), ..ask }) }
            }
        }
    }

    fn good(&self, account: &Account, tenant: &str, want: &Want, now: u64) -> Option<&Token> {
        self.tokens.iter().find(|token| {
            token.account == account.home
                && token.tenant == tenant
                && token.scope == want.scope
                && want.claims.as_ref().is_none_or(|claims| token.claims.as_ref() == Some(claims))
                && want.instead_of.as_ref() != Some(&token.secret)
                && token.is_good(now)
        })
    }

    /// Keeps what a sign-in brought. `by_person`: not by a frame that nobody sees; that account is the one in use then.
    pub fn signed_in(&mut self, identity: &Identity, tokens: &Tokens, scope: &str, claims: Option<&str>, asked: u64, by_person: bool) {
        let mut account = Account::new(identity, tokens, asked);
        let tenant = account.tenant.clone();
        if let Some(known) = self.accounts.iter_mut().find(|known| known.home == account.home) {
            // Its own directory stays the one it first signed in to.
            account.tenant.clone_from(&known.tenant);
            if !by_person {
                account.since = known.since;
            }
            *known = account.clone();
        } else {
            self.accounts.push(account.clone());
        }
        if by_person {
            self.directory = (tenant != account.tenant).then(|| tenant.clone());
            self.active = Some(account.home.clone());
        }
        self.keep(&account.home, &tenant, scope, claims, tokens, asked);
    }

    /// Keeps what the account's refresh token brought.
    pub fn refreshed(&mut self, account: &str, tenant: &str, scope: &str, claims: Option<&str>, tokens: &Tokens, asked: u64) {
        let Some(known) = self.accounts.iter_mut().find(|known| known.home == account) else { return };
        if let Some(mut next) = refresh(tokens, asked) {
            // Its life runs from the sign-in on: a new one lives no longer than the one before.
            next.until = next.until.or_else(|| known.refresh.as_ref().and_then(|refresh| refresh.until));
            known.refresh = Some(next);
        }
        self.keep(account, tenant, scope, claims, tokens, asked);
    }

    /// A new token takes the place of the one before, so that nobody takes what was refused.
    fn keep(&mut self, account: &str, tenant: &str, scope: &str, claims: Option<&str>, tokens: &Tokens, asked: u64) {
        self.tokens.retain(|token| (token.account.as_str(), token.tenant.as_str(), token.scope.as_str()) != (account, tenant, scope));
        let after = |seconds: u64| asked.saturating_add(seconds.saturating_mul(1000));
        self.tokens.push(Token {
            account: account.to_owned(),
            tenant: tenant.to_owned(),
            scope: scope.to_owned(),
            claims: claims.map(str::to_owned),
            secret: tokens.access.clone(),
            since: asked,
            until: after(tokens.expires_in),
            renew: tokens.refresh_in.map(after),
        });
    }

    /// Forgets the account's refresh token: it was refused, so no other try is worth a request.
    pub fn refresh_refused(&mut self, account: &str) {
        if let Some(known) = self.accounts.iter_mut().find(|known| known.home == account) {
            known.refresh = None;
        }
    }

    /// Forgets all refresh tokens: this tab is a copy of another, and the two would revoke each other's.
    pub fn is_a_copy(&mut self) {
        for account in &mut self.accounts {
            account.refresh = None;
        }
    }

    /// Works in another directory from now on. `false` where nobody is signed in.
    pub fn switch_directory(&mut self, tenant: &str) -> bool {
        let Some(own) = self.account().map(|account| account.tenant.clone()) else { return false };
        self.directory = (own != tenant).then(|| tenant.to_owned());
        true
    }

    /// Works as another of the accounts from now on. `false` where it is none of them.
    pub fn switch_account(&mut self, home: &str) -> bool {
        let known = self.accounts.iter().any(|account| account.home == home);
        if known {
            self.active = Some(home.to_owned());
            self.directory = None;
        }
        known
    }

    /// The accounts whose sign-in is over at `now`, each once, and why: it signed in longer ago than `longest`, in milliseconds, or
    /// `is_idle`. An account that signed in later than now (the clock was turned back) is one of
    /// them: nobody knows how long ago that was.
    pub fn over(&self, longest: u64, now: u64, is_idle: impl Fn(&Account) -> bool) -> Vec<(String, End)> {
        let end = |account: &Account| match lasts(account.since, longest, now) {
            false => Some(End::Absolute),
            true if is_idle(account) => Some(End::Idle),
            true => None,
        };
        self.accounts.iter().filter_map(|account| Some((account.home.clone(), end(account)?))).collect()
    }

    /// The person signs an account out: forgets it and all its tokens. Another one takes its place where there is one.
    pub fn sign_out(&mut self, home: &str) {
        self.end(home);
        if self.active.is_none() {
            self.active = self.accounts.first().map(|account| account.home.clone());
        }
    }

    /// Forgets an account and all its tokens without a press here: no other account takes its place unasked.
    pub fn end(&mut self, home: &str) {
        self.accounts.retain(|account| account.home != home);
        self.tokens.retain(|token| token.account != home);
        if self.active.as_deref() == Some(home) {
            self.active = None;
            self.directory = None;
        }
    }
}

fn ask(account: &Account, tenant: String, claims: Option<String>) -> Ask {
    Ask { tenant, prompt: None, login_hint: account.login_hint.clone(), claims, account: Some(account.home.clone()) }
}

#[cfg(test)]
mod tests;
