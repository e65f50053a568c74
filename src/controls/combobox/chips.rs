//! The chips of a multiple selection, under the text box, each with a remove button.

use leptos::prelude::*;

use super::super::icon::{Glyph, Icon};
use super::model::{Model, toggled};
use crate::browser::element;
use crate::messages::REMOVE;
use crate::visible::shown;

crate::part! {
    in azure:
    /// One chip for each selected id, with the entry's name if it is loaded.
    pub(crate) fn chips(model: Model, selected: Signal<Vec<String>>, on_change: Callback<Vec<String>>) -> AnyView {
        chips_view(model, selected, on_change)
    }
}

fn chips_view(model: Model, selected: Signal<Vec<String>>, on_change: Callback<Vec<String>>) -> AnyView {
    let chip = move |id: String| {
        let name = model.entries.with(|entries| entries.find(&id).map(|entry| entry.name.into_owned())).unwrap_or_else(|| id.clone());
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

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::super::entries::{Entries, Entry, Supply};
    use super::super::model::{Choice, Offer};
    use super::*;

    #[test]
    fn chosen_values_are_listed_with_their_names_and_removable() {
        let html = Owner::new().with(|| {
            let (selected, on_change) = (Signal::stored(vec!["westus".to_owned(), "gone".to_owned()]), Callback::new(|_| {}));
            let offer = Offer {
                entries: Signal::stored(Entries::new(vec![Entry::new("eastus", "East US"), Entry::new("westus", "West US")])),
                supply: Signal::stored(Supply::Complete),
                on_retry: None,
                empty: Signal::default(),
                unnamed: Signal::default(),
                on_typed: None,
            };
            chips_view(Model::new("places".to_owned(), Choice::many(selected, on_change), offer), selected, on_change).to_html()
        });
        for part in ["<span class=\"chip-name\">West US</span>", "aria-label=\"Remove West US\"", "aria-label=\"Remove gone\""] {
            assert!(html.contains(part), "{part} in {html}");
        }
        assert!(!html.contains("East US"), "{html}");
    }
}
