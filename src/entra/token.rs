//! Trading a code or a refresh token for tokens: the request as it is sent, and the answer as it came. Sending is not
//! done here, and never twice for a code: it is good for one use.

use std::fmt;
use std::time::Duration;

use oauth2::basic::{BasicRevocationErrorResponse, BasicTokenType};
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

/// Longest life of an access token that is believed, in seconds: Entra's longest is 28 hours.
const LIFE_MAX: u64 = 28 * 60 * 60;

/// What is traded.
#[derive(Clone, Debug)]
pub enum Grant<'a> {
    /// The code of an answer, with its question.
    Code(&'a Secret, &'a PendingAuthorization),
    /// A refresh token, for a directory, with the claims that a challenge asks for.
    Refresh {
        /// The refresh token.
        refresh_token: &'a Secret,
        /// The directory.
        tenant: &'a str,
        /// The claims.
        claims: Option<&'a str>,
    },
}

/// A form to post, with no header of ours: so a browser asks nobody beforehand.
#[derive(Clone, PartialEq, Eq)]
pub struct Form {
    /// Where to.
    pub url: String,
    /// `application/x-www-form-urlencoded`. It holds secrets.
    pub body: String,
}

impl fmt::Debug for Form {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Form").field("url", &self.url).field("body", &"…").finish()
    }
}

/// What came for a grant. Times are seconds from when the request was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tokens {
    /// For ARM.
    pub access_token: Secret,
    /// How long it is good.
    pub expires_in: u64,
    /// When it is better renewed, where Entra says so.
    pub refresh_in: Option<u64>,
    /// For the next tokens; the one before is worth nothing from now on.
    pub refresh_token: Option<Secret>,
    /// How long the refresh token is good.
    pub refresh_token_expires_in: Option<u64>,
    /// Who it is.
    pub id_token: Option<Secret>,
    /// Who it is, beside the id token.
    pub client_info: Option<String>,
}

type OAuth = Client<
    Failure,
    Reply,
    StandardTokenIntrospectionResponse<EmptyExtraTokenFields, BasicTokenType>,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

pub(super) fn client(app: &App, tenant: &str) -> Option<OAuth> {
    let client = Client::new(ClientId::new(app.client_id.as_str().to_owned()))
        .set_auth_uri(AuthUrl::new(app.authority.authorization_endpoint(tenant)).ok()?)
        .set_token_uri(TokenUrl::new(app.authority.token_endpoint(tenant)).ok()?)
        .set_redirect_uri(RedirectUrl::new(app.redirect_uri.clone()).ok()?);
    Some(client)
}

/// The form that trades `grant`.
pub fn form(app: &App, grant: &Grant<'_>) -> Option<Form> {
    let sent = std::cell::RefCell::new(None);
    // The crate hands its request to what would send it, which keeps it and stops there.
    let keep = |request: HttpRequest| {
        let body = String::from_utf8(request.body().clone()).unwrap_or_default();
        sent.replace(Some(Form { url: request.uri().to_string(), body }));
        Err(Stop)
    };
    drop(ask(app, grant, &keep));
    sent.into_inner()
}

/// The tokens in `response`, the answer to [`form`].
///
/// # Errors
/// When Entra refused, or the answer is none.
pub fn read(app: &App, grant: &Grant<'_>, response: &Response) -> Result<Tokens, SignInError> {
    let answer = |_: HttpRequest| {
        let mut answer = HttpResponse::new(response.body.clone().into_bytes());
        *answer.status_mut() = oauth2::http::StatusCode::from_u16(response.status).map_err(|_| Stop)?;
        Ok(answer)
    };
    match ask(app, grant, &answer) {
        Ok(reply) => tokens(&reply),
        Err(RequestTokenError::ServerResponse(Failure(body))) => {
            let retry_after = response.headers.get("retry-after").and_then(|seconds| seconds.trim().parse().ok());
            Err(SignInError::ErrorResponse(Box::new(ErrorResponse {
                status: response.status,
                retry_after,
                ..ErrorResponse::from_json(&body)
            })))
        }
        // No JSON, as gateways answer: what is known of it is its status.
        Err(_) if response.status != 200 => {
            let retry_after = response.headers.get("retry-after").and_then(|seconds| seconds.trim().parse().ok());
            Err(SignInError::ErrorResponse(Box::new(ErrorResponse { status: response.status, retry_after, ..ErrorResponse::default() })))
        }
        Err(_) => Err(SignInError::NotUnderstood("token answer")),
    }
}

