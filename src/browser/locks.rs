//! Locks shared by all tabs of this origin (Web Locks). A tab releases its locks when it closes.
//!
//! `web-sys` marks the API unstable, so it is called by name.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use futures::future::{Either, select};
use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::clock;

/// A lock that is held or requested. Dropping it releases the lock and cancels the request.
pub struct Held(Option<Function>);

impl Drop for Held {
    fn drop(&mut self) {
        if let Some(release) = self.0.take() {
            let _ = release.call0(&JsValue::NULL);
        }
    }
}

/// Acquires the lock `name`; `None` if that takes longer than `timeout`. In a browser without locks it always succeeds.
pub async fn take(name: &str, timeout: Duration) -> Option<Held> {
    match select(Box::pin(wait(name)), Box::pin(clock::wait(timeout))).await {
        Either::Left((held, _)) => Some(held),
        Either::Right(_) => None,
    }
}

/// Acquires the lock `name`, waiting until it is free.
pub async fn wait(name: &str) -> Held {
    let Some((granted, release)) = request(name) else { return Held(None) };
    let held = Held(Some(release));
    match JsFuture::from(granted).await {
        Ok(_) => held,
        // Where a page has no storage, the browser rejects lock requests, too.
        Err(_) => Held(None),
    }
}

/// Requests the lock: a promise that resolves when it is granted, or rejects if locks are unavailable, and the function that
/// releases it.
fn request(name: &str) -> Option<(Promise, Function)> {
    let navigator = web_sys::window()?.navigator();
    let locks = Reflect::get(&navigator, &"locks".into()).ok().filter(JsValue::is_object)?;
    let ask: Function = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
    let (released, release) = promise();
    let (granted, grant) = promise();
    let given = Closure::once_into_js(move |_lock: JsValue| {
        let _ = grant.call0(&JsValue::NULL);
        released
    });
    let ended = ask.call2(&locks, &name.into(), &given).ok()?;
    Some((Promise::race(&Array::of2(&granted, &ended)), release))
}

/// A promise and its resolve function.
fn promise() -> (Promise, Function) {
    let resolve = Rc::new(RefCell::new(None));
    let inner = Rc::clone(&resolve);
    let promise = Promise::new(&mut move |resolve, _| {
        inner.replace(Some(resolve));
    });
    // The promise calls its executor synchronously.
    let resolve = resolve.take().unwrap_or_else(|| Function::new_no_args(""));
    (promise, resolve)
}
