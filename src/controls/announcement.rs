//! News for screen readers: what changed on the page without the focus moving.

use leptos::prelude::*;

/// A region that is heard whenever its text changes, and never seen.
#[component]
pub fn Announcement(
    /// The latest news; empty for none.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    view! { <div class="visually-hidden" role="status">{move || text.get()}</div> }.into_any()
}
