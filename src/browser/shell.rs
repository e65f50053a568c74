//! Taking over from the first screen that stands in `index.html`. `public/boot.js` does the work that
//! needs no program; here is what the program says to it.

use leptos::{mount::mount_to, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{CustomEvent, CustomEventInit, HtmlElement};

use super::storage;

/// The event by which `boot.js` learns that the program has drawn itself.
const READY: &str = "identity-portal:ready";

/// Draws the page beside the document.
pub fn draw<V: IntoView + 'static>(page: impl FnOnce() -> V + 'static) -> Option<HtmlElement> {
    let root: HtmlElement = document().create_element("div").ok()?.unchecked_into();
    root.set_id("program");
    mount_to(root.clone(), page).forget();
    Some(root)
}

/// Hands the page over to `boot.js`, which puts it in the place of the first screen with what was typed there.
pub fn hand_over(root: Option<HtmlElement>) {
    let Some(root) = root else { return };
    let about = CustomEventInit::new();
    about.set_detail(&root);
    if let Ok(event) = CustomEvent::new_with_event_init_dict(READY, &about) {
        // The answer only says whether somebody cancelled it, which nobody does.
        drop(window().dispatch_event(&event));
    }
}

/// What the controls of the first screen show, by element id, for the next load: `boot.js` fills it in
/// before the program runs. The program restores its draft by itself; this is only what is seen until then.
const SHOWN: &str = "identity-portal:shell";

/// Keeps what the controls of the first screen show, by element id. To be called where the draft is saved.
pub fn keep(values: &[(&str, &str)]) {
    let object = js_sys::Object::new();
    for (id, value) in values {
        // A plain object takes any key.
        let _ = js_sys::Reflect::set(&object, &(*id).into(), &(*value).into());
    }
    if let Ok(text) = js_sys::JSON::stringify(&object) {
        storage::write(SHOWN, &String::from(text));
    }
}

/// Forgets it: the next first screen is empty.
pub fn forget() {
    storage::forget(SHOWN);
}
