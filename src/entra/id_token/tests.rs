//! Every way an id token can be wrong, refused.

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

fn read_as(tenant: &str, nonce: Option<&str>, token: &str) -> Result<Identity, SignInError> {
    let authority = Authority::of(&AzureCloud::default()).unwrap();
    let client = Guid::parse(CLIENT).unwrap();
    read(token, None, &Expected { authority: &authority, client: &client, tenant, nonce, now: NOW * 1000 })
}

fn header() -> Value {
    json!({ "alg": "RS256", "kid": "k-1", "typ": "JWT" })
}

#[test]
fn a_good_one_says_who_it_is() {
    let written = token(&header(), &good());
    for tenant in ["organizations", TENANT, &TENANT.to_uppercase()] {
        let identity = read_as(tenant, Some("n-1"), &written).unwrap();
        assert_eq!((identity.name.as_str(), identity.username.as_str()), ("Ada", "ada@contoso.example"));
        assert_eq!((identity.home.as_str(), identity.tenant.as_str()), (format!("o-1.{TENANT}").as_str(), TENANT));
        assert_eq!(identity.login_hint.as_deref(), Some("O.hint"));
        let signed = &identity.to_verify;
        assert_eq!((signed.key.as_str(), signed.signature.as_slice()), ("k-1", b"signature".as_slice()));
        assert_eq!(signed.message, written.rsplit_once('.').unwrap().0);
    }
    assert!(read_as(TENANT, None, &written).is_ok(), "with a refresh token no nonce was sent");
}

#[test]
fn every_forged_one_is_refused() {
    let table = [
        ("iss", json!("https://login.evil.example/aaaaaaaa-0000-4000-8000-000000000001/v2.0"), Forgery::Issuer),
        ("iss", json!("https://login.microsoftonline.com/aaaaaaaa-0000-4000-8000-000000000002/v2.0"), Forgery::Issuer),
        ("iss", json!("https://login.microsoftonline.com/aaaaaaaa-0000-4000-8000-000000000001/v2.0/"), Forgery::Issuer),
        ("iss", json!(null), Forgery::Issuer),
        ("aud", json!("99999999-2222-3333-4444-555555555555"), Forgery::Audience),
        ("aud", json!([CLIENT, "other"]), Forgery::Audience),
        ("aud", json!(null), Forgery::Audience),
        ("exp", json!(NOW - 301), Forgery::Expired),
        ("exp", json!("never"), Forgery::Expired),
        ("exp", json!(null), Forgery::Expired),
        ("exp", json!((NOW + 3600).to_string()), Forgery::Expired),
        ("exp", json!(-1), Forgery::Expired),
        ("nbf", json!(NOW + 301), Forgery::Early),
        ("nbf", json!((NOW - 5).to_string()), Forgery::Early),
        ("iat", json!(null), Forgery::Early),
        ("iat", json!(NOW + 301), Forgery::Early),
        ("nonce", json!("n-2"), Forgery::Nonce),
        ("nonce", json!(null), Forgery::Nonce),
        ("tid", json!("aaaaaaaa-0000-4000-8000-000000000002"), Forgery::Tenant),
        ("tid", json!(PERSONAL), Forgery::Tenant),
        ("tid", json!("contoso"), Forgery::Tenant),
        ("tid", json!(null), Forgery::Tenant),
    ];
    for (claim, value, forgery) in table {
        let mut claims = good();
        claims[claim] = value.clone();
        let found = read_as(TENANT, Some("n-1"), &token(&header(), &claims));
        assert_eq!(found, Err(SignInError::Forged(forgery)), "{claim} {value}");
    }
    for (claim, value) in [("exp", NOW - 299), ("nbf", NOW + 299), ("iat", NOW + 299)] {
        let mut claims = good();
        claims[claim] = json!(value);
        assert!(read_as(TENANT, Some("n-1"), &token(&header(), &claims)).is_ok(), "clocks differ: {claim}");
    }
}

#[test]
fn only_entras_way_of_signing_is_taken() {
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
        assert_eq!(read_as(TENANT, Some("n-1"), &token(&header, &good())), Err(SignInError::Forged(Forgery::Algorithm)), "{header}");
    }
    let signed = token(&header(), &good());
    let bare = [signed.rsplit_once('.').unwrap().0, "."].concat();
    assert_eq!(read_as(TENANT, Some("n-1"), &bare), Err(SignInError::Forged(Forgery::Algorithm)));
    for broken in ["", "a.b", "a.b.c", "a.b.c.d", "e30.e30.!", &[&signed, ".x"].concat()] {
        assert_eq!(read_as(TENANT, Some("n-1"), broken), Err(NOT_ONE), "{broken}");
    }
}

#[test]
fn the_account_is_named_by_client_info() {
    let authority = Authority::of(&AzureCloud::default()).unwrap();
    let client = Guid::parse(CLIENT).unwrap();
    let expected = Expected { authority: &authority, client: &client, tenant: TENANT, nonce: None, now: NOW * 1000 };
    let info = base64url(br#"{"uid":"u","utid":"h"}"#);
    let home = |info: Option<&str>| read(&token(&header(), &good()), info, &expected).map(|identity| identity.home);
    assert_eq!(home(Some(&info)), Ok("u.h".to_owned()));
    assert_eq!(home(Some("???")), Ok(format!("o-1.{TENANT}")));
}
