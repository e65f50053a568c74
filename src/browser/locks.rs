//! Locks that all tabs of this origin share (Web Locks). A tab that ends lets go of its own.
//!
//! `web-sys` counts them as unstable, so they are reached by name.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use futures::future::{Either, select};
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::clock;

/// A lock that is held. Dropping it lets go.
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
    let Some((granted, release)) = request(name) else { return Some(Held(None)) };
    let waiting = Box::pin(clock::wait(patience));
    match select(JsFuture::from(granted), waiting).await {
        Either::Left(_) => Some(Held(Some(release))),
        Either::Right(_) => {
            // Lets go at once, should it still be given.
            let _ = release.call0(&JsValue::NULL);
            None
        }
    }
}

/// Asks for the lock: the promise that it is given, and what lets go of it.
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
    ask.call2(&locks, &name.into(), &given).ok()?;
    Some((granted, release))
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
