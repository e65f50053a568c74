//! Code to read and copy.

use leptos::prelude::*;

/// Code as it is, scrolled sideways by keyboard too.
#[component]
pub fn CodeBlock(
    /// Its accessible name.
    #[prop(into)]
    label: String,
    /// The code.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    view! {
        <pre class="code-block" role="region" tabindex="0" aria-label=label dir="ltr">
            <code>{move || text.get()}</code>
        </pre>
    }
    .into_any()
}
