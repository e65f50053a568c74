//! What the tab keeps of the sign-in, in its own storage and nowhere else; `public/auth.js` names the same. Tokens are encrypted by
//! a key that the browser holds; where it can hold none, they stay in memory.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::task::spawn_local;

use super::super::shared::Shared;
use crate::arm::guid::Guid;
use crate::browser::storage;
use crate::browser::vault::Vault;
use crate::entra::pending_authorization::PendingAuthorization;
use crate::entra::session::Session;
use crate::entra::stored_session;
use crate::settings::{Settings, TokenCache};

/// The session, with its tokens.
const SESSION: &str = "identity-portal:session";
/// Before the state of a question that this tab left for.
const ASKED: &str = "identity-portal:asked:";
/// The state of the last such question.
const ASKING: &str = "identity-portal:asking";
/// The answer that `auth.html` took.
const ANSWER: &str = "identity-portal:answer";
/// The page that was left for signing out.
const LEFT: &str = "identity-portal:left";
/// Before the app registration and the account: when a person last pressed a key or a button, in milliseconds since 1970.
const ACTIVE: &str = "identity-portal:active ";
/// Before the same: when the account last signed out, in milliseconds since 1970.
const SIGNED_OUT: &str = "identity-portal:signed-out ";
/// Before the same: when a person last signed the account out, in milliseconds since 1970. A time-out is none: what was typed stays.
const FORGET: &str = "identity-portal:forget ";
/// The name of this tab.
const TAB: &str = "identity-portal:tab";

thread_local! {
    /// The key of this page's tokens, once it was asked for.
    static VAULT: RefCell<Option<Shared<Option<Rc<Vault>>>>> = const { RefCell::new(None) };
    /// Counts the times that the session was kept or forgotten: only the last one counts.
    static TURN: Cell<u32> = const { Cell::new(0) };
    /// Writing it, which takes a moment.
    static WRITING: RefCell<Option<Shared<()>>> = const { RefCell::new(None) };
}

/// The key of this page's tokens; `None` where the browser can keep none.
async fn vault(app: &str) -> Option<Rc<Vault>> {
    let known = VAULT.with_borrow(Clone::clone);
    let opening = known.unwrap_or_else(|| {
        let opening = Shared::new();
        VAULT.set(Some(opening.clone()));
        let (opened, app) = (opening.clone(), app.to_owned());
        spawn_local(async move { opened.give(Vault::open(&app).await.map(Rc::new)) });
        opening
    });
    opening.wait().await
}

/// Whether this browser can keep the session of this page.
pub(super) async fn can_keep(settings: &Settings) -> bool {
    vault(&app(settings)).await.is_some()
}

/// The session that the tab kept. What another app of this origin left, or this one before it was set up otherwise, is
/// forgotten: its tokens go to no other authority and no other ARM.
pub(super) async fn session(settings: &Settings) -> Option<Session> {
    if settings.token_cache == TokenCache::Memory {
        forget_session();
        return None;
    }
    let (sealed, app) = (storage::read(SESSION)?, app(settings));
    let text = vault(&app).await?.unseal(&sealed).await;
    let session = text.and_then(|text| stored_session::read(&text, &app));
    if session.is_none() {
        forget_session();
    }
    session
}

/// Keeps the session; [`written`] waits until it is.
pub(super) fn keep_session(session: &Session, settings: &Settings) {
    if settings.token_cache == TokenCache::Memory || session.accounts().is_empty() {
        forget_session();
        return;
    }
    let (app, turn, writing) = (app(settings), next_turn(), Shared::new());
    let text = stored_session::write(session, &app);
    WRITING.set(Some(writing.clone()));
    spawn_local(async move {
        let sealed = match vault(&app).await {
            Some(vault) => vault.seal(&text).await,
            None => None,
        };
        if TURN.get() == turn {
            match sealed {
                Some(sealed) if storage::write(SESSION, &sealed) => {}
                _ => storage::forget(SESSION),
            }
        }
        writing.give(());
    });
}

/// Forgets the session that the tab keeps, at once.
pub(super) fn forget_session() {
    next_turn();
    storage::forget(SESSION);
}

