//! The state of the sign-in that everything in this part shares: the session, what is in progress, and what pages show of it.
//! It knows none of the modules that act on it.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;

use super::super::account_data::AccountData;
use super::super::completion::Completion;
use super::super::lists::{self, ListOwner};
use super::session_storage::SessionStorage;
use crate::arm::caller::Caller;
use crate::arm::envelope;
use crate::arm::http::{Request, Response};
use crate::arm::last_read::List;
use crate::browser::locks::Held;
use crate::browser::{address, fetch};
use crate::entra::account::Account;
use crate::entra::app::App;
use crate::entra::authority::{Authority, METADATA_PATH};
use crate::entra::authorization_request::AuthorizationRequest;
use crate::entra::error::SignInError;
use crate::entra::explain::{Explanation, explain};
use crate::entra::session::Session;
use crate::messages;
use crate::portal::sign_in::{AccountInfo, ActiveAccount, SignIn, SignInStatus};
use crate::settings::Settings;

/// The redirect URI, relative to the page.
const REDIRECT_PAGE: &str = "auth.html";
/// The tenant where `config.json` names none: any work or school account.
const ORGANIZATIONS: &str = "organizations";

/// The header with the request id that we sent.
const REQUEST_ID: &str = "x-ms-client-request-id";

/// How an interaction with the person ended.
pub(super) type Outcome = Result<(), SignInError>;

/// The state that changes.
#[derive(Default)]
pub(super) struct State {
    pub(super) session: Session,
    /// The app registration and its authority, once known.
    app: Option<Rc<App>>,
    /// The startup in progress, or done.
    pub(super) startup: Option<Completion<()>>,
    /// The token acquisition in progress: one at a time.
    pub(super) acquisition: Option<Completion<()>>,
    /// The sign-in that the person is asked for, and its outcome.
    pub(super) interaction: Option<(AuthorizationRequest, Completion<Outcome>)>,
    /// Cancels the sign-in in the pop-up.
    pub(super) popup_cancellation: Option<Completion<()>>,
    /// The signing keys, by directory, as JSON Web Key Sets.
    pub(super) signing_keys: Vec<(String, String)>,
    /// Whether pages know who is signed in; their requests wait for that.
    is_published: bool,
    /// Whether a hidden iframe got no response in this browser.
    pub(super) iframes_time_out: bool,
    /// Incremented when a person has signed in.
    pub(super) interaction_count: u32,
    /// The claims that were missing when a deployment failed, and its caller: the caller's next write needs a token with them.
    pub(super) claims_of_next_write: Option<(Caller, String)>,
    /// What ARM last required although the person had signed in for it: they are not asked again unless they press Sign in.
    pub(super) rejected_request: Option<AuthorizationRequest>,
    /// Whether this page returned from a sign-in that ARM required, and ARM has accepted no token since.
    pub(super) is_back_from_challenge: bool,
    /// When a person was last active in this tab, in milliseconds since 1970.
    pub(super) last_active: Option<u64>,
    /// The lock that shows that this tab is open.
    pub(super) tab_lock: Option<Held>,
}

/// The sign-in of this page.
pub(super) struct AuthContext {
    pub(super) settings: Settings,
    pub(super) sign_in: SignIn,
    pub(super) account_data: AccountData,
    pub(super) storage: Rc<SessionStorage>,
    pub(super) state: RefCell<State>,
}

impl AuthContext {
    pub(super) fn new(settings: Settings, sign_in: SignIn, account_data: AccountData) -> Self {
        let storage = Rc::new(SessionStorage::new(&settings));
        Self { settings, sign_in, account_data, storage, state: RefCell::default() }
    }

    /// The app registration and its authority, which is read from ARM where `config.json` does not have it.
    pub(super) async fn app(&self) -> Result<Rc<App>, SignInError> {
        if let Some(app) = self.state.borrow().app.clone() {
            return Ok(app);
        }
        let cloud = &self.settings.cloud;
        let authority = if let Some(authority) = Authority::of(cloud) {
            authority
        } else {
            let response = fetch::get([&cloud.resource_manager, METADATA_PATH].concat()).await?;
            Authority::from_metadata(cloud, &response.body).ok_or(SignInError::NoAuthority)?
        };
        let client_id = self.settings.client_id.clone().ok_or(SignInError::NoAuthority)?;
        let endpoint = authority.authorization_endpoint("");
        let host = endpoint.split("://").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_default();
        self.sign_in.authority_host.set(host.to_owned());
        let app = Rc::new(App { authority, client_id, redirect_uri: address::beside(REDIRECT_PAGE) });
        self.state.borrow_mut().app = Some(Rc::clone(&app));
        Ok(app)
    }

    /// The tenant to request where nobody is signed in.
    pub(super) fn tenant(&self) -> String {
        self.settings.tenant.clone().unwrap_or_else(|| ORGANIZATIONS.to_owned())
    }

    /// The caller of requests that are sent now.
    pub(super) fn caller(&self) -> Option<Caller> {
        let state = self.state.borrow();
        let account = state.session.account()?;
        Some(super::caller_of(&self.settings, state.session.tenant()?, &account.home_account_id, &account.username))
    }

