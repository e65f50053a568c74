//! The header's search box: an ARIA combobox whose listbox is the search panel. The panel sets the results' addresses;
//! the box handles the keys.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::panel::Panel;
use super::search::{RESULTS, Search, option_id};
use crate::browser::address;
use crate::controls::{Glyph, Icon, LiveRegion};
use crate::messages;

#[component]
pub fn SearchBox(
    id: String,
    search: Search,
    /// The header's open panel.
    open: RwSignal<Option<Panel>>,
) -> impl IntoView {
    let lists = Memo::new(move |_| open.get() == Some(Panel::Search) && search.targets.with(|targets| !targets.is_empty()));
    let active = move || search.active.get().filter(|_| lists.get()).map(option_id);
    let typed = move |text: String| {
        let is_empty = text.trim().is_empty();
        search.active.set(None);
        search.query.set(text);
        open.set((!is_empty).then_some(Panel::Search));
    };
    let press = move |event: KeyboardEvent| {
        if event.is_composing() {
            return;
        }
        let key = event.key();
        match key.as_str() {
            "ArrowDown" | "ArrowUp" => {
                event.prevent_default();
                if open.get_untracked() == Some(Panel::Search) {
                    search.step(key == "ArrowDown");
                } else if search.query.with_untracked(|query| !query.trim().is_empty()) {
                    open.set(Some(Panel::Search));
                }
            }
            "Enter" => {
                if let Some(target) = search.chosen() {
                    event.prevent_default();
                    search.query.set(String::new());
                    open.set(None);
                    address::go(&target);
                }
            }
            _ => {}
        }
    };
    view! {
        <div class="header-search" role="search" data-keeps-panel="true">
            <Icon glyph=Glyph::Search/>
            <input
                id=id
                type="search"
                role="combobox"
                aria-label=messages::SEARCH.text()
                aria-autocomplete="list"
                aria-haspopup="listbox"
                aria-expanded=move || if lists.get() { "true" } else { "false" }
                aria-controls=move || lists.get().then_some(RESULTS)
                aria-activedescendant=active
                placeholder=messages::SEARCH_PLACEHOLDER.text()
                autocomplete="off"
                spellcheck="false"
                prop:value=move || search.query.get()
                on:input=move |event| typed(event_target_value(&event))
                on:keydown=press
            />
            <LiveRegion text=search.told hidden=true/>
        </div>
    }
    .into_any()
}
