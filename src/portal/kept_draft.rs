//! The draft in the tab's session storage.

use leptos::prelude::*;

use super::text_owner;
use crate::browser::{shell, storage};
use crate::provisioning::draft::Draft;
use crate::provisioning::stored_draft;

const DRAFT: &str = "identity-portal:draft";

/// The key of the account that typed it.
const ACCOUNT: &str = "identity-portal:draft-account";

/// The form that shows the draft, while one is open. In the context.
#[derive(Clone, Copy)]
pub struct DraftForm(StoredValue<Option<Callback<()>>>);

impl DraftForm {
    pub fn new() -> Self {
        Self(StoredValue::new(None))
    }

    /// A form was opened. `clear` empties it.
    pub fn open(self, clear: Callback<()>) {
        self.0.set_value(Some(clear));
    }

    /// Deletes what an account (`home_account_id`) typed, and clears the form that shows it. Other accounts' drafts stay.
    /// `until`: see [`text_owner::goes_with`].
    pub fn forget_account(self, home_account_id: &str, until: Option<u64>) {
        if text_owner::goes_with(ACCOUNT, home_account_id, until) {
            if let Some(clear) = self.0.get_value() {
                // The form may no longer exist, and neither does its callback.
                let _ = clear.try_run(());
            }
            forget();
        }
    }
}

impl Default for DraftForm {
    fn default() -> Self {
        Self::new()
    }
}

pub fn kept() -> Option<Draft> {
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
    storage::forget(DRAFT);
    storage::forget(ACCOUNT);
    shell::forget();
}

/// Stores `draft` for the next time the form opens.
pub fn store(draft: &Draft) {
    storage::write(DRAFT, &stored_draft::write(draft));
}

/// Stores `draft` as typed by `account` now.
pub fn store_typed(draft: &Draft, account: &str) {
    store(draft);
    text_owner::note(ACCOUNT, account);
}
