//! The document's title.

pub fn set(title: &str) {
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        document.set_title(&crate::visible::shown(title));
    }
}
