//! The address bar: what stands before and after `#`, and moving between pages.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

use super::parent;
use crate::arm::percent::pairs;

fn location() -> Option<web_sys::Location> {
    Some(web_sys::window()?.location())
}

/// What stands after `#`, without it; empty where there is none.
pub fn fragment() -> String {
    location().and_then(|location| location.hash().ok()).map(|hash| hash.trim_start_matches('#').to_owned()).unwrap_or_default()
}

/// The query before `#`, without its `?`; empty where there is none.
pub fn query() -> String {
    location().and_then(|location| location.search().ok()).map(|search| search.trim_start_matches('?').to_owned()).unwrap_or_default()
}

/// The value of a parameter of that query.
pub fn parameter(name: &str) -> Option<String> {
    pairs(&query()).find(|(key, _)| key == name).map(|(_, value)| value)
}

/// The host the page is served from, as people read it; empty for a file.
pub fn host() -> String {
    location().and_then(|location| location.host().ok()).unwrap_or_default()
}

/// The whole address up to `#`.
pub fn base() -> String {
    let href = location().and_then(|location| location.href().ok()).unwrap_or_default();
    href.split('#').next().unwrap_or_default().to_owned()
}

/// Goes to the page at `href`, an address with its `#`, and leaves a step to come back.
pub fn go(href: &str) {
    if let Some(location) = location() {
        // Fails only for a sandboxed frame that may not navigate itself; it then stays where it is.
        let _ = location.set_hash(href);
    }
}

/// Puts `href`, an address with its `#`, in the place of what stands there, without a step to come back and without
/// telling [`on_change`].
pub fn replace(href: &str) {
    if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(href));
    }
}

/// Leaves a step in the history that comes back to this same address and is known by `word`. In a frame there is none: the
/// history is the page's around it.
pub fn push_step(word: &str) {
    let Some(history) = web_sys::window().and_then(|window| window.history().ok()) else { return };
    let state = wasm_bindgen::JsValue::from_str(word);
    let _ = if parent::is_framed() { history.replace_state(&state, "") } else { history.push_state(&state, "") };
}

/// The word of the step in the history that the page stands at.
pub fn step() -> Option<String> {
    web_sys::window()?.history().ok()?.state().ok()?.as_string()
}

/// Leaves for `url`, an address anywhere. What stands here stays in the history.
pub fn leave(url: &str) {
    if let Some(location) = location() {
        let _ = location.assign(url);
    }
}

/// The whole address of the file `name` beside this page.
pub fn beside(name: &str) -> String {
    let here = location().and_then(|location| location.href().ok()).unwrap_or_default();
    web_sys::Url::new_with_base(name, &here).map(|url| url.href()).unwrap_or_default()
}

/// What stands in the address behind the page: the query and the fragment.
pub fn here() -> String {
    let location = location();
    let part = |part: Option<String>| part.unwrap_or_default();
    let query = part(location.as_ref().and_then(|location| location.search().ok()));
    [query, part(location.as_ref().and_then(|location| location.hash().ok()))].concat()
}

/// Loads the page anew.
pub fn reload() {
    if let Some(location) = location() {
        let _ = location.reload();
    }
}

/// Calls `changed` at every move between pages, for as long as the program runs.
pub fn on_change(changed: impl Fn() + 'static) {
    listen("hashchange", changed);
}

/// Calls `restored` when the page comes back as it was left, as by the back button.
pub fn on_restored(restored: impl Fn() + 'static) {
    let heard = move |event: web_sys::PageTransitionEvent| {
        if event.persisted() {
            restored();
        }
    };
    let closure = Closure::<dyn Fn(web_sys::PageTransitionEvent)>::new(heard);
    if let Some(window) = web_sys::window() {
        let _ = window.add_event_listener_with_callback("pageshow", closure.as_ref().unchecked_ref());
    }
    closure.forget();
}

/// Calls `heard` at every `event` of the window, for as long as the program runs.
pub fn listen(event: &str, heard: impl Fn() + 'static) {
    let closure = Closure::<dyn Fn()>::new(heard);
    if let Some(window) = web_sys::window() {
        let _ = window.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref());
    }
    closure.forget();
}
