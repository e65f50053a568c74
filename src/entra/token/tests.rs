//! What is sent for a grant, and what is read of the response.

use std::cell::RefCell;

use super::super::authority::Authority;
use super::*;
use crate::arm::azure_cloud::AzureCloud;
use crate::arm::guid::Guid;
use crate::arm::http::Headers;
use crate::arm::percent::pairs;

fn app() -> App {
    App {
        authority: Authority::of(&AzureCloud::default()).unwrap(),
        client_id: Guid::parse("11111111-2222-3333-4444-555555555555").unwrap(),
        redirect_uri: "https://identity.example/auth.html".into(),
    }
}

fn pending() -> PendingAuthorization {
    PendingAuthorization {
        state: "r.s".into(),
        nonce: "n".into(),
        // RFC 7636, appendix B.
        verifier: Secret::new("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
        tenant: "organizations".into(),
        claims: None,
        page: String::new(),
        requested_at: 0,
        home_account_id: None,
        app: app().binding(),
    }
}

fn response(status: u16, body: &str) -> Response {
    let mut headers = Headers::default();
    headers.set("Content-Type", "application/json");
    Response { status, headers, body: body.into() }
}

/// Redeems `grant` with `response`; also gives what was sent, URL and parameters, in the order of the requests.
fn redeemed(grant: &Grant<'_>, response: &Result<Response, WireError>) -> (Result<Tokens, SignInError>, Vec<(String, String)>) {
    let sent = RefCell::<Vec<(String, String)>>::default();
    let post_form = async |url, body| {
        sent.borrow_mut().push((url, body));
        response.clone()
    };
    let tokens = pollster::block_on(redeem(&app(), grant, post_form));
    (tokens, sent.into_inner())
}

/// The form that redeems `grant`: its URL and its parameters.
fn form(grant: &Grant<'_>) -> (String, Vec<(String, String)>) {
    let (_, sent) = redeemed(grant, &Err(WireError::Unreachable));
    let [(url, body)] = sent.as_slice() else { panic!("expected one request, not {}", sent.len()) };
    (url.clone(), pairs(body).collect())
}

fn owned<const N: usize>(expected: [(&str, &str); N]) -> Vec<(String, String)> {
    expected.map(|(key, value)| (key.to_owned(), value.to_owned())).into()
}

const SCOPES: &str = "https://management.azure.com/user_impersonation openid profile offline_access";

#[test]
fn a_code_is_redeemed_with_its_verifier() {
    let (code, pending) = (Secret::new("0.AX"), pending());
    let (url, parameters) = form(&Grant::Code(&code, &pending));
    assert_eq!(url, "https://login.microsoftonline.com/organizations/oauth2/v2.0/token");
    let expected = owned([
        ("grant_type", "authorization_code"),
        ("code", "0.AX"),
        ("code_verifier", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
        ("client_id", "11111111-2222-3333-4444-555555555555"),
        ("redirect_uri", "https://identity.example/auth.html"),
        ("scope", SCOPES),
        ("client_info", "1"),
        ("claims", super::super::challenge::CAPABILITIES),
    ]);
    assert_eq!(parameters, expected);
}

#[test]
fn a_refresh_token_is_redeemed_in_any_directory() {
    let token = Secret::new("1.R");
    let (url, parameters) = form(&Grant::Refresh { refresh_token: &token, tenant: "t-2", claims: Some(r#"{"a":{}}"#) });
    assert_eq!(url, "https://login.microsoftonline.com/t-2/oauth2/v2.0/token");
    let expected = owned([
        ("grant_type", "refresh_token"),
        ("refresh_token", "1.R"),
        ("scope", SCOPES),
        ("client_id", "11111111-2222-3333-4444-555555555555"),
        ("redirect_uri", "https://identity.example/auth.html"),
        ("client_info", "1"),
        ("claims", r#"{"a":{},"access_token":{"xms_cc":{"values":["cp1"]}}}"#),
    ]);
    assert_eq!(parameters, expected);
}

fn answered(response: &Response) -> Result<Tokens, SignInError> {
    let token = Secret::new("1.R");
    redeemed(&Grant::Refresh { refresh_token: &token, tenant: "t", claims: None }, &Ok(response.clone())).0
}

#[test]
fn tokens_are_read_with_entras_own_fields() {
    let body = r#"{"token_type":"Bearer","scope":"x","expires_in":3599,"ext_expires_in":3599,"access_token":"A","refresh_in":1800,
        "refresh_token":"R","refresh_token_expires_in":"86399","id_token":"I","client_info":"C"}"#;
    let found = answered(&response(200, body)).unwrap();
    let expected = Tokens {
        access_token: Secret::new("A"),
        expires_in: 3599,
        refresh_in: Some(1800),
        refresh_token: Some(Secret::new("R")),
        refresh_token_expires_in: Some(86_399),
        id_token: Some(Secret::new("I")),
        client_info: Some("C".into()),
    };
    assert_eq!(found, expected);
    let printed = format!("{found:?}");
    for secret in ["\"A\"", "\"R\"", "\"I\""] {
        assert!(!printed.contains(secret), "{printed}");
    }
    let long = answered(&response(200, r#"{"token_type":"bearer","expires_in":99999999,"access_token":"A"}"#)).unwrap();
    assert_eq!((long.expires_in, long.refresh_token), (LIFETIME_MAX, None));
}

#[test]
fn a_malformed_response_is_an_error() {
    for (body, missing) in [
        (r#"{"token_type":"Bearer","expires_in":1}"#, "access_token"),
        (r#"{"token_type":"Bearer","access_token":"A"}"#, "expires_in"),
        (r#"{"token_type":"Bearer","access_token":"A","expires_in":0}"#, "expires_in"),
        (r#"{"token_type":"mac","access_token":"A","expires_in":1}"#, "token_type"),
        ("<html>", "token answer"),
        ("", "token answer"),
    ] {
        assert_eq!(answered(&response(200, body)), Err(SignInError::NotUnderstood(missing)), "{body}");
    }
}

#[test]
fn a_failed_request_keeps_its_error() {
    let (code, pending) = (Secret::new("0.AX"), pending());
    for error in [WireError::Unreachable, WireError::TimedOut] {
        let (tokens, sent) = redeemed(&Grant::Code(&code, &pending), &Err(error.clone()));
        assert_eq!((tokens, sent.len()), (Err(SignInError::Wire(error)), 1), "a code is sent once");
    }
}

#[test]
fn error_responses_keep_entras_fields_and_the_wait() {
    let body = r#"{"error":"invalid_grant","error_description":"AADSTS700084: The refresh token was issued to a single page app…","error_codes":[700084],
        "correlation_id":"c","trace_id":"t","timestamp":"2026-07-01 10:00:00Z","suberror":"bad_token"}"#;
    let Err(SignInError::ErrorResponse(error_response)) = answered(&response(400, body)) else { panic!("expected an error response") };
    assert_eq!(
        (error_response.status, error_response.codes.as_slice(), error_response.correlation_id.as_str()),
        (400, &[700_084][..], "c")
    );
    assert!(error_response.requires_interaction());

    let mut throttled = response(429, r#"{"error":"temporarily_unavailable","error_codes":[90055]}"#);
    throttled.headers.set("Retry-After", "7");
    let Err(SignInError::ErrorResponse(error_response)) = answered(&throttled) else { panic!("expected an error response") };
    assert_eq!((error_response.status, error_response.retry_after, error_response.codes.as_slice()), (429, Some(7), &[90_055][..]));

    for body in ["", "<html>502</html>"] {
        let Err(SignInError::ErrorResponse(error_response)) = answered(&response(502, body)) else { panic!("expected an error response") };
        assert_eq!((error_response.status, error_response.error.as_str()), (502, ""));
        assert!(!error_response.requires_interaction());
    }
}
