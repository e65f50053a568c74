//! A label with its value.

use leptos::prelude::*;

/// A row of a [`super::DataList`].
#[component]
pub fn DataRow(
    #[prop(into)] label: String,
    /// The value, and its actions (such as a [`super::CopyButton`]).
    children: Children,
) -> impl IntoView {
    view! {
        <div class="data-row">
            <dt>{label}</dt>
            <dd>{children()}</dd>
        </div>
    }
    .into_any()
}
