//! Trading codes and refresh tokens over the network, and checking what comes.

use std::rc::Rc;
use std::time::Duration;

use super::desk::Desk;
use super::{ending, keeping};
use crate::browser::{clock, crypto, fetch};
use crate::entra::app::App;
use crate::entra::error::{Forgery, SignInError};
use crate::entra::id_token::{self, Expected, Identity};
use crate::entra::pending::Pending;
use crate::entra::request::Way;
use crate::entra::token::{self, Grant, Tokens};
use crate::entra::{answer, jwks};

/// Most times a refresh is sent while Entra is in trouble. A code is sent once: it is good for one use.
const ATTEMPTS_MAX: u32 = 4;
/// Longest wait that Entra may ask for, in seconds; more is told the person.
const WAIT_MAX: u64 = 60;

/// Finishes a sign-in: holds the answer against its question, trades the code, checks who it is, and keeps it. Where the
/// question was asked on behalf of an account, no other account is taken.
pub(super) async fn finish(desk: &Rc<Desk>, answered: &str, question: &Pending) -> Result<(), SignInError> {
    let app = desk.app().await?;
    let answered = answer::read(answered, question, &app)?;
    let grant = Grant::Code(&answered.code, question);
    let asked = clock::now();
    let tokens = trade(&app, &grant).await?;
    let tenant = directory(&app, &question.tenant).await?;
    let identity = identity(desk, &app, &tokens, &tenant, Some(&question.nonce)).await?;
    if answered.issuer.is_some_and(|issuer| issuer != app.authority.issuer(identity.tenant.as_str())) {
        return Err(SignInError::Forged(Forgery::Issuer));
    }
    if question.account.as_ref().is_some_and(|account| *account != identity.home) {
        return Err(SignInError::Forged(Forgery::Account));
    }
    let by_person = !question.state.starts_with(Way::Frame.letter());
    let is_known = desk.state.borrow().session.accounts().iter().any(|account| account.home == identity.home);
    if !by_person && !is_known {
        // Signed out meanwhile: a frame that nobody sees brings nobody back.
        return Err(SignInError::Cancelled);
    }
    if by_person {
        let mut state = desk.state.borrow_mut();
        state.interactions = state.interactions.wrapping_add(1);
    }
    let claims = question.claims.as_deref();
    desk.state.borrow_mut().session.signed_in(&identity, &tokens, app.authority.scope(), claims, asked, by_person);
    if by_person {
        ending::active(desk);
    }
    desk.keep();
    keeping::written().await;
    Ok(())
}

/// Trades a refresh token and keeps what comes. While Entra is in trouble it is tried again.
pub(super) async fn refresh(desk: &Rc<Desk>, account: &str, grant: &Grant<'_>) -> Result<(), SignInError> {
    let Grant::Refresh { tenant, claims, .. } = grant else { return Err(SignInError::NotUnderstood("grant")) };
    let app = desk.app().await?;
    let mut attempt = 1;
    let (asked, tokens) = loop {
        let asked = clock::now();
        match trade(&app, grant).await {
            Ok(tokens) => break (asked, tokens),
            Err(SignInError::Refused(refusal)) if attempt < ATTEMPTS_MAX && (refusal.status == 429 || refusal.status >= 500) => {
                let seconds = refusal.retry_after.unwrap_or(1 << (attempt - 1));
                if seconds > WAIT_MAX {
                    return Err(SignInError::Refused(refusal));
                }
                clock::wait(Duration::from_secs(seconds)).await;
                attempt += 1;
            }
            Err(error) => return Err(error),
        }
    };
    if tokens.id_token.is_some() {
        let identity = identity(desk, &app, &tokens, tenant, None).await?;
        if identity.home != account {
            return Err(SignInError::Forged(Forgery::Account));
        }
    }
    desk.state.borrow_mut().session.refreshed(account, tenant, app.authority.scope(), *claims, &tokens, asked);
    desk.keep();
    // The one before is worth nothing any more.
    keeping::written().await;
    Ok(())
}

/// The id of a directory that is known by its domain: a token names the id alone.
async fn directory(app: &App, tenant: &str) -> Result<String, SignInError> {
    let Some(address) = app.authority.configuration(tenant) else { return Ok(tenant.to_owned()) };
    let answer = fetch::get(address).await?;
    let found = app.authority.directory(&answer.body);
    Ok(found.ok_or(SignInError::NotUnderstood("openid-configuration"))?.to_string())
}

async fn trade(app: &App, grant: &Grant<'_>) -> Result<Tokens, SignInError> {
    let form = token::form(app, grant).ok_or(SignInError::NoAuthority)?;
    let response = fetch::post_form(form.url, form.body).await?;
    token::read(app, grant, &response)
}

/// Who the id token says it is, once all of it is checked.
async fn identity(desk: &Desk, app: &App, tokens: &Tokens, tenant: &str, nonce: Option<&str>) -> Result<Identity, SignInError> {
    let written = tokens.id_token.as_ref().ok_or(SignInError::NotUnderstood("id_token"))?;
    let expected = Expected { authority: &app.authority, client: &app.client, tenant, nonce, now: clock::now() };
    let identity = id_token::read(written.reveal(), tokens.client_info.as_deref(), &expected)?;
    let signed = &identity.to_verify;
    let tenant = identity.tenant.as_str();
    let known = desk.state.borrow().keys.iter().find(|(known, _)| known == tenant).map(|(_, keys)| keys.clone());
    let key = if let Some(key) = known.and_then(|keys| jwks::key(&keys, &signed.key)) {
        key
    } else {
        // Entra changes its keys now and then: what is not known is asked for again.
        let keys = fetch::get(app.authority.keys(tenant)).await?.body;
        let key = jwks::key(&keys, &signed.key);
        let mut state = desk.state.borrow_mut();
        state.keys.retain(|(known, _)| known != tenant);
        state.keys.push((tenant.to_owned(), keys));
        key.ok_or(SignInError::Forged(Forgery::Signature))?
    };
    if crypto::verify(&key, signed).await { Ok(identity) } else { Err(SignInError::Forged(Forgery::Signature)) }
}
