//! Saves text as a file.

use wasm_bindgen::{JsCast, JsValue};

/// Offers `text` as a download named `file_name`. `false` if the browser could not create it.
pub fn save(file_name: &str, media_type: &str, text: &str) -> bool {
    try_save(file_name, media_type, text).is_ok()
}

fn try_save(file_name: &str, media_type: &str, text: &str) -> Result<(), JsValue> {
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(media_type);
    let blob = web_sys::Blob::new_with_str_sequence_and_options(&js_sys::Array::of1(&text.into()), &options)?;
    let url = web_sys::Url::create_object_url_with_blob(&blob)?;
    let document = web_sys::window().and_then(|window| window.document()).ok_or(JsValue::NULL)?;
    let link: web_sys::HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(file_name);
    link.click();
    web_sys::Url::revoke_object_url(&url)
}
