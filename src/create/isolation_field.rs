//! Isolation scope.

use leptos::prelude::*;

use super::form::Form;
use crate::arm::managed_identity::IsolationScope;
use crate::controls::{Choice, Combobox, Entries, Entry, Field};
use crate::messages;
use crate::provisioning::field;

/// Where the identity may be used; shown only where the cloud offers it.
#[component]
pub fn IsolationField(
    /// The form.
    form: Form,
) -> impl IntoView {
    let entries = Entries::new(vec![
        Entry::new(IsolationScope::None.as_str(), messages::ISOLATION_NONE.text()),
        Entry::new(IsolationScope::Regional.as_str(), messages::ISOLATION_REGIONAL.text()),
    ]);
    let selected = Signal::derive(move || {
        let scope = form.draft.read().isolation_scope.clone();
        if scope.is_empty() { IsolationScope::None.as_str().to_owned() } else { scope }
    });
    view! {
        <Field
            id="isolation-scope"
            label=messages::ISOLATION_SCOPE.text()
            info=messages::ISOLATION_SCOPE_INFO.text()
            notes=form.notes(field::Field::IsolationScope)
        >
            <Combobox
                entries=Signal::stored(entries)
                choice=Choice::one(selected, Callback::new(move |scope| form.select_isolation(scope)))
            />
        </Field>
    }
    .into_any()
}
