//! The steps to a token, and which token is used for whom.

use super::*;
use crate::arm::guid::Guid;
use crate::entra::stored_session::{read, write};

const SCOPE: &str = "https://management.azure.com/user_impersonation";
const HOME: &str = "aaaaaaaa-0000-4000-8000-000000000001";
const OTHER: &str = "aaaaaaaa-0000-4000-8000-000000000002";
const HOUR: u64 = 3_600_000;

fn id_token(home_account_id: &str, tenant: &str) -> IdToken {
    IdToken {
        home_account_id: home_account_id.into(),
        tenant: Guid::parse(tenant).unwrap(),
        name: "Ada".into(),
        username: format!("{home_account_id}@contoso.example"),
        login_hint: Some(format!("hint-{home_account_id}")),
        signed: crate::entra::jwks::SignedMessage { key_id: String::new(), message: String::new(), signature: Vec::new() },
    }
}

fn tokens(access_token: &str, refresh_token: Option<&str>) -> Tokens {
    Tokens {
        access_token: Secret::new(access_token),
        expires_in: 3600,
        refresh_in: None,
        refresh_token: refresh_token.map(Secret::new),
        refresh_token_expires_in: Some(86_400),
        id_token: None,
        client_info: None,
    }
}

fn signed_in() -> Session {
    let mut session = Session::default();
    session.add_sign_in(&id_token("a", HOME), &tokens("A1", Some("R1")), SCOPE, None, 1000, true);
    session
}

fn token_request() -> TokenRequest {
    TokenRequest { scope: SCOPE.into(), ..TokenRequest::default() }
}

fn refresh_of(account: &str, token: &str, tenant: &str) -> Step {
    Step::Refresh { home_account_id: account.into(), refresh_token: Secret::new(token), tenant: tenant.into(), claims: None }
}

#[test]
fn the_steps_to_a_token() {
    let ask = |prompt| AuthorizationRequest {
        tenant: HOME.into(),
        prompt,
        login_hint: Some("hint-a".into()),
        home_account_id: Some("a".into()),
        ..AuthorizationRequest::default()
    };
    let (fresh, stale, expired) = (1000, 1000 + HOUR, 1000 + 25 * HOUR);
    let (refresh, both) = (Attempted { refresh_token: true, iframe: false }, Attempted { refresh_token: true, iframe: true });
    let table = [
        ("a good token is used", fresh, Attempted::default(), Step::Use(Secret::new("A1"))),
        ("until 300 s before it expires", 1000 + HOUR - 300_001, Attempted::default(), Step::Use(Secret::new("A1"))),
        ("then it is renewed", 1000 + HOUR - 300_000, Attempted::default(), refresh_of("a", "R1", HOME)),
        ("a clock turned back makes it invalid", 999, Attempted::default(), refresh_of("a", "R1", HOME)),
        ("a refresh that failed is not repeated", stale, refresh, Step::Iframe(ask(Some("none")))),
        ("nor is the iframe", stale, both, Step::Interact(ask(None))),
        ("an old refresh token is not sent", expired, Attempted::default(), Step::Iframe(ask(Some("none")))),
    ];
    for (what, now, attempted, step) in table {
        assert_eq!(signed_in().next(&token_request(), attempted, "organizations", now), step, "{what}");
    }
    let nobody = Step::Interact(AuthorizationRequest { tenant: "organizations".into(), ..AuthorizationRequest::default() });
    assert_eq!(Session::default().next(&token_request(), Attempted::default(), "organizations", 0), nobody);
}

#[test]
fn a_short_lived_token_is_renewed_at_half_its_lifetime() {
    let mut session = Session::default();
    let short = Tokens { expires_in: 60, ..tokens("A1", Some("R1")) };
    session.add_sign_in(&id_token("a", HOME), &short, SCOPE, None, 0, true);
    assert_eq!(session.next(&token_request(), Attempted::default(), "", 29_999), Step::Use(Secret::new("A1")));
    assert_eq!(session.next(&token_request(), Attempted::default(), "", 30_000), refresh_of("a", "R1", HOME));
}

#[test]
fn entra_may_recommend_to_renew_a_valid_token() {
    let mut session = Session::default();
    session.add_sign_in(&id_token("a", HOME), &Tokens { refresh_in: Some(60), ..tokens("A1", Some("R1")) }, SCOPE, None, 0, true);
    assert_eq!(session.next(&token_request(), Attempted::default(), "", 60_000), refresh_of("a", "R1", HOME));
    let failed = Attempted { refresh_token: true, iframe: false };
    assert_eq!(session.next(&token_request(), failed, "", 60_000), Step::Use(Secret::new("A1")), "it is still valid");
}

#[test]
fn another_directory_gets_another_token() {
    let mut session = signed_in();
    assert!(session.switch_directory(OTHER));
    assert_eq!(session.next(&token_request(), Attempted::default(), "organizations", 1000), refresh_of("a", "R1", OTHER));
    session.add_refreshed("a", OTHER, SCOPE, None, &tokens("A2", Some("R2")), 1000);
    assert_eq!(session.next(&token_request(), Attempted::default(), "organizations", 1000), Step::Use(Secret::new("A2")));
    assert!(session.switch_directory(HOME));
    assert_eq!(
        session.next(&token_request(), Attempted::default(), "organizations", 1000),
        Step::Use(Secret::new("A1")),
        "the first is still there"
    );
    assert!(!Session::default().switch_directory(HOME));
}

