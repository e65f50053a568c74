//! The one place of this page that knows the session: who is signed in, what is under way, and what pages are shown of it.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::forgetting;
use super::super::lists::{self, ListOwner};
use super::super::shared::Shared;
use super::{SETUP, session_storage, session_timeout, tabs, token_exchange};
use crate::arm::caller::Caller;
use crate::arm::envelope;
use crate::arm::http::{Request, Response};
use crate::arm::last_read::List;
use crate::arm::transport::WireError;
use crate::browser::{address, clock, fetch};
use crate::entra::account::Account;
use crate::entra::app::App;
use crate::entra::authority::{Authority, METADATA_PATH};
use crate::entra::authorization_request::AuthorizationRequest;
use crate::entra::authorization_response;
use crate::entra::error::{InvalidResponse, SignInError};
use crate::entra::explain::{Explanation, explain};
use crate::entra::session::Session;
use crate::messages;
use crate::portal::sign_in::{AccountInfo, ActiveAccount, SignIn, SignInStatus};
use crate::settings::{Settings, TokenCache};

/// The redirect address, beside the page.
const REDIRECT: &str = "auth.html";
/// The directory where `config.json` names none: whichever work or school account it is.
const ANY_DIRECTORY: &str = "organizations";

/// The header with the id that we sent.
const REQUEST_ID: &str = "x-ms-client-request-id";

thread_local! {
    static AUTH_CONTEXT: OnceCell<Option<Rc<AuthContext>>> = const { OnceCell::new() };
}

/// How an interaction ended.
pub(super) type Outcome = Result<(), SignInError>;

/// What is known now.
#[derive(Default)]
pub(super) struct State {
    pub(super) session: Session,
    /// Who signs people in, once it is known.
    pub(super) app: Option<Rc<App>>,
    /// Taking up what the tab kept.
    ready: Option<Shared<()>>,
    /// A ladder under way: one at a time.
    pub(super) climbing: Option<Shared<()>>,
    /// What the person is asked for, and those who wait for it.
    pub(super) asked: Option<(AuthorizationRequest, Shared<Outcome>)>,
    /// Calls off the window that is open.
    pub(super) cancel: Option<Shared<()>>,
    /// The keys of directories, as they came.
    pub(super) keys: Vec<(String, String)>,
    /// Whether the pages were told who is signed in; what they ask waits for that.
    is_told: bool,
    /// Whether a hidden frame gets no answer in this browser.
    pub(super) frames_fail: bool,
    /// Counts the sign-ins of a person that succeeded.
    pub(super) interactions: u32,
    /// The claims that a deployment failed for want of, and whose it was: their next write goes with a token that has them.
    pub(super) owed: Option<(Caller, String)>,
    /// What ARM asked for last though the person had signed in for it: they are not asked again unless they press Sign in.
    pub(super) unaccepted: Option<AuthorizationRequest>,
    /// Whether this page came back from a sign-in that ARM had asked for, and ARM accepted nothing since.
    came_back: bool,
}

/// The desk.
pub(super) struct AuthContext {
    pub(super) settings: Settings,
    pub(super) sign_in: SignIn,
    pub(super) state: RefCell<State>,
}

/// The desk of this page.
pub(super) fn auth_context() -> Option<Rc<AuthContext>> {
    AUTH_CONTEXT.with(|context| {
        let make = || {
            let setup = SETUP.with_borrow(Clone::clone)?;
            Some(Rc::new(AuthContext { settings: setup.settings, sign_in: setup.sign_in, state: RefCell::default() }))
        };
        context.get_or_init(make).clone()
    })
}

impl AuthContext {
    /// Takes up what the tab kept, once; everybody waits for that first.
    pub(super) async fn ready(self: &Rc<Self>) {
        let known = self.state.borrow().ready.clone();
        let ready = known.unwrap_or_else(|| {
            let ready = Shared::new();
            self.state.borrow_mut().ready = Some(ready.clone());
            let (context, given) = (Rc::clone(self), ready.clone());
            spawn_local(async move {
                context.wake().await;
                given.give(());
            });
            ready
        });
        ready.wait().await;
    }

