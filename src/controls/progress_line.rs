//! A thin line that runs while something is under way.

use leptos::prelude::*;

/// The line, role `progressbar`, and under it what is under way; shown only while it runs. It is no live region: it comes and
/// goes, so whoever shows it says so in a region that stays.
#[component]
pub fn ProgressLine(
    /// What is under way.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    view! {
        <div class="progress-line">
            <div class="progress-run" role="progressbar" aria-label=move || label.get()></div>
            <p class="progress-label">{move || label.get()}</p>
        </div>
    }
    .into_any()
}
