//! The current time, and waiting.

use std::time::Duration;

use leptos::prelude::set_timeout;

/// Milliseconds since 1970 (UTC).
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a date in milliseconds fits both ways")]
pub fn now() -> u64 {
    js_sys::Date::now() as u64
}

/// Milliseconds since the page started loading.
pub fn since_start() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0.0, |performance| performance.now())
}

/// How long it is until `moment`, in milliseconds since the page started loading; `None` once it has come.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a positive number of milliseconds, rounded up")]
pub fn until(moment: f64) -> Option<Duration> {
    let rest = moment - since_start();
    (rest > 0.0).then(|| Duration::from_millis(rest as u64 + 1))
}

/// Dropping the future cancels the wait.
pub async fn wait(duration: Duration) {
    gloo_timers::future::sleep(duration).await;
}

/// Calls `then` after `time`. Boxed, so that all callers share the code.
pub fn later(time: Duration, then: Box<dyn FnOnce()>) {
    set_timeout(then, time);
}

/// An ARM timestamp (RFC 3339) in milliseconds since 1970; `None` if invalid.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a date in milliseconds fits both ways")]
pub fn moment(text: &str) -> Option<u64> {
    let moment = js_sys::Date::parse(text);
    (moment >= 0.0).then_some(moment as u64)
}

/// A time in milliseconds since 1970, formatted for the browser's locale.
#[expect(clippy::cast_precision_loss, reason = "a date in milliseconds is exact in a double")]
pub fn readable(moment: u64) -> String {
    js_sys::Date::new(&wasm_bindgen::JsValue::from_f64(moment as f64)).to_locale_string("default", &wasm_bindgen::JsValue::UNDEFINED).into()
}
