//! What the tab keeps (the draft, what was made in Preview) and what the browser keeps (theme). Never a token.
//!
//! A browser may refuse storage (private mode, a strict frame): then nothing is kept and nothing fails.

use web_sys::Storage;

fn tab() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}

fn browser() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// What this tab keeps under `key`.
pub fn read(key: &str) -> Option<String> {
    tab()?.get_item(key).ok()?
}

/// Keeps `value` for this tab. `false` where the browser refused.
pub fn write(key: &str, value: &str) -> bool {
    tab().is_some_and(|storage| storage.set_item(key, value).is_ok())
}

/// Forgets what this tab keeps under `key`.
pub fn forget(key: &str) {
    if let Some(storage) = tab() {
        let _ = storage.remove_item(key);
    }
}

/// A preference the browser keeps.
pub fn preference(key: &str) -> Option<String> {
    browser()?.get_item(key).ok()?
}

/// Keeps a preference.
pub fn set_preference(key: &str, value: &str) {
    if let Some(storage) = browser() {
        let _ = storage.set_item(key, value);
    }
}
