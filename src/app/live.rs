//! The cloud of Live: ARM over the network, with access tokens of the signed-in account. All of the sign-in is a lazily loaded part;
//! here are only the functions that enter it.
//!
//! Inside, from the bottom: [`session_storage`]; [`auth_context`], the shared state, which the others take as an argument; [`tabs`];
//! [`session_timeout`]; [`token_exchange`]; [`interaction`]; [`acquire_token`]; and on top [`authenticated_transport`], [`sign_out`],
//! [`actions`] and [`startup`].

mod acquire_token;
mod actions;
mod auth_context;
mod authenticated_transport;
mod interaction;
mod session_storage;
mod session_timeout;
mod sign_out;
mod startup;
mod tabs;
mod token_exchange;

use std::cell::{OnceCell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use auth_context::AuthContext;
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

/// What the [`AuthContext`] is made of.
#[derive(Clone)]
struct Setup {
    settings: Settings,
    sign_in: SignIn,
}

thread_local! {
    // `Cloud` and `SignIn` hold plain functions, which find their state here.
    static SETUP: RefCell<Option<Setup>> = const { RefCell::new(None) };
    // Apart from the above, since only the lazily loaded part knows this type.
    static AUTH_CONTEXT: OnceCell<Option<Rc<AuthContext>>> = const { OnceCell::new() };
}

type Task = Pin<Box<dyn Future<Output = ()>>>;

/// The cloud of `settings`.
pub(super) fn cloud(settings: &Settings) -> Cloud {
    // It lives as long as the page.
    Cloud::new(send, present, settings.cloud.resource_manager.clone().leak())
}

/// Starts to restore the stored session, or to finish a sign-in by redirect.
pub(super) fn sign_in(settings: &Settings) -> SignIn {
    let sign_in = SignIn::new(settings.sign_in == settings::SignIn::Popup, run);
    SETUP.set(Some(Setup { settings: settings.clone(), sign_in }));
    if cfg!(target_arch = "wasm32") {
        spawn(started(), sign_in);
    }
    sign_in
}

/// The caller of requests, as pages see it.
fn present() -> Caller {
    let Some(Setup { settings, sign_in }) = SETUP.with_borrow(Clone::clone) else { return Caller::default() };
    let active = sign_in.active_account.get().unwrap_or_default();
    caller_of(&settings, &active.tenant, &active.account.home_account_id, &active.account.username)
}

/// The caller of requests with tokens of an account (`home_account_id`), in a directory, through the app registration of `settings`.
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
    Box::pin(async move { sent(request, pinned).await.map_err(|PartError| WireError::PartMissing)?.await })
}

fn run(action: SignInAction) {
    let Some(setup) = SETUP.with_borrow(Clone::clone) else { return };
    let opens_popup = setup.sign_in.uses_popup && matches!(action, SignInAction::SignIn | SignInAction::AddAccount);
    // In the click handler itself: browsers block pop-ups that are opened later.
    if opens_popup && !window::open() {
        spawn(popup_blocked(), setup.sign_in);
        return;
    }
    spawn(ran(action), setup.sign_in);
}

/// Stores a list for visits without a network.
pub(super) fn keep_list(list: List) {
    // Without the part, nothing is stored.
    spawn_local(async move { kept(list).await.unwrap_or_default() });
}

fn spawn(part: impl Future<Output = Result<Task, PartError>> + 'static, sign_in: SignIn) {
    spawn_local(async move {
        if let Ok(task) = part.await {
            task.await;
        } else {
            window::close();
            let advice = Some(messages::PART_MISSING_ADVICE.into());
            let explanation = Explanation { title: Some(messages::PART_MISSING.into()), advice, ..Explanation::default() };
            sign_in.explanation.set(Some(explanation));
            sign_in.status.set(SignInStatus::SignedOut);
        }
    });
}

/// The one of this page.
fn auth_context() -> Option<Rc<AuthContext>> {
    let make = || SETUP.with_borrow(Clone::clone).map(|setup| Rc::new(AuthContext::new(setup.settings, setup.sign_in)));
    AUTH_CONTEXT.with(|context| context.get_or_init(make).clone())
}

crate::part! {
    in signin:
    fn sent(request: Request, pinned: Option<Caller>) -> Answering {
        Box::pin(async move {
            let context = auth_context().ok_or(WireError::SignInRequired)?;
            authenticated_transport::send(&context, request, pinned).await
        })
    }
}

crate::part! {
    in signin:
    fn started() -> Task {
        Box::pin(async {
            if let Some(context) = auth_context() {
                startup::ready(&context).await;
            }
        })
    }
}

crate::part! {
    in signin:
    fn kept(list: List) -> () {
        if let Some(context) = auth_context() {
            context.keep_list(list);
        }
    }
}

crate::part! {
    in signin:
    fn ran(action: SignInAction) -> Task {
        Box::pin(async move {
            if let Some(context) = auth_context() {
                actions::run(&context, action).await;
            }
        })
    }
}

crate::part! {
    in signin:
    fn popup_blocked() -> Task {
        Box::pin(async {
            if let Some(context) = auth_context() {
                actions::popup_blocked(&context).await;
            }
        })
    }
}
