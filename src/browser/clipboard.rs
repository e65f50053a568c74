//! Writing to the clipboard.

use wasm_bindgen_futures::JsFuture;

/// `false` if the browser refuses, as it may in a frame.
pub async fn write(text: &str) -> bool {
    let Some(window) = web_sys::window() else { return false };
    if !window.is_secure_context() {
        return false;
    }
    JsFuture::from(window.navigator().clipboard().write_text(text)).await.is_ok()
}