    async fn wake(self: &Rc<Self>) {
        if !self.settings.keeps_lists() {
            lists::forget_all();
        }
        self.forget_signed_out();
        let (kept, is_copy) = (session_storage::session(&self.settings).await, tabs::is_a_copy().await);
        if let Some(mut session) = kept {
            let is_less = self.drop_signed_out(&mut session);
            if is_copy {
                session.drop_refresh_tokens();
            }
            self.state.borrow_mut().session = session;
            if is_copy || is_less {
                self.keep();
            }
        }
        session_timeout::check(self);
        session_timeout::watch(self);
        tabs::listen(self);
        let context = Rc::clone(self);
        address::on_restored(move || {
            let context = Rc::clone(&context);
            spawn_local(async move { context.come_back().await });
        });
        if let Some((answer, question)) = session_storage::take_answer(clock::now()) {
            self.sign_in.status.set(SignInStatus::Redeeming);
            let is_asked = question.as_ref().is_some_and(|question| question.home_account_id.is_some());
            let outcome = match question {
                Some(question) if authorization_response::state(&answer).as_deref() == Some(&question.state) => {
                    token_exchange::finish(self, &answer, &question).await
                }
                _ => Err(SignInError::InvalidResponse(InvalidResponse::State)),
            };
            self.state.borrow_mut().came_back = is_asked && outcome.is_ok();
            // A page that is signed in already lost nothing by an answer that came twice, as by the back button.
            let harmless =
                outcome == Err(SignInError::InvalidResponse(InvalidResponse::State)) && self.state.borrow().session.account().is_some();
            if let (Err(error), false) = (outcome, harmless) {
                self.tell_failure(&error);
            }
        }
        self.tell();
        // Where people sign in is said before they do.
        let context = Rc::clone(self);
        spawn_local(async move { drop(context.app().await) });
    }

    /// This page was left, kept as it was, and is shown again, as by the back button: nothing is under way any more, and
    /// the tab may have signed in or out meanwhile.
    async fn come_back(self: &Rc<Self>) {
        let mut session = if self.settings.token_cache == TokenCache::Session && session_storage::can_keep(&self.settings).await {
            session_storage::written().await;
            session_storage::session(&self.settings).await.unwrap_or_default()
        } else {
            self.state.borrow().session.clone()
        };
        self.drop_signed_out(&mut session);
        self.state.borrow_mut().session = session;
        self.forget_signed_out();
        session_timeout::check(self);
        self.tell();
        tabs::come_back().await;
    }

    /// Drops the accounts that signed out in another tab while this one heard of nothing. Whether there were any.
    fn drop_signed_out(&self, session: &mut Session) -> bool {
        let gone = |account: &&Account| {
            session_storage::signed_out(&self.settings, &account.home_account_id).is_some_and(|at| account.signed_in_at <= at)
        };
        let home_account_ids: Vec<String> = session.accounts().iter().filter(gone).map(|account| account.home_account_id.clone()).collect();
        for home_account_id in &home_account_ids {
            session.remove_account(home_account_id);
        }
        !home_account_ids.is_empty()
    }

    /// Forgets what this tab kept of accounts until they signed out in another tab, while this one heard of nothing.
    fn forget_signed_out(&self) {
        for (home_account_id, at) in session_storage::forgotten(&self.settings) {
            forgetting::forget_account(&home_account_id, Some(at));
        }
    }

    /// Forgets what ARM asked of the account that was in use.
    pub(super) fn forget_challenge(&self) {
        let mut state = self.state.borrow_mut();
        state.owed = None;
        state.unaccepted = None;
        state.came_back = false;
    }

    /// Who signs people in, asked of ARM where `config.json` does not say it.
    pub(super) async fn app(&self) -> Result<Rc<App>, SignInError> {
        if let Some(app) = self.state.borrow().app.clone() {
            return Ok(app);
        }
        let cloud = &self.settings.cloud;
        let authority = if let Some(authority) = Authority::of(cloud) {
            authority
        } else {
            let answer = fetch::get([&cloud.resource_manager, METADATA_PATH].concat()).await?;
            Authority::from_metadata(cloud, &answer.body).ok_or(SignInError::NoAuthority)?
        };
        let client = self.settings.client_id.clone().ok_or(SignInError::NoAuthority)?;
        let place = authority.authorization_endpoint("");
        let host = place.split("://").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_default();
        self.sign_in.authority_host.set(host.to_owned());
        let app = Rc::new(App { authority, client_id: client, redirect_uri: address::beside(REDIRECT) });
        self.state.borrow_mut().app = Some(Rc::clone(&app));
        Ok(app)
    }

    /// The directory to ask for where nobody is signed in.
    pub(super) fn tenant(&self) -> String {
        self.settings.tenant.clone().unwrap_or_else(|| ANY_DIRECTORY.to_owned())
    }

