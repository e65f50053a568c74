//! A button that puts a text on the clipboard and says that it did.

use std::time::Duration;

use leptos::prelude::*;

use super::button::ButtonKind;
use super::icon::{Glyph, Icon};
use crate::browser::clipboard;
use crate::messages::{COPIED, COPY, COPY_FAILED, COPY_WHAT};

/// How long the button shows what came of it.
const SHOWN_FOR: Duration = Duration::from_secs(2);

/// Copies a text. An icon named "Copy ..." beside a value, or a button with the word.
#[component]
pub fn CopyButton(
    /// The text.
    #[prop(into)]
    text: Signal<String>,
    /// What it copies ("client ID"): an icon named "Copy client ID". Without, a button with the word.
    #[prop(optional, into)]
    what: Option<String>,
    /// The text is on the clipboard.
    #[prop(optional, into)]
    on_copied: Option<Callback<()>>,
) -> impl IntoView {
    let copied: RwSignal<Option<bool>> = RwSignal::new(None);
    let copy = move |_| {
        let text = text.get_untracked();
        leptos::task::spawn_local(async move {
            let done = clipboard::write(&text).await;
            if let Some(on_copied) = on_copied.filter(|_| done) {
                let _ = on_copied.try_run(());
            }
            // The button may be gone by now.
            if copied.try_set(Some(done)).is_none() {
                let rest = move || {
                    let _ = copied.try_set(None);
                };
                set_timeout(rest, SHOWN_FOR);
            }
        });
    };
    let word = what.is_none();
    let name = what.map_or_else(|| COPY.text().into_owned(), |what| COPY_WHAT.with([&what]).text());
    let picture = move || {
        let glyph = match copied.get() {
            None => Glyph::Copy,
            Some(true) => Glyph::Check,
            Some(false) => Glyph::Error,
        };
        view! { <Icon glyph=glyph/> }
    };
    let said = move || copied.get().map(|done| if done { COPIED.text() } else { COPY_FAILED.text() });
    view! {
        <span class="copy">
            <button
                class="button"
                type="button"
                data-kind=ButtonKind::Subtle.name()
                data-square=(!word).then_some("true")
                aria-label=name
                on:click=copy
            >
                {picture}
                {word.then(|| COPY.text())}
            </button>
            <span class="copy-said" aria-live="polite">{said}</span>
        </span>
    }
    .into_any()
}
