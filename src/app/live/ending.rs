//! Time-outs: a sign-in ends when nobody used the page for a while, and some time after the person signed in. The clock is
//! compared each time, not a timer trusted: a timer stands still while the machine sleeps.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::desk::Desk;
use super::{asking, keeping, tabs};
use crate::browser::{address, clock};
use crate::entra::account::Account;
use crate::entra::error::SignInError;
use crate::entra::explain::Told;
use crate::entra::session::{End, lasts};
use crate::messages;

/// How often the clock is compared though nobody does anything.
const PAUSE: Duration = Duration::from_secs(20);
/// How often activity is written down at most, in milliseconds.
const NOTED_EVERY: u64 = 5_000;

thread_local! {
    /// When a person was last active in this tab, in milliseconds since 1970.
    static ACTIVE: Cell<Option<u64>> = const { Cell::new(None) };
}

/// Watches the clock and the person from now on.
pub(super) fn watch(desk: &Rc<Desk>) {
    for event in ["pointerdown", "keydown"] {
        let desk = Rc::clone(desk);
        address::listen(event, move || {
            if !check(&desk) {
                active(&desk);
            }
        });
    }
    for event in ["visibilitychange", "focus"] {
        let desk = Rc::clone(desk);
        address::listen(event, move || {
            check(&desk);
        });
    }
    let desk = Rc::clone(desk);
    spawn_local(async move {
        loop {
            clock::wait(PAUSE).await;
            check(&desk);
        }
    });
}

/// A person is there, for the accounts that are signed in here: a tab where nobody is keeps nobody's sign-in.
pub(super) fn active(desk: &Desk) {
    let now = clock::now();
    let homes: Vec<String> = desk.state.borrow().session.accounts().iter().map(|account| account.home.clone()).collect();
    if homes.is_empty() {
        return;
    }
    if ACTIVE.get().is_none_or(|noted| now.abs_diff(noted) >= NOTED_EVERY) {
        ACTIVE.set(Some(now));
        for home in &homes {
            keeping::note_active(&desk.settings, home, now);
        }
    }
}

/// Ends what has lasted too long. Whether anything did.
pub(super) fn check(desk: &Rc<Desk>) -> bool {
    if desk.state.borrow().session.accounts().is_empty() {
        return false;
    }
    let (now, limits) = (clock::now(), desk.settings.session);
    let milliseconds = |minutes: u32| u64::from(minutes) * 60_000;
    let idle = milliseconds(limits.idle);
    let is_idle = |account: &Account| {
        let last = [ACTIVE.get(), keeping::last_active(&desk.settings, &account.home).or(Some(account.since))];
        !last.into_iter().flatten().any(|last| lasts(last, idle, now))
    };
    let ended = desk.state.borrow().session.over(milliseconds(limits.absolute), now, is_idle);
    for (home, why) in &ended {
        keeping::note_signed_out(&desk.settings, home, now);
        tabs::tell_ended(desk, home, *why);
        end(desk, home, *why);
    }
    !ended.is_empty()
}

/// Drops the tokens of an account, and says why. What was typed and what was begun stays.
pub(super) fn end(desk: &Desk, home: &str, why: End) {
    let was_active = desk.state.borrow().session.account().is_some_and(|account| account.home == home);
    desk.state.borrow_mut().session.end(home);
    desk.forget_challenge();
    keeping::forget_session();
    desk.keep();
    if was_active {
        asking::settled(desk, Err(SignInError::Cancelled));
    }
    let limits = desk.settings.session;
    let title = match why {
        End::Idle => messages::SESSION_IDLE.with(limits.idle.into()),
        End::Absolute => messages::SESSION_OVER.with(limits.absolute.into()),
    };
    desk.sign_in.told.set(Some(Told { title: Some(title), advice: Some(messages::SESSION_TIMED_OUT_ADVICE.into()), ..Told::default() }));
    desk.tell();
}
