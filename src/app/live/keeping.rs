//! What the tab keeps of the sign-in, in its own storage and nowhere else; `public/auth.js` names the same.

use crate::browser::storage;
use crate::entra::kept;
use crate::entra::request::Pending;
use crate::entra::session::Session;
use crate::settings::TokenCache;

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

/// The session that the tab kept.
pub(super) fn session(cache: TokenCache) -> Option<Session> {
    if cache == TokenCache::Memory {
        return None;
    }
    kept::read(&storage::read(SESSION)?)
}

/// Keeps the session.
pub(super) fn keep_session(session: &Session, cache: TokenCache) {
    if cache == TokenCache::Memory || session.accounts().is_empty() {
        storage::forget(SESSION);
    } else {
        storage::write(SESSION, &kept::write(session));
    }
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
