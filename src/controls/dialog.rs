//! A modal dialog: the browser's own `<dialog>`, which keeps the focus inside and gives it back on closing.

use leptos::prelude::*;

use super::button::{Button, ButtonKind};
use super::icon::Glyph;
use crate::browser::element;
use crate::messages::CLOSE;

/// A dialog over the page. Esc and the close button ask to close it; pressing beside it does not.
#[component]
pub fn Dialog(
    /// Its id.
    #[prop(into)]
    id: String,
    /// Its title, which is its accessible name.
    #[prop(into)]
    title: String,
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// The person wants it closed: the page sets `open`.
    #[prop(into)]
    on_close: Callback<()>,
    /// The content, made anew each time it opens. Its first control takes the focus.
    #[prop(into)]
    content: ViewFn,
    /// The buttons at its foot, the primary one first.
    #[prop(into)]
    actions: ViewFn,
) -> impl IntoView {
    let dialog_id = id.clone();
    Effect::new(move |_| {
        let (id, open) = (dialog_id.clone(), open.get());
        // Once it is drawn: a dialog that comes with a part is wanted before it is on the page.
        request_animation_frame(move || element::show_modal(&id, open));
    });
    let title_id = format!("{id}-title");
    let labelled_by = title_id.clone();
    let inside = move || {
        open.get().then(|| {
            view! {
                <h2 id=title_id.clone() class="dialog-title">{title.clone()}</h2>
                <div class="dialog-body">{content.run()}</div>
                <div class="dialog-foot">{actions.run()}</div>
                // Last, so that the dialog opens with the focus on its first field.
                <Button kind=ButtonKind::Subtle icon=Glyph::Close label=CLOSE.text() on_press=on_close/>
            }
        })
    };
    let cancel = move |event: leptos::ev::Event| {
        // The page decides; the browser closes the dialog once `open` says so.
        event.prevent_default();
        on_close.run(());
    };
    let closed = move |_| {
        if open.get_untracked() {
            on_close.run(());
        }
    };
    view! {
        <dialog id=id class="dialog" aria-labelledby=labelled_by on:cancel=cancel on:close=closed>
            {inside}
        </dialog>
    }
    .into_any()
}
