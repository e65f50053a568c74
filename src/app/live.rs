//! The cloud of Live: ARM over the network, with access tokens of the signed-in account. All of the sign-in is a lazily loaded part;
//! this file contains only its entry points.
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

use std::cell::OnceCell;
use std::future::Future;
use std::mem::ManuallyDrop;
use std::pin::Pin;
use std::rc::Rc;

use auth_context::AuthContext;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::account_data::AccountData;
use crate::arm::caller::{Caller, CallerKind};
use crate::arm::http::Request;
use crate::arm::last_read::List;
use crate::arm::transport::WireError;
use crate::browser::window;
use crate::cloud::{Backend, Cloud, ResponseFuture};
use crate::entra::explain::Explanation;
use crate::lazy::PartError;
use crate::messages;
use crate::portal::sign_in::{SignIn, SignInAction, SignInStatus};
use crate::settings::{self, Settings};

type Task = Pin<Box<dyn Future<Output = ()>>>;

/// Sends requests to ARM with access tokens, once its part is loaded.
struct LiveBackend {
    settings: Settings,
    sign_in: SignIn,
    /// Set once the page has the places where accounts leave data.
    account_data: OnceCell<AccountData>,
    /// Made in the part. Never dropped, like the page: the code that would drop it stays out of the first load.
    context: OnceCell<ManuallyDrop<Rc<AuthContext>>>,
}

/// The cloud of Live, and the sign-in.
#[derive(Clone, Copy)]
pub(super) struct Live {
    /// Set in [`Self::new`], once the sign-in that it holds exists.
    backend: StoredValue<Option<Rc<LiveBackend>>, LocalStorage>,
    cloud: Cloud,
    sign_in: SignIn,
}

impl Live {
    /// The cloud of `settings`, not started yet.
    pub(super) fn new(settings: &Settings) -> Self {
        // The sign-in runs actions on the backend, which holds it.
        let stored = StoredValue::new_local(None::<Rc<LiveBackend>>);
        let on_action = Callback::new(move |action| {
            if let Some(backend) = stored.get_value() {
                backend.run(action);
            }
        });
        let sign_in = SignIn::new(settings.sign_in == settings::SignIn::Popup, on_action);
        let backend = Rc::new(LiveBackend { settings: settings.clone(), sign_in, account_data: OnceCell::new(), context: OnceCell::new() });
        stored.set_value(Some(Rc::clone(&backend)));
        Self { backend: stored, cloud: Cloud::new(backend), sign_in }
    }

    pub(super) fn cloud(self) -> Cloud {
        self.cloud
    }

    pub(super) fn sign_in(self) -> SignIn {
        self.sign_in
    }

    /// Starts to restore the stored session, or to finish a sign-in by redirect.
    pub(super) fn start(self, account_data: AccountData) {
        let Some(backend) = self.backend.get_value() else { return };
        let _ = backend.account_data.set(account_data);
        if cfg!(target_arch = "wasm32") {
            spawn(started(backend), self.sign_in);
        }
    }

    /// Stores a list for visits without a network.
    pub(super) fn keep_list(self, list: List) {
        let Some(backend) = self.backend.get_value() else { return };
        // If the part fails to load, nothing is stored.
        spawn_local(async move { kept(backend, list).await.unwrap_or_default() });
    }
}

impl LiveBackend {
    fn run(self: Rc<Self>, action: SignInAction) {
        let sign_in = self.sign_in;
        let opens_popup = sign_in.uses_popup && matches!(action, SignInAction::SignIn | SignInAction::AddAccount);
        // In the click handler itself: browsers block pop-ups that are opened later.
        if opens_popup && !window::open() {
            spawn(popup_blocked(self), sign_in);
            return;
        }
        spawn(ran(self, action), sign_in);
    }

    /// The sign-in of this page; `None` before [`Live::start`].
    fn context(&self) -> Option<Rc<AuthContext>> {
        let account_data = *self.account_data.get()?;
        let make = || ManuallyDrop::new(Rc::new(AuthContext::new(self.settings.clone(), self.sign_in, account_data)));
        Some(Rc::clone(self.context.get_or_init(make)))
    }
}

impl Backend for LiveBackend {
    fn send(self: Rc<Self>, request: Request, pinned: Option<Caller>) -> ResponseFuture {
        Box::pin(async move { sent(self, request, pinned).await.map_err(|PartError| WireError::PartMissing)?.await })
    }

    fn caller(&self) -> Caller {
        let active = self.sign_in.active_account.get().unwrap_or_default();
        caller_of(&self.settings, &active.tenant, &active.account.home_account_id, &active.account.username)
    }

    fn origin(&self) -> &str {
        &self.settings.cloud.resource_manager
    }
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

crate::part! {
    in signin:
    fn sent(backend: Rc<LiveBackend>, request: Request, pinned: Option<Caller>) -> ResponseFuture {
        Box::pin(async move {
            let context = backend.context().ok_or(WireError::SignInRequired)?;
            authenticated_transport::send(&context, request, pinned).await
        })
    }
}

crate::part! {
    in signin:
    fn started(backend: Rc<LiveBackend>) -> Task {
        Box::pin(async move {
            if let Some(context) = backend.context() {
                startup::ready(&context).await;
            }
        })
    }
}

crate::part! {
    in signin:
    fn kept(backend: Rc<LiveBackend>, list: List) -> () {
        if let Some(context) = backend.context() {
            context.keep_list(list);
        }
    }
}

crate::part! {
    in signin:
    fn ran(backend: Rc<LiveBackend>, action: SignInAction) -> Task {
        Box::pin(async move {
            if let Some(context) = backend.context() {
                actions::run(&context, action).await;
            }
        })
    }
}

crate::part! {
    in signin:
    fn popup_blocked(backend: Rc<LiveBackend>) -> Task {
        Box::pin(async move {
            if let Some(context) = backend.context() {
                actions::popup_blocked(&context).await;
            }
        })
    }
}
