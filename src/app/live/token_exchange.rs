//! Trading codes and refresh tokens over the network, and checking what comes.

use std::rc::Rc;
use std::time::Duration;

use super::auth_context::AuthContext;
use super::{session_storage, session_timeout};
use crate::browser::{clock, crypto, fetch};
use crate::entra::app::App;
use crate::entra::authorization_request::InteractionType;
use crate::entra::error::{InvalidResponse, SignInError};
use crate::entra::id_token::{self, Expected, IdToken};
use crate::entra::pending_authorization::PendingAuthorization;
use crate::entra::token::{self, Grant, Tokens};
use crate::entra::{authorization_response, jwks};

/// Most times a refresh is sent while Entra is in trouble. A code is sent once: it is good for one use.
const ATTEMPTS_MAX: u32 = 4;
/// Longest wait that Entra may ask for, in seconds; more is told the person.
const WAIT_MAX: u64 = 60;

/// Finishes a sign-in: holds the answer against its question, trades the code, checks who it is, and keeps it. Where the
/// question was asked on behalf of an account, no other account is taken.
pub(super) async fn finish(context: &Rc<AuthContext>, answered: &str, question: &PendingAuthorization) -> Result<(), SignInError> {
    let app = context.app().await?;
    let answered = authorization_response::validate(answered, question, &app)?;
    let grant = Grant::Code(&answered.code, question);
    let asked = clock::now();
    let tokens = trade(&app, &grant).await?;
    let tenant = directory(&app, &question.tenant).await?;
    let id_token = id_token(context, &app, &tokens, &tenant, Some(&question.nonce)).await?;
    if answered.issuer.is_some_and(|issuer| issuer != app.authority.issuer(id_token.tenant.as_str())) {
        return Err(SignInError::InvalidResponse(InvalidResponse::Issuer));
    }
    if question.home_account_id.as_ref().is_some_and(|account| *account != id_token.home_account_id) {
        return Err(SignInError::InvalidResponse(InvalidResponse::Account));
    }
    let interactive = !question.state.starts_with(InteractionType::Silent.state_prefix());
    let is_known = context.state.borrow().session.accounts().iter().any(|account| account.home_account_id == id_token.home_account_id);
    if !interactive && !is_known {
        // Signed out meanwhile: a frame that nobody sees brings nobody back.
        return Err(SignInError::Cancelled);
    }
    if interactive {
        let mut state = context.state.borrow_mut();
        state.interactions = state.interactions.wrapping_add(1);
    }
    let claims = question.claims.as_deref();
    context.state.borrow_mut().session.add_sign_in(&id_token, &tokens, app.authority.scope(), claims, asked, interactive);
    if interactive {
        session_timeout::active(context);
    }
    context.keep();
    session_storage::written().await;
    Ok(())
}

/// Trades a refresh token and keeps what comes. While Entra is in trouble it is tried again.
pub(super) async fn refresh(context: &Rc<AuthContext>, account: &str, grant: &Grant<'_>) -> Result<(), SignInError> {
    let Grant::Refresh { tenant, claims, .. } = grant else { return Err(SignInError::NotUnderstood("grant")) };
    let app = context.app().await?;
    let mut attempt = 1;
    let (asked, tokens) = loop {
        let asked = clock::now();
        match trade(&app, grant).await {
            Ok(tokens) => break (asked, tokens),
            Err(SignInError::ErrorResponse(error_response))
                if attempt < ATTEMPTS_MAX && (error_response.status == 429 || error_response.status >= 500) =>
            {
                let seconds = error_response.retry_after.unwrap_or(1 << (attempt - 1));
                if seconds > WAIT_MAX {
                    return Err(SignInError::ErrorResponse(error_response));
                }
                clock::wait(Duration::from_secs(seconds)).await;
                attempt += 1;
            }
            Err(error) => return Err(error),
        }
    };
    if tokens.id_token.is_some() {
        let id_token = id_token(context, &app, &tokens, tenant, None).await?;
        if id_token.home_account_id != account {
            return Err(SignInError::InvalidResponse(InvalidResponse::Account));
        }
    }
    context.state.borrow_mut().session.add_refreshed(account, tenant, app.authority.scope(), *claims, &tokens, asked);
    context.keep();
    // The one before is worth nothing any more.
    session_storage::written().await;
    Ok(())
}

/// The id of a directory that is known by its domain: a token names the id alone.
async fn directory(app: &App, tenant: &str) -> Result<String, SignInError> {
    let Some(address) = app.authority.openid_configuration(tenant) else { return Ok(tenant.to_owned()) };
    let answer = fetch::get(address).await?;
    let found = app.authority.tenant_in_configuration(&answer.body);
    Ok(found.ok_or(SignInError::NotUnderstood("openid-configuration"))?.to_string())
}

async fn trade(app: &App, grant: &Grant<'_>) -> Result<Tokens, SignInError> {
    let form = token::form(app, grant).ok_or(SignInError::NoAuthority)?;
    let response = fetch::post_form(form.url, form.body).await?;
    token::read(app, grant, &response)
}

/// Who the id token says it is, once all of it is checked.
async fn id_token(context: &AuthContext, app: &App, tokens: &Tokens, tenant: &str, nonce: Option<&str>) -> Result<IdToken, SignInError> {
    let written = tokens.id_token.as_ref().ok_or(SignInError::NotUnderstood("id_token"))?;
    let expected = Expected { authority: &app.authority, client_id: &app.client_id, tenant, nonce, now: clock::now() };
    let id_token = id_token::validate(written.reveal(), tokens.client_info.as_deref(), &expected)?;
    let signed = &id_token.signed;
    let tenant = id_token.tenant.as_str();
    let known = context.state.borrow().keys.iter().find(|(known, _)| known == tenant).map(|(_, keys)| keys.clone());
    let key = if let Some(key) = known.and_then(|keys| jwks::key(&keys, &signed.key_id)) {
        key
    } else {
        // Entra changes its keys now and then: what is not known is asked for again.
        let keys = fetch::get(app.authority.jwks_uri(tenant)).await?.body;
        let key = jwks::key(&keys, &signed.key_id);
        let mut state = context.state.borrow_mut();
        state.keys.retain(|(known, _)| known != tenant);
        state.keys.push((tenant.to_owned(), keys));
        key.ok_or(SignInError::InvalidResponse(InvalidResponse::Signature))?
    };
    if crypto::verify(&key, signed).await { Ok(id_token) } else { Err(SignInError::InvalidResponse(InvalidResponse::Signature)) }
}
