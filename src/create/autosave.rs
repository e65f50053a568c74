//! Stores the draft in the tab's storage on every change.

use leptos::prelude::*;

use super::form::Form;
use crate::browser::shell;
use crate::cloud::Cloud;
use crate::portal::kept_draft::{self, DraftForm};
use crate::provisioning::summary;

/// Stores the form's draft on every change, and at once if it `is_linked`: a reload does not apply the link again.
pub fn keep(form: Form, is_linked: bool, cloud: Cloud) {
    expect_context::<DraftForm>().open(Callback::new(move |()| form.clear()));
    Effect::new(move |before: Option<()>| {
        let draft = form.draft.read();
        // The first run only subscribes to the draft: an untouched form stores nothing.
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
