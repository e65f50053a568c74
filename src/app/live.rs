//! The cloud of Live: ARM over the network, with a token that the sign-in gives. All of the sign-in is a part of the
//! program that loads beside the first screen; here is only what enters it.

mod acquire_token;
mod auth_context;
mod authenticated_transport;
mod interaction;
mod session_storage;
mod session_timeout;
mod tabs;
mod token_exchange;

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::arm::caller::{Caller, CallerKind};
use crate::arm::http::Request;
use crate::arm::last_read::List;
use crate::arm::transport::WireError;
use crate::browser::window;
use crate::cloud::{Answering, Cloud};
use crate::entra::explain::Explanation;
use crate::lazy::PartError;
use crate::messages;
use crate::portal::sign_in::{SignIn, SignInAction, SignInStatus};
use crate::settings::{self, Settings};

/// What the sign-in works with.
#[derive(Clone)]
struct Setup {
    settings: Settings,
    sign_in: SignIn,
}

thread_local! {
    static SETUP: RefCell<Option<Setup>> = const { RefCell::new(None) };
}

type Doing = Pin<Box<dyn Future<Output = ()>>>;

/// The cloud that `settings` name.
pub(super) fn cloud(settings: &Settings) -> Cloud {
    // It lives as long as the page.
    Cloud::new(send, present, settings.cloud.resource_manager.clone().leak())
}

/// Takes up what the tab kept of the sign-in, or what it comes back with.
pub(super) fn sign_in(settings: &Settings) -> SignIn {
    let sign_in = SignIn::new(settings.sign_in == settings::SignIn::Popup, act);
    SETUP.set(Some(Setup { settings: settings.clone(), sign_in }));
    if cfg!(target_arch = "wasm32") {
        enter(woken(), sign_in);
    }
    sign_in
}

/// As whom requests are sent, as pages see it.
fn present() -> Caller {
    let Some(Setup { settings, sign_in }) = SETUP.with_borrow(Clone::clone) else { return Caller::default() };
    let who = sign_in.active_account.get().unwrap_or_default();
    caller_of(&settings, &who.tenant, &who.account.home_account_id, &who.account.username)
}

/// As whom requests are sent: an account, in a directory, by the app registration of `settings`.
fn caller_of(settings: &Settings, tenant: &str, account: &str, username: &str) -> Caller {
    Caller {
        kind: CallerKind::Account,
        cloud: settings.cloud.name.clone(),
        origin: settings.cloud.resource_manager.clone(),
        client: settings.client_id.as_ref().map(|client| client.as_str().to_owned()).unwrap_or_default(),
        tenant: tenant.to_owned(),
        account: account.to_owned(),
        username: username.to_owned(),
    }
}

fn send(request: Request, pinned: Option<Caller>) -> Answering {
    Box::pin(async move { answered(request, pinned).await.map_err(|PartError| WireError::PartMissing)?.await })
}

fn act(act: SignInAction) {
    let Some(setup) = SETUP.with_borrow(Clone::clone) else { return };
    let in_window = setup.sign_in.uses_popup && matches!(act, SignInAction::SignIn | SignInAction::AddAccount);
    // In the click itself: whatever comes later may be blocked.
    if in_window && !window::open() {
        enter(blocked(), setup.sign_in);
        return;
    }
    enter(acted(act), setup.sign_in);
}

/// Keeps a list for visits without a network.
pub(super) fn keep_list(list: List) {
    // Without the part nothing is kept, and nothing is lost.
    spawn_local(async move { kept(list).await.unwrap_or_default() });
}

fn enter(part: impl Future<Output = Result<Doing, PartError>> + 'static, sign_in: SignIn) {
    spawn_local(async move {
        if let Ok(doing) = part.await {
            doing.await;
        } else {
            window::close();
            let advice = Some(messages::PART_MISSING_ADVICE.into());
            sign_in.explanation.set(Some(Explanation { title: Some(messages::PART_MISSING.into()), advice, ..Explanation::default() }));
            sign_in.status.set(SignInStatus::SignedOut);
        }
    });
}

crate::part! {
    in signin:
    fn answered(request: Request, pinned: Option<Caller>) -> Answering {
        Box::pin(authenticated_transport::send(request, pinned))
    }
}

crate::part! {
    in signin:
    fn woken() -> Doing {
        Box::pin(async {
            if let Some(context) = auth_context::auth_context() {
                context.ready().await;
            }
        })
    }
}

crate::part! {
    in signin:
    fn kept(list: List) -> () {
        if let Some(context) = auth_context::auth_context() {
            context.keep_list(list);
        }
    }
}

crate::part! {
    in signin:
    fn acted(act: SignInAction) -> Doing {
        Box::pin(interaction::act(act))
    }
}

crate::part! {
    in signin:
    fn blocked() -> Doing {
        Box::pin(interaction::blocked())
    }
}
