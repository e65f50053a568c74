//! A request to ARM with its token, and what follows from a challenge: another token, then one question to the person, and the
//! request again. What was answered with a challenge was not done, so that any request may go again.

use super::acquire_token;
use super::auth_context::{auth_context, wire_error};
use crate::arm::call::may_send;
use crate::arm::caller::Caller;
use crate::arm::http::{Method, Request, Response};
use crate::arm::transport::WireError;
use crate::browser::fetch;
use crate::entra::challenge::{self, Challenge};
use crate::entra::error::SignInError;
use crate::entra::session::{Attempted, TokenRequest};

/// How many challenges of a request are answered by a renewed token before the person is asked.
const RENEWALS_MAX: usize = 2;

/// Sends `request` and gives the answer. Where it is pinned to a caller, it is never sent as anyone else.
pub(super) async fn send(request: Request, pinned: Option<Caller>) -> Result<Response, WireError> {
    let context = auth_context().ok_or(WireError::SignInRequired)?;
    context.ready().await;
    if context.state.borrow().session.account().is_none() {
        return Err(WireError::SignInRequired);
    }
    // Before anybody is asked to sign in for it.
    may_send(&request, pinned.as_ref(), context.caller().as_ref())?;
    let began_as = context.caller();
    let app = context.app().await.map_err(wire_error)?;
    let owed = if request.method == Method::Put { context.state.borrow_mut().owed.take() } else { None };
    let claims = owed.filter(|(caller, _)| began_as.as_ref() == Some(caller)).map(|(_, claims)| claims);
    let mut token_request = TokenRequest { scope: app.authority.scope().to_owned(), claims, ..TokenRequest::default() };
    let (mut attempted, mut answered, mut asked) = (Attempted::default(), Vec::new(), false);
    loop {
        let before = context.state.borrow().interactions;
        let token = acquire_token::token(&context, &token_request, attempted).await.map_err(|error| {
            if error != SignInError::Cancelled {
                context.tell_failure(&error);
            }
            wire_error(error)
        })?;
        asked |= context.state.borrow().interactions != before;
        // Getting the token may have changed who it is. What began as one account goes on as no other, reading included.
        let now = context.caller();
        may_send(&request, pinned.as_ref(), now.as_ref())?;
        let is_same = began_as.as_ref().zip(now.as_ref()).is_some_and(|(began, now)| began.is(now));
        if !is_same {
            return Err(WireError::OtherCaller);
        }
        if !context.state.borrow().session.is_active_token(&token) {
            // A newer one took its place meanwhile.
            continue;
        }
        let mut signed = request.clone();
        signed.headers.set("Authorization", ["Bearer ", token.reveal()].concat());
        let response = fetch::send(signed).await?;
        let Some(challenge) = challenge::from_response(request.method, &response) else {
            context.accepted();
            if challenge::lacks_second_factor(&response) {
                context.state.borrow_mut().owed = now.map(|caller| (caller, challenge::SECOND_FACTOR.to_owned()));
            }
            return Ok(response);
        };
        // Of another directory: only the person can say which to work in.
        if challenge == Challenge::Tenant {
            return Ok(response);
        }
        token_request.claims = match &challenge {
            Challenge::Claims(claims) => Some(claims.clone()),
            _ => None,
        };
        let renewals = match challenge {
            Challenge::Claims(_) => RENEWALS_MAX,
            _ => 1,
        };
        if answered.contains(&challenge) || answered.len() >= renewals {
            // The person is asked once: what a sign-in of theirs does not satisfy, another one would not either.
            if asked || context.is_unaccepted() {
                context.not_accepted(&request, &response, token_request.claims);
                return Ok(response);
            }
            attempted = Attempted { refresh_token: true, iframe: true };
        }
        answered.push(challenge);
        token_request.rejected_token = Some(token);
    }
}
