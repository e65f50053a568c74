//! The Azure portal's own keys: G and then N or /, and ? for the list of them. Never while something is typed, and not at
//! all for who turned them off (WCAG 2.2, 2.1.4: keys of one character can be turned off).

use leptos::ev;
use leptos::prelude::*;

use super::appearance::SHORTCUTS;
use super::route::Route;
use crate::browser::{address, clock, element};

/// How long G waits for the second key, in ms.
const PATIENCE: u64 = 1500;

/// What a shortcut asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// To write into the header's search.
    Search,
    /// To see the list of keys.
    Keys,
}

/// Listens for as long as the current owner lives; what only the header can do is `wished`.
pub fn listen(wished: impl Fn(Wish) + 'static) {
    let waits_until = StoredValue::new(0_u64);
    let heard = window_event_listener(ev::keydown, move |event| {
        let with_others = event.ctrl_key() || event.alt_key() || event.meta_key() || event.is_composing();
        if with_others || element::is_typing(&event) || SHORTCUTS.current() != "" {
            waits_until.set_value(0);
            return;
        }
        let after_g = clock::now() < waits_until.get_value();
        waits_until.set_value(0);
        match (event.key().as_str(), after_g) {
            ("g" | "G", _) => waits_until.set_value(clock::now() + PATIENCE),
            ("n" | "N", true) => address::go(&Route::Marketplace.href()),
            ("/", true) => {
                event.prevent_default();
                wished(Wish::Search);
            }
            ("?", _) => wished(Wish::Keys),
            _ => {}
        }
    });
    on_cleanup(move || heard.remove());
}