    /// The `home_account_id`s of the signed-in accounts.
    pub(super) fn home_account_ids(&self) -> Vec<String> {
        self.state.borrow().session.accounts().iter().map(|account| account.home_account_id.clone()).collect()
    }

    /// Saves the session where the settings say.
    pub(super) fn save(&self) {
        self.storage.save(&self.state.borrow().session);
    }

    /// Stores a list for the account in use.
    pub(super) fn keep_list(&self, list: List) {
        let state = self.state.borrow();
        if let (Some(account), Some(tenant)) = (state.session.account(), state.session.tenant()) {
            let origin = &self.settings.cloud.resource_manager;
            lists::keep(&ListOwner { origin, tenant, home_account_id: &account.home_account_id }, list);
        }
    }

    /// Removes the accounts that signed out in another tab while this one got no messages. Whether there were any.
    pub(super) fn remove_signed_out(&self, session: &mut Session) -> bool {
        let is_gone =
            |account: &&Account| self.storage.signed_out_at(&account.home_account_id).is_some_and(|at| account.signed_in_at <= at);
        let gone: Vec<String> = session.accounts().iter().filter(is_gone).map(|account| account.home_account_id.clone()).collect();
        for home_account_id in &gone {
            session.remove_account(home_account_id);
        }
        !gone.is_empty()
    }

    /// Forgets what this tab stored for accounts before they signed out in another tab while this one got no messages. Whether there
    /// were any.
    pub(super) fn forget_signed_out(&self) -> bool {
        let forgotten = self.storage.forgotten();
        for (home_account_id, at) in &forgotten {
            self.account_data.forget(home_account_id, Some(*at));
        }
        !forgotten.is_empty()
    }

    /// Forgets what ARM required of the account that was in use.
    pub(super) fn forget_challenge(&self) {
        let mut state = self.state.borrow_mut();
        state.claims_of_next_write = None;
        state.rejected_request = None;
        state.is_back_from_challenge = false;
    }

    /// Whether ARM rejected the token of the person's last sign-in.
    pub(super) fn is_rejected(&self) -> bool {
        let state = self.state.borrow();
        state.is_back_from_challenge || state.rejected_request.is_some()
    }

    /// ARM accepted a token.
    pub(super) fn token_accepted(&self) {
        self.state.borrow_mut().is_back_from_challenge = false;
        if self.state.borrow_mut().rejected_request.take().is_some() {
            self.sign_in.explanation.set(None);
            self.publish();
        }
    }

    /// ARM challenges again after the person signed in: explains it, with the ids of the request.
    pub(super) fn token_rejected(&self, request: &Request, response: &Response, claims: Option<String>) {
        let rejected_request = self.state.borrow().session.authorization_request(claims);
        self.state.borrow_mut().rejected_request = rejected_request;
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
        self.publish();
    }

    /// The interaction with the person ended: tells those who wait for it.
    pub(super) fn settle_interaction(&self, outcome: Outcome) {
        self.state.borrow_mut().popup_cancellation = None;
        if outcome.is_ok() && self.state.borrow_mut().rejected_request.take().is_some() {
            // What was refused before may succeed now.
            self.sign_in.generation.update(|generation| *generation += 1);
        }
        let interaction = self.state.borrow_mut().interaction.take();
        if let Some((_, waiting)) = interaction {
            waiting.complete(outcome);
        }
        self.publish();
    }

    /// Shows the pages who is signed in, and whether the person has to sign in.
    pub(super) fn publish(&self) {
        let (active, inactive, status) = {
            let state = self.state.borrow();
            let (session, info) = (&state.session, account_info);
            let active = session.account().map(|account| ActiveAccount {
                account: info(account),
                tenant: session.tenant().unwrap_or_default().to_owned(),
                others: session.accounts().iter().filter(|other| other.home_account_id != account.home_account_id).map(info).collect(),
            });
            let inactive = if active.is_none() { session.accounts().iter().map(info).collect() } else { Vec::new() };
            let status = match (&state.interaction, &active) {
                (Some((request, _)), Some(_)) => SignInStatus::InteractionRequired {
                    second_factor: request.claims.as_deref().is_some_and(|claims| claims.contains("acrs")),
                },
                (_, Some(_)) if state.rejected_request.is_some() => SignInStatus::TokenRejected,
                (_, Some(_)) => SignInStatus::SignedIn,
                (_, None) => SignInStatus::SignedOut,
            };
            (active, inactive, status)
        };
        self.sign_in.inactive_accounts.set(inactive);
        let is_first = self.sign_in.active_account.with_untracked(Option::is_none) && !self.state.borrow().is_published;
        if self.sign_in.active_account.with_untracked(|known| *known != active) {
            self.sign_in.active_account.set(active);
            if !is_first {
                self.sign_in.generation.update(|generation| *generation += 1);
            }
        }
        self.state.borrow_mut().is_published = true;
        self.sign_in.status.set(status);
    }

    /// Explains an error to the person.
    pub(super) fn show_error(&self, error: &SignInError) {
        self.sign_in.explanation.set(Some(explain(error)));
    }
}

fn account_info(account: &Account) -> AccountInfo {
    AccountInfo { home_account_id: account.home_account_id.clone(), name: account.name.clone(), username: account.username.clone() }
}
