//! Files that a person chooses or drops. They are read locally and sent nowhere.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DragEvent, Event, HtmlInputElement};

pub use web_sys::File as Chosen;

/// The file chosen in the input that fired `event`. The input is reset, so that the same file can be chosen again.
pub fn chosen(event: &Event) -> Option<Chosen> {
    let input: HtmlInputElement = event.target()?.dyn_into().ok()?;
    let file = input.files()?.get(0);
    input.set_value("");
    file
}

/// The dropped file. Keeps the browser from opening it in place of the page.
pub fn dropped(event: &DragEvent) -> Option<Chosen> {
    let file = event.data_transfer()?.files()?.get(0);
    if file.is_some() {
        event.prevent_default();
    }
    file
}

/// The file's bytes; `None` if it cannot be read, or is longer than `most`.
pub async fn bytes(file: Chosen, most: u32) -> Option<Vec<u8>> {
    if file.size() > f64::from(most) {
        return None;
    }
    let buffer = JsFuture::from(file.array_buffer()).await.ok()?;
    Some(js_sys::Uint8Array::new(&buffer).to_vec())
}
