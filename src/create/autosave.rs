//! The draft as the tab keeps it: written at every change, read when the form opens.

use std::cell::Cell;

use leptos::prelude::*;

use super::draft::Draft;
use super::form::Form;
use super::{kept, summary};
use crate::browser::{clock, shell, storage};
use crate::portal::cloud::Cloud;

/// Where the tab keeps the draft.
const DRAFT: &str = "identity-portal:draft";

/// Where the tab keeps whose it is (`home_account_id`), once somebody is signed in, and when they typed last, in milliseconds since
/// 1970, with a space between them.
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
pub fn forget_account(home: &str) {
    if storage::read(ACCOUNT).is_none_or(|account| typed_by(&account).0 == home) {
        clear();
    }
}

/// The same for what it typed until `at`, in milliseconds since 1970.
pub fn forget_until(home: &str, at: u64) {
    if storage::read(ACCOUNT).is_some_and(|account| matches!(typed_by(&account), (typist, moment) if typist == home && moment <= at)) {
        clear();
    }
}

/// Who typed, and when last.
fn typed_by(account: &str) -> (&str, u64) {
    let (home, moment) = account.split_once(' ').unwrap_or((account, ""));
    (home, moment.parse().unwrap_or_default())
}

fn clear() {
    if let Some(form) = OPEN.get().filter(|form| !form.draft.is_disposed()) {
        form.clear();
    }
    forget();
}

/// Puts a draft in its place, for the form to open with.
pub fn put_back(draft: &Draft) {
    forget();
    store(draft);
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
            if !account.is_empty() {
                storage::write(ACCOUNT, &[&account, " ", &clock::now().to_string()].concat());
            }
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
