//! Acquiring a token by the steps that the session decides. One acquisition at a time in this tab, and one refresh at a time in all
//! tabs: two would invalidate each other's refresh tokens.

use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;

use super::super::completion::Completion;
use super::auth_context::AuthContext;
use super::{interaction, session_timeout, token_exchange};
use crate::browser::{clock, locks};
use crate::entra::error::SignInError;
use crate::entra::secret::Secret;
use crate::entra::session::{Attempted, Session, Step, TokenRequest};
use crate::entra::token::Grant;

/// How long to wait for another tab's refresh.
const LOCK_TIMEOUT: Duration = Duration::from_secs(20);
/// Followed by the account: the lock of its refresh token.
const LOCK: &str = "identity-portal:refresh:";

/// Entra's codes for a missing second factor: the refresh token is still valid for everything else.
const SECOND_FACTOR_CODES: [u32; 3] = [50_072, 50_076, 50_079];

/// A token for `request`. `attempted`: the steps to skip.
pub(super) async fn acquire(context: &Rc<AuthContext>, request: &TokenRequest, attempted: Attempted) -> Result<Secret, SignInError> {
    session_timeout::check(context);
    let before = context.state.borrow().interaction_count;
    loop {
        // When the person has meanwhile signed in for another request, the new token satisfies any challenge as well as possible.
        let has_signed_in = context.state.borrow().interaction_count != before;
        let current = if has_signed_in { TokenRequest { claims: None, ..request.clone() } } else { request.clone() };
        if let Step::Use(token) = next(context, &current, attempted) {
            return Ok(token);
        }
        let other = context.state.borrow().acquisition.clone();
        match other {
            Some(other) => other.wait().await,
            None => break,
        }
    }
    let acquisition = Acquisition::start(context);
    let outcome = take_steps(context, request.clone(), attempted).await;
    drop(acquisition);
    if outcome.is_ok() && context.sign_in.explanation.with_untracked(Option::is_some) {
        // The error before is resolved.
        context.sign_in.explanation.set(None);
    }
    outcome
}

/// The acquisition in progress. It ends when dropped, also where its caller was cancelled.
struct Acquisition(Rc<AuthContext>);

impl Acquisition {
    fn start(context: &Rc<AuthContext>) -> Self {
        context.state.borrow_mut().acquisition = Some(Completion::new());
        Self(Rc::clone(context))
    }
}

impl Drop for Acquisition {
    fn drop(&mut self) {
        let acquisition = self.0.state.borrow_mut().acquisition.take();
        if let Some(acquisition) = acquisition {
            acquisition.complete(());
        }
    }
}

fn next(context: &AuthContext, request: &TokenRequest, attempted: Attempted) -> Step {
    context.state.borrow().session.next(request, attempted, &context.tenant(), clock::now())
}

async fn take_steps(context: &Rc<AuthContext>, mut request: TokenRequest, mut attempted: Attempted) -> Result<Secret, SignInError> {
    let mut has_interacted = false;
    loop {
        match next(context, &request, attempted) {
            Step::Use(token) => return Ok(token),
            Step::Refresh { home_account_id, refresh_token, tenant, claims } => {
                attempted.refresh_token = true;
                // If another tab hangs, this one continues without the lock.
                let _lock = locks::take(&[LOCK, &home_account_id].concat(), LOCK_TIMEOUT).await;
                let grant = Grant::Refresh { refresh_token: &refresh_token, tenant: &tenant, claims: claims.as_deref() };
                match token_exchange::refresh(context, &home_account_id, &grant).await {
                    Ok(()) => {}
                    Err(SignInError::ErrorResponse(response)) if response.requires_interaction() => {
                        if response.codes.iter().any(|code| SECOND_FACTOR_CODES.contains(code)) || response.claims.is_some() {
                            // Entra's session can't provide more than its refresh token.
                            attempted.iframe = true;
                        } else {
                            change_session(context, |session| session.drop_refresh_token(&home_account_id));
                        }
                        request.claims = response.claims.or(request.claims);
                    }
                    // A token that is only due for renewal is still valid.
                    Err(error) => match next(context, &request, attempted) {
                        Step::Use(token) => return Ok(token),
                        _ => return Err(error),
                    },
                }
            }
            Step::Iframe(authorization_request) => {
                attempted.iframe = true;
                if !context.state.borrow().iframes_time_out {
                    // Failure is normal, and leads to the next step.
                    drop(interaction::silent(context, &authorization_request).await);
                }
            }
            Step::Interact(_) if has_interacted || context.state.borrow().session.account().is_none() => {
                return Err(SignInError::Cancelled);
            }
            Step::Interact(authorization_request) => {
                has_interacted = true;
                interaction::required(context, authorization_request).await?;
            }
        }
    }
}

fn change_session(context: &AuthContext, change: impl FnOnce(&mut Session)) {
    change(&mut context.state.borrow_mut().session);
    context.save();
}