#[test]
fn another_scope_or_account_gets_another_token() {
    let mut session = signed_in();
    let graph = TokenRequest { scope: "https://graph.microsoft.com/.default".into(), ..TokenRequest::default() };
    assert_eq!(session.next(&graph, Attempted::default(), "", 1000), refresh_of("a", "R1", HOME));
    session.add_sign_in(&id_token("b", HOME), &tokens("B1", Some("S1")), SCOPE, None, 1000, true);
    assert_eq!(session.account().map(|account| account.home_account_id.as_str()), Some("b"));
    assert_eq!(session.next(&token_request(), Attempted::default(), "", 1000), Step::Use(Secret::new("B1")));
    assert!(session.switch_account("a") && !session.switch_account("c"));
    assert_eq!(session.next(&token_request(), Attempted::default(), "", 1000), Step::Use(Secret::new("A1")));
}

#[test]
fn a_challenge_bypasses_the_cached_token_and_replaces_it() {
    let mut session = signed_in();
    let claims = r#"{"access_token":{"nbf":{}}}"#;
    let challenged = TokenRequest { claims: Some(claims.into()), rejected_token: Some(Secret::new("A1")), ..token_request() };
    let refresh =
        Step::Refresh { home_account_id: "a".into(), refresh_token: Secret::new("R1"), tenant: HOME.into(), claims: Some(claims.into()) };
    assert_eq!(session.next(&challenged, Attempted::default(), "", 1000), refresh);
    let Step::Interact(request) = session.next(&challenged, Attempted { refresh_token: true, iframe: true }, "", 1000) else {
        panic!("expected an interaction")
    };
    assert_eq!(request.claims.as_deref(), Some(claims));

    session.add_refreshed("a", HOME, SCOPE, Some(claims), &tokens("A2", Some("R2")), 1000);
    assert_eq!(session.next(&challenged, Attempted::default(), "", 1000), Step::Use(Secret::new("A2")));
    assert_eq!(session.next(&token_request(), Attempted::default(), "", 1000), Step::Use(Secret::new("A2")), "the rejected one is gone");
    // The same challenge to the new token: asking again would give the same.
    let again = TokenRequest { rejected_token: Some(Secret::new("A2")), ..challenged };
    assert!(matches!(session.next(&again, Attempted { refresh_token: true, iframe: true }, "", 1000), Step::Interact(_)));
}

#[test]
fn a_rejected_token_is_not_used_again() {
    let rejected = TokenRequest { rejected_token: Some(Secret::new("A1")), ..token_request() };
    assert_eq!(signed_in().next(&rejected, Attempted::default(), "", 1000), refresh_of("a", "R1", HOME));
}

#[test]
fn refresh_tokens_rotate_and_keep_their_expiry() {
    let mut session = signed_in();
    let expires_at = session.account().and_then(|account| account.refresh_token.as_ref()?.expires_at);
    assert_eq!(expires_at, Some(1000 + 24 * HOUR));
    session.add_refreshed("a", HOME, SCOPE, None, &Tokens { refresh_token_expires_in: None, ..tokens("A2", Some("R2")) }, 1000 + HOUR);
    assert_eq!(session.account().and_then(|account| account.refresh_token.as_ref()?.expires_at), expires_at);
    session.add_refreshed("a", HOME, SCOPE, None, &tokens("A3", None), 1000 + HOUR);
    assert_eq!(
        session.account().and_then(|account| Some(account.refresh_token.as_ref()?.secret.reveal().to_owned())).as_deref(),
        Some("R2")
    );
    session.drop_refresh_token("a");
    assert!(matches!(session.next(&token_request(), Attempted::default(), "", 1000 + 3 * HOUR), Step::Iframe(_)));
    session.add_refreshed("nobody", HOME, SCOPE, None, &tokens("X", None), 0);
    assert!(!session.access_tokens().iter().any(|token| token.secret == Secret::new("X")));
}

#[test]
fn a_copied_tab_keeps_the_token_and_not_the_refresh_token() {
    let mut session = signed_in();
    session.drop_refresh_tokens();
    assert_eq!(session.next(&token_request(), Attempted::default(), "", 1000), Step::Use(Secret::new("A1")));
    assert!(matches!(session.next(&token_request(), Attempted::default(), "", 1000 + HOUR), Step::Iframe(_)));
}

#[test]
fn signing_out_leaves_nothing_of_the_account() {
    let mut session = signed_in();
    session.add_sign_in(&id_token("b", OTHER), &tokens("B1", Some("S1")), SCOPE, None, 1000, true);
    session.sign_out("b");
    assert_eq!(session.account().map(|account| account.home_account_id.as_str()), Some("a"));
    session.sign_out("a");
    assert_eq!((session.account(), session.tenant()), (None, None));
    assert_eq!(session, Session::default());
}

