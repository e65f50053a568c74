//! A button that expands and collapses the content below it.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// The content is rendered only while the disclosure is open.
#[component]
pub fn Disclosure(
    /// The content's id.
    #[prop(into)]
    id: String,
    #[prop(into)] label: String,
    #[prop(into)] open: Signal<bool>,
    /// Gets whether the person expanded (`true`) or collapsed it.
    #[prop(into)]
    on_toggle: Callback<bool>,
    #[prop(into)] content: ViewFn,
) -> impl IntoView {
    view! {
        <div class="disclosure">
            <button
                class="disclosure-button"
                type="button"
                aria-expanded=move || if open.get() { "true" } else { "false" }
                aria-controls=id.clone()
                on:click=move |_| on_toggle.run(!open.get_untracked())
            >
                <Icon glyph=Glyph::Forward/>
                {label}
            </button>
            <div id=id class="disclosure-content" hidden=move || !open.get()>
                {move || open.get().then(|| content.run())}
            </div>
        </div>
    }
    .into_any()
}
