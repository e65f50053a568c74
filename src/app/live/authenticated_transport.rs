//! Sends requests to ARM with an access token, and handles claims challenges: another token, then one interaction with the person,
//! and the request again. A challenged request had no effect, so that any request may be repeated.

use std::rc::Rc;

use super::auth_context::AuthContext;
use super::{acquire_token, startup};
use crate::arm::call::may_send;
use crate::arm::caller::Caller;
use crate::arm::http::{Method, Request, Response};
use crate::arm::transport::WireError;
use crate::browser::fetch;
use crate::entra::challenge::{self, Challenge};
use crate::entra::error::SignInError;
use crate::entra::session::{Attempted, TokenRequest};

/// How many challenges of a request are answered with a renewed token before the person is asked.
const RENEWALS_MAX: usize = 2;

/// Sends `request`. Where it is pinned to a caller, it is never sent as anyone else.
pub(super) async fn send(context: &Rc<AuthContext>, request: Request, pinned: Option<Caller>) -> Result<Response, WireError> {
    startup::ready(context).await;
    if context.state.borrow().session.account().is_none() {
        return Err(WireError::SignInRequired);
    }
    // Before anybody is asked to sign in for it.
    may_send(&request, pinned.as_ref(), context.caller().as_ref())?;
    let first_caller = context.caller();
    let app = context.app().await.map_err(wire_error)?;
    let stored = if request.method == Method::Put { context.state.borrow_mut().claims_of_next_write.take() } else { None };
    let claims = stored.filter(|(caller, _)| first_caller.as_ref() == Some(caller)).map(|(_, claims)| claims);
    let mut token_request = TokenRequest { scope: app.authority.scope().to_owned(), claims, ..TokenRequest::default() };
    let (mut attempted, mut challenges, mut has_interacted) = (Attempted::default(), Vec::new(), false);
    loop {
        let before = context.state.borrow().interaction_count;
        let token = acquire_token::acquire(context, &token_request, attempted).await.map_err(|error| {
            if error != SignInError::Cancelled {
                context.show_error(&error);
            }
            wire_error(error)
        })?;
        has_interacted |= context.state.borrow().interaction_count != before;
        // Acquiring the token may have changed the account. A request that began as one account continues as no other, reads included.
        let caller = context.caller();
        may_send(&request, pinned.as_ref(), caller.as_ref())?;
        let is_same = first_caller.as_ref().zip(caller.as_ref()).is_some_and(|(first, now)| first.is(now));
        if !is_same {
            return Err(WireError::OtherCaller);
        }
        if !context.state.borrow().session.is_active_token(&token) {
            // A newer one has replaced it.
            continue;
        }
        let mut authorized = request.clone();
        authorized.headers.set("Authorization", ["Bearer ", token.reveal()].concat());
        let response = fetch::send(authorized).await?;
        let Some(challenge) = challenge::from_response(request.method, &response) else {
            context.token_accepted();
            if challenge::lacks_second_factor(&response) {
                let claims = |caller| (caller, challenge::SECOND_FACTOR.to_owned());
                context.state.borrow_mut().claims_of_next_write = caller.map(claims);
            }
            return Ok(response);
        };
        // Only the person can choose another directory.
        if challenge == Challenge::Tenant {
            return Ok(response);
        }
        token_request.claims = match &challenge {
            Challenge::Claims(claims) => Some(claims.clone()),
            _ => None,
        };
        let renewals_max = match challenge {
            Challenge::Claims(_) => RENEWALS_MAX,
            _ => 1,
        };
        if challenges.contains(&challenge) || challenges.len() >= renewals_max {
            // The person is asked once: another sign-in would not satisfy what the first one didn't.
            if has_interacted || context.is_rejected() {
                context.token_rejected(&request, &response, token_request.claims);
                return Ok(response);
            }
            attempted = Attempted { refresh_token: true, iframe: true };
        }
        challenges.push(challenge);
        token_request.rejected_token = Some(token);
    }
}

/// The error of a request whose token could not be acquired; the sign-in bar has the details.
fn wire_error(error: SignInError) -> WireError {
    match error {
        SignInError::Wire(error) => error,
        _ => WireError::SignInRequired,
    }
}
