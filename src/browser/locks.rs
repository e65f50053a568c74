//! Locks that all tabs of this origin share (Web Locks). A tab that ends lets go of its own.
//!
//! `web-sys` counts them as unstable, so they are reached by name.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use futures::future::{Either, select};
use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::clock;

/// A lock that is held, or asked for. Dropping it lets go of it, and takes back what was asked.
pub struct Held(Option<Function>);

impl Drop for Held {
    fn drop(&mut self) {
        if let Some(release) = self.0.take() {
            let _ = release.call0(&JsValue::NULL);
        }
    }
}

/// Takes the lock `name`, waiting for it no longer than `patience`. `None` where somebody else holds it that long. A
/// browser without locks gives it to anybody.
pub async fn take(name: &str, patience: Duration) -> Option<Held> {
    match select(Box::pin(wait(name)), Box::pin(clock::wait(patience))).await {
        Either::Left((held, _)) => Some(held),
        Either::Right(_) => None,
    }
}

/// Takes the lock `name` as soon as nobody else holds it.
pub async fn wait(name: &str) -> Held {
    let Some((granted, release)) = request(name) else { return Held(None) };
    let held = Held(Some(release));
    match JsFuture::from(granted).await {
        Ok(_) => held,
        // Where pages have no storage, there are no locks either.
        Err(_) => Held(None),
    }
}

/// Asks for the lock: a promise that it is given, which fails where there are no locks, and what lets go of it.
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

/// A promise, and what fulfils it.
fn promise() -> (Promise, Function) {
    let fulfil = Rc::new(RefCell::new(None));
    let inner = Rc::clone(&fulfil);
    let promise = Promise::new(&mut move |resolve, _| {
        inner.replace(Some(resolve));
    });
    // The promise calls its maker at once.
    let fulfil = fulfil.take().unwrap_or_else(|| Function::new_no_args(""));
    (promise, fulfil)
}
