//! Validates access tokens, and words ARM's 401 for invalid ones.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};
use http_body_util::{BodyExt, Empty};
use hyper::body::Bytes;
use hyper_util::rt::TokioIo;
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde::Deserialize;
use tokio::net::TcpStream;
use tokio::sync::Mutex;

/// The claims that ARM checks.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Claims {
    pub(crate) aud: String,
    pub(crate) iss: String,
    pub(crate) tid: String,
    pub(crate) oid: String,
    pub(crate) exp: u64,
    pub(crate) iat: u64,
    pub(crate) nbf: u64,
    #[serde(default)]
    pub(crate) scp: String,
    /// Authentication contexts that the sign-in satisfied.
    #[serde(default)]
    pub(crate) acrs: Vec<String>,
    #[serde(default)]
    pub(crate) amr: Vec<String>,
}

/// Why a token is invalid: ARM's code and message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct InvalidToken {
    pub(crate) code: &'static str,
    pub(crate) message: String,
}

/// Validates tokens with the provider's keys, which are fetched when an unknown key ID appears.
#[derive(Debug)]
pub(crate) struct Tokens {
    /// Prefixes of valid issuers.
    authorities: Vec<String>,
    /// Valid audiences, without a trailing slash.
    audiences: Vec<String>,
    keys_at: String,
    keys: Mutex<JwkSet>,
}

/// Allowed clock skew in seconds.
const LEEWAY: u64 = 5;

impl Tokens {
    pub(crate) fn new(authorities: Vec<String>, audiences: Vec<String>) -> Self {
        let keys_at = authorities.first().cloned().unwrap_or_default();
        Self { authorities, audiences, keys_at, keys: Mutex::new(JwkSet { keys: Vec::new() }) }
    }

    /// The claims of a valid token.
    pub(crate) async fn check(&self, token: &str) -> Result<Claims, InvalidToken> {
        let invalid = || InvalidToken { code: "InvalidAuthenticationToken", message: "The access token is invalid.".to_owned() };
        let head = decode_header(token).map_err(|_| invalid())?;
        let kid = head.kid.ok_or_else(invalid)?;
        let key = self.key(&kid).await.ok_or_else(invalid)?;
        let mut validation = Validation::new(Algorithm::RS256);
        // Each of these has its own refusal in ARM's words below.
        validation.validate_exp = false;
        validation.validate_aud = false;
        validation.required_spec_claims.clear();
        let claims = decode::<Claims>(token, &key, &validation).map_err(|_| invalid())?.claims;
        let now = now_ms() / 1000;
        if claims.exp + LEEWAY < now {
            let message =
                format!("The access token expiry UTC time '{}' is earlier than current UTC time '{}'.", spoken(claims.exp), spoken(now));
            return Err(InvalidToken { code: "ExpiredAuthenticationToken", message });
        }
        if claims.nbf > now + LEEWAY || claims.scp.split(' ').all(|scope| scope != "user_impersonation") {
            return Err(invalid());
        }
        if !self.audiences.iter().any(|known| known == claims.aud.trim_end_matches('/')) {
            let message = format!(
                "The access token has been obtained for wrong audience or resource '{}'. It should exactly match with one of the allowed audiences '{}'.",
                claims.aud,
                self.audiences.join(",")
            );
            return Err(InvalidToken { code: "InvalidAuthenticationTokenAudience", message });
        }
        if !self.authorities.iter().any(|origin| claims.iss == format!("{origin}/{}/", claims.tid)) {
            return Err(invalid());
        }
        Ok(claims)
    }

    async fn key(&self, kid: &str) -> Option<DecodingKey> {
        let mut keys = self.keys.lock().await;
        if keys.find(kid).is_none()
            && let Ok(fetched) = fetch(&self.keys_at).await
        {
            *keys = fetched;
        }
        DecodingKey::from_jwk(keys.find(kid)?).ok()
    }
}

/// The provider's keys, from its discovery document.
async fn fetch(authority: &str) -> Result<JwkSet> {
    let host = authority.strip_prefix("http://").context("keys are fetched over http")?;
    let stream = tokio::time::timeout(Duration::from_secs(5), TcpStream::connect(host)).await??;
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await?;
    tokio::spawn(connection);
    let request = hyper::Request::get("/organizations/discovery/v2.0/keys").header("host", host).body(Empty::<Bytes>::new())?;
    let body = sender.send_request(request).await?.into_body().collect().await?.to_bytes();
    Ok(serde_json::from_slice(&body)?)
}

/// ARM's message for a token revoked before its expiry.
pub(crate) fn expired(claims: &Claims) -> String {
    format!("The access token expiry UTC time '{}' is earlier than current UTC time '{}'.", spoken(claims.iat), spoken(now_ms() / 1000))
}

/// Milliseconds since 1970.
pub(crate) fn now_ms() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or_default()
}

/// `3/19/2023 8:55:46 AM`.
fn spoken(seconds: u64) -> String {
    identity_portal::simulator::spoken(seconds * 1000)
}
