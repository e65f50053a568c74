//! Labels and their values, to be read.

use leptos::prelude::*;

/// A list of [`super::DataRow`].
#[component]
pub fn DataList(
    /// The rows.
    children: Children,
) -> impl IntoView {
    view! { <dl class="data-list">{children()}</dl> }.into_any()
}
