//! The token endpoint: redeems an authorization code or a refresh token. A code is sent once: it can be redeemed once.

use std::cell::Cell;
use std::fmt;
use std::time::Duration;

use oauth2::basic::{BasicRevocationErrorResponse, BasicTokenType};
use oauth2::http::StatusCode;
use oauth2::{
    AccessToken, AuthUrl, AuthorizationCode, Client, ClientId, EmptyExtraTokenFields, EndpointNotSet, EndpointSet, HttpRequest,
    HttpResponse, PkceCodeVerifier, RedirectUrl, RefreshToken, RequestTokenError, Scope, StandardRevocableToken,
    StandardTokenIntrospectionResponse, TokenResponse, TokenUrl,
};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::app::{App, OPENID_SCOPES};
use super::challenge::with_capabilities;
use super::error::{ErrorResponse, SignInError};
use super::pending_authorization::PendingAuthorization;
use super::secret::Secret;
use crate::arm::http::Response;
use crate::arm::json::{some_text, text};
use crate::arm::transport::WireError;

/// The longest lifetime of an access token that is believed, in seconds: Entra's longest is 28 hours.
const LIFETIME_MAX: u64 = 28 * 60 * 60;

/// What is redeemed.
#[derive(Clone, Debug)]
pub enum Grant<'a> {
    /// The code of an authorization response, with its request.
    Code(&'a Secret, &'a PendingAuthorization),
    /// A refresh token.
    Refresh {
        /// The refresh token.
        refresh_token: &'a Secret,
        /// The directory.
        tenant: &'a str,
        /// The claims of a claims challenge, as JSON.
        claims: Option<&'a str>,
    },
}

/// A token response. Times are seconds from when the request was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tokens {
    /// The access token for ARM.
    pub access_token: Secret,
    /// Its lifetime.
    pub expires_in: u64,
    /// When Entra recommends to renew it.
    pub refresh_in: Option<u64>,
    /// The next refresh token.
    pub refresh_token: Option<Secret>,
    /// Its lifetime.
    pub refresh_token_expires_in: Option<u64>,
    /// The id token.
    pub id_token: Option<Secret>,
    /// The parameter that names the account.
    pub client_info: Option<String>,
}

type OAuthClient = Client<
    TokenError,
    TokenBody,
    StandardTokenIntrospectionResponse<EmptyExtraTokenFields, BasicTokenType>,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

pub(super) fn client(app: &App, tenant: &str) -> Option<OAuthClient> {
    let client = Client::new(ClientId::new(app.client_id.as_str().to_owned()))
        .set_auth_uri(AuthUrl::new(app.authority.authorization_endpoint(tenant)).ok()?)
        .set_token_uri(TokenUrl::new(app.authority.token_endpoint(tenant)).ok()?)
        .set_redirect_uri(RedirectUrl::new(app.redirect_uri.clone()).ok()?);
    Some(client)
}

