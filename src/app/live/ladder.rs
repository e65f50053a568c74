//! Getting a token: the steps that the session says, done one after the other. One ladder at a time in this tab, and one
//! refresh at a time in all: two would revoke each other's refresh tokens.

use std::rc::Rc;
use std::time::Duration;

use futures::future::{Either, select};
use leptos::prelude::*;

use super::super::shared::Shared;
use super::desk::Desk;
use super::trading;
use super::{asking, ending};
use crate::browser::channel::Answers;
use crate::browser::frame::Frame;
use crate::browser::{clock, locks};
use crate::entra::error::SignInError;
use crate::entra::request::{Ask, Way};
use crate::entra::secret::Secret;
use crate::entra::session::{Session, Step, Tried, Want};
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
pub(super) async fn token(desk: &Rc<Desk>, want: &Want, tried: Tried) -> Result<Secret, SignInError> {
    ending::check(desk);
    let before = desk.state.borrow().interactions;
    loop {
        // The person signed in meanwhile, for another request: what that brought answers any challenge as well as it gets.
        let is_fresh = desk.state.borrow().interactions != before;
        let fits = if is_fresh { Want { claims: None, ..want.clone() } } else { want.clone() };
        if let Step::Use(secret) = next(desk, &fits, tried) {
            return Ok(secret);
        }
        let climbing = desk.state.borrow().climbing.clone();
        match climbing {
            Some(other) => other.wait().await,
            None => break,
        }
    }
    let mine = Climbing::begin(desk);
    let outcome = climb(desk, want.clone(), tried).await;
    drop(mine);
    if outcome.is_ok() && desk.sign_in.told.with_untracked(Option::is_some) {
        // What went wrong before went right now.
        desk.sign_in.told.set(None);
    }
    outcome
}

/// The ladder of this tab while it is climbed, given free also where nobody waits for it any more.
struct Climbing(Rc<Desk>);

impl Climbing {
    fn begin(desk: &Rc<Desk>) -> Self {
        desk.state.borrow_mut().climbing = Some(Shared::new());
        Self(Rc::clone(desk))
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

fn next(desk: &Desk, want: &Want, tried: Tried) -> Step {
    desk.state.borrow().session.next(want, tried, &desk.tenant(), clock::now())
}

async fn climb(desk: &Rc<Desk>, mut want: Want, mut tried: Tried) -> Result<Secret, SignInError> {
    let mut asked = false;
    loop {
        match next(desk, &want, tried) {
            Step::Use(secret) => return Ok(secret),
            Step::Refresh { account, token, tenant, claims } => {
                tried.refresh = true;
                // Held while it lasts; where another tab hangs, this one goes on without.
                let _held = locks::take(&[LOCK, &account].concat(), LOCK_PATIENCE).await;
                let grant = Grant::Refresh { token: &token, tenant: &tenant, claims: claims.as_deref() };
                match trading::refresh(desk, &account, &grant).await {
                    Ok(()) => {}
                    Err(SignInError::Refused(refusal)) if refusal.needs_a_person() => {
                        if refusal.codes.iter().any(|code| FACTOR_CODES.contains(code)) || refusal.claims.is_some() {
                            // Entra's session has no more to offer than its refresh token.
                            tried.frame = true;
                        } else {
                            change(desk, |session| session.refresh_refused(&account));
                        }
                        want.claims = refusal.claims.or(want.claims);
                    }
                    // A token that is only due for renewal is still good.
                    Err(error) => match next(desk, &want, tried) {
                        Step::Use(secret) => return Ok(secret),
                        _ => return Err(error),
                    },
                }
            }
            Step::Frame(ask) => {
                tried.frame = true;
                if !desk.state.borrow().frames_fail {
                    // Its failure is normal.
                    drop(by_frame(desk, &ask).await);
                }
            }
            Step::Interact(_) if asked || desk.state.borrow().session.account().is_none() => return Err(SignInError::Cancelled),
            Step::Interact(ask) => {
                asked = true;
                asking::ask_person(desk, ask).await?;
            }
        }
    }
}

fn change(desk: &Desk, change: impl FnOnce(&mut Session)) {
    change(&mut desk.state.borrow_mut().session);
    desk.keep();
}

/// Asks Entra's own session in a frame that nobody sees.
async fn by_frame(desk: &Rc<Desk>, ask: &Ask) -> Result<(), SignInError> {
    let (url, question) = asking::question(desk, ask, Way::Frame).await?;
    let answers = Answers::listen(&question.state).ok_or(SignInError::Cancelled)?;
    let _frame = Frame::new(&url).ok_or(SignInError::Cancelled)?;
    match select(Box::pin(answers.next()), Box::pin(clock::wait(FRAME_PATIENCE))).await {
        Either::Left((answer, _)) => trading::finish(desk, &answer, &question).await,
        Either::Right(_) => {
            desk.state.borrow_mut().frames_fail = true;
            Err(SignInError::Cancelled)
        }
    }
}
