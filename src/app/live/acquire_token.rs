//! Getting a token: the steps that the session says, done one after the other. One ladder at a time in this tab, and one
//! refresh at a time in all: two would revoke each other's refresh tokens.

use std::rc::Rc;
use std::time::Duration;

use futures::future::{Either, select};
use leptos::prelude::*;

use super::super::shared::Shared;
use super::auth_context::AuthContext;
use super::token_exchange;
use super::{interaction, session_timeout};
use crate::browser::channel::Answers;
use crate::browser::frame::Frame;
use crate::browser::{clock, locks};
use crate::entra::authorization_request::{AuthorizationRequest, InteractionType};
use crate::entra::error::SignInError;
use crate::entra::secret::Secret;
use crate::entra::session::{Attempted, Session, Step, TokenRequest};
use crate::entra::token::Grant;

/// How long a hidden frame may take: where third-party cookies are blocked, no answer may ever come.
const FRAME_PATIENCE: Duration = Duration::from_secs(8);
/// How long another tab's refresh is waited for.
const LOCK_PATIENCE: Duration = Duration::from_secs(20);
/// The lock of refreshing, before the account.
const LOCK: &str = "identity-portal:refresh:";

/// Entra's codes for a factor that is missing: the refresh token is still good for anything else.
const FACTOR_CODES: [u32; 3] = [50_072, 50_076, 50_079];

/// A token that fits `want`. `tried`: what is of no use this time.
pub(super) async fn token(context: &Rc<AuthContext>, token_request: &TokenRequest, attempted: Attempted) -> Result<Secret, SignInError> {
    session_timeout::check(context);
    let before = context.state.borrow().interactions;
    loop {
        // The person signed in meanwhile, for another request: what that brought answers any challenge as well as it gets.
        let is_fresh = context.state.borrow().interactions != before;
        let fits = if is_fresh { TokenRequest { claims: None, ..token_request.clone() } } else { token_request.clone() };
        if let Step::Use(secret) = next(context, &fits, attempted) {
            return Ok(secret);
        }
        let climbing = context.state.borrow().climbing.clone();
        match climbing {
            Some(other) => other.wait().await,
            None => break,
        }
    }
    let mine = Climbing::begin(context);
    let outcome = climb(context, token_request.clone(), attempted).await;
    drop(mine);
    if outcome.is_ok() && context.sign_in.explanation.with_untracked(Option::is_some) {
        // What went wrong before went right now.
        context.sign_in.explanation.set(None);
    }
    outcome
}

/// The ladder of this tab while it is climbed, given free also where nobody waits for it any more.
struct Climbing(Rc<AuthContext>);

impl Climbing {
    fn begin(context: &Rc<AuthContext>) -> Self {
        context.state.borrow_mut().climbing = Some(Shared::new());
        Self(Rc::clone(context))
    }
}

impl Drop for Climbing {
    fn drop(&mut self) {
        let climbing = self.0.state.borrow_mut().climbing.take();
        if let Some(climbing) = climbing {
            climbing.give(());
        }
    }
}

fn next(context: &AuthContext, token_request: &TokenRequest, attempted: Attempted) -> Step {
    context.state.borrow().session.next(token_request, attempted, &context.tenant(), clock::now())
}

async fn climb(context: &Rc<AuthContext>, mut token_request: TokenRequest, mut attempted: Attempted) -> Result<Secret, SignInError> {
    let mut asked = false;
    loop {
        match next(context, &token_request, attempted) {
            Step::Use(secret) => return Ok(secret),
            Step::Refresh { home_account_id: account, refresh_token, tenant, claims } => {
                attempted.refresh_token = true;
                // Held while it lasts; where another tab hangs, this one goes on without.
                let _held = locks::take(&[LOCK, &account].concat(), LOCK_PATIENCE).await;
                let grant = Grant::Refresh { refresh_token: &refresh_token, tenant: &tenant, claims: claims.as_deref() };
                match token_exchange::refresh(context, &account, &grant).await {
                    Ok(()) => {}
                    Err(SignInError::ErrorResponse(error_response)) if error_response.requires_interaction() => {
                        if error_response.codes.iter().any(|code| FACTOR_CODES.contains(code)) || error_response.claims.is_some() {
                            // Entra's session has no more to offer than its refresh token.
                            attempted.iframe = true;
                        } else {
                            change(context, |session| session.drop_refresh_token(&account));
                        }
                        token_request.claims = error_response.claims.or(token_request.claims);
                    }
                    // A token that is only due for renewal is still good.
                    Err(error) => match next(context, &token_request, attempted) {
                        Step::Use(secret) => return Ok(secret),
                        _ => return Err(error),
                    },
                }
            }
            Step::Iframe(ask) => {
                attempted.iframe = true;
                if !context.state.borrow().frames_fail {
                    // Its failure is normal.
                    drop(by_frame(context, &ask).await);
                }
            }
            Step::Interact(_) if asked || context.state.borrow().session.account().is_none() => return Err(SignInError::Cancelled),
            Step::Interact(ask) => {
                asked = true;
                interaction::ask_person(context, ask).await?;
            }
        }
    }
}

fn change(context: &AuthContext, change: impl FnOnce(&mut Session)) {
    change(&mut context.state.borrow_mut().session);
    context.keep();
}

/// Asks Entra's own session in a frame that nobody sees.
async fn by_frame(context: &Rc<AuthContext>, ask: &AuthorizationRequest) -> Result<(), SignInError> {
    let (url, question) = interaction::question(context, ask, InteractionType::Silent).await?;
    let answers = Answers::listen(&question.state).ok_or(SignInError::Cancelled)?;
    let _frame = Frame::new(&url).ok_or(SignInError::Cancelled)?;
    match select(Box::pin(answers.next()), Box::pin(clock::wait(FRAME_PATIENCE))).await {
        Either::Left((answer, _)) => token_exchange::finish(context, &answer, &question).await,
        Either::Right(_) => {
            context.state.borrow_mut().frames_fail = true;
            Err(SignInError::Cancelled)
        }
    }
}
