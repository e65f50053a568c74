//! Writes the draft to the tab's storage at every change.

use leptos::prelude::*;

use super::form::Form;
use crate::browser::shell;
use crate::cloud::Cloud;
use crate::portal::kept_draft::{self, DraftForm};
use crate::provisioning::summary;

/// Keeps the form's draft from now on; at once where it `is_linked`, brought by a link that a reload does not bring again.
pub fn keep(form: Form, is_linked: bool, cloud: Cloud) {
    expect_context::<DraftForm>().open(Callback::new(move |()| form.clear()));
    Effect::new(move |before: Option<()>| {
        let draft = form.draft.read();
        // The first run only learns what to follow: an untouched form leaves nothing behind.
        if is_linked || before.is_some() {
            kept_draft::store_typed(&draft, &untrack(|| cloud.present()).account);
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
