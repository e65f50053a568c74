//! A turning ring beside the words that say what is awaited.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use super::live_region::LiveRegion;

/// Something is under way: role `status`, with the words.
#[component]
pub fn Spinner(
    /// What is awaited.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    view! {
        <div class="spinner">
            <Icon glyph=Glyph::Spinner/>
            <LiveRegion text=label/>
        </div>
    }
    .into_any()
}
