//! The ladder, and whose token is given to whom.

use super::*;
use crate::arm::guid::Guid;
use crate::entra::kept;

const SCOPE: &str = "https://management.azure.com/user_impersonation";
const HOME: &str = "aaaaaaaa-0000-4000-8000-000000000001";
const OTHER: &str = "aaaaaaaa-0000-4000-8000-000000000002";
const HOUR: u64 = 3_600_000;

fn identity(home: &str, tenant: &str) -> Identity {
    Identity {
        home: home.into(),
        tenant: Guid::parse(tenant).unwrap(),
        name: "Ada".into(),
        username: format!("{home}@contoso.example"),
        login_hint: Some(format!("hint-{home}")),
        to_verify: crate::entra::jwks::ToVerify { key: String::new(), message: String::new(), signature: Vec::new() },
    }
}

fn tokens(access: &str, refresh: Option<&str>) -> Tokens {
    Tokens {
        access: Secret::new(access),
        expires_in: 3600,
        refresh_in: None,
        refresh: refresh.map(Secret::new),
        refresh_expires_in: Some(86_400),
        id_token: None,
        client_info: None,
    }
}

fn signed_in() -> Session {
    let mut session = Session::default();
    session.signed_in(&identity("a", HOME), &tokens("A1", Some("R1")), SCOPE, None, 1000, true);
    session
}

fn want() -> Want {
    Want { scope: SCOPE.into(), ..Want::default() }
}

fn refresh_of(account: &str, token: &str, tenant: &str) -> Step {
    Step::Refresh { account: account.into(), token: Secret::new(token), tenant: tenant.into(), claims: None }
}

#[test]
fn the_ladder() {
    let ask = |prompt| Ask { tenant: HOME.into(), prompt, login_hint: Some("hint-a".into()), account: Some("a".into()), ..Ask::default() };
    let (fresh, stale, expired) = (1000, 1000 + HOUR, 1000 + 25 * HOUR);
    let (refresh, both) = (Tried { refresh: true, frame: false }, Tried { refresh: true, frame: true });
    let table = [
        ("a good token is used", fresh, Tried::default(), Step::Use(Secret::new("A1"))),
        ("up to 300 s before its end", 1000 + HOUR - 300_001, Tried::default(), Step::Use(Secret::new("A1"))),
        ("then it is renewed", 1000 + HOUR - 300_000, Tried::default(), refresh_of("a", "R1", HOME)),
        ("a clock turned back says it ended", 999, Tried::default(), refresh_of("a", "R1", HOME)),
        ("a refresh that failed is not tried again", stale, refresh, Step::Frame(ask(Some("none")))),
        ("nor is the frame", stale, both, Step::Interact(ask(None))),
        ("an old refresh token is not sent", expired, Tried::default(), Step::Frame(ask(Some("none")))),
    ];
    for (what, now, tried, step) in table {
        assert_eq!(signed_in().next(&want(), tried, "organizations", now), step, "{what}");
    }
    let nobody = Step::Interact(Ask { tenant: "organizations".into(), ..Ask::default() });
    assert_eq!(Session::default().next(&want(), Tried::default(), "organizations", 0), nobody);
}

#[test]
fn a_short_life_is_halved_rather_than_wasted() {
    let mut session = Session::default();
    let short = Tokens { expires_in: 60, ..tokens("A1", Some("R1")) };
    session.signed_in(&identity("a", HOME), &short, SCOPE, None, 0, true);
    assert_eq!(session.next(&want(), Tried::default(), "", 29_999), Step::Use(Secret::new("A1")));
    assert_eq!(session.next(&want(), Tried::default(), "", 30_000), refresh_of("a", "R1", HOME));
}

#[test]
fn entra_may_ask_for_renewal_of_a_good_token() {
    let mut session = Session::default();
    session.signed_in(&identity("a", HOME), &Tokens { refresh_in: Some(60), ..tokens("A1", Some("R1")) }, SCOPE, None, 0, true);
    assert_eq!(session.next(&want(), Tried::default(), "", 60_000), refresh_of("a", "R1", HOME));
    let failed = Tried { refresh: true, frame: false };
    assert_eq!(session.next(&want(), failed, "", 60_000), Step::Use(Secret::new("A1")), "it is still good");
}

#[test]
fn another_directory_gets_another_token() {
    let mut session = signed_in();
    assert!(session.switch_directory(OTHER));
    assert_eq!(session.next(&want(), Tried::default(), "organizations", 1000), refresh_of("a", "R1", OTHER));
    session.refreshed("a", OTHER, SCOPE, None, &tokens("A2", Some("R2")), 1000);
    assert_eq!(session.next(&want(), Tried::default(), "organizations", 1000), Step::Use(Secret::new("A2")));
    assert!(session.switch_directory(HOME));
    assert_eq!(session.next(&want(), Tried::default(), "organizations", 1000), Step::Use(Secret::new("A1")), "the first is still there");
    assert!(!Session::default().switch_directory(HOME));
}

