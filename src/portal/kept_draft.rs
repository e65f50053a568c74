//! The draft in the tab's session storage. Storing takes longer than all else that a key does, so what is typed is stored in a task of
//! its own: once it is drawn, or else as soon as the draft is read or the page is hidden or left.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use leptos::prelude::*;

use super::text_owner;
use crate::browser::{address, clock, shell, storage};
use crate::provisioning::draft::Draft;
use crate::provisioning::stored_draft;

const DRAFT: &str = "identity-portal:draft";

/// The key of the account that typed it.
const ACCOUNT: &str = "identity-portal:draft-account";

/// How long a change may stay unstored: until it is drawn.
const SOON: Duration = Duration::from_millis(20);

/// Stores the draft of the open form.
type Store = Box<dyn FnOnce()>;

thread_local! {
    // There is one draft in a tab: what isn't stored yet belongs to it, not to any view.
    static UNSTORED: RefCell<Option<Store>> = const { RefCell::new(None) };
    // Whether the form was cleared, and nothing was typed since.
    static IS_CLEARED: Cell<bool> = const { Cell::new(false) };
}

/// The form that shows the draft, while one is open. In the context.
#[derive(Clone, Copy)]
pub struct DraftForm(StoredValue<Option<Callback<()>>>);

impl DraftForm {
    pub fn new() -> Self {
        if cfg!(target_arch = "wasm32") {
            // A hidden page may be ended without another event.
            for event in ["pagehide", "visibilitychange"] {
                address::listen(event, store_now);
            }
        }
        Self(StoredValue::new(None))
    }

    /// A form was opened. `clear` empties it.
    pub fn open(self, clear: Callback<()>) {
        self.0.set_value(Some(clear));
    }

    /// Deletes what an account (`home_account_id`) typed, and clears the form that shows it. Other accounts' drafts stay.
    /// `until`: see [`text_owner::goes_with`].
    pub fn forget_account(self, home_account_id: &str, until: Option<u64>) {
        store_now();
        if text_owner::goes_with(ACCOUNT, home_account_id, until) {
            if let Some(clear) = self.0.get_value() {
                // The form may no longer exist, and neither does its callback.
                let _ = clear.try_run(());
            }
            forget_cleared();
        }
    }
}

impl Default for DraftForm {
    fn default() -> Self {
        Self::new()
    }
}

/// The stored draft, with what was typed just now.
pub fn kept() -> Option<Draft> {
    store_now();
    storage::read(DRAFT).map(|text| stored_draft::read(&text))
}

/// Stores a draft of `account` (`home_account_id`; empty if nobody is signed in) for the form to open with.
pub fn put_back(draft: &Draft, account: &str) {
    if kept().as_ref() == Some(draft) {
        return;
    }
    forget();
    store_typed(draft, account);
}

/// Deletes the draft, after the identity was created or the person discarded the draft.
pub fn forget() {
    UNSTORED.take();
    storage::forget(DRAFT);
    storage::forget(ACCOUNT);
    shell::forget();
}

/// Deletes the draft of a form that was cleared just now. The form is about to store the empty draft, perhaps not before the page is
/// left; but the organisation's defaults are to come back, so nothing is stored until something is typed or put back.
pub fn forget_cleared() {
    forget();
    IS_CLEARED.set(true);
}

/// Calls `store`, which stores the form's draft, in a later task. It takes the place of one that waits already.
pub fn store_soon(store: Store) {
    if UNSTORED.replace(Some(store)).is_none() {
        clock::later(SOON, Box::new(store_now));
    }
}

/// Stores what waits for it.
pub fn store_now() {
    if let Some(store) = UNSTORED.take() {
        store();
    }
}

/// Stores `draft` for the next time the form opens.
pub fn store(draft: &Draft) {
    storage::write(DRAFT, &stored_draft::write(draft));
}

/// Stores `draft` as typed by `account` now. Returns `false` for the empty draft of a form that was cleared, which isn't stored.
pub fn store_typed(draft: &Draft, account: &str) -> bool {
    if IS_CLEARED.get() && draft.is_blank() {
        return false;
    }
    IS_CLEARED.set(false);
    store(draft);
    text_owner::note(ACCOUNT, account);
    true
}
