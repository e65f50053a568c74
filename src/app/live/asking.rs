//! Asking the person: by leaving for the sign-in page, or in a window of its own; and what else they ask for.

use std::rc::Rc;
use std::time::Duration;

use futures::future::{Either, select};
use leptos::prelude::*;

use super::super::forgetting;
use super::super::shared::Shared;
use super::desk::{Desk, desk};
use super::ladder;
use super::{keeping, tabs, trading};
use crate::arm::guid::Guid;
use crate::browser::channel::Answers;
use crate::browser::{address, clock, random, window};
use crate::entra::error::SignInError;
use crate::entra::pending::Pending;
use crate::entra::request::{self, Ask, Fresh, Way};
use crate::entra::session::{Tried, Want};
use crate::portal::sign_in::{Act, Standing};
use crate::settings;

/// How often the window is looked at.
const WINDOW_LOOK: Duration = Duration::from_millis(500);

/// Does what the person asked for.
pub(super) async fn act(act: Act) {
    let Some(desk) = desk() else { return };
    desk.ready().await;
    if !matches!(act, Act::Cancel) {
        desk.sign_in.told.set(None);
    }
    match act {
        Act::SignIn if desk.settings.sign_in == settings::SignIn::Popup => by_window(&desk, current(&desk)).await,
        Act::SignIn | Act::SignInHere => by_redirect(&desk, current(&desk)).await,
        Act::Add => {
            let ask = Ask { tenant: desk.tenant(), prompt: Some("select_account"), ..Ask::default() };
            match desk.settings.sign_in {
                settings::SignIn::Popup => by_window(&desk, ask).await,
                settings::SignIn::Redirect => by_redirect(&desk, ask).await,
            }
        }
        Act::Cancel => cancel(&desk),
        Act::SignOut => sign_out(&desk).await,
        Act::SwitchDirectory(tenant) => switch_directory(&desk, &tenant).await,
        Act::SwitchAccount(home) => {
            desk.state.borrow_mut().session.switch_account(&home);
            desk.keep();
            desk.tell();
        }
    }
}

/// Says that the browser blocked the window.
pub(super) async fn blocked() {
    let Some(desk) = desk() else { return };
    desk.ready().await;
    desk.tell_failure(&SignInError::WindowBlocked);
    desk.tell();
}

/// What to ask for, and of whom: what requests wait for, or else a plain sign-in.
fn current(desk: &Desk) -> Ask {
    let state = desk.state.borrow();
    let asked = state.asked.as_ref().map(|(ask, _)| ask.clone()).or_else(|| state.unaccepted.clone());
    asked.unwrap_or_else(|| Ask { tenant: desk.tenant(), ..Ask::default() })
}

/// Waits until the person has signed in again, or called it off. All who wait for that wait for the same.
pub(super) async fn ask_person(desk: &Rc<Desk>, ask: Ask) -> Result<(), SignInError> {
    let outcome = Shared::new();
    desk.state.borrow_mut().asked = Some((ask, outcome.clone()));
    let _asked = Asked(Rc::clone(desk));
    desk.tell();
    outcome.wait().await
}

/// A question to the person. It is taken back when nobody waits for its answer any more.
struct Asked(Rc<Desk>);

impl Drop for Asked {
    fn drop(&mut self) {
        if self.0.state.borrow_mut().asked.take().is_some() {
            self.0.tell();
        }
    }
}

/// The address to go to for `ask`, and what to hold its answer against.
pub(super) async fn question(desk: &Desk, ask: &Ask, way: Way) -> Result<(String, Pending), SignInError> {
    let app = desk.app().await?;
    let fresh = fresh().ok_or(SignInError::NoRandomness)?;
    request::authorize(&app, ask, way, &fresh, &address::here(), clock::now()).ok_or(SignInError::NoAuthority)
}

fn fresh() -> Option<Fresh> {
    Some(Fresh {
        state: random::secret()?,
        nonce: random::secret()?,
        verifier: random::secret()?,
        correlation: Guid::from_random(random::secret()?),
    })
}

async fn by_redirect(desk: &Rc<Desk>, ask: Ask) {
    match question(desk, &ask, Way::Redirect).await {
        Ok((url, question)) => {
            keeping::keep_question(&question);
            keeping::written().await;
            desk.sign_in.standing.set(Standing::Leaving);
            tabs::leave();
            address::leave(&url);
        }
        Err(error) => fail(desk, error),
    }
}

async fn by_window(desk: &Rc<Desk>, ask: Ask) {
    desk.sign_in.standing.set(Standing::InWindow);
    let cancel = Shared::new();
    let before = desk.state.borrow_mut().cancel.replace(cancel.clone());
    if let Some(before) = before {
        before.give(());
    }
    let outcome = in_window(desk, &ask, &cancel).await;
    if outcome != Err(SignInError::Cancelled) {
        window::close();
    }
    match outcome {
        Ok(()) => settled(desk, Ok(())),
        // Somebody pressed Cancel, or Sign in once more: that one has the window now.
        Err(SignInError::Cancelled) => {}
        Err(error) => fail(desk, error),
    }
}

