//! What ARM asks for beyond a token: claims challenges (learn.microsoft.com, "Claims challenges, claims requests, and
//! client capabilities"), and what to ask for where the challenge itself cannot be read from a browser. A challenge is told by its
//! claims, in a header or in the error itself; ARM sends them with 401 and with 403.

use base64::Engine;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_json::{Map, Value};

use crate::arm::envelope;
use crate::arm::error::{ErrorDetail, Refusal};
use crate::arm::http::{Method, Response};

const ANY_PADDING: GeneralPurposeConfig = GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);

/// What tells Entra that this app understands claims challenges.
pub const CAPABILITIES: &str = r#"{"access_token":{"xms_cc":{"values":["cp1"]}}}"#;

/// The claims for ARM's mandatory second factor: authentication context `p1` (Azure/azure-cli#31699).
pub const SECOND_FACTOR: &str = r#"{"access_token":{"acrs":{"essential":true,"value":"p1"}}}"#;

/// What an answer asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Challenge {
    /// A token with these claims (JSON).
    Claims(String),
    /// Another token: this one is expired, revoked, or nobody says why.
    Fresh,
    /// A token of this directory: the subscription belongs to it.
    Tenant,
}

/// What `answer` asks for; `None` where it asks for nothing that a token could change.
pub fn of(method: Method, answer: &Response) -> Option<Challenge> {
    if !matches!(answer.status, 401 | 403) {
        return None;
    }
    if let Some(claims) = answer.headers.get("www-authenticate").and_then(claims) {
        return Some(Challenge::Claims(claims));
    }
    let refusal = envelope::refusal(answer, String::new());
    let is_write = !matches!(method, Method::Get | Method::Head);
    if let Some(claims) = of_error(&refusal).filter(|_| is_write) {
        return Some(Challenge::Claims(claims));
    }
    match refusal.code.as_str() {
        _ if answer.status == 403 => None,
        "InvalidAuthenticationTokenTenant" => Some(Challenge::Tenant),
        POLICY if is_write => Some(Challenge::Claims(SECOND_FACTOR.to_owned())),
        _ => Some(Challenge::Fresh),
    }
}

/// ARM's code for a policy's refusal, which a missing second factor is as well.
const POLICY: &str = "RequestDisallowedByPolicy";
/// Claims in an error are looked for this deep.
const DEPTH_MAX: usize = 8;

/// The claims (JSON) that an error of ARM's asks for: a deployment's too, which carries the errors of what it deploys.
pub fn of_error(refusal: &Refusal) -> Option<String> {
    let outer = ErrorDetail {
        code: refusal.code.clone(),
        message: refusal.message.clone(),
        target: None,
        details: refusal.details.clone(),
        additional_info: refusal.additional_info.clone(),
    };
    of_detail(&outer, 0)
}

/// Whether the operations of a deployment that ARM took were refused for want of a second factor: `answer` is the deployment.
pub fn lacks_second_factor(answer: &Response) -> bool {
    if answer.status != 200 || !answer.body.contains(POLICY) {
        return false;
    }
    let deployment: Value = serde_json::from_str(&answer.body).unwrap_or_default();
    let body = deployment["properties"]["error"].to_string();
    of_error(&envelope::refusal(&Response { body, ..answer.clone() }, String::new())).is_some()
}

fn of_detail(error: &ErrorDetail, depth: usize) -> Option<String> {
    if depth == DEPTH_MAX {
        return None;
    }
    let named = error.additional_info.iter().find_map(|addition| in_value(&addition.info, depth));
    let words = || error.lacks_second_factor().then(|| SECOND_FACTOR.to_owned());
    named.or_else(words).or_else(|| error.details.iter().find_map(|inner| of_detail(inner, depth + 1)))
}

/// The claims in an addition to an error: under a key of that name, as JSON or encoded as in a header.
fn in_value(value: &Value, depth: usize) -> Option<String> {
    let Value::Object(members) = value else { return None };
    members.iter().find_map(|(key, inner)| match inner {
        Value::String(text) if key.eq_ignore_ascii_case("claims") => is_claims(text).then(|| text.clone()).or_else(|| decoded(text)),
        Value::Object(_) if key.eq_ignore_ascii_case("claims") => Some(inner.to_string()),
        _ if depth + 1 < DEPTH_MAX => in_value(inner, depth + 1),
        _ => None,
    })
}

