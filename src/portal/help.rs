//! Help: what this page is for. A part of its own, since few ever open it.

use leptos::prelude::*;

use crate::messages::{HELP_CODE, HELP_PREVIEW, HELP_WHAT};

crate::part! {
    in pages:
    /// What the help shows.
    pub fn help() -> AnyView {
        view! {
            <div class="help">
                <p>{HELP_WHAT.text()}</p>
                <p>{HELP_PREVIEW.text()}</p>
                <p>{HELP_CODE.text()}</p>
            </div>
        }
        .into_any()
    }
}