fn next_turn() -> u32 {
    let turn = TURN.get().wrapping_add(1);
    TURN.set(turn);
    turn
}

/// Waits until what was kept last is written: before the page is left, and after each new refresh token.
pub(super) async fn written() {
    if let Some(writing) = WRITING.with_borrow(Clone::clone) {
        writing.wait().await;
    }
}

/// What a session is good for: an app registration, in a cloud.
fn app(settings: &Settings) -> String {
    let cloud = &settings.cloud;
    let client = settings.client_id.as_ref().map(Guid::as_str).unwrap_or_default();
    [client, " ", &cloud.resource_manager, " ", cloud.authority.as_deref().unwrap_or_default()].concat()
}

/// Keeps a question for when the tab comes back. One at a time: whoever asks again has given the one before up.
pub(super) fn keep_question(pending: &PendingAuthorization) {
    forget_question();
    storage::write_shared(&[ASKED, &pending.state].concat(), &pending.write());
    storage::write_shared(ASKING, &pending.state);
}

fn forget_question() {
    if let Some(state) = storage::read_shared(ASKING) {
        storage::forget_shared(&[ASKED, &state].concat());
        storage::forget_shared(ASKING);
    }
}

/// The answer that the tab comes back with, and the question it is to. Both are for one use.
pub(super) fn take_answer(now: u64) -> Option<(String, Option<PendingAuthorization>)> {
    let answer = storage::read_shared(ANSWER);
    storage::forget_shared(ANSWER);
    let asked = storage::read_shared(ASKING).and_then(|state| storage::read_shared(&[ASKED, &state].concat()));
    forget_question();
    answer.map(|answer| (answer, asked.and_then(|asked| PendingAuthorization::read(&asked, now))))
}

/// Keeps the page to come back to after signing out.
pub(super) fn keep_page(page: &str) {
    storage::write_shared(LEFT, page);
}

/// The name that this tab has, if it was here before.
pub(super) fn tab() -> Option<String> {
    storage::read(TAB)
}

/// Names this tab.
pub(super) fn name_tab(name: &str) {
    storage::write(TAB, name);
}

/// The browser's key for something of an account (`home_account_id`) in this app registration.
fn of_account(start: &str, settings: &Settings, home_account_id: &str) -> String {
    [start, settings.client_id.as_ref().map(Guid::as_str).unwrap_or_default(), " ", home_account_id].concat()
}

/// When a person was last active in any tab in which the account is signed in, as the browser keeps it.
pub(super) fn last_active(settings: &Settings, home_account_id: &str) -> Option<u64> {
    storage::preference(&of_account(ACTIVE, settings, home_account_id))?.parse().ok()
}

/// Keeps that a person is active now in a tab in which the account is signed in.
pub(super) fn note_active(settings: &Settings, home_account_id: &str, now: u64) {
    storage::set_preference(&of_account(ACTIVE, settings, home_account_id), &now.to_string());
}

/// Keeps that the account signed out now, for tabs that hear of nothing: frozen, left or discarded.
pub(super) fn note_signed_out(settings: &Settings, home_account_id: &str, now: u64) {
    storage::set_preference(&of_account(SIGNED_OUT, settings, home_account_id), &now.to_string());
    storage::forget_preference(&of_account(ACTIVE, settings, home_account_id));
}

/// Keeps that a person signed the account out now: what tabs kept of it until now is to be forgotten.
pub(super) fn note_forgotten(settings: &Settings, home_account_id: &str, now: u64) {
    storage::set_preference(&of_account(FORGET, settings, home_account_id), &now.to_string());
}

/// The accounts that were signed out, and when last.
pub(super) fn forgotten(settings: &Settings) -> Vec<(String, u64)> {
    let start = of_account(FORGET, settings, "");
    let at = |key: &String| Some((key.strip_prefix(&start)?.to_owned(), storage::preference(key)?.parse().ok()?));
    storage::preferences(&start).iter().filter_map(at).collect()
}

/// When the account last signed out in any tab.
pub(super) fn signed_out(settings: &Settings, home_account_id: &str) -> Option<u64> {
    storage::preference(&of_account(SIGNED_OUT, settings, home_account_id))?.parse().ok()
}
