//! Asking the person: by leaving for the sign-in page, or in a window of its own; and what else they ask for.

use std::rc::Rc;
use std::time::Duration;

use futures::future::{Either, select};
use leptos::prelude::*;

use super::super::forgetting;
use super::super::shared::Shared;
use super::acquire_token;
use super::auth_context::{AuthContext, auth_context};
use super::{session_storage, tabs, token_exchange};
use crate::arm::guid::Guid;
use crate::browser::channel::Answers;
use crate::browser::{address, clock, random, window};
use crate::entra::authorization_request::{self, AuthorizationRequest, Entropy, InteractionType};
use crate::entra::error::SignInError;
use crate::entra::pending_authorization::PendingAuthorization;
use crate::entra::session::{Attempted, TokenRequest};
use crate::portal::sign_in::{SignInAction, SignInStatus};
use crate::settings;

/// How often the window is looked at.
const WINDOW_LOOK: Duration = Duration::from_millis(500);

/// Does what the person asked for.
pub(super) async fn act(act: SignInAction) {
    let Some(context) = auth_context() else { return };
    context.ready().await;
    if !matches!(act, SignInAction::Cancel) {
        context.sign_in.explanation.set(None);
    }
    match act {
        SignInAction::SignIn if context.settings.sign_in == settings::SignIn::Popup => by_window(&context, current(&context)).await,
        SignInAction::SignIn | SignInAction::SignInByRedirect => by_redirect(&context, current(&context)).await,
        SignInAction::AddAccount => {
            let ask = AuthorizationRequest { tenant: context.tenant(), prompt: Some("select_account"), ..AuthorizationRequest::default() };
            match context.settings.sign_in {
                settings::SignIn::Popup => by_window(&context, ask).await,
                settings::SignIn::Redirect => by_redirect(&context, ask).await,
            }
        }
        SignInAction::Cancel => cancel(&context),
        SignInAction::SignOut => sign_out(&context).await,
        SignInAction::SwitchDirectory(tenant) => switch_directory(&context, &tenant).await,
        SignInAction::SwitchAccount(home_account_id) => {
            context.state.borrow_mut().session.switch_account(&home_account_id);
            context.keep();
            context.tell();
        }
    }
}

/// Says that the browser blocked the window.
pub(super) async fn blocked() {
    let Some(context) = auth_context() else { return };
    context.ready().await;
    context.tell_failure(&SignInError::PopupBlocked);
    context.tell();
}

/// What to ask for, and of whom: what requests wait for, or else a plain sign-in.
fn current(context: &AuthContext) -> AuthorizationRequest {
    let state = context.state.borrow();
    let asked = state.asked.as_ref().map(|(ask, _)| ask.clone()).or_else(|| state.unaccepted.clone());
    asked.unwrap_or_else(|| AuthorizationRequest { tenant: context.tenant(), ..AuthorizationRequest::default() })
}

/// Waits until the person has signed in again, or called it off. All who wait for that wait for the same.
pub(super) async fn ask_person(context: &Rc<AuthContext>, ask: AuthorizationRequest) -> Result<(), SignInError> {
    let outcome = Shared::new();
    context.state.borrow_mut().asked = Some((ask, outcome.clone()));
    let _asked = Asked(Rc::clone(context));
    context.tell();
    outcome.wait().await
}

/// A question to the person. It is taken back when nobody waits for its answer any more.
struct Asked(Rc<AuthContext>);

impl Drop for Asked {
    fn drop(&mut self) {
        if self.0.state.borrow_mut().asked.take().is_some() {
            self.0.tell();
        }
    }
}

/// The address to go to for `ask`, and what to hold its answer against.
pub(super) async fn question(
    context: &AuthContext,
    ask: &AuthorizationRequest,
    interaction_type: InteractionType,
) -> Result<(String, PendingAuthorization), SignInError> {
    let app = context.app().await?;
    let fresh = fresh().ok_or(SignInError::NoRandomness)?;
    authorization_request::authorization_url(&app, ask, interaction_type, &fresh, &address::here(), clock::now())
        .ok_or(SignInError::NoAuthority)
}

fn fresh() -> Option<Entropy> {
    Some(Entropy {
        state: random::secret()?,
        nonce: random::secret()?,
        verifier: random::secret()?,
        correlation_id: Guid::from_random(random::secret()?),
    })
}

async fn by_redirect(context: &Rc<AuthContext>, ask: AuthorizationRequest) {
    match question(context, &ask, InteractionType::Redirect).await {
        Ok((url, question)) => {
            session_storage::keep_question(&question);
            session_storage::written().await;
            context.sign_in.status.set(SignInStatus::Redirecting);
            tabs::leave();
            address::leave(&url);
        }
        Err(error) => fail(context, error),
    }
}

