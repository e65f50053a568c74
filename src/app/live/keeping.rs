//! What the tab keeps of the sign-in, in its own storage and nowhere else; `public/auth.js` names the same.

use crate::arm::guid::Guid;
use crate::browser::storage;
use crate::entra::kept;
use crate::entra::request::Pending;
use crate::entra::session::Session;
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
/// The name of this tab.
const TAB: &str = "identity-portal:tab";

/// The session that the tab kept. What another app of this origin left, or this one before it was set up otherwise, is
/// forgotten: its tokens go to no other authority and no other ARM.
pub(super) fn session(settings: &Settings) -> Option<Session> {
    if settings.token_cache == TokenCache::Memory {
        return None;
    }
    let session = kept::read(&storage::read(SESSION)?, &app(settings));
    if session.is_none() {
        storage::forget(SESSION);
    }
    session
}

/// Keeps the session.
pub(super) fn keep_session(session: &Session, settings: &Settings) {
    if settings.token_cache == TokenCache::Memory || session.accounts().is_empty() {
        storage::forget(SESSION);
    } else {
        storage::write(SESSION, &kept::write(session, &app(settings)));
    }
}

/// What a session is good for: an app registration, in a cloud.
fn app(settings: &Settings) -> String {
    let cloud = &settings.cloud;
    let client = settings.client_id.as_ref().map(Guid::as_str).unwrap_or_default();
    [client, " ", &cloud.resource_manager, " ", cloud.authority.as_deref().unwrap_or_default()].concat()
}

/// Keeps a question for when the tab comes back. One at a time: whoever asks again has given the one before up.
pub(super) fn keep_question(pending: &Pending) {
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
pub(super) fn take_answer(now: u64) -> Option<(String, Option<Pending>)> {
    let answer = storage::read_shared(ANSWER);
    storage::forget_shared(ANSWER);
    let asked = storage::read_shared(ASKING).and_then(|state| storage::read_shared(&[ASKED, &state].concat()));
    forget_question();
    answer.map(|answer| (answer, asked.and_then(|asked| Pending::read(&asked, now))))
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
