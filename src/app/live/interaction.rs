//! Sending the person to the sign-in page, by redirect or in a pop-up; or asking Entra silently in a hidden iframe.

use std::rc::Rc;
use std::time::Duration;

use futures::future::{Either, select};
use leptos::prelude::*;

use super::super::completion::Completion;
use super::auth_context::AuthContext;
use super::{session_storage, tabs, token_exchange};
use crate::arm::guid::Guid;
use crate::browser::channel::Answers;
use crate::browser::frame::Frame;
use crate::browser::{address, clock, random, window};
use crate::entra::authorization_request::{self, AuthorizationRequest, Entropy, InteractionType};
use crate::entra::error::SignInError;
use crate::entra::pending_authorization::PendingAuthorization;
use crate::portal::sign_in::SignInStatus;

/// How often the pop-up is checked for being closed.
const POPUP_POLL: Duration = Duration::from_millis(500);
/// How long a hidden iframe may take: where third-party cookies are blocked, no response may ever come.
const IFRAME_TIMEOUT: Duration = Duration::from_secs(8);

/// Waits until the person has signed in again, or cancelled. All who wait share the outcome.
pub(super) async fn required(context: &Rc<AuthContext>, request: AuthorizationRequest) -> Result<(), SignInError> {
    let outcome = Completion::new();
    context.state.borrow_mut().interaction = Some((request, outcome.clone()));
    let _guard = InteractionGuard(Rc::clone(context));
    context.publish();
    outcome.wait().await
}

/// Takes the required interaction back when nobody waits for it any more.
struct InteractionGuard(Rc<AuthContext>);

impl Drop for InteractionGuard {
    fn drop(&mut self) {
        if self.0.state.borrow_mut().interaction.take().is_some() {
            self.0.publish();
        }
    }
}

/// The request that the person signs in for: the one that is waited for, or else a plain sign-in.
pub(super) fn current_request(context: &AuthContext) -> AuthorizationRequest {
    let state = context.state.borrow();
    let waiting = state.interaction.as_ref().map(|(request, _)| request.clone()).or_else(|| state.rejected_request.clone());
    waiting.unwrap_or_else(|| AuthorizationRequest { tenant: context.tenant(), ..AuthorizationRequest::default() })
}

/// The URL for `request`, and what to check its response against.
async fn authorization_url(
    context: &AuthContext,
    request: &AuthorizationRequest,
    interaction_type: InteractionType,
) -> Result<(String, PendingAuthorization), SignInError> {
    let app = context.app().await?;
    let entropy = entropy().ok_or(SignInError::NoRandomness)?;
    authorization_request::authorization_url(&app, request, interaction_type, &entropy, &address::here(), clock::now())
        .ok_or(SignInError::NoAuthority)
}

fn entropy() -> Option<Entropy> {
    Some(Entropy {
        state: random::secret()?,
        nonce: random::secret()?,
        verifier: random::secret()?,
        correlation_id: Guid::from_random(random::secret()?),
    })
}

/// Leaves the page for the sign-in page.
pub(super) async fn redirect(context: &Rc<AuthContext>, request: AuthorizationRequest) {
    match authorization_url(context, &request, InteractionType::Redirect).await {
        Ok((url, pending)) => {
            session_storage::store_request(&pending);
            context.storage.written().await;
            context.sign_in.status.set(SignInStatus::Redirecting);
            tabs::release_lock(context);
            address::leave(&url);
        }
        Err(error) => fail(context, &error),
    }
}

/// Signs in in the pop-up, which is open already.
pub(super) async fn popup(context: &Rc<AuthContext>, request: AuthorizationRequest) {
    context.sign_in.status.set(SignInStatus::PopupOpen);
    let cancellation = Completion::new();
    let before = context.state.borrow_mut().popup_cancellation.replace(cancellation.clone());
    if let Some(before) = before {
        before.complete(());
    }
    let outcome = in_popup(context, &request, &cancellation).await;
    if outcome != Err(SignInError::Cancelled) {
        window::close();
    }
    match outcome {
        Ok(()) => context.settle_interaction(Ok(())),
        // By Cancel, or by another press of Sign in, which uses the pop-up now.
        Err(SignInError::Cancelled) => {}
        Err(error) => fail(context, &error),
    }
}

async fn in_popup(context: &Rc<AuthContext>, request: &AuthorizationRequest, cancellation: &Completion<()>) -> Result<(), SignInError> {
    let (url, pending) = authorization_url(context, request, InteractionType::Popup).await?;
    let mut responses = Answers::listen(&pending.state).ok_or(SignInError::PopupBlocked)?;
    if !window::lead(&url) {
        return Err(SignInError::PopupBlocked);
    }
    let response = select(Box::pin(responses.next()), Box::pin(cancellation.wait()));
    let Either::Left((Either::Left((response, _)), _)) = select(response, Box::pin(watch_popup(context))).await else {
        return Err(SignInError::Cancelled);
    };
    context.sign_in.status.set(SignInStatus::Redeeming);
    match token_exchange::redeem_code(context, &response, &pending).await {
        // The person cancelled on the sign-in page: a response like any other, and explained.
        Err(SignInError::Cancelled) => {
            context.show_error(&SignInError::Cancelled);
            context.settle_interaction(Err(SignInError::Cancelled));
            window::close();
            Err(SignInError::Cancelled)
        }
        outcome => outcome,
    }
}

/// Shows when the pop-up seems to be closed. It always does where the sign-in page isolates itself
/// (`Cross-Origin-Opener-Policy`), so the wait goes on.
async fn watch_popup(context: &AuthContext) {
    while !window::is_closed() {
        clock::wait(POPUP_POLL).await;
    }
    context.sign_in.status.set(SignInStatus::PopupClosed);
    std::future::pending::<()>().await;
}

/// Sends `request` in a hidden iframe, which Entra answers from its own session.
pub(super) async fn silent(context: &Rc<AuthContext>, request: &AuthorizationRequest) -> Result<(), SignInError> {
    let (url, pending) = authorization_url(context, request, InteractionType::Silent).await?;
    let mut responses = Answers::listen(&pending.state).ok_or(SignInError::Cancelled)?;
    let _frame = Frame::new(&url).ok_or(SignInError::Cancelled)?;
    match select(Box::pin(responses.next()), Box::pin(clock::wait(IFRAME_TIMEOUT))).await {
        Either::Left((response, _)) => token_exchange::redeem_code(context, &response, &pending).await,
        Either::Right(_) => {
            context.state.borrow_mut().iframes_time_out = true;
            Err(SignInError::Cancelled)
        }
    }
}

/// A sign-in failed. Those who wait for it go on waiting: it can be tried again.
fn fail(context: &AuthContext, error: &SignInError) {
    context.state.borrow_mut().popup_cancellation = None;
    context.show_error(error);
    context.publish();
}

/// The person cancels: first the pop-up, then the required interaction.
pub(super) fn cancel(context: &AuthContext) {
    let popup = context.state.borrow_mut().popup_cancellation.take();
    window::close();
    if let Some(popup) = popup {
        popup.complete(());
        context.publish();
    } else {
        context.settle_interaction(Err(SignInError::Cancelled));
    }
}
