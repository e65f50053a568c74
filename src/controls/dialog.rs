//! A modal dialog: the browser's own `<dialog>`, which traps the focus and restores it on closing.
//!
//! Every dialog has a button that closes it without effect. Initially that button or a field has the focus, so that an
//! accidental second key press does no harm.

use leptos::prelude::*;

use super::button::{Button, ButtonKind};
use super::icon::Glyph;
use crate::browser::element;
use crate::messages::{CLOSE, Message};

/// Esc and the close button request closing; a click on the backdrop does not.
#[component]
pub fn Dialog(
    #[prop(into)] id: String,
    /// The title, which is also the accessible name.
    #[prop(into)]
    title: String,
    #[prop(into)] open: Signal<bool>,
    /// Called when the person wants to close it; the page then clears `open`.
    #[prop(into)]
    on_close: Callback<()>,
    /// The content, rendered each time the dialog opens.
    #[prop(into)]
    content: ViewFn,
    /// Whether the first field of the content gets the focus, rather than the dismiss button.
    #[prop(optional)]
    begins_in_field: bool,
    /// The action buttons in the footer, the primary one first.
    #[prop(optional, into)]
    actions: ViewFn,
    /// The text of the button that closes the dialog without effect.
    dismiss: Message,
) -> impl IntoView {
    let dialog_id = id.clone();
    Effect::new(move |_| {
        let (id, open) = (dialog_id.clone(), open.get());
        // After rendering: a dialog in a lazily loaded part may be opened before it is in the document.
        element::next_frame(Box::new(move || {
            element::show_modal(&id, open);
            if open && !begins_in_field {
                element::focus(&dismiss_id(&id));
            }
        }));
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
                // Last, so that the first field can get the initial focus.
                <Button kind=ButtonKind::Subtle icon=Glyph::Close label=CLOSE.text() on_press=on_close/>
            }
        })
    };
    let cancel = move |event: leptos::ev::Event| {
        // The page decides: the dialog closes once `open` is false.
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
