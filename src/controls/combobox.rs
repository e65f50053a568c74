//! A box with a list: type to filter, arrow keys to walk, Enter to choose (ARIA Authoring Practices, "Editable Combobox With
//! List Autocomplete"). A [`Choice`] says whether one entry is chosen, or any number, or whether they only suggest a text.
//!
//! `state` is the keyboard, `entries` and `rows` the data, all pure; `model` joins them to signals; `input`, `list` and
//! `chips` draw.

pub(crate) mod chips;
pub mod entries;
pub(crate) mod input;
pub(crate) mod list;
pub mod model;
pub(crate) mod rows;
pub(crate) mod state;

use leptos::prelude::*;

use super::field::Wiring;
use chips::chips;
use entries::{Entries, Supply};
use input::{Look, combobox};
use model::{Choice, Model, Offer};

/// The box, its list, and what is chosen of many.
#[component]
pub fn Combobox(
    /// What there is to choose from.
    #[prop(into)]
    entries: Signal<Entries>,
    /// What is chosen, and whom to tell.
    choice: Choice,
    /// How far the entries have come.
    #[prop(optional, into)]
    supply: Signal<Supply>,
    /// The person wants a failed supply tried again.
    #[prop(optional, into)]
    on_retry: Option<Callback<()>>,
    /// Shown while nothing is chosen.
    #[prop(optional, into)]
    placeholder: Option<String>,
    /// What the list says while there is nothing to choose from, and what to do then.
    #[prop(optional, into)]
    empty: Signal<String>,
    /// What the box shows for a chosen id that is not among the entries; the id itself if empty.
    #[prop(optional, into)]
    unnamed: Signal<String>,
    /// Nothing can be chosen.
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
    let model = Model::new(wiring.id.clone(), choice, Offer { entries, supply, on_retry, empty, unnamed });
    let chosen = match choice {
        Choice::Many { selected, on_change } => Some(chips(model, selected, on_change)),
        Choice::One { .. } | Choice::Text { .. } => None,
    };
    view! {
        {combobox(model, Look { wiring, placeholder, disabled })}
        {chosen}
    }
    .into_any()
}
