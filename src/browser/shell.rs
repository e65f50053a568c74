//! Takes over from the first screen in `index.html`. `public/boot.js` does what needs no program; this is the interface between
//! the two.

use leptos::{mount::mount_to, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{CustomEvent, CustomEventInit, HtmlElement};

use super::storage;

/// The event that tells `boot.js` that the program has rendered.
const READY: &str = "identity-portal:ready";

/// Renders the page detached from the document.
pub fn draw<V: IntoView + 'static>(page: impl FnOnce() -> V + 'static) -> Option<HtmlElement> {
    let root: HtmlElement = document().create_element("div").ok()?.unchecked_into();
    root.set_id("program");
    mount_to(root.clone(), page).forget();
    Some(root)
}

/// Hands the page to `boot.js`, which replaces the first screen with it and carries over what was typed there.
pub fn hand_over(root: Option<HtmlElement>) {
    let Some(root) = root else { return };
    let about = CustomEventInit::new();
    about.set_detail(&root);
    if let Ok(event) = CustomEvent::new_with_event_init_dict(READY, &about) {
        // The result only says whether a listener cancelled the event, which none does.
        drop(window().dispatch_event(&event));
    }
}

/// Storage key for the values of the first screen's controls, by element ID: on the next load, `boot.js` fills them in before
/// the program runs. The program restores its draft itself; these are only shown until then.
const SHOWN: &str = "identity-portal:shell";

/// Stores the values of the first screen's controls, by element ID. Call it wherever the draft is saved.
pub fn keep(values: &[(&str, &str)]) {
    let object = js_sys::Object::new();
    for (id, value) in values {
        // A plain object accepts any key.
        let _ = js_sys::Reflect::set(&object, &(*id).into(), &(*value).into());
    }
    if let Ok(text) = js_sys::JSON::stringify(&object) {
        storage::write(SHOWN, &String::from(text));
    }
}

/// Deletes them: the next first screen is empty.
pub fn forget() {
    storage::forget(SHOWN);
}
