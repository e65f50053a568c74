//! ARM's claims challenges (learn.microsoft.com, "Claims challenges, claims requests, and client capabilities"), and what to request
//! where the browser can't read the challenge. A challenge is recognised by its claims, in a header or in the error itself; ARM
//! sends them with 401 and with 403.

use base64::Engine;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_json::{Map, Value};

use crate::arm::envelope;
use crate::arm::error::{ErrorDetail, Refusal};
use crate::arm::http::{Method, Response};

const ANY_PADDING: GeneralPurposeConfig = GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);

/// The client capability `cp1`: this app handles claims challenges.
pub const CAPABILITIES: &str = r#"{"access_token":{"xms_cc":{"values":["cp1"]}}}"#;

/// The claims for ARM's mandatory multifactor authentication: authentication context `p1` (Azure/azure-cli#31699).
pub const SECOND_FACTOR: &str = r#"{"access_token":{"acrs":{"essential":true,"value":"p1"}}}"#;

/// What a response requires.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Challenge {
    /// A token with these claims (JSON).
    Claims(String),
    /// Another token: this one expired, was revoked, or was rejected without a reason.
    NewToken,
    /// A token of another directory, which the subscription belongs to.
    Tenant,
}

/// The challenge in `response`, the response to a request with `method`; `None` where another token would not help.
pub fn from_response(method: Method, response: &Response) -> Option<Challenge> {
    if !matches!(response.status, 401 | 403) {
        return None;
    }
    if let Some(claims) = response.headers.get("www-authenticate").and_then(claims_in_header) {
        return Some(Challenge::Claims(claims));
    }
    let refusal = envelope::refusal(response, String::new());
    let is_write = !matches!(method, Method::Get | Method::Head);
    if let Some(claims) = required_claims(&refusal).filter(|_| is_write) {
        return Some(Challenge::Claims(claims));
    }
    match refusal.code.as_str() {
        _ if response.status == 403 => None,
        "InvalidAuthenticationTokenTenant" => Some(Challenge::Tenant),
        POLICY if is_write => Some(Challenge::Claims(SECOND_FACTOR.to_owned())),
        _ => Some(Challenge::NewToken),
    }
}

/// ARM's error code for a policy violation, and also for a missing second factor.
const POLICY: &str = "RequestDisallowedByPolicy";
/// How deep claims are searched for in an error.
const DEPTH_MAX: usize = 8;

/// The claims (JSON) that an ARM error requires. A deployment's error contains the errors of its operations, which are searched too.
pub fn required_claims(refusal: &Refusal) -> Option<String> {
    let outer = ErrorDetail {
        code: refusal.code.clone(),
        message: refusal.message.clone(),
        target: None,
        details: refusal.details.clone(),
        additional_info: refusal.additional_info.clone(),
    };
    claims_in_detail(&outer, 0)
}

/// Whether operations of a deployment failed because a second factor was missing. `response`: the response with the deployment.
pub fn lacks_second_factor(response: &Response) -> bool {
    if response.status != 200 || !response.body.contains(POLICY) {
        return false;
    }
    let deployment: Value = serde_json::from_str(&response.body).unwrap_or_default();
    let body = deployment["properties"]["error"].to_string();
    required_claims(&envelope::refusal(&Response { body, ..response.clone() }, String::new())).is_some()
}

fn claims_in_detail(error: &ErrorDetail, depth: usize) -> Option<String> {
    if depth == DEPTH_MAX {
        return None;
    }
    let in_info = error.additional_info.iter().find_map(|addition| claims_in_info(&addition.info, depth));
    let by_message = || error.lacks_second_factor().then(|| SECOND_FACTOR.to_owned());
    in_info.or_else(by_message).or_else(|| error.details.iter().find_map(|inner| claims_in_detail(inner, depth + 1)))
}

/// The claims in an `additionalInfo` of an error: the value of a key `claims`, as JSON or base64 as in the header.
fn claims_in_info(value: &Value, depth: usize) -> Option<String> {
    let Value::Object(members) = value else { return None };
    members.iter().find_map(|(key, inner)| match inner {
        Value::String(text) if key.eq_ignore_ascii_case("claims") => is_claims(text).then(|| text.clone()).or_else(|| decoded(text)),
        Value::Object(_) if key.eq_ignore_ascii_case("claims") => Some(inner.to_string()),
        _ if depth + 1 < DEPTH_MAX => claims_in_info(inner, depth + 1),
        _ => None,
    })
}

/// Claims are a JSON object.
fn is_claims(text: &str) -> bool {
    matches!(serde_json::from_str(text), Ok(Value::Object(_)))
}

fn decoded(encoded: &str) -> Option<String> {
    let bytes = [STANDARD, URL_SAFE].iter().find_map(|alphabet| GeneralPurpose::new(alphabet, ANY_PADDING).decode(encoded).ok())?;
    String::from_utf8(bytes).ok().filter(|text| is_claims(text))
}

