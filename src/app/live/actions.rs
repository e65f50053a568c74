//! The actions of the account panel and the sign-in bar.

use std::rc::Rc;

use leptos::prelude::*;

use super::auth_context::AuthContext;
use super::{acquire_token, interaction, sign_out, startup};
use crate::entra::authorization_request::AuthorizationRequest;
use crate::entra::error::SignInError;
use crate::entra::session::{Attempted, TokenRequest};
use crate::portal::sign_in::SignInAction;

/// Carries out `action`.
pub(super) async fn run(context: &Rc<AuthContext>, action: SignInAction) {
    startup::ready(context).await;
    if !matches!(action, SignInAction::Cancel) {
        context.sign_in.explanation.set(None);
    }
    match action {
        SignInAction::SignIn => sign_in(context, interaction::current_request(context)).await,
        SignInAction::SignInByRedirect => interaction::redirect(context, interaction::current_request(context)).await,
        SignInAction::AddAccount => {
            let prompt = Some("select_account");
            sign_in(context, AuthorizationRequest { tenant: context.tenant(), prompt, ..AuthorizationRequest::default() }).await;
        }
        SignInAction::Cancel => interaction::cancel(context),
        SignInAction::SignOut => sign_out::sign_out(context).await,
        SignInAction::SwitchDirectory(tenant) => switch_directory(context, &tenant).await,
        SignInAction::SwitchAccount(home_account_id) => {
            context.state.borrow_mut().session.switch_account(&home_account_id);
            context.save();
            context.publish();
        }
    }
}

async fn sign_in(context: &Rc<AuthContext>, request: AuthorizationRequest) {
    if context.sign_in.uses_popup {
        interaction::popup(context, request).await;
    } else {
        interaction::redirect(context, request).await;
    }
}

/// Says that the browser blocked the pop-up.
pub(super) async fn popup_blocked(context: &Rc<AuthContext>) {
    startup::ready(context).await;
    context.show_error(&SignInError::PopupBlocked);
    context.publish();
}

/// Switches once there is a token for the directory.
async fn switch_directory(context: &Rc<AuthContext>, tenant: &str) {
    let active = |context: &AuthContext| context.state.borrow().session.account().map(|account| account.home_account_id.clone());
    let (before, account) = (context.state.borrow().session.tenant().map(str::to_owned), active(context));
    let Ok(app) = context.app().await else { return };
    if !context.state.borrow_mut().session.switch_directory(tenant) {
        return;
    }
    let request = TokenRequest { scope: app.authority.scope().to_owned(), ..TokenRequest::default() };
    if let Err(error) = acquire_token::acquire(context, &request, Attempted::default()).await {
        // Another account may be in use by now.
        if let Some(before) = before.filter(|_| active(context) == account) {
            context.state.borrow_mut().session.switch_directory(&before);
        }
        if error != SignInError::Cancelled {
            context.show_error(&error);
        }
    }
    context.save();
    context.publish();
}
