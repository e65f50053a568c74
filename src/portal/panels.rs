//! What the header's panels hold. A part of the program that loads when the first of them is opened.

use leptos::prelude::*;

use super::header::Panel;

crate::part! {
    in pages:
    /// The content of a panel; `query` is what was typed into the search, `close` closes the panel.
    pub fn content(panel: Panel, query: RwSignal<String>, close: Callback<()>) -> AnyView {
        let _ = (panel, query, close);
        ().into_any()
    }
}
