//! A frame that nobody sees, for a silent sign-in. Dropping it takes it away.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// What a framed page may do: not lead this page elsewhere, open windows, ask questions or download. It needs scripts, and forms for steps
/// of its own (msal-browser has the same three). Without `allow-same-origin` nothing works: the sign-in page gets none of its cookies, and
/// `auth.html` at the end has no origin that `BroadcastChannel` would let through. What is of our own origin could undo the sandbox:
/// `auth.html` is all there is of it in the frame.
const SANDBOX: &str = "allow-scripts allow-same-origin allow-forms";

/// The frame.
pub struct Frame(HtmlElement);

impl Frame {
    /// A frame at `url`; `None` where there is no page to put it on.
    pub fn new(url: &str) -> Option<Self> {
        let document = web_sys::window()?.document()?;
        let frame: HtmlElement = document.create_element("iframe").ok()?.unchecked_into();
        frame.set_hidden(true);
        let attributes =
            [("sandbox", SANDBOX), ("referrerpolicy", "no-referrer"), ("aria-hidden", "true"), ("tabindex", "-1"), ("src", url)];
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
