//! A live region that is in the document before its text. Screen readers announce changes in a region they know;
//! they often skip a region that is inserted together with its text.

use leptos::prelude::*;

use crate::browser::element;

/// `false` until the next paint. Without a browser, `true` from the start.
pub(super) fn painted() -> RwSignal<bool> {
    let painted = RwSignal::new(!cfg!(target_arch = "wasm32"));
    if cfg!(target_arch = "wasm32") {
        element::after_paint(Box::new(move || {
            let _ = painted.try_set(true);
        }));
    }
    painted
}

/// A region whose text is announced when it changes: role `status`. It takes no space while empty.
#[component]
pub fn LiveRegion(
    #[prop(into)] text: Signal<String>,
    /// Whether it is visually hidden, for screen readers only.
    #[prop(optional)]
    hidden: bool,
    /// The class, if it is visible.
    #[prop(optional, into)]
    class: String,
    /// Makes it focusable by script.
    #[prop(optional, into)]
    id: Option<String>,
) -> impl IntoView {
    let painted = painted();
    let shown = move || if painted.get() { text.get() } else { String::new() };
    let tabindex = id.is_some().then_some("-1");
    view! {
        <p id=id class=if hidden { "visually-hidden".to_owned() } else { class } role="status" tabindex=tabindex>{shown}</p>
    }
    .into_any()
}