    /// As whom requests are sent now.
    pub(super) fn caller(&self) -> Option<Caller> {
        let state = self.state.borrow();
        let account = state.session.account()?;
        Some(super::caller_of(&self.settings, state.session.tenant()?, &account.home_account_id, &account.username))
    }

    /// Whether ARM did not accept the person's last sign-in.
    pub(super) fn is_unaccepted(&self) -> bool {
        let state = self.state.borrow();
        state.came_back || state.unaccepted.is_some()
    }

    /// ARM accepts the session's tokens.
    pub(super) fn accepted(&self) {
        self.state.borrow_mut().came_back = false;
        if self.state.borrow_mut().unaccepted.take().is_some() {
            self.sign_in.explanation.set(None);
            self.tell();
        }
    }

    /// ARM goes on challenging after the person signed in: says so, with the ids of the request.
    pub(super) fn not_accepted(&self, request: &Request, response: &Response, claims: Option<String>) {
        let ask = self.state.borrow().session.authorization_request(claims);
        self.state.borrow_mut().unaccepted = ask;
        let refusal = envelope::refusal(response, request.headers.get(REQUEST_ID).unwrap_or_default().to_owned());
        self.sign_in.explanation.set(Some(Explanation {
            title: Some(messages::TOKEN_NOT_ACCEPTED.into()),
            advice: Some(messages::TOKEN_NOT_ACCEPTED_ADVICE.into()),
            code: refusal.code,
            message: refusal.message,
            correlation_id: refusal.correlation_id.unwrap_or_default(),
            request_id: refusal.request_id,
            ..Explanation::default()
        }));
        self.tell();
    }

    /// Keeps the session, as the settings say where.
    pub(super) fn keep(&self) {
        session_storage::keep_session(&self.state.borrow().session, &self.settings);
    }

    /// Keeps a list that the account in use sees.
    pub(super) fn keep_list(&self, list: List) {
        let state = self.state.borrow();
        if let (Some(account), Some(tenant)) = (state.session.account(), state.session.tenant()) {
            lists::keep(&ListOwner { origin: &self.settings.cloud.resource_manager, tenant, home_account_id: &account.home_account_id }, list);
        }
    }

    /// Shows the pages who is signed in, and what is asked of the person.
    pub(super) fn tell(&self) {
        let (who, unused, standing) = {
            let state = self.state.borrow();
            let shown = |account: &crate::entra::account::Account| AccountInfo {
                home_account_id: account.home_account_id.clone(),
                name: account.name.clone(),
                username: account.username.clone(),
            };
            let who = state.session.account().map(|account| ActiveAccount {
                account: shown(account),
                tenant: state.session.tenant().unwrap_or_default().to_owned(),
                others: state
                    .session
                    .accounts()
                    .iter()
                    .filter(|other| other.home_account_id != account.home_account_id)
                    .map(shown)
                    .collect(),
            });
            let unused = if who.is_none() { state.session.accounts().iter().map(shown).collect() } else { Vec::new() };
            let standing = match (&state.asked, &who) {
                (Some((ask, _)), Some(_)) => {
                    SignInStatus::InteractionRequired { second_factor: ask.claims.as_deref().is_some_and(|claims| claims.contains("acrs")) }
                }
                (_, Some(_)) if state.unaccepted.is_some() => SignInStatus::TokenRejected,
                (_, Some(_)) => SignInStatus::SignedIn,
                (_, None) => SignInStatus::SignedOut,
            };
            (who, unused, standing)
        };
        self.sign_in.inactive_accounts.set(unused);
        let opening = self.sign_in.active_account.with_untracked(Option::is_none) && !self.state.borrow().is_told;
        if self.sign_in.active_account.with_untracked(|known| *known != who) {
            self.sign_in.active_account.set(who);
            if !opening {
                self.sign_in.generation.update(|turn| *turn += 1);
            }
        }
        self.state.borrow_mut().is_told = true;
        self.sign_in.status.set(standing);
    }

    /// Shows why it failed.
    pub(super) fn tell_failure(&self, error: &SignInError) {
        self.sign_in.explanation.set(Some(explain(error)));
    }
}

/// What a request is told where the sign-in failed; the rest stands in the bar.
pub(super) fn wire_error(error: SignInError) -> WireError {
    match error {
        SignInError::Wire(error) => error,
        _ => WireError::SignInRequired,
    }
}
