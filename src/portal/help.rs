//! Help: what this page is for, and its keys. A part of its own, since few ever open it.

use leptos::prelude::*;

use crate::messages::{HELP_CODE, HELP_PREVIEW, HELP_WHAT, KEY_KEYS, KEY_NEW, KEY_SEARCH, Message, SHORTCUTS, SHORTCUTS_WHERE};

crate::part! {
    in pages:
    /// What the help shows.
    pub fn help() -> AnyView {
        view! {
            <div class="help">
                <p>{HELP_WHAT.text()}</p>
                <p>{HELP_PREVIEW.text()}</p>
                <p>{HELP_CODE.text()}</p>
                <h3 class="keys-title">{SHORTCUTS.text()}</h3>
                <dl class="keys">
                    {key(&["G", "N"], KEY_NEW)}
                    {key(&["G", "/"], KEY_SEARCH)}
                    {key(&["?"], KEY_KEYS)}
                </dl>
                <p class="small">{SHORTCUTS_WHERE.text()}</p>
            </div>
        }
        .into_any()
    }
}

/// Keys, pressed one after the other, and what they do.
fn key(keys: &'static [&'static str], does: Message) -> AnyView {
    let keys = keys.iter().map(|key| view! { <kbd>{*key}</kbd>" " }).collect::<Vec<_>>();
    view! { <div><dt>{keys}</dt><dd>{does.text()}</dd></div> }.into_any()
}
