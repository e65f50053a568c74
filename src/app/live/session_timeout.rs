//! Session timeouts: a sign-in ends when nobody used the page for a while, and some time after the person signed in. Each check reads
//! the clock, since timers stop while the machine sleeps.

use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::auth_context::AuthContext;
use super::tabs::{self, Message};
use crate::browser::{address, clock};
use crate::entra::account::Account;
use crate::entra::error::SignInError;
use crate::entra::explain::Explanation;
use crate::entra::session::{Timeout, is_within};
use crate::messages;

/// How often the clock is checked while nobody does anything.
const CHECK_INTERVAL: Duration = Duration::from_secs(20);
/// How often activity is stored at most, in milliseconds.
const ACTIVITY_INTERVAL: u64 = 5_000;

/// Watches the clock and the person's activity from now on.
pub(super) fn watch(context: &Rc<AuthContext>) {
    for event in ["pointerdown", "keydown"] {
        let context = Rc::clone(context);
        address::listen(event, move || {
            if !check(&context) {
                note_activity(&context);
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
            clock::wait(CHECK_INTERVAL).await;
            check(&context);
        }
    });
}

/// Notes that a person is active, for the accounts that are signed in here.
pub(super) fn note_activity(context: &AuthContext) {
    let (now, home_account_ids) = (clock::now(), context.home_account_ids());
    if home_account_ids.is_empty() {
        return;
    }
    let last_active = context.state.borrow().last_active;
    if last_active.is_none_or(|last| now.abs_diff(last) >= ACTIVITY_INTERVAL) {
        context.state.borrow_mut().last_active = Some(now);
        for home_account_id in &home_account_ids {
            context.storage.set_last_active(home_account_id, now);
        }
    }
}

/// Ends the sign-ins that have timed out. Whether there were any.
pub(super) fn check(context: &AuthContext) -> bool {
    if context.state.borrow().session.accounts().is_empty() {
        return false;
    }
    let (now, limits) = (clock::now(), context.settings.session);
    let milliseconds = |minutes: u32| u64::from(minutes) * 60_000;
    let idle = milliseconds(limits.idle);
    let last_active = context.state.borrow().last_active;
    let is_idle = |account: &Account| {
        let in_any_tab = context.storage.last_active(&account.home_account_id).or(Some(account.signed_in_at));
        ![last_active, in_any_tab].into_iter().flatten().any(|last| is_within(last, idle, now))
    };
    let timed_out = context.state.borrow().session.timed_out(milliseconds(limits.absolute), now, is_idle);
    for (home_account_id, timeout) in &timed_out {
        context.storage.set_signed_out(home_account_id, now);
        tabs::send(context, &Message::TimedOut(home_account_id.clone(), *timeout));
        end(context, home_account_id, *timeout);
    }
    !timed_out.is_empty()
}

/// Drops the tokens of an account, and says why. What was typed and started stays.
pub(super) fn end(context: &AuthContext, home_account_id: &str, timeout: Timeout) {
    let was_active = context.state.borrow().session.account().is_some_and(|account| account.home_account_id == home_account_id);
    context.state.borrow_mut().session.remove_account(home_account_id);
    context.forget_challenge();
    context.storage.forget();
    context.save();
    if was_active {
        context.settle_interaction(Err(SignInError::Cancelled));
    }
    let limits = context.settings.session;
    let title = match timeout {
        Timeout::Idle => messages::SESSION_IDLE.with(limits.idle.into()),
        Timeout::Absolute => messages::SESSION_OVER.with(limits.absolute.into()),
    };
    let advice = Some(messages::SESSION_TIMED_OUT_ADVICE.into());
    context.sign_in.explanation.set(Some(Explanation { title: Some(title), advice, ..Explanation::default() }));
    context.publish();
}
