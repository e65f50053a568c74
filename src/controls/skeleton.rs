//! The shape of what is being loaded.

use leptos::prelude::*;

use super::live_region::LiveRegion;
use crate::messages::LOADING;

/// Grey lines in place of text; screen readers hear "Loading".
#[component]
pub fn Skeleton(
    /// How many lines.
    #[prop(default = 3)]
    lines: usize,
) -> impl IntoView {
    let line = |_| view! { <span class="skeleton" aria-hidden="true"></span> }.into_any();
    view! {
        <div class="skeletons">
            <LiveRegion hidden=true text=LOADING.text().into_owned()/>
            {(0..lines).map(line).collect::<Vec<_>>()}
        </div>
    }
    .into_any()
}
