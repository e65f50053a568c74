//! Above the form: its link, and the button that opens and folds the code panel.

use leptos::prelude::*;

use super::form::Form;
use super::link;
use crate::browser::address;
use crate::controls::{CopyButton, Glyph, Icon};
use crate::messages;
use crate::portal::route::Route;

/// The id of the code panel.
pub(super) const PANEL: &str = "code-panel";

/// Copy link, and Code.
#[component]
pub fn Tools(
    /// The form.
    form: Form,
) -> impl IntoView {
    let link = Signal::derive(move || {
        let route = Route::CreateIdentity(form.draft.with(link::query));
        [address::base(), route.href()].concat()
    });
    view! {
        <div class="create-tools">
            <CopyButton text=link what=messages::LINK.text()/>
            <button
                id="code-toggle"
                class="button"
                type="button"
                data-kind="subtle"
                aria-expanded=move || if form.code_open.get() { "true" } else { "false" }
                aria-controls=PANEL
                on:click=move |_| form.code_open.update(|open| *open = !*open)
            >
                <Icon glyph=Glyph::Code/>
                {messages::CODE.text()}
            </button>
        </div>
    }
    .into_any()
}