/// What goes into a request is an object of claims and nothing else.
fn is_claims(text: &str) -> bool {
    matches!(serde_json::from_str(text), Ok(Value::Object(_)))
}

fn decoded(encoded: &str) -> Option<String> {
    let bytes = [STANDARD, URL_SAFE].iter().find_map(|alphabet| GeneralPurpose::new(alphabet, ANY_PADDING).decode(encoded).ok())?;
    String::from_utf8(bytes).ok().filter(|text| is_claims(text))
}

/// The claims of a `WWW-Authenticate` header, as JSON. There may be several challenges in it, in any order.
fn claims(header: &str) -> Option<String> {
    let bearer = bearer(header)?;
    let value = |name| parameter(bearer, name);
    if value("error").is_some_and(|error| error != "insufficient_claims") {
        return None;
    }
    decoded(&value("claims")?)
}

/// The parameters of the Bearer challenge.
fn bearer(header: &str) -> Option<&str> {
    let lower = header.to_ascii_lowercase();
    let starts = |at: &usize| *at == 0 || matches!(lower.as_bytes()[at - 1], b' ' | b',');
    let at = lower.match_indices("bearer ").map(|(at, _)| at).find(starts)?;
    Some(&header[at + "bearer ".len()..])
}

/// The value of the parameter `name`, with or without quotes (RFC 9110, section 11.2).
fn parameter(parameters: &str, name: &str) -> Option<String> {
    let mut rest = parameters;
    loop {
        rest = rest.trim_start_matches([' ', ',', '\t']);
        let (key, after) = rest.split_once('=')?;
        // A word before the name begins the next challenge.
        let key = key.rsplit([' ', ',']).next().unwrap_or_default();
        let (value, left) = if let Some(quoted) = after.strip_prefix('"') {
            unquoted(quoted)?
        } else {
            let end = after.find([',', ' ']).unwrap_or(after.len());
            (after[..end].to_owned(), &after[end..])
        };
        if key.eq_ignore_ascii_case(name) {
            return Some(value);
        }
        rest = left;
    }
}

/// A quoted text from after its first quote, and what follows it.
fn unquoted(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut letters = text.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return Some((value, &text[at + 1..])),
            '\\' => value.push(letters.next()?.1),
            _ => value.push(letter),
        }
    }
    None
}

