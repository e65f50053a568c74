//! A mistake of ours ends the program. `boot.js` then says so and keeps what was typed; where the build kept the texts of
//! panics, the console gets this one.

use wasm_bindgen::JsValue;
use web_sys::console;

/// Tells the console what happened.
pub fn set_hook() {
    std::panic::set_hook(Box::new(|about| console::error_1(&JsValue::from_str(&about.to_string()))));
}
