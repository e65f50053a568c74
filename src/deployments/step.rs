//! A next step with a command or a file.

use leptos::prelude::*;

use crate::controls::{CodeBlock, CopyButton};

/// A step: what it is for, and a command or file for it.
pub(super) fn described_step(title: String, text: String, command: Signal<String>) -> AnyView {
    view! {
        <div class="next-step">
            <h3>{title.clone()}</h3>
            <p>{text}</p>
            <div class="code-with-copy">
                <CodeBlock label=title.clone() text=command/>
                <CopyButton text=command what=title/>
            </div>
        </div>
    }
    .into_any()
}
