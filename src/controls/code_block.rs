//! A block of code.

use leptos::prelude::*;

use crate::visible::shown_lines;

/// Shows code verbatim, except for hidden characters, which appear as their code points. It can be scrolled by keyboard.
#[component]
pub fn CodeBlock(
    /// The accessible name.
    #[prop(into)]
    label: String,
    #[prop(into)] text: Signal<String>,
) -> impl IntoView {
    view! {
        <pre class="code-block" role="region" tabindex="0" aria-label=label dir="ltr">
            <code>{move || text.with(|text| shown_lines(text).into_owned())}</code>
        </pre>
    }
    .into_any()
}
