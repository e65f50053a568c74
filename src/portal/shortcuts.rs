//! The Azure portal's own shortcuts: G and then N or /, and ? for the list. They are ignored while the person types, and
//! can be turned off (WCAG 2.2, 2.1.4 Character Key Shortcuts).

use leptos::ev;
use leptos::prelude::*;

use super::appearance::SHORTCUTS;
use super::route::Route;
use crate::browser::{address, clock, element};

/// How long after G the second key counts, in ms.
const PATIENCE: u64 = 1500;

/// A shortcut that the header handles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shortcut {
    /// Focus the search box.
    Search,
    /// Show the list of shortcuts.
    Keys,
}

/// Listens until the current owner is disposed. `handle` gets the shortcuts that the header handles.
pub fn listen(handle: impl Fn(Shortcut) + 'static) {
    let waits_until = StoredValue::new(0_u64);
    let listener = window_event_listener(ev::keydown, move |event| {
        let after_g = waits_until.get_value();
        if after_g != 0 {
            waits_until.set_value(0);
        }
        let key = event.key();
        // First what costs least: every key that is typed comes here.
        if !matches!(key.as_str(), "g" | "G" | "n" | "N" | "/" | "?") {
            return;
        }
        let is_combined = event.ctrl_key() || event.alt_key() || event.meta_key() || event.is_composing();
        if is_combined || element::is_typing(&event) || SHORTCUTS.current() != "" {
            return;
        }
        match (key.as_str(), clock::now() < after_g) {
            ("g" | "G", _) => waits_until.set_value(clock::now() + PATIENCE),
            ("n" | "N", true) => address::go(&Route::Marketplace.href()),
            ("/", true) => {
                event.prevent_default();
                handle(Shortcut::Search);
            }
            ("?", _) => handle(Shortcut::Keys),
            _ => {}
        }
    });
    on_cleanup(move || listener.remove());
}