#[test]
fn an_account_that_is_removed_is_not_replaced() {
    let mut session = signed_in();
    session.add_sign_in(&id_token("b", OTHER), &tokens("B1", Some("S1")), SCOPE, None, 1000, true);
    session.remove_account("b");
    assert_eq!((session.account(), session.tenant()), (None, None));
    assert!(
        matches!(session.next(&token_request(), Attempted::default(), HOME, 1000), Step::Interact(_)),
        "the other one is not used unasked"
    );
    let restored = read(&write(&session, "app"), "app").unwrap();
    assert_eq!((restored.account(), restored.accounts().len()), (None, 1), "nor after a reload");
    session.remove_account("b");
    assert!(session.switch_account("a") && session.account().is_some());
    session.remove_account("c");
    assert_eq!(
        session.account().map(|account| account.home_account_id.as_str()),
        Some("a"),
        "the removal of another account changes nothing"
    );
}

#[test]
fn signing_in_to_a_directory_as_a_guest_uses_that_directory() {
    let mut session = signed_in();
    session.add_sign_in(&id_token("a", OTHER), &tokens("A2", Some("R2")), SCOPE, None, 2000, true);
    assert_eq!((session.accounts().len(), session.tenant()), (1, Some(OTHER)));
    assert_eq!(session.next(&token_request(), Attempted::default(), "", 2000), Step::Use(Secret::new("A2")));
}

#[test]
fn a_stored_session_is_read_back() {
    let mut session = signed_in();
    session.add_sign_in(&id_token("b", HOME), &tokens("B1", None), SCOPE, Some("{}"), 1000, true);
    session.switch_directory(OTHER);
    let text = write(&session, "app");
    assert_eq!(read(&text, "app"), Some(session.clone()));
    assert_eq!(read(&text, "another"), None);
    for broken in ["", "[]", "{", "null"] {
        assert_eq!(read(broken, "app"), None, "{broken}");
    }
    assert!(!format!("{session:?}").contains("A1"));
}

#[test]
fn a_sign_in_times_out_however_often_it_is_renewed() {
    let mut session = signed_in();
    let day = 24 * HOUR;
    session.add_refreshed("a", HOME, SCOPE, None, &tokens("A2", Some("R2")), 1000 + HOUR);
    // Nor does a hidden iframe extend it.
    session.add_sign_in(&id_token("a", HOME), &tokens("A3", Some("R3")), SCOPE, None, 1000 + 2 * HOUR, false);
    session.add_sign_in(&id_token("b", HOME), &tokens("B1", None), SCOPE, None, 1000 + 3 * HOUR, true);
    let table = [
        (1000 + 3 * HOUR, vec![]),
        (1000 + day - 1, vec![]),
        (1000 + day, vec!["a"]),
        (1000 + day + 3 * HOUR, vec!["a", "b"]),
        (1000 + 3 * HOUR - 60_000, vec![]),
        (1000 + 3 * HOUR - 60_001, vec!["b"]),
    ];
    for (now, accounts) in table {
        let expected = accounts.iter().map(|account| ((*account).to_owned(), Timeout::Absolute)).collect::<Vec<_>>();
        assert_eq!(session.timed_out(day, now, |_| false), expected, "{now}");
    }
    // An account that is idle as well is listed once.
    let both = session.timed_out(day, 1000 + day, |_| true);
    assert_eq!(both, [("a".to_owned(), Timeout::Absolute), ("b".to_owned(), Timeout::Idle)]);
    session.add_sign_in(&id_token("a", HOME), &tokens("A4", None), SCOPE, None, 1000 + day, true);
    assert_eq!(session.timed_out(day, 1000 + day, |_| false), [], "the person signed in again");
}

#[test]
fn a_token_is_active_only_for_its_own_account_and_directory() {
    let mut session = signed_in();
    let ada = Secret::new("A1");
    assert!(session.is_active_token(&ada));
    session.switch_directory(OTHER);
    assert!(!session.is_active_token(&ada), "another directory");
    session.switch_directory(HOME);
    session.add_sign_in(&id_token("b", HOME), &tokens("B1", None), SCOPE, None, 2000, true);
    assert!(!session.is_active_token(&ada) && session.is_active_token(&Secret::new("B1")), "another account");
    session.switch_account("a");
    assert!(session.is_active_token(&ada));
    session.sign_out("a");
    assert!(!session.is_active_token(&ada), "signed out");
}

#[test]
fn a_hidden_iframe_does_not_change_the_account_in_use() {
    let mut session = signed_in();
    session.add_sign_in(&id_token("b", HOME), &tokens("B1", Some("R2")), SCOPE, None, 2000, true);
    session.add_sign_in(&id_token("a", HOME), &tokens("A2", Some("R3")), SCOPE, None, 3000, false);
    assert_eq!(session.account().map(|account| account.home_account_id.as_str()), Some("b"));
    let signed_in_at = session.accounts().iter().find(|account| account.home_account_id == "a").map(|account| account.signed_in_at);
    assert_eq!(signed_in_at, Some(1000), "nor does it count as a sign-in");
}
