//! Every kind of invalid id token is rejected.

use serde_json::json;

use super::super::secret::base64url;
use super::*;
use crate::arm::azure_cloud::AzureCloud;

const NOW: u64 = 1_800_000_000;
const TENANT: &str = "aaaaaaaa-0000-4000-8000-000000000001";
const CLIENT: &str = "11111111-2222-3333-4444-555555555555";

fn good() -> Value {
    json!({
        "iss": format!("https://login.microsoftonline.com/{TENANT}/v2.0"), "aud": CLIENT, "tid": TENANT, "oid": "o-1", "sub": "s-1",
        "exp": NOW + 3600, "nbf": NOW - 5, "iat": NOW - 5, "nonce": "n-1", "name": "Ada", "preferred_username": "ada@contoso.example",
        "login_hint": "O.hint"
    })
}

fn token(header: &Value, claims: &Value) -> String {
    [&base64url(header.to_string().as_bytes()), ".", &base64url(claims.to_string().as_bytes()), ".", &base64url(b"signature")].concat()
}

fn read_as(tenant: &str, nonce: Option<&str>, token: &str) -> Result<IdToken, SignInError> {
    let authority = Authority::of(&AzureCloud::default()).unwrap();
    let client_id = Guid::parse(CLIENT).unwrap();
    validate(token, None, &Expected { authority: &authority, client_id: &client_id, tenant, nonce, now: NOW * 1000 })
}

fn header() -> Value {
    json!({ "alg": "RS256", "kid": "k-1", "typ": "JWT" })
}

#[test]
fn a_valid_token_names_the_account() {
    let written = token(&header(), &good());
    for tenant in ["organizations", TENANT, &TENANT.to_uppercase()] {
        let id_token = read_as(tenant, Some("n-1"), &written).unwrap();
        assert_eq!((id_token.name.as_str(), id_token.username.as_str()), ("Ada", "ada@contoso.example"));
        assert_eq!((id_token.home_account_id.as_str(), id_token.tenant.as_str()), (format!("o-1.{TENANT}").as_str(), TENANT));
        assert_eq!(id_token.login_hint.as_deref(), Some("O.hint"));
        let signed = &id_token.signed;
        assert_eq!((signed.key_id.as_str(), signed.signature.as_slice()), ("k-1", b"signature".as_slice()));
        assert_eq!(signed.message, written.rsplit_once('.').unwrap().0);
    }
    assert!(read_as(TENANT, None, &written).is_ok(), "with a refresh token no nonce was sent");
}

#[test]
fn every_invalid_token_is_rejected() {
    let table = [
        ("iss", json!("https://login.evil.example/aaaaaaaa-0000-4000-8000-000000000001/v2.0"), InvalidResponse::Issuer),
        ("iss", json!("https://login.microsoftonline.com/aaaaaaaa-0000-4000-8000-000000000002/v2.0"), InvalidResponse::Issuer),
        ("iss", json!("https://login.microsoftonline.com/aaaaaaaa-0000-4000-8000-000000000001/v2.0/"), InvalidResponse::Issuer),
        ("iss", json!(null), InvalidResponse::Issuer),
        ("aud", json!("99999999-2222-3333-4444-555555555555"), InvalidResponse::Audience),
        ("aud", json!([CLIENT, "other"]), InvalidResponse::Audience),
        ("aud", json!(null), InvalidResponse::Audience),
        ("exp", json!(NOW - 301), InvalidResponse::Expired),
        ("exp", json!("never"), InvalidResponse::Expired),
        ("exp", json!(null), InvalidResponse::Expired),
        ("exp", json!((NOW + 3600).to_string()), InvalidResponse::Expired),
        ("exp", json!(-1), InvalidResponse::Expired),
        ("nbf", json!(NOW + 301), InvalidResponse::NotYetValid),
        ("nbf", json!((NOW - 5).to_string()), InvalidResponse::NotYetValid),
        ("iat", json!(null), InvalidResponse::NotYetValid),
        ("iat", json!(NOW + 301), InvalidResponse::NotYetValid),
        ("nonce", json!("n-2"), InvalidResponse::Nonce),
        ("nonce", json!(null), InvalidResponse::Nonce),
        ("tid", json!("aaaaaaaa-0000-4000-8000-000000000002"), InvalidResponse::Tenant),
        ("tid", json!(PERSONAL), InvalidResponse::Tenant),
        ("tid", json!("contoso"), InvalidResponse::Tenant),
        ("tid", json!(null), InvalidResponse::Tenant),
    ];
    for (claim, value, forgery) in table {
        let mut claims = good();
        claims[claim] = value.clone();
        let found = read_as(TENANT, Some("n-1"), &token(&header(), &claims));
        assert_eq!(found, Err(SignInError::InvalidResponse(forgery)), "{claim} {value}");
    }
    for (claim, value) in [("exp", NOW - 299), ("nbf", NOW + 299), ("iat", NOW + 299)] {
        let mut claims = good();
        claims[claim] = json!(value);
        assert!(read_as(TENANT, Some("n-1"), &token(&header(), &claims)).is_ok(), "clocks differ: {claim}");
    }
}

#[test]
fn only_rs256_is_accepted() {
    for header in [
        json!({ "alg": "none", "kid": "k" }),
        json!({ "alg": "HS256", "kid": "k" }),
        json!({ "alg": "RS256" }),
        json!({ "kid": "k" }),
        json!({ "alg": "rs256", "kid": "k" }),
        json!({ "alg": ["RS256"], "kid": "k" }),
        json!({ "alg": "RS256", "kid": 1 }),
        json!({ "alg": "RS256", "kid": "k", "crit": ["b64"], "b64": false }),
    ] {
        assert_eq!(
            read_as(TENANT, Some("n-1"), &token(&header, &good())),
            Err(SignInError::InvalidResponse(InvalidResponse::Algorithm)),
            "{header}"
        );
    }
    let signed = token(&header(), &good());
    let bare = [signed.rsplit_once('.').unwrap().0, "."].concat();
    assert_eq!(read_as(TENANT, Some("n-1"), &bare), Err(SignInError::InvalidResponse(InvalidResponse::Algorithm)));
    for broken in ["", "a.b", "a.b.c", "a.b.c.d", "e30.e30.!", &[&signed, ".x"].concat()] {
        assert_eq!(read_as(TENANT, Some("n-1"), broken), Err(MALFORMED), "{broken}");
    }
}

#[test]
fn the_account_is_named_by_client_info() {
    let authority = Authority::of(&AzureCloud::default()).unwrap();
    let client_id = Guid::parse(CLIENT).unwrap();
    let expected = Expected { authority: &authority, client_id: &client_id, tenant: TENANT, nonce: None, now: NOW * 1000 };
    let info = base64url(br#"{"uid":"u","utid":"h"}"#);
    let home_account_id =
        |info: Option<&str>| validate(&token(&header(), &good()), info, &expected).map(|id_token| id_token.home_account_id);
    assert_eq!(home_account_id(Some(&info)), Ok("u.h".to_owned()));
    assert_eq!(home_account_id(Some("???")), Ok(format!("o-1.{TENANT}")));
}
