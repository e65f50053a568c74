//! Pop-up windows for sign-in, and printing. The pop-up is opened empty in the click handler, because a browser blocks any
//! other, and then navigated to the sign-in page.

use std::cell::RefCell;

use web_sys::Window;

/// Sign-in pages are designed for this size, in CSS px.
const FEATURES: &str = "popup,width=500,height=680";
/// The window's name, so that a second click reuses it.
const NAME: &str = "identity-portal-sign-in";

thread_local! {
    // The browser knows this window by its name, of which a page has one.
    static OPENED: RefCell<Option<Window>> = const { RefCell::new(None) };
}

/// Opens the pop-up, or reuses an open one. Call it in the click handler. `false` if the browser blocked it.
pub fn open() -> bool {
    let opened = web_sys::window().and_then(|window| window.open_with_url_and_target_and_features("", NAME, FEATURES).ok().flatten());
    let is_open = opened.is_some();
    OPENED.set(opened);
    is_open
}

/// Navigates the pop-up to `url`.
pub fn lead(url: &str) -> bool {
    OPENED.with_borrow(|opened| opened.as_ref().is_some_and(|window| window.location().replace(url).is_ok()))
}

/// Whether it appears closed: it always does if the sign-in page isolates itself (`Cross-Origin-Opener-Policy`).
pub fn is_closed() -> bool {
    OPENED.with_borrow(|opened| opened.as_ref().is_none_or(|window| window.closed().unwrap_or(true)))
}

pub fn close() {
    if let Some(window) = OPENED.take() {
        let _ = window.close();
    }
}

/// Opens the browser's print dialog.
pub fn print() {
    if let Some(window) = web_sys::window() {
        let _ = window.print();
    }
}
