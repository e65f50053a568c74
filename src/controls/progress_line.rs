//! A thin line that runs while something is under way.

use leptos::prelude::*;

/// The line and, under it, what is under way. Role `progressbar` in a `status`; shown only while it runs.
#[component]
pub fn ProgressLine(
    /// What is under way.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    view! {
        <div class="progress-line" role="status">
            <div class="progress-run" role="progressbar" aria-label=move || label.get()></div>
            <p class="progress-label">{move || label.get()}</p>
        </div>
    }
    .into_any()
}
