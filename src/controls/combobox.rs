//! A combobox: type to filter, arrow keys to move, Enter to select (ARIA Authoring Practices, "Editable Combobox With
//! List Autocomplete"). A [`Choice`] determines whether it selects one entry or several, or only suggests a text.
//!
//! `state` handles the keyboard, `entries` and `rows` hold the data, all pure; `model` connects them to signals; `input`,
//! `list` and `chips` render.

pub(crate) mod chips;
pub mod entries;
pub(crate) mod input;
pub(crate) mod list;
pub mod model;
pub(crate) mod rows;
pub(crate) mod state;

use leptos::prelude::*;

use super::field::Wiring;
use super::part::Part;
use chips::chips;
use entries::{Entries, Supply};
use input::{InputOptions, combobox};
use model::{Choice, Model, Offer};

/// The text box, its list, and chips for a multiple selection.
#[component]
pub fn Combobox(
    #[prop(into)] entries: Signal<Entries>,
    choice: Choice,
    /// Whether the entries are complete.
    #[prop(optional, into)]
    supply: Signal<Supply>,
    /// Called to load the entries again after a failure.
    #[prop(optional, into)]
    on_retry: Option<Callback<()>>,
    #[prop(optional, into)] placeholder: Option<String>,
    /// Shown if there are no entries, with advice.
    #[prop(optional, into)]
    empty: Signal<String>,
    /// Shown for a selected id that is not among the entries; the id itself if empty.
    #[prop(optional, into)]
    unnamed: Signal<String>,
    /// Gets a typed text when the box is left without a selection. Without it, the text is dropped.
    #[prop(optional, into)]
    on_typed: Option<Callback<String>>,
    #[prop(optional, into)] disabled: Signal<bool>,
    /// The id, outside a field.
    #[prop(optional, into)]
    id: Option<String>,
    /// The accessible name, outside a field.
    #[prop(optional, into)]
    label: Option<String>,
) -> impl IntoView {
    let wiring = Wiring::new(id, label);
    let model = Model::new(wiring.id.clone(), choice, Offer { entries, supply, on_retry, empty, unnamed, on_typed });
    let chosen = match choice {
        Choice::Many { selected, on_change } => {
            let any = Memo::new(move |_| model.has_chips());
            Some(move || any.get().then(|| view! { <Part load=move || chips(model, selected, on_change)/> }))
        }
        Choice::One { .. } | Choice::Text { .. } => None,
    };
    view! {
        {combobox(model, InputOptions { wiring, placeholder, disabled })}
        {chosen}
    }
    .into_any()
}
