//! A bar across the page that says how things stand.

use leptos::prelude::*;

use super::icon::Icon;
use super::tone::Tone;

/// A bar: role `alert` for errors, `status` for the rest.
#[component]
pub fn MessageBar(
    /// How it speaks.
    tone: Tone,
    /// What it says, and links and buttons to act on it.
    children: Children,
) -> impl IntoView {
    let role = if tone == Tone::Error { "alert" } else { "status" };
    view! {
        <div class="message-bar" role=role data-tone=tone.name()>
            <Icon glyph=tone.glyph()/>
            <div class="message-bar-text">{children()}</div>
        </div>
    }
    .into_any()
}