/// The claims of a `WWW-Authenticate` header, as JSON. It may have several challenges, in any order.
fn claims_in_header(header: &str) -> Option<String> {
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
        // A word before the name is the scheme of the next challenge.
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

/// Parses a quoted string from after its opening quote; also gives the rest.
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

/// `claims` merged with [`CAPABILITIES`], as JSON.
pub fn with_capabilities(claims: Option<&str>) -> String {
    let requested = claims.and_then(|claims| serde_json::from_str::<Map<String, Value>>(claims).ok());
    let (Some(mut requested), Ok(Value::Object(own))) = (requested, serde_json::from_str(CAPABILITIES)) else {
        return CAPABILITIES.to_owned();
    };
    for (token, more) in own {
        match (requested.get_mut(&token), more) {
            (Some(Value::Object(there)), Value::Object(more)) => there.extend(more),
            (_, more) => {
                requested.insert(token, more);
            }
        }
    }
    Value::Object(requested).to_string()
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
        from_response(method, &Response { status, headers, body })
    }

    #[test]
    fn claims_are_found_in_every_form() {
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
    fn without_claims_another_token_is_requested() {
        let invalid = r#"Bearer authorization_uri="https://login.windows.net/t", error="invalid_token", error_description="The access token expired.""#;
        let table = [
            (Method::Get, 401, Some(invalid), "ExpiredAuthenticationToken", Some(Challenge::NewToken)),
            (Method::Get, 401, None, "InvalidAuthenticationToken", Some(Challenge::NewToken)),
            (Method::Get, 401, None, "", Some(Challenge::NewToken)),
            (Method::Get, 401, None, "InvalidAuthenticationTokenTenant", Some(Challenge::Tenant)),
            (Method::Get, 401, Some(r#"Bearer claims="!!!""#), "", Some(Challenge::NewToken)),
            (Method::Get, 401, Some(r#"Bearer claims="WzFd""#), "", Some(Challenge::NewToken)),
            (Method::Get, 401, Some(r#"Bearer claims="unended"#), "", Some(Challenge::NewToken)),
            (Method::Get, 401, Some("Basic realm=x"), "", Some(Challenge::NewToken)),
            (Method::Get, 403, None, "AuthorizationFailed", None),
            (Method::Put, 403, None, "RequestDisallowedByPolicy", None),
            (Method::Get, 200, Some(invalid), "", None),
        ];
        for (method, status, header, code, expected) in table {
            assert_eq!(challenge(method, status, header, code), expected, "{method:?} {status} {header:?} {code}");
        }
    }

    #[test]
    fn a_write_rejected_without_a_second_factor_requires_one() {
        let found = |method| challenge(method, 401, None, "RequestDisallowedByPolicy");
        for method in [Method::Put, Method::Post, Method::Delete, Method::Patch] {
            assert_eq!(found(method), Some(Challenge::Claims(SECOND_FACTOR.into())), "{method:?}");
        }
        assert_eq!(found(Method::Get), Some(Challenge::NewToken));
    }

    fn challenge_of_body(method: Method, status: u16, body: &str) -> Option<Challenge> {
        from_response(method, &Response { status, headers: Headers::default(), body: body.to_owned() })
    }

    #[test]
    fn claims_make_a_challenge_whatever_the_status() {
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
            let Some(Challenge::Claims(found)) = challenge_of_body(Method::Put, 403, &with(claims)) else { panic!("{claims}") };
            assert_eq!(serde_json::from_str::<Value>(&found).unwrap(), serde_json::from_str::<Value>(CLAIMS).unwrap(), "{claims}");
        }
        for claims in ["7", "\"x\"", "\"[1]\"", "null"] {
            assert_eq!(challenge_of_body(Method::Put, 403, &with(claims)), None, "{claims}");
        }
    }

    #[test]
    fn a_missing_second_factor_differs_from_an_organisations_policy() {
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
            assert_eq!(challenge_of_body(method, status, &body(code, message)), expected, "{method:?} {status} {code} {message}");
        }
    }

    #[test]
    fn a_deployments_error_contains_the_challenge_of_its_operations() {
        let inner = ErrorDetail { code: POLICY.into(), message: "MFA is required.".into(), ..ErrorDetail::default() };
        let outer = ErrorDetail { code: "ResourceDeploymentFailure".into(), details: vec![inner.clone()], ..ErrorDetail::default() };
        let failed = Refusal { code: "DeploymentFailed".into(), details: vec![outer], ..Refusal::default() };
        assert_eq!(required_claims(&failed).as_deref(), Some(SECOND_FACTOR));
        assert_eq!(required_claims(&Refusal::from(ErrorDetail { message: "Only Europe.".into(), ..inner })), None);
        let bottomless = (0..100).fold(ErrorDetail { code: "x".into(), ..ErrorDetail::default() }, |inner, _| ErrorDetail {
            code: "x".into(),
            details: vec![inner],
            ..ErrorDetail::default()
        });
        assert_eq!(required_claims(&Refusal::from(bottomless)), None);
    }

    #[test]
    fn a_deployment_that_failed_without_a_second_factor_is_recognised() {
        let is_recognised = |body: &str| lacks_second_factor(&Response { status: 200, headers: Headers::default(), body: body.to_owned() });
        let failed = |message: &str| {
            format!(
                r#"{{"properties":{{"provisioningState":"Failed","error":{{"code":"DeploymentFailed","details":[{{"code":"{POLICY}","message":"{message}"}}]}}}}}}"#
            )
        };
        assert!(is_recognised(&failed("Reasons: MFA is required.")));
        for other in [failed("Only Europe."), format!(r#"{{"value":["{POLICY}"]}}"#), POLICY.to_owned(), String::new()] {
            assert!(!is_recognised(&other), "{other}");
        }
    }

    #[test]
    fn claims_are_merged_with_our_capabilities() {
        assert_eq!(with_capabilities(None), CAPABILITIES);
        assert_eq!(with_capabilities(Some("nonsense")), CAPABILITIES);
        assert_eq!(
            with_capabilities(Some(r#"{"id_token":{"a":null}}"#)),
            r#"{"access_token":{"xms_cc":{"values":["cp1"]}},"id_token":{"a":null}}"#
        );
        assert_eq!(
            with_capabilities(Some(SECOND_FACTOR)),
            r#"{"access_token":{"acrs":{"essential":true,"value":"p1"},"xms_cc":{"values":["cp1"]}}}"#
        );
    }
}
