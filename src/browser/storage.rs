//! What the tab keeps (the draft, what was made in Preview, the session with its tokens where `tokenCache` says so) and what the
//! browser keeps (theme, Live's lists where `offline` says so; never a token).
//!
//! A browser may refuse storage (private mode, a strict frame): then nothing is kept and nothing fails. One tab may hold several
//! instances of the page, in frames: each that has a name (`instance` before `#`) keeps what it has apart. `public/boot.js` does
//! the same.

use web_sys::Storage;

use super::address;

fn tab() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}

fn browser() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// The tab's key for this instance's `key`.
fn own(key: &str) -> String {
    match address::parameter("instance").filter(|name| !name.is_empty()) {
        Some(name) => [name.as_str(), "/", key].concat(),
        None => key.to_owned(),
    }
}

/// What this tab keeps under `key`.
pub fn read(key: &str) -> Option<String> {
    tab()?.get_item(&own(key)).ok()?
}

/// Keeps `value` for this tab. `false` where the browser refused.
pub fn write(key: &str, value: &str) -> bool {
    tab().is_some_and(|storage| storage.set_item(&own(key), value).is_ok())
}

/// Forgets what this tab keeps under `key`.
pub fn forget(key: &str) {
    if let Some(storage) = tab() {
        let _ = storage.remove_item(&own(key));
    }
}

/// What this tab keeps under `key` for all its instances: what `auth.html` shares with the page, which knows none.
pub fn read_shared(key: &str) -> Option<String> {
    tab()?.get_item(key).ok()?
}

/// Keeps `value` for all instances of this tab.
pub fn write_shared(key: &str, value: &str) -> bool {
    tab().is_some_and(|storage| storage.set_item(key, value).is_ok())
}

/// Forgets it.
pub fn forget_shared(key: &str) {
    if let Some(storage) = tab() {
        let _ = storage.remove_item(key);
    }
}

/// The keys that begin with `start` under which this tab keeps something.
pub fn keys_from(start: &str) -> Vec<String> {
    let before = own("").len();
    tab()
        .map(|storage| keys(&storage, &own(start)))
        .unwrap_or_default()
        .into_iter()
        .filter_map(|key| key.get(before..).map(str::to_owned))
        .collect()
}

/// Forgets what this tab keeps under all keys that begin with `start`.
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

/// A preference the browser keeps.
pub fn preference(key: &str) -> Option<String> {
    browser()?.get_item(key).ok()?
}

/// The keys of preferences that begin with `start`.
pub fn preferences(start: &str) -> Vec<String> {
    browser().map(|storage| keys(&storage, start)).unwrap_or_default()
}

/// Forgets a preference.
pub fn forget_preference(key: &str) {
    if let Some(storage) = browser() {
        let _ = storage.remove_item(key);
    }
}

/// Keeps a preference.
pub fn set_preference(key: &str, value: &str) {
    if let Some(storage) = browser() {
        let _ = storage.set_item(key, value);
    }
}
