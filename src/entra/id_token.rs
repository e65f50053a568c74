//! The id token: issuer, audience, lifetime, nonce and directory are validated here (`OpenID` Connect Core, section 3.1.3.7); the
//! browser verifies the signature.

use base64::Engine;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_json::Value;

use super::authority::Authority;
use super::error::{InvalidResponse, SignInError};
use super::jwks::SignedMessage;
use crate::arm::guid::Guid;
use crate::arm::json::{at, some_text, text};

/// How far clocks may differ, in seconds, as in MSAL.
const SKEW: u64 = 300;

/// The directory of personal accounts, which can't use ARM.
const PERSONAL: &str = "9188040d-6c67-4c5b-b112-36a304b66dad";

/// Base64url, with or without padding.
pub(crate) const LENIENT: GeneralPurpose =
    GeneralPurpose::new(&URL_SAFE, GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent));

/// What an id token is validated against.
#[derive(Clone, Debug)]
pub struct Expected<'a> {
    /// The authority that issues it.
    pub authority: &'a Authority,
    /// The app registration (`aud`).
    pub client_id: &'a Guid,
    /// The requested directory: an id, or `organizations`. Look up domains first
    /// ([`Authority::tenant_in_configuration`]).
    pub tenant: &'a str,
    /// The nonce of the request; `None` for a refresh token.
    pub nonce: Option<&'a str>,
    /// In milliseconds since 1970.
    pub now: u64,
}

/// A validated id token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdToken {
    /// MSAL's `homeAccountId`: `uid.utid`, the same in every directory.
    pub home_account_id: String,
    /// The directory (`tid`).
    pub tenant: Guid,
    /// The display name; may be empty.
    pub name: String,
    /// The sign-in name, such as `ada@contoso.example`; may be empty.
    pub username: String,
    /// The `login_hint` that preselects this account on the sign-in page.
    pub login_hint: Option<String>,
    /// The signature, which has to be verified before anything in the token is trusted.
    pub signed: SignedMessage,
}

/// Validates everything in `token` but its signature. `client_info`: the parameter of the token response that names the account.
///
/// # Errors
/// The first check that fails.
pub fn validate(token: &str, client_info: Option<&str>, expected: &Expected<'_>) -> Result<IdToken, SignInError> {
    let parts: Vec<&str> = token.split('.').collect();
    let &[head, body, signature] = parts.as_slice() else { return Err(MALFORMED) };
    let (header, claims) = (json(head).ok_or(MALFORMED)?, json(body).ok_or(MALFORMED)?);
    let signature = LENIENT.decode(signature).map_err(|_| MALFORMED)?;
    // `crit` lists extensions that must be understood (RFC 7515, section 4.1.11); Entra sends none.
    if text(&header, "alg") != "RS256" || text(&header, "kid").is_empty() || header.get("crit").is_some() || signature.is_empty() {
        return Err(SignInError::InvalidResponse(InvalidResponse::Algorithm));
    }
    check_claims(&claims, expected).map_err(SignInError::InvalidResponse)?;
    let tenant = Guid::parse(text(&claims, "tid")).ok_or(SignInError::InvalidResponse(InvalidResponse::Tenant))?;
    let first = |names: &[&str]| names.iter().find_map(|name| some_text(&claims, name)).unwrap_or_default();
    Ok(IdToken {
        home_account_id: home_account_id(client_info, &claims).ok_or(MALFORMED)?,
        tenant,
        name: first(&["name", "given_name", "preferred_username", "upn"]),
        username: first(&["preferred_username", "upn", "email"]),
        login_hint: some_text(&claims, "login_hint").or_else(|| some_text(&claims, "preferred_username")),
        signed: SignedMessage { key_id: text(&header, "kid").to_owned(), message: [head, ".", body].concat(), signature },
    })
}

const MALFORMED: SignInError = SignInError::NotUnderstood("id_token");

fn check_claims(claims: &Value, expected: &Expected<'_>) -> Result<(), InvalidResponse> {
    let tenant = text(claims, "tid").to_ascii_lowercase();
    let requested = expected.tenant.to_ascii_lowercase();
    let is_other = Guid::parse(&requested).is_some() && requested != tenant;
    if is_other || tenant == PERSONAL || Guid::parse(&tenant).is_none() {
        return Err(InvalidResponse::Tenant);
    }
    if text(claims, "iss") != expected.authority.issuer(&tenant) {
        return Err(InvalidResponse::Issuer);
    }
    // A single app: Entra issues no id token for several.
    if text(claims, "aud") != expected.client_id.as_str() {
        return Err(InvalidResponse::Audience);
    }
    let now = expected.now / 1000;
    let seconds = |name| at(claims, name).and_then(Value::as_u64);
    if seconds("exp").is_none_or(|until| now >= until.saturating_add(SKEW)) {
        return Err(InvalidResponse::Expired);
    }
    // Both are optional, but have to be numbers.
    let is_early = |name| claims.get(name).is_some() && seconds(name).is_none_or(|from| from > now.saturating_add(SKEW));
    if is_early("nbf") || is_early("iat") {
        return Err(InvalidResponse::NotYetValid);
    }
    match expected.nonce {
        Some(nonce) if text(claims, "nonce") != nonce => Err(InvalidResponse::Nonce),
        _ => Ok(()),
    }
}

/// From `client_info`, or else from the object id and the directory.
fn home_account_id(client_info: Option<&str>, claims: &Value) -> Option<String> {
    let info = client_info.and_then(json).unwrap_or_default();
    let in_info = some_text(&info, "uid").zip(some_text(&info, "utid"));
    let (user, tenant) = in_info.or_else(|| some_text(claims, "oid").or_else(|| some_text(claims, "sub")).zip(some_text(claims, "tid")))?;
    Some([user.as_str(), ".", &tenant].concat())
}

/// Decodes base64url JSON.
fn json(text: &str) -> Option<Value> {
    serde_json::from_slice(&LENIENT.decode(text).ok()?).ok()
}

#[cfg(test)]
mod tests;
