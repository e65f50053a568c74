//! Words for screen readers only.

use leptos::prelude::*;

/// Words that are heard and not seen.
#[component]
pub fn VisuallyHidden(
    /// The words.
    children: Children,
) -> impl IntoView {
    view! { <span class="visually-hidden">{children()}</span> }.into_any()
}
