//! The shape of what is being loaded.

use leptos::prelude::*;

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
        <div class="skeletons" role="status">
            <span class="visually-hidden">{LOADING.text()}</span>
            {(0..lines).map(line).collect::<Vec<_>>()}
        </div>
    }
    .into_any()
}
