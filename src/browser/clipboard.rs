//! Writing to the clipboard.

use wasm_bindgen_futures::JsFuture;

/// Puts `text` on the clipboard. `false` where the browser refused, as it may inside a frame.
pub async fn write(text: &str) -> bool {
    let Some(window) = web_sys::window() else { return false };
    if !window.is_secure_context() {
        return false;
    }
    JsFuture::from(window.navigator().clipboard().write_text(text)).await.is_ok()
}
