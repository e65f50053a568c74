//! A line of text.

use leptos::prelude::*;

use super::field::Wiring;

/// A text box. Inside a [`super::Field`] it needs no id and no label.
///
/// The value stands in the printed markup and in the property, because the form's first screen is printed at build time.
#[component]
pub fn TextInput(
    /// The text.
    #[prop(into)]
    value: Signal<String>,
    /// The person typed: the whole text.
    #[prop(into)]
    on_input: Callback<String>,
    /// Shown while empty.
    #[prop(optional, into)]
    placeholder: Option<String>,
    /// Nothing can be typed.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Its id, outside a field.
    #[prop(optional, into)]
    id: Option<String>,
    /// Its accessible name, outside a field.
    #[prop(optional, into)]
    label: Option<String>,
    /// A box to search or filter with: role `searchbox`.
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
