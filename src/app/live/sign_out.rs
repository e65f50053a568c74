//! Signing out, here and in another tab.

use std::rc::Rc;

use leptos::prelude::*;

use super::auth_context::AuthContext;
use super::session_storage;
use super::tabs::{self, Message};
use crate::browser::{address, clock};
use crate::entra::authorization_request;
use crate::entra::error::SignInError;
use crate::entra::explain::Explanation;
use crate::messages;

/// The person signs the account in use out.
pub(super) async fn sign_out(context: &Rc<AuthContext>) {
    let account = context.state.borrow().session.account().cloned();
    let Some(account) = account else { return };
    let home_account_id = account.home_account_id.as_str();
    // First here: whatever happens on the way to Entra, the account is signed out of this page.
    context.state.borrow_mut().session.sign_out(home_account_id);
    context.forget_challenge();
    let now = clock::now();
    context.storage.set_signed_out(home_account_id, now);
    context.storage.set_forgotten(home_account_id, now);
    context.storage.forget();
    context.save();
    context.account_data.forget(home_account_id, None);
    tabs::send(context, &Message::SignedOut(home_account_id.to_owned()));
    context.settle_interaction(Err(SignInError::Cancelled));
    if let Ok(app) = context.app().await {
        session_storage::store_logout_page(&address::here());
        context.storage.written().await;
        tabs::release_lock(context);
        address::leave(&authorization_request::logout_url(&app, &account.tenant, account.login_hint.as_deref()));
    }
}

/// An account was signed out in another tab.
pub(super) fn signed_out_elsewhere(context: &AuthContext, home_account_id: &str) {
    let is_here = context.state.borrow().session.has_account(home_account_id);
    if is_here {
        context.state.borrow_mut().session.remove_account(home_account_id);
        context.forget_challenge();
        context.storage.forget();
        context.account_data.forget(home_account_id, None);
        context.save();
        let interaction = context.state.borrow_mut().interaction.take();
        if let Some((_, outcome)) = interaction {
            outcome.complete(Err(SignInError::Cancelled));
        }
        let title = Some(messages::SIGNED_OUT_ELSEWHERE.into());
        context.sign_in.explanation.set(Some(Explanation { title, ..Explanation::default() }));
        context.publish();
    } else {
        // Its sign-in timed out here before: what it had typed and started stayed until now.
        context.account_data.forget(home_account_id, Some(clock::now()));
        context.sign_in.generation.update(|generation| *generation += 1);
    }
}
