//! Keeps the focus on the page. When the focused element is removed, the focus falls back to `body`, where keyboard navigation
//! restarts at the top and a screen reader says nothing.

use std::cell::RefCell;

use leptos::prelude::window_event_listener_untyped;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Document, Element, MutationObserver, MutationObserverInit};

use super::element;

/// The fallback when nothing else takes the focus.
const FALLBACK: &str = "main";

thread_local! {
    // A page has one focus: what had it last belongs to the page, not to any view.
    static LAST: RefCell<Option<Element>> = const { RefCell::new(None) };
}

/// Focuses the main region whenever the focused element is removed and nothing else takes the focus, as long as the program
/// runs.
pub fn keep() {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    let known = document.clone();
    window_event_listener_untyped("focusin", move |_| LAST.set(known.active_element()));
    let watched = document.clone();
    let removed = Closure::<dyn Fn()>::new(move || {
        if is_lost(&watched) {
            let document = watched.clone();
            // Whoever removed the element may move the focus itself, which has precedence.
            element::after_paint(Box::new(move || {
                if is_lost(&document) {
                    element::focus(FALLBACK);
                }
            }));
        }
    });
    let options = MutationObserverInit::new();
    options.set_child_list(true);
    options.set_subtree(true);
    if let Ok(observer) = MutationObserver::new(removed.as_ref().unchecked_ref()) {
        let _ = observer.observe_with_options(&document, &options);
    }
    removed.forget();
}

/// Whether the focused element is gone. Not in a frame while its host page has the focus.
fn is_lost(document: &Document) -> bool {
    let on_nothing = document.active_element().is_none_or(|active| active.tag_name() == "BODY");
    on_nothing && document.has_focus() == Ok(true) && LAST.with_borrow(|last| last.as_ref().is_some_and(|last| !last.is_connected()))
}
