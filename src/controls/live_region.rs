//! A live region that is on the page before its words are. Screen readers announce what changes in a region they know;
//! a region that comes together with its text is often passed over.

use leptos::prelude::*;

use crate::browser::element;

/// `false` until the place it is made for has been painted once. Without a browser, `true` at once.
pub(super) fn painted() -> RwSignal<bool> {
    let painted = RwSignal::new(!cfg!(target_arch = "wasm32"));
    if cfg!(target_arch = "wasm32") {
        element::after_paint(move || {
            let _ = painted.try_set(true);
        });
    }
    painted
}

/// A region whose text is announced when it changes: role `status`. Empty, it takes no space.
#[component]
pub fn LiveRegion(
    /// What to announce.
    #[prop(into)]
    text: Signal<String>,
    /// Whether only screen readers get it.
    #[prop(optional)]
    hidden: bool,
    /// Its class, where it is seen.
    #[prop(optional, into)]
    class: String,
    /// An id, to bring the focus to it.
    #[prop(optional, into)]
    id: Option<String>,
) -> impl IntoView {
    let painted = painted();
    let said = move || if painted.get() { text.get() } else { String::new() };
    let tabindex = id.is_some().then_some("-1");
    view! {
        <p id=id class=if hidden { "visually-hidden".to_owned() } else { class } role="status" tabindex=tabindex>{said}</p>
    }
    .into_any()
}