async fn in_window(desk: &Rc<Desk>, ask: &Ask, cancel: &Shared<()>) -> Result<(), SignInError> {
    let (url, question) = question(desk, ask, Way::Popup).await?;
    let answers = Answers::listen(&question.state).ok_or(SignInError::WindowBlocked)?;
    if !window::lead(&url) {
        return Err(SignInError::WindowBlocked);
    }
    let ended = select(Box::pin(answers.next()), Box::pin(cancel.wait()));
    let Either::Left((Either::Left((answer, _)), _)) = select(ended, Box::pin(watch_window(desk))).await else {
        return Err(SignInError::Cancelled);
    };
    desk.sign_in.standing.set(Standing::Finishing);
    match trading::finish(desk, &answer, &question).await {
        // The person said no in the window itself: that is an answer, and is told.
        Err(SignInError::Cancelled) => {
            desk.tell_failure(&SignInError::Cancelled);
            settled(desk, Err(SignInError::Cancelled));
            window::close();
            Err(SignInError::Cancelled)
        }
        outcome => outcome,
    }
}

/// Tells when the window seems to be closed. That is no answer: where the sign-in page cuts windows apart, it always seems so.
async fn watch_window(desk: &Desk) {
    while !window::is_closed() {
        clock::wait(WINDOW_LOOK).await;
    }
    desk.sign_in.standing.set(Standing::WindowClosed);
    std::future::pending::<()>().await;
}

/// Lets those who wait know how it ended.
pub(super) fn settled(desk: &Desk, outcome: Result<(), SignInError>) {
    desk.state.borrow_mut().cancel = None;
    if outcome.is_ok() && desk.state.borrow_mut().unaccepted.take().is_some() {
        // What was refused before may be read now.
        desk.sign_in.turn.update(|turn| *turn += 1);
    }
    let asked = desk.state.borrow_mut().asked.take();
    if let Some((_, waiting)) = asked {
        waiting.give(outcome);
    }
    desk.tell();
}

/// What was tried did not work. Those who wait go on waiting: it can be tried again.
fn fail(desk: &Desk, error: SignInError) {
    desk.state.borrow_mut().cancel = None;
    desk.tell_failure(&error);
    desk.tell();
}

fn cancel(desk: &Desk) {
    let under_way = desk.state.borrow_mut().cancel.take();
    window::close();
    if let Some(cancel) = under_way {
        // The window is closed; what waits can be signed in for again, or called off by the next press.
        cancel.give(());
        desk.tell();
    } else {
        settled(desk, Err(SignInError::Cancelled));
    }
}

async fn sign_out(desk: &Rc<Desk>) {
    let account = desk.state.borrow().session.account().cloned();
    let Some(account) = account else { return };
    // What is here goes first: whatever happens on the way, nobody is signed in here any more.
    desk.state.borrow_mut().session.sign_out(&account.home);
    desk.forget_challenge();
    keeping::note_signed_out(&desk.settings, &account.home, clock::now());
    keeping::note_forgotten(&desk.settings, &account.home, clock::now());
    keeping::forget_session();
    desk.keep();
    forgetting::forget_account(&account.home, None);
    tabs::tell_signed_out(desk, &account.home);
    settled(desk, Err(SignInError::Cancelled));
    if let Ok(app) = desk.app().await {
        keeping::keep_page(&address::here());
        keeping::written().await;
        tabs::leave();
        address::leave(&request::logout(&app, &account.tenant, account.login_hint.as_deref()));
    }
}

/// Works in another directory once there is a token for it.
async fn switch_directory(desk: &Rc<Desk>, tenant: &str) {
    let in_use = |desk: &Desk| desk.state.borrow().session.account().map(|account| account.home.clone());
    let (before, account) = (desk.state.borrow().session.tenant().map(str::to_owned), in_use(desk));
    let Ok(app) = desk.app().await else { return };
    if !desk.state.borrow_mut().session.switch_directory(tenant) {
        return;
    }
    let want = Want { scope: app.authority.scope().to_owned(), ..Want::default() };
    if let Err(error) = ladder::token(desk, &want, Tried::default()).await {
        // Another account may have been chosen meanwhile.
        if let Some(before) = before.filter(|_| in_use(desk) == account) {
            desk.state.borrow_mut().session.switch_directory(&before);
        }
        if error != SignInError::Cancelled {
            desk.tell_failure(&error);
        }
    }
    desk.keep();
    desk.tell();
}
