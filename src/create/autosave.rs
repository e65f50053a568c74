//! The draft as the tab keeps it: written at every change, read when the form opens.

use std::cell::Cell;

use leptos::prelude::*;

use super::draft::Draft;
use super::form::Form;
use super::{kept, summary};
use crate::browser::{shell, storage};
use crate::portal::cloud::Cloud;
use crate::portal::typist;

/// Where the tab keeps the draft.
const DRAFT: &str = "identity-portal:draft";

/// Where the tab keeps who typed it.
const ACCOUNT: &str = "identity-portal:draft-account";

/// The draft the tab kept.
pub fn kept() -> Option<Draft> {
    storage::read(DRAFT).map(|text| kept::read(&text))
}

thread_local! {
    /// The form that is open.
    static OPEN: Cell<Option<Form>> = const { Cell::new(None) };
}

/// Forgets what an account (`home_account_id`) typed, and clears the form that shows it. What another account typed stays.
/// `until`: see [`typist::goes_with`].
pub fn forget_account(home: &str, until: Option<u64>) {
    if typist::goes_with(ACCOUNT, home, until) {
        clear();
    }
}

fn clear() {
    if let Some(form) = OPEN.get().filter(|form| !form.draft.is_disposed()) {
        form.clear();
    }
    forget();
}

/// Puts a draft of `account` (`home_account_id`, empty where nobody is signed in) in its place, for the form to open with.
pub(super) fn put_back(draft: &Draft, account: &str) {
    if kept().as_ref() == Some(draft) {
        return;
    }
    forget();
    store(draft);
    typist::note(ACCOUNT, account);
}

/// Forgets it: the identity was made, or the person discarded it.
pub fn forget() {
    storage::forget(DRAFT);
    storage::forget(ACCOUNT);
    shell::forget();
}

/// Keeps `draft` for the next time the form opens.
pub fn store(draft: &Draft) {
    storage::write(DRAFT, &kept::write(draft));
}

/// Keeps the form's draft from now on; at once where it `is_linked`, brought by a link that a reload does not bring again.
pub fn keep(form: Form, is_linked: bool, cloud: Cloud) {
    OPEN.set(Some(form));
    Effect::new(move |before: Option<()>| {
        let draft = form.draft.read();
        // The first run only learns what to follow: an untouched form leaves nothing behind.
        if is_linked || before.is_some() {
            store(&draft);
            let account = untrack(|| cloud.present()).account;
            typist::note(ACCOUNT, &account);
            form.known.with_untracked(|known| {
                shell::keep(&[
                    ("name", &draft.name),
                    ("subscription", &summary::subscription_name(&draft, known)),
                    ("resource-group", &summary::group_name(&draft)),
                    ("region", &summary::region_name(&draft, known)),
                ]);
            });
        }
    });
}
