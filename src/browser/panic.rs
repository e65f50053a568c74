//! A mistake of ours ends the program. The page then says so, and keeps what was typed for a reload.

use leptos::prelude::window;
use wasm_bindgen::JsValue;
use web_sys::{Event, console};

/// The event on which `boot.js` shows the page for it.
const STOPPED: &str = "identity-portal:stopped";

/// Tells the console what happened and `boot.js` that it did.
pub fn set_hook() {
    std::panic::set_hook(Box::new(|about| {
        console::error_1(&JsValue::from_str(&about.to_string()));
        if let Ok(event) = Event::new(STOPPED) {
            drop(window().dispatch_event(&event));
        }
    }));
}
