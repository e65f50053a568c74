//! What the browser stores of the sign-in: the session and requests under way in the tab's session storage, sign-outs and activity
//! for all tabs; `public/auth.js` uses the same keys. Tokens are encrypted with a key that the browser holds; where it can't hold
//! one, they stay in memory.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::task::spawn_local;

use super::super::completion::Completion;
use crate::arm::guid::Guid;
use crate::browser::storage;
use crate::browser::vault::Vault;
use crate::entra::pending_authorization::PendingAuthorization;
use crate::entra::session::Session;
use crate::entra::stored_session;
use crate::settings::{Settings, TokenCache};

/// The session, with its tokens.
const SESSION: &str = "identity-portal:session";
/// Followed by the state: an authorization request by redirect.
const REQUEST: &str = "identity-portal:asked:";
/// The state of the last such request.
const LAST_STATE: &str = "identity-portal:asking";
/// The authorization response that `auth.html` received.
const RESPONSE: &str = "identity-portal:answer";
/// The page to return to after signing out.
const LOGOUT_PAGE: &str = "identity-portal:left";
/// Followed by the app registration and the account: when a person last pressed a key or a button, in milliseconds since 1970.
const ACTIVE: &str = "identity-portal:active ";
/// Followed by the same: when the account last signed out, in milliseconds since 1970.
const SIGNED_OUT: &str = "identity-portal:signed-out ";
/// Followed by the same: when a person last signed the account out, in milliseconds since 1970. Not after a timeout, which leaves
/// what was typed.
const FORGET: &str = "identity-portal:forget ";
/// The name of this tab.
const TAB: &str = "identity-portal:tab";

/// The storage of this page's session.
pub(super) struct SessionStorage {
    /// The app registration and the cloud that a stored session is bound to.
    app: String,
    /// The client id: tabs of another app registration have other accounts.
    client_id: String,
    token_cache: TokenCache,
    /// The encryption key, once it was requested.
    vault: RefCell<Option<Completion<Option<Rc<Vault>>>>>,
    /// Incremented each time the session is saved or forgotten: only the last time counts.
    generation: Cell<u32>,
    /// The write in progress.
    write: RefCell<Option<Completion<()>>>,
}

impl SessionStorage {
    pub(super) fn new(settings: &Settings) -> Self {
        let cloud = &settings.cloud;
        let client_id = settings.client_id.as_ref().map(Guid::as_str).unwrap_or_default();
        Self {
            app: [client_id, " ", &cloud.resource_manager, " ", cloud.authority.as_deref().unwrap_or_default()].concat(),
            client_id: client_id.to_owned(),
            token_cache: settings.token_cache,
            vault: RefCell::default(),
            generation: Cell::default(),
            write: RefCell::default(),
        }
    }

    /// The encryption key; `None` where the browser can't hold one.
    async fn vault(&self) -> Option<Rc<Vault>> {
        let known = self.vault.borrow().clone();
        let opening = known.unwrap_or_else(|| {
            let opening = Completion::new();
            self.vault.replace(Some(opening.clone()));
            let (opened, app) = (opening.clone(), self.app.clone());
            spawn_local(async move { opened.complete(Vault::open(&app).await.map(Rc::new)) });
            opening
        });
        opening.wait().await
    }

    /// Whether sessions are stored, and the browser can encrypt them.
    pub(super) async fn can_store(&self) -> bool {
        self.token_cache == TokenCache::Session && self.vault().await.is_some()
    }

    /// The stored session. One that is bound to another app or cloud is forgotten: its tokens go to no other authority or ARM.
    pub(super) async fn load(&self) -> Option<Session> {
        if self.token_cache == TokenCache::Memory {
            self.forget();
            return None;
        }
        let sealed = storage::read(SESSION)?;
        let text = self.vault().await?.unseal(&sealed).await;
        let session = text.and_then(|text| stored_session::read(&text, &self.app));
        if session.is_none() {
            self.forget();
        }
        session
    }

