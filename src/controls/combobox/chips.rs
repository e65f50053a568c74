//! The chips of a multiple selection, under the text box, each with a remove button.

use leptos::prelude::*;

use super::super::icon::{Glyph, Icon};
use super::model::{Model, toggled};
use crate::browser::element;
use crate::messages::REMOVE;
use crate::visible::shown;

/// One chip for each selected id, with the entry's name if it is loaded.
pub(crate) fn chips(model: Model, selected: Signal<Vec<String>>, on_change: Callback<Vec<String>>) -> AnyView {
    let chip = move |id: String| {
        let name = model.entries.with(|entries| entries.find(&id).map(|entry| entry.name.clone())).unwrap_or_else(|| id.clone());
        let remove = move |_| {
            on_change.run(toggled(selected.get_untracked(), id.clone()));
            model.id.with_value(|id| element::focus(id));
        };
        view! {
            <li class="chip">
                <span class="chip-name">{shown(&name).into_owned()}</span>
                <button class="chip-remove" type="button" aria-label=REMOVE.with([&name]).text() on:click=remove>
                    <Icon glyph=Glyph::Close/>
                </button>
            </li>
        }
        .into_any()
    };
    let list = move || {
        let chosen = selected.get();
        (!chosen.is_empty()).then(|| view! { <ul class="chips">{chosen.into_iter().map(chip).collect::<Vec<_>>()}</ul> })
    };
    list.into_any()
}
