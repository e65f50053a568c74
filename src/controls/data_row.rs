//! One label with its value.

use leptos::prelude::*;

/// A row of a [`super::DataList`].
#[component]
pub fn DataRow(
    /// The label.
    #[prop(into)]
    label: String,
    /// The value, and what can be done with it (a [`super::CopyButton`]).
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
