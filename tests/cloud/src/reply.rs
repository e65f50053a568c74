//! Responses of ARM's gateway, and those injected by a test.

use base64::Engine;
use http_body_util::Full;
use hyper::Response;
use hyper::body::Bytes;
use hyper::header::{HeaderMap, HeaderName, HeaderValue};
use serde_json::{Value, json};

use crate::access::now_ms;
use crate::faults::{Challenge, Plan};

/// An HTTP response.
pub(crate) type Answer = Response<Full<Bytes>>;

/// The response that a test wants instead of the simulator's; `authority` is the sign-in authority.
pub(crate) fn instead(authority: &str, plan: &Plan) -> Option<Answer> {
    if let Some(challenge) = plan.challenge {
        let mut headers = HeaderMap::new();
        let claims = base64::prelude::BASE64_STANDARD.encode(challenge.claims());
        let header = format!(
            "Bearer realm=\"\", authorization_uri=\"{authority}/common/oauth2/authorize\", error=\"insufficient_claims\", claims=\"{claims}\""
        );
        set(&mut headers, "www-authenticate", &header);
        let (code, message) = match challenge {
            Challenge::Cae => (
                "InvalidAuthenticationToken",
                "Continuous access evaluation resulted in challenge with result: InteractionRequired and code: TokenIssuedBeforeRevocationTimestamp",
            ),
            Challenge::P1 => (
                "RequestDisallowedByPolicy",
                "Resource was disallowed by policy. Users must use MFA for Create operation. Reasons: 'Multi-factor authentication is required.'.",
            ),
        };
        return Some(reply(401, headers, &json!({ "error": { "code": code, "message": message } })));
    }
    let status = plan.status?;
    let mut headers = HeaderMap::new();
    set(&mut headers, "x-ms-failure-cause", "gateway");
    if let Some(seconds) = plan.retry_after {
        set(&mut headers, "retry-after", &seconds.to_string());
    }
    let (code, message) = usual(status);
    let body = json!({ "error": {
            "code": plan.code.as_deref().unwrap_or(code),
            "message": plan.message.as_deref().unwrap_or(message),
        } });
    Some(reply(status, headers, &body))
}

/// The gateway's code and message for a status.
fn usual(status: u16) -> (&'static str, &'static str) {
    match status {
        429 => ("TooManyRequests", "Too many requests have been made. Please try again later."),
        500 => ("InternalServerError", "Encountered internal server error. Please try again later."),
        502 => ("BadGateway", "The gateway did not receive a response from the resource provider."),
        503 => ("ServiceUnavailable", "The service is unavailable now, please retry later."),
        504 => ("GatewayTimeout", "The gateway did not receive a response from the resource provider within the specified time period."),
        _ => ("RequestFailed", "The request could not be completed."),
    }
}

pub(crate) fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// Sets a header; an invalid value is left out.
pub(crate) fn set(headers: &mut HeaderMap, name: &str, value: &str) {
    if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
        headers.insert(name, value);
    }
}

/// A JSON response with ARM's standard headers.
pub(crate) fn reply(status: u16, mut headers: HeaderMap, body: &Value) -> Answer {
    set(&mut headers, "content-type", "application/json; charset=utf-8");
    set(&mut headers, "cache-control", "no-cache");
    set(&mut headers, "x-ms-request-id", &format!("{:08x}-0000-4000-8000-{:012x}", status, now_ms() & 0xffff_ffff_ffff));
    answer(status, headers, body.to_string())
}

pub(crate) fn answer(status: u16, headers: HeaderMap, body: String) -> Answer {
    let mut response = Response::new(Full::new(Bytes::from(body)));
    *response.status_mut() = hyper::StatusCode::from_u16(status).unwrap_or(hyper::StatusCode::INTERNAL_SERVER_ERROR);
    *response.headers_mut() = headers;
    response
}
