//! A button that opens and folds what stands under it.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// A disclosure. Its content exists only while it is open.
#[component]
pub fn Disclosure(
    /// The id of the content.
    #[prop(into)]
    id: String,
    /// The words of the button.
    #[prop(into)]
    label: String,
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// The person opened (`true`) or folded it.
    #[prop(into)]
    on_toggle: Callback<bool>,
    /// The content, made anew each time it opens.
    #[prop(into)]
    content: ViewFn,
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
