//! A line of text with suggestions: a combobox that takes any text.

use leptos::prelude::*;

use super::combobox::entries::{Entries, Supply};
use super::combobox::input::{Look, combobox};
use super::combobox::model::{Choice, Model, Offer};
use super::field::Wiring;

/// A text box that offers the entries matching what is typed; their names become the text. Role `combobox`.
#[component]
pub fn SuggestInput(
    /// The suggestions.
    #[prop(into)]
    entries: Signal<Entries>,
    /// The text.
    #[prop(into)]
    value: Signal<String>,
    /// The person typed or took a suggestion: the whole text.
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
) -> impl IntoView {
    let wiring = Wiring::new(id, label);
    let offer = Offer { entries, supply: Signal::stored(Supply::Complete), on_retry: None, empty: Signal::stored(String::new()) };
    let model = Model::new(wiring.id.clone(), Choice::Text { value, on_input }, offer);
    combobox(model, Look { wiring, placeholder, disabled })
}
