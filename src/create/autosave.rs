//! The draft as the tab keeps it: written at every change, read when the form opens.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::draft::Draft;
use super::field::Field;
use super::form::{Form, id};
use super::summary;
use crate::browser::storage;

/// Where the tab keeps the draft.
const DRAFT: &str = "identity-portal:draft";
/// What the shell's text boxes show before the program runs, by element id; `public/boot.js` reads it.
const SHELL: &str = "identity-portal:shell";

/// The draft the tab kept.
pub fn kept() -> Option<Draft> {
    serde_json::from_str(&storage::read(DRAFT)?).ok()
}

/// Puts a draft in its place, for the form to open with.
pub fn put_back(draft: &Draft) {
    forget();
    if let Ok(text) = serde_json::to_string(draft) {
        storage::write(DRAFT, &text);
    }
}

/// Forgets it: the identity was made, or the person discarded it.
pub fn forget() {
    storage::forget(DRAFT);
    storage::forget(SHELL);
}

/// Keeps the form's draft from now on.
pub fn keep(form: Form) {
    Effect::new(move |before: Option<()>| {
        let draft = form.draft.read();
        // The first run only learns what to follow: an untouched form leaves nothing behind.
        if before.is_some() {
            write(&draft, form);
        }
    });
}

fn write(draft: &Draft, form: Form) {
    if let Ok(text) = serde_json::to_string(draft) {
        storage::write(DRAFT, &text);
    }
    let shown = form.known.with_untracked(|known| {
        BTreeMap::from([
            (id(Field::Name), draft.name.clone()),
            (id(Field::Subscription), summary::subscription_name(draft, known)),
            (id(Field::ResourceGroup), summary::group_name(draft)),
            (id(Field::Region), summary::region_name(draft, known)),
        ])
    });
    if let Ok(text) = serde_json::to_string(&shown) {
        storage::write(SHELL, &text);
    }
}
