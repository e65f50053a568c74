//! A button that copies a text to the clipboard and confirms it. If the browser refuses, as without https, a dialog shows
//! the text, selected, for copying by hand.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use leptos::prelude::*;

use super::button::ButtonKind;
use super::dialog::Dialog;
use super::icon::{Glyph, Icon};
use super::part::Part;
use crate::browser::{clipboard, clock, element};
use crate::messages::{COPIED, COPY, COPY_BOX_DONE, COPY_BOX_TEXT, COPY_BOX_TITLE, COPY_WHAT};

/// How long the button shows the confirmation.
const SHOWN_FOR: Duration = Duration::from_secs(2);

/// The number of buttons created so far, for unique ids.
static COUNT: AtomicU32 = AtomicU32::new(0);

/// An icon button named "Copy ..." beside a value, or a button with the text "Copy".
#[component]
pub fn CopyButton(
    #[prop(into)] text: Signal<String>,
    /// What it copies ("client ID"), for an icon button named "Copy client ID".
    #[prop(optional, into)]
    what: Option<String>,
    /// Called once the text is on the clipboard.
    #[prop(optional, into)]
    on_copied: Option<Callback<()>>,
) -> impl IntoView {
    let copied = RwSignal::new(false);
    let refused = RwSignal::new(false);
    let id = ["copy-", &COUNT.fetch_add(1, Ordering::Relaxed).to_string()].concat();
    let copy = move |_| {
        let text = text.get_untracked();
        leptos::task::spawn_local(async move {
            let done = clipboard::write(&text).await;
            if let Some(on_copied) = on_copied.filter(|_| done) {
                let _ = on_copied.try_run(());
            }
            // The button may have been removed meanwhile.
            if !done {
                refused.try_set(true);
            } else if copied.try_set(true).is_none() {
                let reset = move || {
                    let _ = copied.try_set(false);
                };
                clock::later(SHOWN_FOR, Box::new(reset));
            }
        });
    };
    let has_text = what.is_none();
    let name = what.map_or_else(|| COPY.text().into_owned(), |what| COPY_WHAT.with([&what]).text());
    let icon = move || {
        let glyph = if copied.get() { Glyph::Check } else { Glyph::Copy };
        view! { <Icon glyph=glyph/> }
    };
    let confirmation = move || copied.get().then(|| COPIED.text());
    // The dialog's part is loaded when it is first needed, and then kept.
    let is_needed = Memo::new(move |before: Option<&bool>| before == Some(&true) || refused.get());
    let (box_id, box_name) = (StoredValue::new(id), StoredValue::new(name.clone()));
    let copy_box =
        move || is_needed.get().then(|| view! { <Part load=move || copy_box(box_id.get_value(), box_name.get_value(), text, refused)/> });
    view! {
        <span class="copy">
            <button
                class="button"
                type="button"
                data-kind=ButtonKind::Subtle.name()
                data-square=(!has_text).then_some("true")
                aria-label=name
                on:click=copy
            >
                {icon}
                {has_text.then(|| COPY.text())}
            </button>
            <span class="copy-said" aria-live="polite">{confirmation}</span>
            {copy_box}
        </span>
    }
    .into_any()
}

crate::part! {
    in review:
    /// The dialog with the text to copy by hand.
    fn copy_box(id: String, name: String, text: Signal<String>, open: RwSignal<bool>) -> AnyView {
        let text_id = [id.as_str(), "-text"].concat();
        let select = StoredValue::new(text_id.clone());
        let content = move || {
            view! {
                <p>{COPY_BOX_TEXT.text()}</p>
                <textarea
                    id=text_id.clone()
                    class="text-input copy-box"
                    readonly=true
                    rows="4"
                    aria-label=name.clone()
                    prop:value=move || text.get()
                    on:focus=move |_| select.with_value(|id| element::select_text(id))
                ></textarea>
            }
        };
        view! {
            <Dialog
                id=id
                title=COPY_BOX_TITLE.text()
                open=open
                on_close=Callback::new(move |()| open.set(false))
                content=content
                begins_in_field=true
                dismiss=COPY_BOX_DONE
            />
        }
        .into_any()
    }
}
