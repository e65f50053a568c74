//! Other tabs of this origin: whether this one is a copy of one of them, and signing out in all.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::forgetting;
use super::auth_context::AuthContext;
use super::session_storage;
use super::session_timeout;
use crate::arm::guid::Guid;
use crate::browser::channel::Channel;
use crate::browser::locks::Held;
use crate::browser::{clock, locks, random};
use crate::entra::error::SignInError;
use crate::entra::explain::Explanation;
use crate::entra::session::Timeout;
use crate::messages;

/// Before the name of a tab in the lock that it holds as long as it lives.
const LOCK: &str = "identity-portal:tab:";
/// By what tabs tell each other of a sign-out.
const CHANNEL: &str = "identity-portal:session";
/// A page that loads anew may meet the lock of its own last load for a moment.
const PATIENCE: Duration = Duration::from_millis(700);

thread_local! {
    /// The lock of this tab.
    static HELD: RefCell<Option<Held>> = const { RefCell::new(None) };
}

/// Whether this tab came as a copy of another that still lives, storage and all.
pub(super) async fn is_a_copy() -> bool {
    let before = session_storage::tab();
    let name = before.clone().unwrap_or_else(fresh);
    if let Some(held) = locks::take(&[LOCK, &name].concat(), PATIENCE).await {
        session_storage::name_tab(&name);
        HELD.set(Some(held));
        return false;
    }
    let name = fresh();
    session_storage::name_tab(&name);
    HELD.set(locks::take(&[LOCK, &name].concat(), PATIENCE).await);
    true
}

/// Lets the tab's name go: this page leaves, and the one that comes back is no copy of it, should a browser keep it alive.
pub(super) fn leave() {
    HELD.take();
}

/// Takes it again: the page was kept alive, and is shown again.
pub(super) async fn come_back() {
    if let Some(name) = session_storage::tab() {
        HELD.set(locks::take(&[LOCK, &name].concat(), PATIENCE).await);
    }
}

fn fresh() -> String {
    Guid::from_random(random::id()).as_str().to_owned()
}

/// Tells the other tabs that `home` signed out.
pub(super) fn tell_signed_out(context: &AuthContext, home_account_id: &str) {
    if let Some(channel) = Channel::open(CHANNEL) {
        channel.tell(&message(context, home_account_id));
    }
}

/// Signs out here what is signed out in another tab.
pub(super) fn listen(context: &Rc<AuthContext>) {
    let context = Rc::clone(context);
    spawn_local(async move {
        let Some(channel) = Channel::open(CHANNEL) else { return };
        loop {
            let heard = channel.next().await;
            if let Some((home_account_id, why)) = ended(&context, &heard) {
                session_timeout::end(&context, &home_account_id, why);
                continue;
            }
            let Some(home_account_id) = heard.strip_prefix(&message(&context, "")).map(str::to_owned) else { continue };
            let is_here = context.state.borrow().session.accounts().iter().any(|account| account.home_account_id == home_account_id);
            if is_here {
                context.state.borrow_mut().session.remove_account(&home_account_id);
                context.forget_challenge();
                session_storage::forget_session();
                forgetting::forget_account(&home_account_id, None);
                context.keep();
                let asked = context.state.borrow_mut().asked.take();
                if let Some((_, outcome)) = asked {
                    outcome.give(Err(SignInError::Cancelled));
                }
                context
                    .sign_in
                    .explanation
                    .set(Some(Explanation { title: Some(messages::SIGNED_OUT_ELSEWHERE.into()), ..Explanation::default() }));
                context.tell();
            } else {
                // Timed out here before: what it had typed and begun stayed until now.
                forgetting::forget_account(&home_account_id, Some(clock::now()));
                context.sign_in.generation.update(|turn| *turn += 1);
            }
        }
    });
}

/// Tells the other tabs that the sign-in of `home` timed out.
pub(super) fn tell_ended(context: &AuthContext, home_account_id: &str, why: Timeout) {
    if let Some(channel) = Channel::open(CHANNEL) {
        channel.tell(&end_message(context, home_account_id, why));
    }
}

/// Whose sign-in such a message ends here, and why.
fn ended(context: &AuthContext, heard: &str) -> Option<(String, Timeout)> {
    let state = context.state.borrow();
    let each = state
        .session
        .accounts()
        .iter()
        .flat_map(|account| [Timeout::Idle, Timeout::Absolute].map(|why| (account.home_account_id.clone(), why)));
    each.into_iter().find(|(home_account_id, why)| heard == end_message(context, home_account_id, *why))
}

fn end_message(context: &AuthContext, home_account_id: &str, why: Timeout) -> String {
    let word = match why {
        Timeout::Idle => "idle ",
        Timeout::Absolute => "over ",
    };
    [word, &message(context, home_account_id)].concat()
}

/// A tab of another app registration is another app.
fn message(context: &AuthContext, home_account_id: &str) -> String {
    let client = context.settings.client_id.as_ref().map(Guid::as_str).unwrap_or_default();
    ["signed-out ", client, " ", home_account_id].concat()
}
