//! A badge: a word or two in a coloured box.

use leptos::prelude::*;

use super::tone::Tone;

/// A state or a mode. The text carries the meaning; the colour is only a hint.
#[component]
pub fn Badge(#[prop(optional)] tone: Tone, children: Children) -> impl IntoView {
    view! { <span class="badge" data-tone=tone.name()>{children()}</span> }.into_any()
}
