//! Session storage (the draft, what was created in Preview, and the session with its tokens if `tokenCache` says so) and local
//! storage (theme, Live's lists if `offline` says so; never a token).
//!
//! A browser may deny storage (private mode, a strict frame): then nothing is stored and nothing fails. One tab may contain
//! several instances of the page, in frames: each instance with a name (`instance` before `#`) has its own keys.
//! `public/boot.js` does the same.

use web_sys::Storage;

use super::address;

fn tab() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}

fn browser() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// The session storage key for this instance's `key`.
fn own(key: &str) -> String {
    match address::parameter("instance").filter(|name| !name.is_empty()) {
        Some(name) => [name.as_str(), "/", key].concat(),
        None => key.to_owned(),
    }
}

/// This instance's session storage.
pub fn read(key: &str) -> Option<String> {
    tab()?.get_item(&own(key)).ok()?
}

/// Writes this instance's session storage. `false` if the browser refuses.
pub fn write(key: &str, value: &str) -> bool {
    tab().is_some_and(|storage| storage.set_item(&own(key), value).is_ok())
}

/// Removes a key from this instance's session storage.
pub fn forget(key: &str) {
    if let Some(storage) = tab() {
        let _ = storage.remove_item(&own(key));
    }
}

/// Session storage shared by all instances of the tab, for `auth.html`, which knows no instance.
pub fn read_shared(key: &str) -> Option<String> {
    tab()?.get_item(key).ok()?
}

/// Writes shared session storage. `false` if the browser refuses.
pub fn write_shared(key: &str, value: &str) -> bool {
    tab().is_some_and(|storage| storage.set_item(key, value).is_ok())
}

/// Removes a key from shared session storage.
pub fn forget_shared(key: &str) {
    if let Some(storage) = tab() {
        let _ = storage.remove_item(key);
    }
}

/// The session storage keys with the prefix `start`.
pub fn keys_from(start: &str) -> Vec<String> {
    let before = own("").len();
    tab()
        .map(|storage| keys(&storage, &own(start)))
        .unwrap_or_default()
        .into_iter()
        .filter_map(|key| key.get(before..).map(str::to_owned))
        .collect()
}

/// Removes all session storage keys with the prefix `start`.
pub fn forget_all(start: &str) {
    let Some(storage) = tab() else { return };
    let start = own(start);
    for key in keys(&storage, &start) {
        let _ = storage.remove_item(&key);
    }
}

fn keys(storage: &Storage, start: &str) -> Vec<String> {
    let all = (0..storage.length().unwrap_or(0)).filter_map(|at| storage.key(at).ok()?);
    all.filter(|key| key.starts_with(start)).collect()
}

/// A value in local storage.
pub fn preference(key: &str) -> Option<String> {
    browser()?.get_item(key).ok()?
}

/// The local storage keys with the prefix `start`.
pub fn preferences(start: &str) -> Vec<String> {
    browser().map(|storage| keys(&storage, start)).unwrap_or_default()
}

pub fn forget_preference(key: &str) {
    if let Some(storage) = browser() {
        let _ = storage.remove_item(key);
    }
}

pub fn set_preference(key: &str, value: &str) {
    if let Some(storage) = browser() {
        let _ = storage.set_item(key, value);
    }
}
