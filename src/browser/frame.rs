//! A hidden frame for silent sign-in. Dropping it removes it.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Sandbox permissions of the frame: it may not navigate this page, open windows, show dialogs or download. Sign-in needs
/// scripts, and forms for steps of its own (msal-browser has the same three). Without `allow-same-origin` it fails: the sign-in
/// page gets no cookies, and `auth.html` has no origin that `BroadcastChannel` accepts. A document of our own origin could
/// remove the sandbox, but `auth.html` is the only one in the frame.
/// `auth.html` is all there is of it in the frame.
const SANDBOX: &str = "allow-scripts allow-same-origin allow-forms";

pub struct Frame(HtmlElement);

impl Frame {
    /// A frame at `url`; `None` if there is no page to attach it to.
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