#[test]
fn another_scope_or_account_gets_another_token() {
    let mut session = signed_in();
    let graph = Want { scope: "https://graph.microsoft.com/.default".into(), ..Want::default() };
    assert_eq!(session.next(&graph, Tried::default(), "", 1000), refresh_of("a", "R1", HOME));
    session.signed_in(&identity("b", HOME), &tokens("B1", Some("S1")), SCOPE, None, 1000, true);
    assert_eq!(session.account().map(|account| account.home.as_str()), Some("b"));
    assert_eq!(session.next(&want(), Tried::default(), "", 1000), Step::Use(Secret::new("B1")));
    assert!(session.switch_account("a") && !session.switch_account("c"));
    assert_eq!(session.next(&want(), Tried::default(), "", 1000), Step::Use(Secret::new("A1")));
}

#[test]
fn a_challenge_bypasses_what_is_kept_and_replaces_it() {
    let mut session = signed_in();
    let claims = r#"{"access_token":{"nbf":{}}}"#;
    let challenged = Want { claims: Some(claims.into()), instead_of: Some(Secret::new("A1")), ..want() };
    let refresh = Step::Refresh { account: "a".into(), token: Secret::new("R1"), tenant: HOME.into(), claims: Some(claims.into()) };
    assert_eq!(session.next(&challenged, Tried::default(), "", 1000), refresh);
    let Step::Interact(ask) = session.next(&challenged, Tried { refresh: true, frame: true }, "", 1000) else {
        panic!("a person is asked")
    };
    assert_eq!(ask.claims.as_deref(), Some(claims));

    session.refreshed("a", HOME, SCOPE, Some(claims), &tokens("A2", Some("R2")), 1000);
    assert_eq!(session.next(&challenged, Tried::default(), "", 1000), Step::Use(Secret::new("A2")));
    assert_eq!(session.next(&want(), Tried::default(), "", 1000), Step::Use(Secret::new("A2")), "the refused one is gone");
    // The same challenge to the new token: asking again would give the same.
    let again = Want { instead_of: Some(Secret::new("A2")), ..challenged };
    assert!(matches!(session.next(&again, Tried { refresh: true, frame: true }, "", 1000), Step::Interact(_)));
}

#[test]
fn a_refused_token_is_not_used_again() {
    let refused = Want { instead_of: Some(Secret::new("A1")), ..want() };
    assert_eq!(signed_in().next(&refused, Tried::default(), "", 1000), refresh_of("a", "R1", HOME));
}

#[test]
fn refresh_tokens_rotate_and_keep_their_end() {
    let mut session = signed_in();
    let until = session.account().and_then(|account| account.refresh.as_ref()?.until);
    assert_eq!(until, Some(1000 + 24 * HOUR));
    session.refreshed("a", HOME, SCOPE, None, &Tokens { refresh_expires_in: None, ..tokens("A2", Some("R2")) }, 1000 + HOUR);
    assert_eq!(session.account().and_then(|account| account.refresh.as_ref()?.until), until);
    session.refreshed("a", HOME, SCOPE, None, &tokens("A3", None), 1000 + HOUR);
    assert_eq!(session.account().and_then(|account| Some(account.refresh.as_ref()?.token.reveal().to_owned())).as_deref(), Some("R2"));
    session.refresh_refused("a");
    assert!(matches!(session.next(&want(), Tried::default(), "", 1000 + 3 * HOUR), Step::Frame(_)));
    session.refreshed("nobody", HOME, SCOPE, None, &tokens("X", None), 0);
    assert!(!session.tokens().iter().any(|token| token.secret == Secret::new("X")));
}

#[test]
fn a_copied_tab_keeps_the_token_and_not_the_refresh_token() {
    let mut session = signed_in();
    session.is_a_copy();
    assert_eq!(session.next(&want(), Tried::default(), "", 1000), Step::Use(Secret::new("A1")));
    assert!(matches!(session.next(&want(), Tried::default(), "", 1000 + HOUR), Step::Frame(_)));
}

#[test]
fn signing_out_leaves_nothing_of_the_account() {
    let mut session = signed_in();
    session.signed_in(&identity("b", OTHER), &tokens("B1", Some("S1")), SCOPE, None, 1000, true);
    session.sign_out("b");
    assert_eq!(session.account().map(|account| account.home.as_str()), Some("a"));
    session.sign_out("a");
    assert_eq!((session.account(), session.tenant()), (None, None));
    assert_eq!(session, Session::default());
}

