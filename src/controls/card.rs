//! A card that introduces a service or task, with its links and buttons.

use leptos::prelude::*;

use super::icon::Drawing;

#[component]
pub fn Card(
    #[prop(into)] title: String,
    #[prop(optional, into)] icon: Option<Drawing>,
    /// A short text, links and buttons, below the heading.
    children: Children,
) -> impl IntoView {
    let icon = icon.map(|icon| view! { <span class="card-icon">{icon.view()}</span> });
    view! {
        <article class="card">
            {icon}
            <h3 class="card-title">{title}</h3>
            {children()}
        </article>
    }
    .into_any()
}
