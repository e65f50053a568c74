//! A box to choose one of many: type to filter, arrow keys to walk, Enter to choose (ARIA Authoring Practices, "Editable
//! Combobox With List Autocomplete").
//!
//! `state` is the keyboard, `entries` and `rows` the data, all pure; `model` joins them to signals; `input` and `list` draw.

pub mod entries;
pub(crate) mod input;
pub(crate) mod list;
pub(crate) mod model;
pub(crate) mod rows;
pub(crate) mod state;

use leptos::prelude::*;

use super::field::Wiring;
use entries::{Entries, Supply};
use input::{Look, combobox};
use model::{Choice, Model, Offer};

/// One of the entries. Typed text filters; left without a choice, the box shows the chosen entry's name again.
#[component]
pub fn Combobox(
    /// What there is to choose from.
    #[prop(into)]
    entries: Signal<Entries>,
    /// The id of the chosen entry; empty for none. An id that is not (yet) among the entries is shown as it is.
    #[prop(into)]
    selected: Signal<String>,
    /// The person chose the entry with this id.
    #[prop(into)]
    on_select: Callback<String>,
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
    let model = Model::new(wiring.id.clone(), Choice::One { selected, on_select }, Offer { entries, supply, on_retry, empty });
    combobox(model, Look { wiring, placeholder, disabled })
}
