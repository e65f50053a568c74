//! A turning ring beside the words that say what is awaited.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// Something is under way: role `status`, with the words.
#[component]
pub fn Spinner(
    /// What is awaited.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    view! {
        <div class="spinner" role="status">
            <Icon glyph=Glyph::Spinner/>
            <span>{move || label.get()}</span>
        </div>
    }
    .into_any()
}
