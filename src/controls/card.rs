//! A card that introduces a service or task, with its links and buttons.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};

#[component]
pub fn Card(
    #[prop(into)] title: String,
    #[prop(optional, into)] icon: Option<Glyph>,
    /// A short text, links and buttons, below the heading.
    children: Children,
) -> impl IntoView {
    let icon = icon.map(|glyph| view! { <span class="card-icon"><Icon glyph=glyph/></span> });
    view! {
        <article class="card">
            {icon}
            <h3 class="card-title">{title}</h3>
            {children()}
        </article>
    }
    .into_any()
}
