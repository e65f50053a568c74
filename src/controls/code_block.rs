//! Code to read and copy.

use leptos::prelude::*;

use crate::visible::shown_lines;

/// Code as it is, but for hidden characters, which are shown by their code points; scrolled sideways by keyboard too.
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
            <code>{move || text.with(|text| shown_lines(text).into_owned())}</code>
        </pre>
    }
    .into_any()
}
