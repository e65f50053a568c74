//! A spinner with a label.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use super::live_region::LiveRegion;

/// The label is in a live region (role `status`).
#[component]
pub fn Spinner(#[prop(into)] label: Signal<String>) -> impl IntoView {
    view! {
        <div class="spinner">
            <Icon glyph=Glyph::Spinner/>
            <LiveRegion text=label/>
        </div>
    }
    .into_any()
}