async fn by_window(context: &Rc<AuthContext>, ask: AuthorizationRequest) {
    context.sign_in.status.set(SignInStatus::PopupOpen);
    let cancel = Shared::new();
    let before = context.state.borrow_mut().cancel.replace(cancel.clone());
    if let Some(before) = before {
        before.give(());
    }
    let outcome = in_window(context, &ask, &cancel).await;
    if outcome != Err(SignInError::Cancelled) {
        window::close();
    }
    match outcome {
        Ok(()) => settled(context, Ok(())),
        // Somebody pressed Cancel, or Sign in once more: that one has the window now.
        Err(SignInError::Cancelled) => {}
        Err(error) => fail(context, error),
    }
}

async fn in_window(context: &Rc<AuthContext>, ask: &AuthorizationRequest, cancel: &Shared<()>) -> Result<(), SignInError> {
    let (url, question) = question(context, ask, InteractionType::Popup).await?;
    let answers = Answers::listen(&question.state).ok_or(SignInError::PopupBlocked)?;
    if !window::lead(&url) {
        return Err(SignInError::PopupBlocked);
    }
    let ended = select(Box::pin(answers.next()), Box::pin(cancel.wait()));
    let Either::Left((Either::Left((answer, _)), _)) = select(ended, Box::pin(watch_window(context))).await else {
        return Err(SignInError::Cancelled);
    };
    context.sign_in.status.set(SignInStatus::Redeeming);
    match token_exchange::finish(context, &answer, &question).await {
        // The person said no in the window itself: that is an answer, and is told.
        Err(SignInError::Cancelled) => {
            context.tell_failure(&SignInError::Cancelled);
            settled(context, Err(SignInError::Cancelled));
            window::close();
            Err(SignInError::Cancelled)
        }
        outcome => outcome,
    }
}

/// Tells when the window seems to be closed. That is no answer: where the sign-in page cuts windows apart, it always seems so.
async fn watch_window(context: &AuthContext) {
    while !window::is_closed() {
        clock::wait(WINDOW_LOOK).await;
    }
    context.sign_in.status.set(SignInStatus::PopupClosed);
    std::future::pending::<()>().await;
}

/// Lets those who wait know how it ended.
pub(super) fn settled(context: &AuthContext, outcome: Result<(), SignInError>) {
    context.state.borrow_mut().cancel = None;
    if outcome.is_ok() && context.state.borrow_mut().unaccepted.take().is_some() {
        // What was refused before may be read now.
        context.sign_in.generation.update(|turn| *turn += 1);
    }
    let asked = context.state.borrow_mut().asked.take();
    if let Some((_, waiting)) = asked {
        waiting.give(outcome);
    }
    context.tell();
}

/// What was tried did not work. Those who wait go on waiting: it can be tried again.
fn fail(context: &AuthContext, error: SignInError) {
    context.state.borrow_mut().cancel = None;
    context.tell_failure(&error);
    context.tell();
}

fn cancel(context: &AuthContext) {
    let under_way = context.state.borrow_mut().cancel.take();
    window::close();
    if let Some(cancel) = under_way {
        // The window is closed; what waits can be signed in for again, or called off by the next press.
        cancel.give(());
        context.tell();
    } else {
        settled(context, Err(SignInError::Cancelled));
    }
}

async fn sign_out(context: &Rc<AuthContext>) {
    let account = context.state.borrow().session.account().cloned();
    let Some(account) = account else { return };
    // What is here goes first: whatever happens on the way, nobody is signed in here any more.
    context.state.borrow_mut().session.sign_out(&account.home_account_id);
    context.forget_challenge();
    session_storage::note_signed_out(&context.settings, &account.home_account_id, clock::now());
    session_storage::note_forgotten(&context.settings, &account.home_account_id, clock::now());
    session_storage::forget_session();
    context.keep();
    forgetting::forget_account(&account.home_account_id, None);
    tabs::tell_signed_out(context, &account.home_account_id);
    settled(context, Err(SignInError::Cancelled));
    if let Ok(app) = context.app().await {
        session_storage::keep_page(&address::here());
        session_storage::written().await;
        tabs::leave();
        address::leave(&authorization_request::logout_url(&app, &account.tenant, account.login_hint.as_deref()));
    }
}

/// Works in another directory once there is a token for it.
async fn switch_directory(context: &Rc<AuthContext>, tenant: &str) {
    let in_use = |context: &AuthContext| context.state.borrow().session.account().map(|account| account.home_account_id.clone());
    let (before, account) = (context.state.borrow().session.tenant().map(str::to_owned), in_use(context));
    let Ok(app) = context.app().await else { return };
    if !context.state.borrow_mut().session.switch_directory(tenant) {
        return;
    }
    let token_request = TokenRequest { scope: app.authority.scope().to_owned(), ..TokenRequest::default() };
    if let Err(error) = acquire_token::token(context, &token_request, Attempted::default()).await {
        // Another account may have been chosen meanwhile.
        if let Some(before) = before.filter(|_| in_use(context) == account) {
            context.state.borrow_mut().session.switch_directory(&before);
        }
        if error != SignInError::Cancelled {
            context.tell_failure(&error);
        }
    }
    context.keep();
    context.tell();
}