#[test]
fn an_account_that_ends_by_itself_leaves_its_place_empty() {
    let mut session = signed_in();
    session.signed_in(&identity("b", OTHER), &tokens("B1", Some("S1")), SCOPE, None, 1000, true);
    session.end("b");
    assert_eq!((session.account(), session.tenant()), (None, None));
    assert!(matches!(session.next(&want(), Tried::default(), HOME, 1000), Step::Interact(_)), "the other one is not used unasked");
    let kept = kept::read(&kept::write(&session, "app"), "app").unwrap();
    assert_eq!((kept.account(), kept.accounts().len()), (None, 1), "nor after a reload");
    session.end("b");
    assert!(session.switch_account("a") && session.account().is_some());
    session.end("c");
    assert_eq!(session.account().map(|account| account.home.as_str()), Some("a"), "another account's end changes nothing");
}

#[test]
fn signing_in_to_a_directory_as_a_guest_works_there() {
    let mut session = signed_in();
    session.signed_in(&identity("a", OTHER), &tokens("A2", Some("R2")), SCOPE, None, 2000, true);
    assert_eq!((session.accounts().len(), session.tenant()), (1, Some(OTHER)));
    assert_eq!(session.next(&want(), Tried::default(), "", 2000), Step::Use(Secret::new("A2")));
}

#[test]
fn what_the_tab_keeps_is_read_again() {
    let mut session = signed_in();
    session.signed_in(&identity("b", HOME), &tokens("B1", None), SCOPE, Some("{}"), 1000, true);
    session.switch_directory(OTHER);
    let text = kept::write(&session, "app");
    assert_eq!(kept::read(&text, "app"), Some(session.clone()));
    assert_eq!(kept::read(&text, "another"), None);
    for broken in ["", "[]", "{", "null"] {
        assert_eq!(kept::read(broken, "app"), None, "{broken}");
    }
    assert!(!format!("{session:?}").contains("A1"));
}

#[test]
fn a_sign_in_ends_after_a_time_however_often_it_is_renewed() {
    let mut session = signed_in();
    let day = 24 * HOUR;
    session.refreshed("a", HOME, SCOPE, None, &tokens("A2", Some("R2")), 1000 + HOUR);
    // Nor does a hidden frame make it longer.
    session.signed_in(&identity("a", HOME), &tokens("A3", Some("R3")), SCOPE, None, 1000 + 2 * HOUR, false);
    session.signed_in(&identity("b", HOME), &tokens("B1", None), SCOPE, None, 1000 + 3 * HOUR, true);
    let table = [
        (1000 + 3 * HOUR, vec![]),
        (1000 + day - 1, vec![]),
        (1000 + day, vec!["a"]),
        (1000 + day + 3 * HOUR, vec!["a", "b"]),
        (1000 + 3 * HOUR - 60_000, vec![]),
        (1000 + 3 * HOUR - 60_001, vec!["b"]),
    ];
    for (now, homes) in table {
        let over = homes.iter().map(|home| ((*home).to_owned(), End::Absolute)).collect::<Vec<_>>();
        assert_eq!(session.over(day, now, |_| false), over, "{now}");
    }
    // One that is idle as well ends once.
    let both = session.over(day, 1000 + day, |_| true);
    assert_eq!(both, [("a".to_owned(), End::Absolute), ("b".to_owned(), End::Idle)]);
    session.signed_in(&identity("a", HOME), &tokens("A4", None), SCOPE, None, 1000 + day, true);
    assert_eq!(session.over(day, 1000 + day, |_| false), [], "the person signed in again");
}

#[test]
fn a_token_is_in_use_for_its_own_account_and_directory_alone() {
    let mut session = signed_in();
    let ada = Secret::new("A1");
    assert!(session.is_in_use(&ada));
    session.switch_directory(OTHER);
    assert!(!session.is_in_use(&ada), "another directory");
    session.switch_directory(HOME);
    session.signed_in(&identity("b", HOME), &tokens("B1", None), SCOPE, None, 2000, true);
    assert!(!session.is_in_use(&ada) && session.is_in_use(&Secret::new("B1")), "another account");
    session.switch_account("a");
    assert!(session.is_in_use(&ada));
    session.sign_out("a");
    assert!(!session.is_in_use(&ada), "signed out");
}

#[test]
fn a_frame_that_nobody_sees_puts_no_account_in_use() {
    let mut session = signed_in();
    session.signed_in(&identity("b", HOME), &tokens("B1", Some("R2")), SCOPE, None, 2000, true);
    session.signed_in(&identity("a", HOME), &tokens("A2", Some("R3")), SCOPE, None, 3000, false);
    assert_eq!(session.account().map(|account| account.home.as_str()), Some("b"));
    let since = session.accounts().iter().find(|account| account.home == "a").map(|account| account.since);
    assert_eq!(since, Some(1000), "nor does it count as a sign-in");
}
