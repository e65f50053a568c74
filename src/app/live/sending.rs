//! A request to ARM with its token, and what follows from a 401: another token, at most one question to the person for
//! each challenge, and the request again. What was answered with 401 was not done, so that any request may go again.

use super::desk::{desk, wire_error};
use super::ladder;
use crate::arm::call::may_send;
use crate::arm::caller::Caller;
use crate::arm::http::{Request, Response};
use crate::arm::transport::WireError;
use crate::browser::fetch;
use crate::entra::challenge::{self, Challenge};
use crate::entra::error::SignInError;
use crate::entra::session::{Tried, Want};

/// Most times a request is sent: plainly, with a renewed token, after the person signed in, and after one more challenge.
const ROUNDS_MAX: u32 = 4;

/// Sends `request` and gives the answer. Where it is pinned to a caller, it is never sent as anyone else.
pub(super) async fn send(request: Request, pinned: Option<Caller>) -> Result<Response, WireError> {
    let desk = desk().ok_or(WireError::SignInRequired)?;
    desk.ready().await;
    if desk.state.borrow().session.account().is_none() {
        return Err(WireError::SignInRequired);
    }
    // Before anybody is asked to sign in for it.
    may_send(&request, pinned.as_ref(), desk.caller().as_ref())?;
    let app = desk.app().await.map_err(wire_error)?;
    let mut want = Want { scope: app.authority.scope().to_owned(), ..Want::default() };
    let (mut tried, mut answered, mut round) = (Tried::default(), Vec::new(), 1);
    loop {
        let token = ladder::token(&desk, &want, tried).await.map_err(|error| {
            if error != SignInError::Cancelled {
                desk.tell_failure(&error);
            }
            wire_error(error)
        })?;
        // Getting the token may have changed who it is.
        may_send(&request, pinned.as_ref(), desk.caller().as_ref())?;
        let mut signed = request.clone();
        signed.headers.set("Authorization", ["Bearer ", token.reveal()].concat());
        let response = fetch::send(signed).await?;
        let Some(challenge) = challenge::of(request.method, &response) else { return Ok(response) };
        if round == ROUNDS_MAX {
            return Ok(response);
        }
        round += 1;
        match &challenge {
            // Of another directory: only the person can say which to work in.
            Challenge::Tenant => return Ok(response),
            Challenge::Claims(claims) => {
                // Asked for once already: asking again would be a loop.
                if answered.contains(&challenge) {
                    return Ok(response);
                }
                want.claims = Some(claims.clone());
            }
            Challenge::Fresh => {
                // First another token; if that does not help either, the person, once.
                match answered.iter().filter(|known| **known == Challenge::Fresh).count() {
                    0 => {}
                    1 => tried = Tried { refresh: true, frame: true },
                    _ => return Ok(response),
                }
            }
        }
        answered.push(challenge);
        want.instead_of = Some(token);
    }
}
