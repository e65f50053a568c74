//! A single-line text box.

use leptos::prelude::*;

use super::field::Wiring;

/// Inside a [`super::Field`] it needs no id and no label.
///
/// The value is set as an attribute and as a property, because the form's first screen is rendered at build time.
#[component]
pub fn TextInput(
    #[prop(into)] value: Signal<String>,
    /// Gets the whole text.
    #[prop(into)]
    on_input: Callback<String>,
    #[prop(optional, into)] placeholder: Option<String>,
    #[prop(optional, into)] disabled: Signal<bool>,
    /// The id, outside a field.
    #[prop(optional, into)]
    id: Option<String>,
    /// The accessible name, outside a field.
    #[prop(optional, into)]
    label: Option<String>,
    /// Makes it a search or filter box: role `searchbox`.
    #[prop(optional)]
    search: bool,
) -> impl IntoView {
    let wiring = Wiring::new(id, label);
    view! {
        <input
            id=wiring.id
            class="text-input"
            type=if search { "search" } else { "text" }
            value=value.get_untracked()
            prop:value=move || value.get()
            placeholder=placeholder
            disabled=move || wiring.fixed || disabled.get()
            aria-label=wiring.label
            aria-describedby=wiring.described_by
            aria-required=wiring.required
            aria-invalid=move || wiring.invalid.get().then_some("true")
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            on:input=move |event| on_input.run(event_target_value(&event))
        />
    }
    .into_any()
}
