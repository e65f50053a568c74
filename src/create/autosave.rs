//! Stores the draft in the tab's storage after every change.

use leptos::prelude::*;

use super::form::Form;
use crate::browser::shell;
use crate::cloud::Cloud;
use crate::portal::kept_draft::{self, DraftForm};
use crate::provisioning::summary;

/// Stores the form's draft after every change, and at first if it `is_linked`: a reload does not apply the link again.
pub fn keep(form: Form, is_linked: bool, cloud: Cloud) {
    expect_context::<DraftForm>().open(Callback::new(move |()| form.clear()));
    Effect::new(move |before: Option<()>| {
        form.draft.track();
        // The first run only subscribes to the draft: an untouched form stores nothing.
        if is_linked || before.is_some() {
            let account = untrack(|| cloud.present()).account;
            kept_draft::store_soon(Box::new(move || store(form, &account)));
        }
    });
    // While the form still exists.
    on_cleanup(kept_draft::store_now);
}

fn store(form: Form, account: &str) {
    let (draft, known) = (form.draft.read_untracked(), form.known.read_untracked());
    if !kept_draft::store_typed(&draft, account) {
        return;
    }
    shell::keep(&[
        ("name", &draft.name),
        ("subscription", &summary::subscription_name(&draft, &known)),
        ("resource-group", &summary::group_name(&draft)),
        ("region", &summary::region_name(&draft, &known)),
    ]);
}