/// `claims` together with what this app always says of itself, as JSON.
pub fn merged(claims: Option<&str>) -> String {
    let asked = claims.and_then(|claims| serde_json::from_str::<Map<String, Value>>(claims).ok());
    let (Some(mut asked), Ok(Value::Object(own))) = (asked, serde_json::from_str(CAPABILITIES)) else { return CAPABILITIES.to_owned() };
    for (token, more) in own {
        match (asked.get_mut(&token), more) {
            (Some(Value::Object(there)), Value::Object(more)) => there.extend(more),
            (_, more) => {
                asked.insert(token, more);
            }
        }
    }
    Value::Object(asked).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arm::http::Headers;

    const CLAIMS: &str = r#"{"access_token":{"nbf":{"essential":true,"value":"1726077595"},"xms_caeerror":{"value":"10012"}}}"#;
    const ENCODED: &str = "eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7ImVzc2VudGlhbCI6dHJ1ZSwidmFsdWUiOiIxNzI2MDc3NTk1In0sInhtc19jYWVlcnJvciI6eyJ2YWx1ZSI6IjEwMDEyIn19fQ==";

    fn challenge(method: Method, status: u16, header: Option<&str>, code: &str) -> Option<Challenge> {
        let mut headers = Headers::default();
        if let Some(header) = header {
            headers.set("WWW-Authenticate", header);
        }
        let body = if code.is_empty() { String::new() } else { [r#"{"error":{"code":""#, code, r#"","message":""}}"#].concat() };
        of(method, &Response { status, headers, body })
    }

    #[test]
    fn claims_are_found_in_every_writing() {
        let unpadded = ENCODED.trim_end_matches('=');
        let table = [
            format!(
                r#"Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", error="insufficient_claims", claims="{ENCODED}""#
            ),
            format!(r#"Bearer claims="{unpadded}", error="insufficient_claims""#),
            format!("bearer claims={unpadded}, error=insufficient_claims"),
            format!(r#"PoP nonce="x", Bearer error="insufficient_claims",claims="{ENCODED}""#),
            format!(r#"Bearer realm="a \"claims=\\ b", claims="{ENCODED}""#),
        ];
        for header in table {
            assert_eq!(challenge(Method::Get, 401, Some(&header), ""), Some(Challenge::Claims(CLAIMS.into())), "{header}");
        }
        // Base64url: `?` and `>` in the claims give `_` and `-`.
        let odd = r#"{"a":"???>>>"}"#;
        let header = format!(r#"Bearer claims="{}""#, super::super::secret::base64url(odd.as_bytes()));
        assert_eq!(challenge(Method::Get, 401, Some(&header), ""), Some(Challenge::Claims(odd.into())));
    }

    #[test]
    fn without_claims_another_token_is_asked_for() {
        let invalid = r#"Bearer authorization_uri="https://login.windows.net/t", error="invalid_token", error_description="The access token expired.""#;
        let table = [
            (Method::Get, 401, Some(invalid), "ExpiredAuthenticationToken", Some(Challenge::Fresh)),
            (Method::Get, 401, None, "InvalidAuthenticationToken", Some(Challenge::Fresh)),
            (Method::Get, 401, None, "", Some(Challenge::Fresh)),
            (Method::Get, 401, None, "InvalidAuthenticationTokenTenant", Some(Challenge::Tenant)),
            (Method::Get, 401, Some(r#"Bearer claims="!!!""#), "", Some(Challenge::Fresh)),
            (Method::Get, 401, Some(r#"Bearer claims="WzFd""#), "", Some(Challenge::Fresh)),
            (Method::Get, 401, Some(r#"Bearer claims="unended"#), "", Some(Challenge::Fresh)),
            (Method::Get, 401, Some("Basic realm=x"), "", Some(Challenge::Fresh)),
            (Method::Get, 403, None, "AuthorizationFailed", None),
            (Method::Put, 403, None, "RequestDisallowedByPolicy", None),
            (Method::Get, 200, Some(invalid), "", None),
        ];
        for (method, status, header, code, expected) in table {
            assert_eq!(challenge(method, status, header, code), expected, "{method:?} {status} {header:?} {code}");
        }
    }

    #[test]
    fn a_write_refused_without_a_second_factor_asks_for_one() {
        let found = |method| challenge(method, 401, None, "RequestDisallowedByPolicy");
        for method in [Method::Put, Method::Post, Method::Delete, Method::Patch] {
            assert_eq!(found(method), Some(Challenge::Claims(SECOND_FACTOR.into())), "{method:?}");
        }
        assert_eq!(found(Method::Get), Some(Challenge::Fresh));
    }

    fn answered(method: Method, status: u16, body: &str) -> Option<Challenge> {
        of(method, &Response { status, headers: Headers::default(), body: body.to_owned() })
    }

    #[test]
    fn a_challenge_is_told_by_its_claims_whatever_the_status() {
        let header = format!(r#"Bearer error="insufficient_claims", claims="{ENCODED}""#);
        for status in [401, 403] {
            assert_eq!(challenge(Method::Put, status, Some(&header), POLICY), Some(Challenge::Claims(CLAIMS.into())), "{status}");
        }
        let with = |claims: &str| {
            format!(
                r#"{{"error":{{"code":"{POLICY}","message":"No.","additionalInfo":[{{"type":"PolicyViolation","info":{{"challenge":{{"Claims":{claims}}}}}}}]}}}}"#
            )
        };
        let quoted = serde_json::to_string(CLAIMS).unwrap();
        for claims in [quoted.as_str(), CLAIMS, &format!("\"{ENCODED}\"")] {
            let Some(Challenge::Claims(found)) = answered(Method::Put, 403, &with(claims)) else { panic!("{claims}") };
            assert_eq!(serde_json::from_str::<Value>(&found).unwrap(), serde_json::from_str::<Value>(CLAIMS).unwrap(), "{claims}");
        }
        for claims in ["7", "\"x\"", "\"[1]\"", "null"] {
            assert_eq!(answered(Method::Put, 403, &with(claims)), None, "{claims}");
        }
    }

    #[test]
    fn a_missing_second_factor_is_told_from_a_policy_of_the_organisation() {
        let body = |code: &str, message: &str| format!(r#"{{"error":{{"code":"{code}","message":"{message}"}}}}"#);
        let factor = Some(Challenge::Claims(SECOND_FACTOR.into()));
        let table = [
            (Method::Put, 403, POLICY, "Resource was disallowed by policy. Reasons: MFA is required. See error details.", factor.clone()),
            (Method::Post, 403, POLICY, "Users must use Multi-Factor Authentication for Create operation.", factor),
            (Method::Put, 403, POLICY, "Resource 'uami' was disallowed by policy. Reasons: 'Only Europe.'", None),
            (Method::Get, 403, POLICY, "MFA is required", None),
            (Method::Put, 403, "AuthorizationFailed", "MFA is required", None),
            (Method::Put, 400, POLICY, "MFA is required", None),
        ];
        for (method, status, code, message, expected) in table {
            assert_eq!(answered(method, status, &body(code, message)), expected, "{method:?} {status} {code} {message}");
        }
    }

    #[test]
    fn a_deployments_error_carries_the_challenge_of_what_it_deploys() {
        let inner = ErrorDetail { code: POLICY.into(), message: "MFA is required.".into(), ..ErrorDetail::default() };
        let outer = ErrorDetail { code: "ResourceDeploymentFailure".into(), details: vec![inner.clone()], ..ErrorDetail::default() };
        let failed = Refusal { code: "DeploymentFailed".into(), details: vec![outer], ..Refusal::default() };
        assert_eq!(of_error(&failed).as_deref(), Some(SECOND_FACTOR));
        assert_eq!(of_error(&Refusal::from(ErrorDetail { message: "Only Europe.".into(), ..inner })), None);
        let bottomless = (0..100).fold(ErrorDetail { code: "x".into(), ..ErrorDetail::default() }, |inner, _| ErrorDetail {
            code: "x".into(),
            details: vec![inner],
            ..ErrorDetail::default()
        });
        assert_eq!(of_error(&Refusal::from(bottomless)), None);
    }

    #[test]
    fn a_deployment_that_failed_for_want_of_a_second_factor_is_told() {
        let read = |body: &str| lacks_second_factor(&Response { status: 200, headers: Headers::default(), body: body.to_owned() });
        let failed = |message: &str| {
            format!(
                r#"{{"properties":{{"provisioningState":"Failed","error":{{"code":"DeploymentFailed","details":[{{"code":"{POLICY}","message":"{message}"}}]}}}}}}"#
            )
        };
        assert!(read(&failed("Reasons: MFA is required.")));
        for other in [failed("Only Europe."), format!(r#"{{"value":["{POLICY}"]}}"#), POLICY.to_owned(), String::new()] {
            assert!(!read(&other), "{other}");
        }
    }

    #[test]
    fn claims_are_joined_with_our_own() {
        assert_eq!(merged(None), CAPABILITIES);
        assert_eq!(merged(Some("nonsense")), CAPABILITIES);
        assert_eq!(merged(Some(r#"{"id_token":{"a":null}}"#)), r#"{"access_token":{"xms_cc":{"values":["cp1"]}},"id_token":{"a":null}}"#);
        assert_eq!(merged(Some(SECOND_FACTOR)), r#"{"access_token":{"acrs":{"essential":true,"value":"p1"},"xms_cc":{"values":["cp1"]}}}"#);
    }
}
