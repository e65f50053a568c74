//! A frame that nobody sees, for a silent sign-in. Dropping it takes it away.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The frame.
pub struct Frame(HtmlElement);

impl Frame {
    /// A frame at `url`; `None` where there is no page to put it on.
    pub fn new(url: &str) -> Option<Self> {
        let document = web_sys::window()?.document()?;
        let frame: HtmlElement = document.create_element("iframe").ok()?.unchecked_into();
        frame.set_hidden(true);
        let attributes = [("src", url), ("aria-hidden", "true"), ("referrerpolicy", "no-referrer"), ("tabindex", "-1")];
        for (name, value) in attributes {
            frame.set_attribute(name, value).ok()?;
        }
        document.body()?.append_child(&frame).ok()?;
        Some(Self(frame))
    }
}

impl Drop for Frame {
    fn drop(&mut self) {
        self.0.remove();
    }
}
