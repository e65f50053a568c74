//! A skeleton: a placeholder for content that is loading.

use leptos::prelude::*;

use super::live_region::LiveRegion;
use crate::messages::LOADING;

/// Grey lines in place of text, with "Loading" for screen readers.
#[component]
pub fn Skeleton(#[prop(default = 3)] lines: usize) -> impl IntoView {
    let line = |_| view! { <span class="skeleton" aria-hidden="true"></span> }.into_any();
    view! {
        <div class="skeletons">
            <LiveRegion hidden=true text=LOADING.text().into_owned()/>
            {(0..lines).map(line).collect::<Vec<_>>()}
        </div>
    }
    .into_any()
}
