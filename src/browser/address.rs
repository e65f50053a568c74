//! The page's URL, and navigation.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

use super::parent;
use crate::arm::percent::pairs;

fn location() -> Option<web_sys::Location> {
    Some(web_sys::window()?.location())
}

/// The URL's fragment, without `#`; empty if there is none.
pub fn fragment() -> String {
    location().and_then(|location| location.hash().ok()).map(|hash| hash.trim_start_matches('#').to_owned()).unwrap_or_default()
}

/// The query before `#`, without `?`; empty if there is none.
pub fn query() -> String {
    location().and_then(|location| location.search().ok()).map(|search| search.trim_start_matches('?').to_owned()).unwrap_or_default()
}

/// The value of a parameter of that query.
pub fn parameter(name: &str) -> Option<String> {
    pairs(&query()).find(|(key, _)| key == name).map(|(_, value)| value)
}

/// The host that serves the page, for display; empty for a `file:` URL.
pub fn host() -> String {
    location().and_then(|location| location.host().ok()).unwrap_or_default()
}

/// The URL without its fragment.
pub fn base() -> String {
    let href = location().and_then(|location| location.href().ok()).unwrap_or_default();
    href.split('#').next().unwrap_or_default().to_owned()
}

/// Navigates to `href`, a URL with a fragment, adding a history entry.
pub fn go(href: &str) {
    if let Some(location) = location() {
        // Fails only in a sandboxed frame that may not navigate itself, which then stays where it is.
        let _ = location.set_hash(href);
    }
}

/// Replaces the current history entry with `href`, a URL with a fragment, without calling [`on_change`].
pub fn replace(href: &str) {
    if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(href));
    }
}

/// Adds a history entry with this URL, identified by `word`. Does nothing in a frame, where the history is the top page's.
pub fn push_step(word: &str) {
    let Some(history) = web_sys::window().and_then(|window| window.history().ok()) else { return };
    let state = wasm_bindgen::JsValue::from_str(word);
    let _ = if parent::is_framed() { history.replace_state(&state, "") } else { history.push_state(&state, "") };
}

/// The `word` of the current history entry.
pub fn step() -> Option<String> {
    web_sys::window()?.history().ok()?.state().ok()?.as_string()
}

/// Navigates to any `url`, keeping this page in the history.
pub fn leave(url: &str) {
    if let Some(location) = location() {
        let _ = location.assign(url);
    }
}

/// The absolute URL of the file `name` beside this page.
pub fn beside(name: &str) -> String {
    let here = location().and_then(|location| location.href().ok()).unwrap_or_default();
    web_sys::Url::new_with_base(name, &here).map(|url| url.href()).unwrap_or_default()
}

/// The query and fragment of the page's URL.
pub fn here() -> String {
    let location = location();
    let part = |part: Option<String>| part.unwrap_or_default();
    let query = part(location.as_ref().and_then(|location| location.search().ok()));
    [query, part(location.as_ref().and_then(|location| location.hash().ok()))].concat()
}

pub fn reload() {
    if let Some(location) = location() {
        let _ = location.reload();
    }
}

/// Calls `changed` on every navigation between pages, as long as the program runs.
pub fn on_change(changed: impl Fn() + 'static) {
    listen("hashchange", changed);
}

/// Calls `restored` when the page is restored from the back/forward cache.
pub fn on_restored(restored: impl Fn() + 'static) {
    let handler = move |event: web_sys::PageTransitionEvent| {
        if event.persisted() {
            restored();
        }
    };
    let closure = Closure::<dyn Fn(web_sys::PageTransitionEvent)>::new(handler);
    if let Some(window) = web_sys::window() {
        let _ = window.add_event_listener_with_callback("pageshow", closure.as_ref().unchecked_ref());
    }
    closure.forget();
}

/// Calls `handler` on every `event` of the window, as long as the program runs.
pub fn listen(event: &str, handler: impl Fn() + 'static) {
    let closure = Closure::<dyn Fn()>::new(handler);
    if let Some(window) = web_sys::window() {
        let _ = window.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref());
    }
    closure.forget();
}
