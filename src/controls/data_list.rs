//! A read-only list of labels and values.

use leptos::prelude::*;

/// A list of [`super::DataRow`].
#[component]
pub fn DataList(children: Children) -> impl IntoView {
    view! { <dl class="data-list">{children()}</dl> }.into_any()
}
