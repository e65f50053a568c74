//! Other tabs of this origin: whether this one is a copy of one of them, and signing out in all.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::forgetting;
use super::desk::Desk;
use super::ending;
use super::keeping;
use crate::arm::guid::Guid;
use crate::browser::channel::Channel;
use crate::browser::locks::Held;
use crate::browser::{clock, locks, random};
use crate::entra::error::SignInError;
use crate::entra::explain::Told;
use crate::entra::session::End;
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
    let before = keeping::tab();
    let name = before.clone().unwrap_or_else(fresh);
    if let Some(held) = locks::take(&[LOCK, &name].concat(), PATIENCE).await {
        keeping::name_tab(&name);
        HELD.set(Some(held));
        return false;
    }
    let name = fresh();
    keeping::name_tab(&name);
    HELD.set(locks::take(&[LOCK, &name].concat(), PATIENCE).await);
    true
}

/// Lets the tab's name go: this page leaves, and the one that comes back is no copy of it, should a browser keep it alive.
pub(super) fn leave() {
    HELD.take();
}

/// Takes it again: the page was kept alive, and is shown again.
pub(super) async fn come_back() {
    if let Some(name) = keeping::tab() {
        HELD.set(locks::take(&[LOCK, &name].concat(), PATIENCE).await);
    }
}

fn fresh() -> String {
    Guid::from_random(random::id()).as_str().to_owned()
}

/// Tells the other tabs that `home` signed out.
pub(super) fn tell_signed_out(desk: &Desk, home: &str) {
    if let Some(channel) = Channel::open(CHANNEL) {
        channel.tell(&message(desk, home));
    }
}

/// Signs out here what is signed out in another tab.
pub(super) fn listen(desk: &Rc<Desk>) {
    let desk = Rc::clone(desk);
    spawn_local(async move {
        let Some(channel) = Channel::open(CHANNEL) else { return };
        loop {
            let heard = channel.next().await;
            if let Some((home, why)) = ended(&desk, &heard) {
                ending::end(&desk, &home, why);
                continue;
            }
            let Some(home) = heard.strip_prefix(&message(&desk, "")).map(str::to_owned) else { continue };
            let is_here = desk.state.borrow().session.accounts().iter().any(|account| account.home == home);
            if is_here {
                desk.state.borrow_mut().session.end(&home);
                desk.forget_challenge();
                keeping::forget_session();
                forgetting::forget_account(&home, None);
                desk.keep();
                let asked = desk.state.borrow_mut().asked.take();
                if let Some((_, outcome)) = asked {
                    outcome.give(Err(SignInError::Cancelled));
                }
                desk.sign_in.told.set(Some(Told { title: Some(messages::SIGNED_OUT_ELSEWHERE.into()), ..Told::default() }));
                desk.tell();
            } else {
                // Timed out here before: what it had typed and begun stayed until now.
                forgetting::forget_account(&home, Some(clock::now()));
                desk.sign_in.turn.update(|turn| *turn += 1);
            }
        }
    });
}

/// Tells the other tabs that the sign-in of `home` timed out.
pub(super) fn tell_ended(desk: &Desk, home: &str, why: End) {
    if let Some(channel) = Channel::open(CHANNEL) {
        channel.tell(&end_message(desk, home, why));
    }
}

/// Whose sign-in such a message ends here, and why.
fn ended(desk: &Desk, heard: &str) -> Option<(String, End)> {
    let state = desk.state.borrow();
    let each = state.session.accounts().iter().flat_map(|account| [End::Idle, End::Absolute].map(|why| (account.home.clone(), why)));
    each.into_iter().find(|(home, why)| heard == end_message(desk, home, *why))
}

fn end_message(desk: &Desk, home: &str, why: End) -> String {
    let word = match why {
        End::Idle => "idle ",
        End::Absolute => "over ",
    };
    [word, &message(desk, home)].concat()
}

/// A tab of another app registration is another app.
fn message(desk: &Desk, home: &str) -> String {
    let client = desk.settings.client_id.as_ref().map(Guid::as_str).unwrap_or_default();
    ["signed-out ", client, " ", home].concat()
}
