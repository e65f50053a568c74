//! The info button beside a label: a toggletip, opened by a press, never on hover.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use crate::browser::element;
use crate::messages::MORE_ABOUT;

/// Toggles a text. Esc and losing the focus hide the text, which is announced when it appears, and scrolled into view.
#[component]
pub fn InfoButton(
    /// The id of the button; the text's is `{id}-text`.
    id: String,
    /// The topic: the button is named "More about ...".
    about: String,
    text: String,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let name = MORE_ABOUT.with([&about]).text();
    let text_id = format!("{id}-text");
    let (button_id, shown_id) = (id.clone(), text_id.clone());
    let toggle = move |_| {
        open.update(|open| *open = !*open);
        // Safari doesn't focus a pressed button; without the focus there are no keydown and blur events.
        element::focus(&button_id);
        let text_id = shown_id.clone();
        element::next_frame(Box::new(move || element::reveal(&text_id)));
    };
    let close_on_escape = move |event: KeyboardEvent| {
        if open.get_untracked() && event.key() == "Escape" {
            event.prevent_default();
            event.stop_propagation();
            open.set(false);
        }
    };
    let controls = text_id.clone();
    let shown = move || open.get().then(|| view! { <span id=text_id.clone() class="info-text">{text.clone()}</span> });
    view! {
        <button
            id=id
            class="info-button"
            type="button"
            aria-label=name
            aria-expanded=move || if open.get() { "true" } else { "false" }
            aria-controls=controls
            on:click=toggle
            on:keydown=close_on_escape
            on:blur=move |_| open.set(false)
        >
            <Icon glyph=Glyph::Info/>
        </button>
        <span class="info-tip" aria-live="polite">
            {shown}
        </span>
    }
    .into_any()
}
