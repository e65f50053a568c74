//! A modal dialog: the browser's own `<dialog>`, which keeps the focus inside and gives it back on closing.
//!
//! Every dialog has a button that changes nothing, and begins with the focus on it or in a field: a key pressed once more than
//! meant does no harm.

use leptos::prelude::*;

use super::button::{Button, ButtonKind};
use super::icon::Glyph;
use crate::browser::element;
use crate::messages::{CLOSE, Message};

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
    /// The content, made anew each time it opens.
    #[prop(into)]
    content: ViewFn,
    /// Whether the first field of the content takes the focus, rather than the button that changes nothing.
    #[prop(optional)]
    begins_in_field: bool,
    /// The buttons at its foot that do something, the primary one first.
    #[prop(optional, into)]
    actions: ViewFn,
    /// The words of the button that closes it and changes nothing.
    dismiss: Message,
) -> impl IntoView {
    let dialog_id = id.clone();
    Effect::new(move |_| {
        let (id, open) = (dialog_id.clone(), open.get());
        // Once it is drawn: a dialog that comes with a part is wanted before it is on the page.
        request_animation_frame(move || {
            element::show_modal(&id, open);
            if open && !begins_in_field {
                element::focus(&dismiss_id(&id));
            }
        });
    });
    let dismiss = (dismiss_id(&id), dismiss);
    let title_id = format!("{id}-title");
    let labelled_by = title_id.clone();
    let inside = move || {
        open.get().then(|| {
            view! {
                <h2 id=title_id.clone() class="dialog-title">{title.clone()}</h2>
                <div class="dialog-body">{content.run()}</div>
                <div class="dialog-foot">
                    {actions.run()}
                    <Button id=dismiss.0.clone() on_press=on_close>{dismiss.1.text()}</Button>
                </div>
                // Last, so that the dialog can begin with its first field.
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

fn dismiss_id(id: &str) -> String {
    [id, "-dismiss"].concat()
}