    /// Saves the session; [`Self::written`] waits until it is.
    pub(super) fn save(self: &Rc<Self>, session: &Session) {
        if self.token_cache == TokenCache::Memory || session.accounts().is_empty() {
            self.forget();
            return;
        }
        let (generation, write) = (self.next_generation(), Completion::new());
        let text = stored_session::write(session, &self.app);
        self.write.replace(Some(write.clone()));
        let this = Rc::clone(self);
        spawn_local(async move {
            let sealed = match this.vault().await {
                Some(vault) => vault.seal(&text).await,
                None => None,
            };
            if this.generation.get() == generation {
                match sealed {
                    Some(sealed) if storage::write(SESSION, &sealed) => {}
                    _ => storage::forget(SESSION),
                }
            }
            write.complete(());
        });
    }

    /// Forgets the stored session at once.
    pub(super) fn forget(&self) {
        self.next_generation();
        storage::forget(SESSION);
    }

    fn next_generation(&self) -> u32 {
        let generation = self.generation.get().wrapping_add(1);
        self.generation.set(generation);
        generation
    }

    /// Waits until the session that was saved last is written: before leaving the page, and after each new refresh token.
    pub(super) async fn written(&self) {
        let write = self.write.borrow().clone();
        if let Some(write) = write {
            write.wait().await;
        }
    }

    /// When a person was last active in any tab where the account is signed in.
    pub(super) fn last_active(&self, home_account_id: &str) -> Option<u64> {
        storage::preference(&self.account_key(ACTIVE, home_account_id))?.parse().ok()
    }

    pub(super) fn set_last_active(&self, home_account_id: &str, now: u64) {
        storage::set_preference(&self.account_key(ACTIVE, home_account_id), &now.to_string());
    }

    /// When the account last signed out in any tab.
    pub(super) fn signed_out_at(&self, home_account_id: &str) -> Option<u64> {
        storage::preference(&self.account_key(SIGNED_OUT, home_account_id))?.parse().ok()
    }

    /// For tabs that get no message, because they are frozen, left or discarded.
    pub(super) fn set_signed_out(&self, home_account_id: &str, now: u64) {
        storage::set_preference(&self.account_key(SIGNED_OUT, home_account_id), &now.to_string());
        storage::forget_preference(&self.account_key(ACTIVE, home_account_id));
    }

    /// A person signed the account out: tabs are to forget what they stored for it until now.
    pub(super) fn set_forgotten(&self, home_account_id: &str, now: u64) {
        storage::set_preference(&self.account_key(FORGET, home_account_id), &now.to_string());
    }

    /// The accounts that a person signed out, and when last.
    pub(super) fn forgotten(&self) -> Vec<(String, u64)> {
        let start = self.account_key(FORGET, "");
        let at = |key: &String| Some((key.strip_prefix(&start)?.to_owned(), storage::preference(key)?.parse().ok()?));
        storage::preferences(&start).iter().filter_map(at).collect()
    }

    fn account_key(&self, start: &str, home_account_id: &str) -> String {
        [start, &self.client_id, " ", home_account_id].concat()
    }
}

/// Stores a request until the tab comes back with its response. There is one at a time: a new one replaces it.
pub(super) fn store_request(pending: &PendingAuthorization) {
    forget_request();
    storage::write_shared(&[REQUEST, &pending.state].concat(), &pending.write());
    storage::write_shared(LAST_STATE, &pending.state);
}

fn forget_request() {
    if let Some(state) = storage::read_shared(LAST_STATE) {
        storage::forget_shared(&[REQUEST, &state].concat());
        storage::forget_shared(LAST_STATE);
    }
}

/// Takes the response that the tab came back with, and its request.
pub(super) fn take_response(now: u64) -> Option<(String, Option<PendingAuthorization>)> {
    let response = storage::read_shared(RESPONSE);
    storage::forget_shared(RESPONSE);
    let request = storage::read_shared(LAST_STATE).and_then(|state| storage::read_shared(&[REQUEST, &state].concat()));
    forget_request();
    response.map(|response| (response, request.and_then(|request| PendingAuthorization::read(&request, now))))
}

/// Stores the page to return to after signing out.
pub(super) fn store_logout_page(page: &str) {
    storage::write_shared(LOGOUT_PAGE, page);
}

/// The name of this tab, where it was opened before.
pub(super) fn tab_name() -> Option<String> {
    storage::read(TAB)
}

pub(super) fn set_tab_name(name: &str) {
    storage::write(TAB, name);
}