/// Redeems `grant`. `post_form` sends a form (URL, and body with secrets) with no other headers than browsers send without a preflight.
///
/// # Errors
/// When the request failed, Entra responded with an error, or the response is malformed.
pub async fn redeem(
    app: &App,
    grant: &Grant<'_>,
    post_form: impl AsyncFn(String, String) -> Result<Response, WireError>,
) -> Result<Tokens, SignInError> {
    let (status, retry_after) = (Cell::new(0), Cell::new(None));
    let http_client = async |request: HttpRequest| {
        let (head, body) = request.into_parts();
        let response = post_form(head.uri.to_string(), String::from_utf8(body).unwrap_or_default()).await?;
        status.set(response.status);
        retry_after.set(response.headers.get("retry-after").and_then(|seconds| seconds.trim().parse().ok()));
        let mut http_response = HttpResponse::new(response.body.into_bytes());
        *http_response.status_mut() = StatusCode::from_u16(response.status).map_err(|_| WireError::Unreachable)?;
        Ok::<_, WireError>(http_response)
    };
    let http_client = |request| http_client(request);
    let response = match grant {
        Grant::Code(code, pending) => {
            client(app, &pending.tenant)
                .ok_or(SignInError::NoAuthority)?
                .exchange_code(AuthorizationCode::new(code.reveal().to_owned()))
                .set_pkce_verifier(PkceCodeVerifier::new(pending.verifier.reveal().to_owned()))
                .add_extra_param("scope", scopes(app))
                .add_extra_param("client_info", "1")
                .add_extra_param("claims", with_capabilities(pending.claims.as_deref()))
                .request_async(&http_client)
                .await
        }
        Grant::Refresh { refresh_token, tenant, claims } => {
            client(app, tenant)
                .ok_or(SignInError::NoAuthority)?
                .exchange_refresh_token(&RefreshToken::new(refresh_token.reveal().to_owned()))
                .add_scopes(scopes(app).split(' ').map(|scope| Scope::new(scope.to_owned())))
                .add_extra_param("redirect_uri", app.redirect_uri.as_str())
                .add_extra_param("client_info", "1")
                .add_extra_param("claims", with_capabilities(*claims))
                .request_async(&http_client)
                .await
        }
    };
    let (status, retry_after) = (status.get(), retry_after.get());
    let error_response = |response| SignInError::ErrorResponse(Box::new(ErrorResponse { status, retry_after, ..response }));
    match response {
        Ok(body) => tokens(&body.json),
        Err(RequestTokenError::Request(error)) => Err(error.into()),
        Err(RequestTokenError::ServerResponse(TokenError(body))) => Err(error_response(ErrorResponse::from_json(&body))),
        // Not JSON, as gateways respond: only the status is known.
        Err(_) if status != 200 => Err(error_response(ErrorResponse::default())),
        Err(_) => Err(SignInError::NotUnderstood("token answer")),
    }
}

fn scopes(app: &App) -> String {
    [app.authority.scope(), " ", &OPENID_SCOPES.join(" ")].concat()
}

fn tokens(body: &Value) -> Result<Tokens, SignInError> {
    let secret = |key| some_text(body, key).map(Secret::new);
    let seconds = |key: &str| {
        let value = body.get(key)?;
        value.as_u64().or_else(|| value.as_str()?.parse().ok())
    };
    if !text(body, "token_type").eq_ignore_ascii_case("bearer") {
        return Err(SignInError::NotUnderstood("token_type"));
    }
    let expires_in = seconds("expires_in").filter(|lifetime| *lifetime > 0);
    Ok(Tokens {
        access_token: secret("access_token").ok_or(SignInError::NotUnderstood("access_token"))?,
        expires_in: expires_in.ok_or(SignInError::NotUnderstood("expires_in"))?.min(LIFETIME_MAX),
        refresh_in: seconds("refresh_in"),
        refresh_token: secret("refresh_token"),
        refresh_token_expires_in: seconds("refresh_token_expires_in"),
        id_token: secret("id_token"),
        client_info: some_text(body, "client_info"),
    })
}

/// The body of a token response, which [`tokens`] reads. The derived types of `oauth2` would weigh several times this.
pub(super) struct TokenBody {
    json: Value,
    access_token: AccessToken,
}

impl fmt::Debug for TokenBody {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("TokenBody(…)")
    }
}

impl<'de> Deserialize<'de> for TokenBody {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let json = Value::deserialize(from)?;
        let access_token = AccessToken::new(text(&json, "access_token").to_owned());
        Ok(Self { json, access_token })
    }
}

impl Serialize for TokenBody {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        // So that nobody writes tokens by accident.
        to.serialize_unit()
    }
}

impl TokenResponse for TokenBody {
    type TokenType = BasicTokenType;

    fn access_token(&self) -> &AccessToken {
        &self.access_token
    }

    fn token_type(&self) -> &BasicTokenType {
        &BasicTokenType::Bearer
    }

    fn expires_in(&self) -> Option<Duration> {
        None
    }

    fn refresh_token(&self) -> Option<&RefreshToken> {
        None
    }

    fn scopes(&self) -> Option<&Vec<Scope>> {
        None
    }
}

/// The body of an error response, which [`ErrorResponse::from_json`] reads.
#[derive(Debug)]
pub(super) struct TokenError(Value);

impl fmt::Display for TokenError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(text(&self.0, "error"))
    }
}

impl<'de> Deserialize<'de> for TokenError {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Value::deserialize(from).map(Self)
    }
}

impl Serialize for TokenError {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_unit()
    }
}

impl oauth2::ErrorResponse for TokenError {}

#[cfg(test)]
mod tests;
