//! An indeterminate progress line.

use leptos::prelude::*;

/// The line, role `progressbar`, with its label below it. It isn't a live region, since it is inserted and removed: the
/// caller announces the progress in a region that stays.
#[component]
pub fn ProgressLine(#[prop(into)] label: Signal<String>) -> impl IntoView {
    view! {
        <div class="progress-line">
            <div class="progress-run" role="progressbar" aria-label=move || label.get()></div>
            <p class="progress-label">{move || label.get()}</p>
        </div>
    }
    .into_any()
}
