//! The id token: who signed in. Everything is checked that can be: issuer, audience, lifetime, nonce, directory; the
//! signature is handed on to be checked by the browser (`OpenID` Connect Core, section 3.1.3.7).

use base64::Engine;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_json::Value;

use super::authority::Authority;
use super::error::{Forgery, SignInError};
use super::jwks::ToVerify;
use crate::arm::guid::Guid;
use crate::arm::json::{at, some_text, text};

/// How far clocks may differ, in seconds: as much as msal allows.
const SKEW: u64 = 300;

/// The directory of personal accounts, which have no ARM.
const PERSONAL: &str = "9188040d-6c67-4c5b-b112-36a304b66dad";

/// Base64url, with or without padding.
pub(crate) const LENIENT: GeneralPurpose =
    GeneralPurpose::new(&URL_SAFE, GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent));

/// What an id token has to hold.
#[derive(Clone, Debug)]
pub struct Expected<'a> {
    /// Who issues it.
    pub authority: &'a Authority,
    /// The app it is for.
    pub client: &'a Guid,
    /// The directory that was asked for: an id, or `organizations`. A domain is looked up before
    /// ([`Authority::directory`]).
    pub tenant: &'a str,
    /// The nonce that was sent; none with a refresh token.
    pub nonce: Option<&'a str>,
    /// Milliseconds since 1970.
    pub now: u64,
}

/// Who signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The account in its home directory and elsewhere (`uid.utid`), by which it is known again.
    pub home: String,
    /// The directory that the token is for.
    pub tenant: Guid,
    /// The person's name; empty where the token has none.
    pub name: String,
    /// What the person types to sign in; empty where the token has none.
    pub username: String,
    /// What takes Entra straight to this account.
    pub login_hint: Option<String>,
    /// Still to be checked: an identity counts only after that.
    pub to_verify: ToVerify,
}

/// Reads `token` and checks everything but its signature. `client_info` comes beside the token and names the account.
///
/// # Errors
/// The first thing that is wrong.
pub fn read(token: &str, client_info: Option<&str>, expected: &Expected<'_>) -> Result<Identity, SignInError> {
    let parts: Vec<&str> = token.split('.').collect();
    let &[head, body, signature] = parts.as_slice() else { return Err(NOT_ONE) };
    let (header, claims) = (json(head).ok_or(NOT_ONE)?, json(body).ok_or(NOT_ONE)?);
    let signature = LENIENT.decode(signature).map_err(|_| NOT_ONE)?;
    // `crit` names what has to be understood beyond that (RFC 7515, section 4.1.11): Entra sends none.
    if text(&header, "alg") != "RS256" || text(&header, "kid").is_empty() || header.get("crit").is_some() || signature.is_empty() {
        return Err(SignInError::Forged(Forgery::Algorithm));
    }
    check(&claims, expected).map_err(SignInError::Forged)?;
    let tenant = Guid::parse(text(&claims, "tid")).ok_or(SignInError::Forged(Forgery::Tenant))?;
    let first = |names: &[&str]| names.iter().find_map(|name| some_text(&claims, name)).unwrap_or_default();
    Ok(Identity {
        home: home(client_info, &claims).ok_or(NOT_ONE)?,
        tenant,
        name: first(&["name", "given_name", "preferred_username", "upn"]),
        username: first(&["preferred_username", "upn", "email"]),
        login_hint: some_text(&claims, "login_hint").or_else(|| some_text(&claims, "preferred_username")),
        to_verify: ToVerify { key: text(&header, "kid").to_owned(), message: [head, ".", body].concat(), signature },
    })
}

const NOT_ONE: SignInError = SignInError::NotUnderstood("id_token");

fn check(claims: &Value, expected: &Expected<'_>) -> Result<(), Forgery> {
    let tenant = text(claims, "tid").to_ascii_lowercase();
    let asked = expected.tenant.to_ascii_lowercase();
    let other = Guid::parse(&asked).is_some() && asked != tenant;
    if other || tenant == PERSONAL || Guid::parse(&tenant).is_none() {
        return Err(Forgery::Tenant);
    }
    if text(claims, "iss") != expected.authority.issuer(&tenant) {
        return Err(Forgery::Issuer);
    }
    // One app and no other: a list of several is no id token of Entra's.
    if text(claims, "aud") != expected.client.as_str() {
        return Err(Forgery::Audience);
    }
    let now = expected.now / 1000;
    let seconds = |name| at(claims, name).and_then(Value::as_u64);
    if seconds("exp").is_none_or(|until| now >= until.saturating_add(SKEW)) {
        return Err(Forgery::Expired);
    }
    // They may be missing; what is no number is no moment that has come.
    let early = |name| claims.get(name).is_some() && seconds(name).is_none_or(|from| from > now.saturating_add(SKEW));
    if early("nbf") || early("iat") {
        return Err(Forgery::Early);
    }
    match expected.nonce {
        Some(nonce) if text(claims, "nonce") != nonce => Err(Forgery::Nonce),
        _ => Ok(()),
    }
}

/// The account's id: as the answer says it, else by its object and directory.
fn home(client_info: Option<&str>, claims: &Value) -> Option<String> {
    let info = client_info.and_then(json).unwrap_or_default();
    let named = some_text(&info, "uid").zip(some_text(&info, "utid"));
    let (user, tenant) = named.or_else(|| some_text(claims, "oid").or_else(|| some_text(claims, "sub")).zip(some_text(claims, "tid")))?;
    Some([user.as_str(), ".", &tenant].concat())
}

/// A base64url text as JSON.
fn json(text: &str) -> Option<Value> {
    serde_json::from_slice(&LENIENT.decode(text).ok()?).ok()
}

#[cfg(test)]
mod tests;
