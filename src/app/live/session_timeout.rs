//! Time-outs: a sign-in ends when nobody used the page for a while, and some time after the person signed in. The clock is
//! compared each time, not a timer trusted: a timer stands still while the machine sleeps.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::auth_context::AuthContext;
use super::{interaction, session_storage, tabs};
use crate::browser::{address, clock};
use crate::entra::account::Account;
use crate::entra::error::SignInError;
use crate::entra::explain::Explanation;
use crate::entra::session::{Timeout, is_within};
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
pub(super) fn watch(context: &Rc<AuthContext>) {
    for event in ["pointerdown", "keydown"] {
        let context = Rc::clone(context);
        address::listen(event, move || {
            if !check(&context) {
                active(&context);
            }
        });
    }
    for event in ["visibilitychange", "focus"] {
        let context = Rc::clone(context);
        address::listen(event, move || {
            check(&context);
        });
    }
    let context = Rc::clone(context);
    spawn_local(async move {
        loop {
            clock::wait(PAUSE).await;
            check(&context);
        }
    });
}

/// A person is there, for the accounts that are signed in here: a tab where nobody is keeps nobody's sign-in.
pub(super) fn active(context: &AuthContext) {
    let now = clock::now();
    let home_account_ids: Vec<String> =
        context.state.borrow().session.accounts().iter().map(|account| account.home_account_id.clone()).collect();
    if home_account_ids.is_empty() {
        return;
    }
    if ACTIVE.get().is_none_or(|noted| now.abs_diff(noted) >= NOTED_EVERY) {
        ACTIVE.set(Some(now));
        for home_account_id in &home_account_ids {
            session_storage::note_active(&context.settings, home_account_id, now);
        }
    }
}

/// Ends what has lasted too long. Whether anything did.
pub(super) fn check(context: &Rc<AuthContext>) -> bool {
    if context.state.borrow().session.accounts().is_empty() {
        return false;
    }
    let (now, limits) = (clock::now(), context.settings.session);
    let milliseconds = |minutes: u32| u64::from(minutes) * 60_000;
    let idle = milliseconds(limits.idle);
    let is_idle = |account: &Account| {
        let last = [ACTIVE.get(), session_storage::last_active(&context.settings, &account.home_account_id).or(Some(account.signed_in_at))];
        !last.into_iter().flatten().any(|last| is_within(last, idle, now))
    };
    let ended = context.state.borrow().session.timed_out(milliseconds(limits.absolute), now, is_idle);
    for (home_account_id, why) in &ended {
        session_storage::note_signed_out(&context.settings, home_account_id, now);
        tabs::tell_ended(context, home_account_id, *why);
        end(context, home_account_id, *why);
    }
    !ended.is_empty()
}

/// Drops the tokens of an account, and says why. What was typed and what was begun stays.
pub(super) fn end(context: &AuthContext, home_account_id: &str, why: Timeout) {
    let was_active = context.state.borrow().session.account().is_some_and(|account| account.home_account_id == home_account_id);
    context.state.borrow_mut().session.remove_account(home_account_id);
    context.forget_challenge();
    session_storage::forget_session();
    context.keep();
    if was_active {
        interaction::settled(context, Err(SignInError::Cancelled));
    }
    let limits = context.settings.session;
    let title = match why {
        Timeout::Idle => messages::SESSION_IDLE.with(limits.idle.into()),
        Timeout::Absolute => messages::SESSION_OVER.with(limits.absolute.into()),
    };
    context.sign_in.explanation.set(Some(Explanation {
        title: Some(title),
        advice: Some(messages::SESSION_TIMED_OUT_ADVICE.into()),
        ..Explanation::default()
    }));
    context.tell();
}
