//! The draft as the tab keeps it: written at every change, read when the form opens.

use leptos::prelude::*;

use super::draft::Draft;
use super::form::Form;
use super::{kept, summary};
use crate::browser::{shell, storage};

/// Where the tab keeps the draft.
const DRAFT: &str = "identity-portal:draft";

/// The draft the tab kept.
pub fn kept() -> Option<Draft> {
    storage::read(DRAFT).map(|text| kept::read(&text))
}

/// Puts a draft in its place, for the form to open with.
pub fn put_back(draft: &Draft) {
    forget();
    store(draft);
}

/// Forgets it: the identity was made, or the person discarded it.
pub fn forget() {
    storage::forget(DRAFT);
    shell::forget();
}

/// Keeps `draft` for the next time the form opens.
pub fn store(draft: &Draft) {
    storage::write(DRAFT, &kept::write(draft));
}

/// Keeps the form's draft from now on; at once where it `is_linked`, brought by a link that a reload does not bring again.
pub fn keep(form: Form, is_linked: bool) {
    Effect::new(move |before: Option<()>| {
        let draft = form.draft.read();
        // The first run only learns what to follow: an untouched form leaves nothing behind.
        if is_linked || before.is_some() {
            store(&draft);
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
