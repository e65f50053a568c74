//! A row of tabs. Arrow keys move the focus; Enter, Space or a click selects a tab (ARIA Authoring Practices, manual activation).

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use crate::browser::element;
use crate::messages::HAS_ERRORS;

#[derive(Clone)]
pub struct Tab {
    pub label: String,
    /// Shows an error mark before the label. `None` if the tab has no fields.
    pub has_errors: Option<Signal<bool>>,
}

impl Tab {
    pub fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), has_errors: None }
    }

    pub fn with_errors(label: impl Into<String>, has_errors: Signal<bool>) -> Self {
        Self { label: label.into(), has_errors: Some(has_errors) }
    }
}

/// The tab that a key moves the focus to, from tab `at` of `count`. Arrow keys wrap around.
pub(super) fn step(key: &str, at: usize, count: usize) -> Option<usize> {
    match key {
        "ArrowRight" => Some((at + 1) % count),
        "ArrowLeft" => Some((at + count - 1) % count),
        "Home" => Some(0),
        "End" => Some(count - 1),
        _ => None,
    }
}

pub(super) fn tab_id(id: &str, index: usize) -> String {
    format!("{id}-tab-{index}")
}

pub(super) fn panel_id(id: &str, index: usize) -> String {
    format!("{id}-panel-{index}")
}

/// Each tab controls the [`super::TabPanel`] of the same base id and index.
#[component]
pub fn Tabs(
    /// The base id, shared with the panels.
    #[prop(into)]
    id: String,
    /// The accessible name of the tab list.
    #[prop(into)]
    label: String,
    tabs: Vec<Tab>,
    /// The index of the selected tab.
    #[prop(into)]
    selected: Signal<usize>,
    #[prop(into)] on_select: Callback<usize>,
) -> impl IntoView {
    let count = tabs.len();
    let base = StoredValue::new(id);
    let tabs = tabs.into_iter().enumerate().map(|(index, tab)| {
        let (id, panel) = base.with_value(|base| (tab_id(base, index), panel_id(base, index)));
        let is_selected = move || selected.get() == index;
        // Always there: an error comes and goes from key to key, and hiding is quicker than making.
        let mark = tab.has_errors.map(|has_errors| {
            view! { <span class="tab-mark" hidden=move || !has_errors.get()><Icon glyph=Glyph::Error/></span> }
        });
        let hint = tab.has_errors.map(|has_errors| {
            let words = move || if has_errors.get() { [" ", &HAS_ERRORS.text()].concat() } else { String::new() };
            view! { <span class="visually-hidden">{words}</span> }
        });
        let move_focus = move |event: KeyboardEvent| {
            if let Some(next) = step(&event.key(), index, count) {
                event.prevent_default();
                element::focus(&base.with_value(|base| tab_id(base, next)));
            }
        };
        view! {
            <button
                id=id
                class="tab"
                type="button"
                role="tab"
                aria-selected=move || if is_selected() { "true" } else { "false" }
                aria-controls=panel
                tabindex=move || if is_selected() { "0" } else { "-1" }
                on:click=move |_| on_select.run(index)
                on:keydown=move_focus
            >
                {mark}
                {tab.label}
                {hint}
            </button>
        }
    });
    view! { <div class="tabs" role="tablist" aria-label=label>{tabs.collect::<Vec<_>>()}</div> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrow_keys_wrap_around() {
        for (key, at, expected) in [
            ("ArrowRight", 0, Some(1)),
            ("ArrowRight", 2, Some(0)),
            ("ArrowLeft", 0, Some(2)),
            ("ArrowLeft", 1, Some(0)),
            ("Home", 2, Some(0)),
            ("End", 0, Some(2)),
            ("a", 1, None),
        ] {
            assert_eq!(step(key, at, 3), expected, "{key} at {at}");
        }
    }
}
