//! A card: a thing to start from, with what can be done.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// A card with an icon, a heading, and below what its children say and offer.
#[component]
pub fn Card(
    /// Its heading.
    #[prop(into)]
    title: String,
    /// Its icon.
    #[prop(optional, into)]
    icon: Option<Glyph>,
    /// A short text, links and buttons.
    children: Children,
) -> impl IntoView {
    let picture = icon.map(|glyph| view! { <span class="card-icon"><Icon glyph=glyph/></span> });
    view! {
        <article class="card">
            {picture}
            <h3 class="card-title">{title}</h3>
            {children()}
        </article>
    }
    .into_any()
}
