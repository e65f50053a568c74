//! Starting: restores the stored session, or finishes a sign-in by redirect, and connects what acts on its own.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::completion::Completion;
use super::super::lists;
use super::auth_context::AuthContext;
use super::tabs::{self, Message};
use super::{session_storage, session_timeout, sign_out, token_exchange};
use crate::browser::{address, clock};
use crate::entra::authorization_response;
use crate::entra::error::{InvalidResponse, SignInError};
use crate::portal::sign_in::SignInStatus;

/// Starts, the first time; everything else waits for that.
pub(super) async fn ready(context: &Rc<AuthContext>) {
    let known = context.state.borrow().startup.clone();
    let startup = known.unwrap_or_else(|| {
        let startup = Completion::new();
        context.state.borrow_mut().startup = Some(startup.clone());
        let (context, started) = (Rc::clone(context), startup.clone());
        spawn_local(async move {
            start(&context).await;
            started.complete(());
        });
        startup
    });
    startup.wait().await;
}

async fn start(context: &Rc<AuthContext>) {
    if !context.settings.keeps_lists() {
        lists::forget_all();
    }
    context.forget_signed_out();
    let (stored, is_copy) = (context.storage.load().await, tabs::is_copy(context).await);
    if let Some(mut session) = stored {
        let has_signed_out = context.remove_signed_out(&mut session);
        if is_copy {
            session.drop_refresh_tokens();
        }
        context.state.borrow_mut().session = session;
        if is_copy || has_signed_out {
            context.save();
        }
    }
    session_timeout::check(context);
    session_timeout::watch(context);
    tabs::listen(context, on_message);
    let restored = Rc::clone(context);
    address::on_restored(move || {
        let context = Rc::clone(&restored);
        spawn_local(async move { restore(&context).await });
    });
    finish_redirect(context).await;
    context.publish();
    // Shows the host of the sign-in page before people sign in.
    let context = Rc::clone(context);
    spawn_local(async move { drop(context.app().await) });
}

async fn finish_redirect(context: &Rc<AuthContext>) {
    let Some((response, pending)) = session_storage::take_response(clock::now()) else { return };
    context.sign_in.status.set(SignInStatus::Redeeming);
    let is_for_account = pending.as_ref().is_some_and(|pending| pending.home_account_id.is_some());
    let wrong_state = Err(SignInError::InvalidResponse(InvalidResponse::State));
    let outcome = match pending {
        Some(pending) if authorization_response::state(&response).as_deref() == Some(&pending.state) => {
            token_exchange::redeem_code(context, &response, &pending).await
        }
        _ => wrong_state.clone(),
    };
    context.state.borrow_mut().is_back_from_challenge = is_for_account && outcome.is_ok();
    // A response that arrives twice, as after the back button, does no harm where somebody is signed in.
    let is_harmless = outcome == wrong_state && context.state.borrow().session.account().is_some();
    if let (Err(error), false) = (outcome, is_harmless) {
        context.show_error(&error);
    }
}

/// The page was left, kept alive, and is shown again, as after the back button: nothing is in progress any more, and the tab may
/// have signed in or out meanwhile.
async fn restore(context: &Rc<AuthContext>) {
    let mut session = if context.storage.can_store().await {
        context.storage.written().await;
        context.storage.load().await.unwrap_or_default()
    } else {
        context.state.borrow().session.clone()
    };
    context.remove_signed_out(&mut session);
    context.state.borrow_mut().session = session;
    if context.forget_signed_out() {
        // The page may still show it.
        context.sign_in.generation.update(|generation| *generation += 1);
    }
    session_timeout::check(context);
    context.publish();
    tabs::retake_lock(context).await;
}

fn on_message(context: &AuthContext, message: Message) {
    match message {
        Message::SignedOut(home_account_id) => sign_out::signed_out_elsewhere(context, &home_account_id),
        Message::TimedOut(home_account_id, timeout) => {
            let is_here = context.state.borrow().session.has_account(&home_account_id);
            if is_here {
                session_timeout::end(context, &home_account_id, timeout);
            }
        }
    }
}
