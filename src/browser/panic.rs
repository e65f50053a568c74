//! A panic ends the program. `boot.js` then reports it and saves what was typed; if the build keeps panic messages, the console
//! shows this one.

use wasm_bindgen::JsValue;
use web_sys::console;

/// Logs panics to the console.
pub fn set_hook() {
    std::panic::set_hook(Box::new(|about| console::error_1(&JsValue::from_str(&about.to_string()))));
}
