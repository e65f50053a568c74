//! A word or two in a coloured box.

use leptos::prelude::*;

use super::tone::Tone;

/// A badge: a state or a mode, in words; the colour only helps.
#[component]
pub fn Badge(
    /// Its colour.
    #[prop(optional)]
    tone: Tone,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! { <span class="badge" data-tone=tone.name()>{children()}</span> }.into_any()
}
