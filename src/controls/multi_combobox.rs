//! A box to choose any number of entries; what is chosen stands under it, each with a button to take it out.

use leptos::prelude::*;

use super::combobox::entries::{Entries, Supply};
use super::combobox::input::{Look, combobox};
use super::combobox::model::{Choice, Model, Offer, toggled};
use super::field::Wiring;
use super::icon::{Glyph, Icon};
use crate::browser::element;
use crate::messages::REMOVE;

/// Any number of the entries. The list stays open while choosing.
#[component]
pub fn MultiCombobox(
    /// What there is to choose from.
    #[prop(into)]
    entries: Signal<Entries>,
    /// The ids of the chosen entries, in the order they were chosen.
    #[prop(into)]
    selected: Signal<Vec<String>>,
    /// The person chose or took out an entry: all ids.
    #[prop(into)]
    on_change: Callback<Vec<String>>,
    /// How far the entries have come.
    #[prop(optional, into)]
    supply: Signal<Supply>,
    /// The person wants a failed supply tried again.
    #[prop(optional, into)]
    on_retry: Option<Callback<()>>,
    /// Shown in the empty box.
    #[prop(optional, into)]
    placeholder: Option<String>,
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
    let offer = Offer { entries, supply, on_retry, empty: Signal::stored(String::new()) };
    let model = Model::new(wiring.id.clone(), Choice::Many { selected, on_change }, offer);
    let chip = move |id: String| {
        let name = entries.with(|entries| entries.find(&id).map(|entry| entry.name.clone())).unwrap_or_else(|| id.clone());
        let remove = move |_| {
            on_change.run(toggled(selected.get_untracked(), id.clone()));
            model.id.with_value(|id| element::focus(id));
        };
        view! {
            <li class="chip">
                <span class="chip-name">{name.clone()}</span>
                <button class="chip-remove" type="button" aria-label=REMOVE.with([&name]).text() on:click=remove>
                    <Icon glyph=Glyph::Close/>
                </button>
            </li>
        }
        .into_any()
    };
    let chips = move || {
        let chosen = selected.get();
        (!chosen.is_empty()).then(|| view! { <ul class="chips">{chosen.into_iter().map(chip).collect::<Vec<_>>()}</ul> })
    };
    view! {
        {combobox(model, Look { wiring, placeholder, disabled })}
        {chips}
    }
    .into_any()
}
