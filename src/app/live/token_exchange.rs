//! Redeems authorization codes and refresh tokens at the token endpoint, and validates the id tokens.

use std::rc::Rc;
use std::time::Duration;

use super::auth_context::AuthContext;
use super::session_timeout;
use crate::browser::{clock, crypto, fetch};
use crate::entra::app::App;
use crate::entra::authorization_request::InteractionType;
use crate::entra::error::{InvalidResponse, SignInError};
use crate::entra::id_token::{self, Expected, IdToken};
use crate::entra::pending_authorization::PendingAuthorization;
use crate::entra::token::{self, Grant, Tokens};
use crate::entra::{authorization_response, jwks};

/// How often a refresh is sent while Entra fails. A code is sent once: it can be redeemed once.
const ATTEMPTS_MAX: u32 = 4;
/// The longest `Retry-After` to wait for, in seconds; a longer one is reported to the person.
const RETRY_AFTER_MAX: u64 = 60;

/// Finishes a sign-in: validates the response in `fragment`, redeems the code, verifies the id token and stores the tokens. Where
/// the request was for an account, no other account is accepted.
pub(super) async fn redeem_code(context: &Rc<AuthContext>, fragment: &str, pending: &PendingAuthorization) -> Result<(), SignInError> {
    let app = context.app().await?;
    let response = authorization_response::validate(fragment, pending, &app)?;
    let grant = Grant::Code(&response.code, pending);
    let requested_at = clock::now();
    let tokens = token::redeem(&app, &grant, fetch::post_form).await?;
    let tenant = tenant_id(&app, &pending.tenant).await?;
    let id_token = verified_id_token(context, &app, &tokens, &tenant, Some(&pending.nonce)).await?;
    if response.issuer.is_some_and(|issuer| issuer != app.authority.issuer(id_token.tenant.as_str())) {
        return Err(SignInError::InvalidResponse(InvalidResponse::Issuer));
    }
    if pending.home_account_id.as_ref().is_some_and(|account| *account != id_token.home_account_id) {
        return Err(SignInError::InvalidResponse(InvalidResponse::Account));
    }
    let is_interactive = !pending.state.starts_with(InteractionType::Silent.state_prefix());
    let is_known = context.state.borrow().session.has_account(&id_token.home_account_id);
    if !is_interactive && !is_known {
        // The account has signed out meanwhile: a hidden iframe signs nobody in again.
        return Err(SignInError::Cancelled);
    }
    if is_interactive {
        let mut state = context.state.borrow_mut();
        state.interaction_count = state.interaction_count.wrapping_add(1);
    }
    let (scope, claims) = (app.authority.scope(), pending.claims.as_deref());
    context.state.borrow_mut().session.add_sign_in(&id_token, &tokens, scope, claims, requested_at, is_interactive);
    if is_interactive {
        session_timeout::note_activity(context);
    }
    context.save();
    context.storage.written().await;
    Ok(())
}

/// Redeems a refresh token and stores the tokens. While Entra fails, it is tried again.
pub(super) async fn refresh(context: &Rc<AuthContext>, home_account_id: &str, grant: &Grant<'_>) -> Result<(), SignInError> {
    let Grant::Refresh { tenant, claims, .. } = grant else { return Err(SignInError::NotUnderstood("grant")) };
    let app = context.app().await?;
    let mut attempt = 1;
    let (requested_at, tokens) = loop {
        let requested_at = clock::now();
        match token::redeem(&app, grant, fetch::post_form).await {
            Ok(tokens) => break (requested_at, tokens),
            Err(SignInError::ErrorResponse(response)) if attempt < ATTEMPTS_MAX && (response.status == 429 || response.status >= 500) => {
                let seconds = response.retry_after.unwrap_or(1 << (attempt - 1));
                if seconds > RETRY_AFTER_MAX {
                    return Err(SignInError::ErrorResponse(response));
                }
                clock::wait(Duration::from_secs(seconds)).await;
                attempt += 1;
            }
            Err(error) => return Err(error),
        }
    };
    if tokens.id_token.is_some() {
        let id_token = verified_id_token(context, &app, &tokens, tenant, None).await?;
        if id_token.home_account_id != home_account_id {
            return Err(SignInError::InvalidResponse(InvalidResponse::Account));
        }
    }
    context.state.borrow_mut().session.add_refreshed(home_account_id, tenant, app.authority.scope(), *claims, &tokens, requested_at);
    context.save();
    // The former refresh token is invalid by now.
    context.storage.written().await;
    Ok(())
}

/// The id of a directory that may be given by its domain; tokens have only the id.
async fn tenant_id(app: &App, tenant: &str) -> Result<String, SignInError> {
    let Some(url) = app.authority.openid_configuration(tenant) else { return Ok(tenant.to_owned()) };
    let response = fetch::get(url).await?;
    let tenant = app.authority.tenant_in_configuration(&response.body);
    Ok(tenant.ok_or(SignInError::NotUnderstood("openid-configuration"))?.to_string())
}

/// The id token, validated and with its signature verified.
async fn verified_id_token(
    context: &AuthContext,
    app: &App,
    tokens: &Tokens,
    tenant: &str,
    nonce: Option<&str>,
) -> Result<IdToken, SignInError> {
    let encoded = tokens.id_token.as_ref().ok_or(SignInError::NotUnderstood("id_token"))?;
    let expected = Expected { authority: &app.authority, client_id: &app.client_id, tenant, nonce, now: clock::now() };
    let id_token = id_token::validate(encoded.reveal(), tokens.client_info.as_deref(), &expected)?;
    let signed = &id_token.signed;
    let tenant = id_token.tenant.as_str();
    let known = context.state.borrow().signing_keys.iter().find(|(known, _)| known == tenant).map(|(_, keys)| keys.clone());
    let key = if let Some(key) = known.and_then(|keys| jwks::key(&keys, &signed.key_id)) {
        key
    } else {
        // Entra rotates its keys: for an unknown one, they are requested again.
        let keys = fetch::get(app.authority.jwks_uri(tenant)).await?.body;
        let key = jwks::key(&keys, &signed.key_id);
        let mut state = context.state.borrow_mut();
        state.signing_keys.retain(|(known, _)| known != tenant);
        state.signing_keys.push((tenant.to_owned(), keys));
        key.ok_or(SignInError::InvalidResponse(InvalidResponse::Signature))?
    };
    if crypto::verify(&key, signed).await { Ok(id_token) } else { Err(SignInError::InvalidResponse(InvalidResponse::Signature)) }
}