fn ask(
    app: &App,
    grant: &Grant<'_>,
    http: &dyn Fn(HttpRequest) -> Result<HttpResponse, Stop>,
) -> Result<Reply, RequestTokenError<Stop, Failure>> {
    let http = &|request: HttpRequest| http(request);
    let none = || RequestTokenError::Request(Stop);
    match grant {
        Grant::Code(code, pending) => client(app, &pending.tenant)
            .ok_or_else(none)?
            .exchange_code(AuthorizationCode::new(code.reveal().to_owned()))
            .set_pkce_verifier(PkceCodeVerifier::new(pending.verifier.reveal().to_owned()))
            .add_extra_param("scope", scopes(app))
            .add_extra_param("client_info", "1")
            .add_extra_param("claims", with_capabilities(pending.claims.as_deref()))
            .request(http),
        Grant::Refresh { refresh_token, tenant, claims } => client(app, tenant)
            .ok_or_else(none)?
            .exchange_refresh_token(&RefreshToken::new(refresh_token.reveal().to_owned()))
            .add_scopes(scopes(app).split(' ').map(|scope| Scope::new(scope.to_owned())))
            .add_extra_param("redirect_uri", app.redirect_uri.as_str())
            .add_extra_param("client_info", "1")
            .add_extra_param("claims", with_capabilities(*claims))
            .request(http),
    }
}

fn scopes(app: &App) -> String {
    [app.authority.scope(), " ", &OPENID_SCOPES.join(" ")].concat()
}

fn tokens(reply: &Reply) -> Result<Tokens, SignInError> {
    let secret = |key| some_text(&reply.body, key).map(Secret::new);
    let seconds = |key: &str| {
        let value = reply.body.get(key)?;
        value.as_u64().or_else(|| value.as_str()?.parse().ok())
    };
    if !text(&reply.body, "token_type").eq_ignore_ascii_case("bearer") {
        return Err(SignInError::NotUnderstood("token_type"));
    }
    Ok(Tokens {
        access_token: secret("access_token").ok_or(SignInError::NotUnderstood("access_token"))?,
        expires_in: seconds("expires_in").filter(|life| *life > 0).ok_or(SignInError::NotUnderstood("expires_in"))?.min(LIFE_MAX),
        refresh_in: seconds("refresh_in"),
        refresh_token: secret("refresh_token"),
        refresh_token_expires_in: seconds("refresh_token_expires_in"),
        id_token: secret("id_token"),
        client_info: some_text(&reply.body, "client_info"),
    })
}

/// What stands for a client that sends nothing.
#[derive(Debug, thiserror::Error)]
#[error("nothing is sent here")]
struct Stop;

/// A token answer: JSON, read by ourselves. The derived readers of the crate's own types would weigh several times this.
pub(super) struct Reply {
    body: Value,
    access: AccessToken,
}

impl fmt::Debug for Reply {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Reply(…)")
    }
}

impl<'de> Deserialize<'de> for Reply {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let body = Value::deserialize(from)?;
        let access = AccessToken::new(text(&body, "access_token").to_owned());
        Ok(Self { body, access })
    }
}

impl Serialize for Reply {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        // Nobody may write tokens down by accident.
        to.serialize_unit()
    }
}

impl TokenResponse for Reply {
    type TokenType = BasicTokenType;

    fn access_token(&self) -> &AccessToken {
        &self.access
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

/// An error answer: JSON, read by [`Refusal::of_body`].
#[derive(Debug)]
pub(super) struct Failure(Value);

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(text(&self.0, "error"))
    }
}

impl<'de> Deserialize<'de> for Failure {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Value::deserialize(from).map(Self)
    }
}

impl Serialize for Failure {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_unit()
    }
}

impl oauth2::ErrorResponse for Failure {}

#[cfg(test)]
mod tests;
