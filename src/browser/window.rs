//! Windows: the sign-in's, and printing this one. The sign-in's is opened in the click that asks for it, empty, since a browser
//! blocks any other, and then sent to where the sign-in is.

use std::cell::RefCell;

use web_sys::Window;

/// In CSS px: what sign-in pages are made for.
const FEATURES: &str = "popup,width=500,height=680";
/// Its name: a second press takes the same window.
const NAME: &str = "identity-portal-sign-in";

thread_local! {
    static OPENED: RefCell<Option<Window>> = const { RefCell::new(None) };
}

/// Opens the window, or takes the one that is open. To be called in the click itself. `false` where the browser blocked it.
pub fn open() -> bool {
    let opened = web_sys::window().and_then(|window| window.open_with_url_and_target_and_features("", NAME, FEATURES).ok().flatten());
    let is_open = opened.is_some();
    OPENED.set(opened);
    is_open
}

/// Sends it to `url`.
pub fn lead(url: &str) -> bool {
    OPENED.with_borrow(|opened| opened.as_ref().is_some_and(|window| window.location().replace(url).is_ok()))
}

/// Whether it looks closed: where the sign-in page cuts windows apart (`Cross-Origin-Opener-Policy`), it always does.
pub fn is_closed() -> bool {
    OPENED.with_borrow(|opened| opened.as_ref().is_none_or(|window| window.closed().unwrap_or(true)))
}

/// Closes it.
pub fn close() {
    if let Some(window) = OPENED.take() {
        let _ = window.close();
    }
}

/// Opens the browser's own dialog for printing the page.
pub fn print() {
    if let Some(window) = web_sys::window() {
        let _ = window.print();
    }
}
