//! Messages to and from the host page that frames this one. Nothing received is trusted here: each message comes with its
//! sender, and `src/embed` validates the rest.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use js_sys::{Array, JsString, Object, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlElement, MessageEvent, MessagePort, MutationObserver, MutationObserverInit, ResizeObserver};

use super::clock;

/// Whether another page frames this one.
pub fn is_framed() -> bool {
    let Some(window) = web_sys::window() else { return false };
    // If the browser does not say, assume it is framed.
    !matches!(window.parent(), Ok(Some(parent)) if Object::is(&parent, &window))
}

/// The host page's origin, if the browser exposes it.
pub fn origin() -> Option<String> {
    let origins = Reflect::get(&web_sys::window()?.location(), &"ancestorOrigins".into()).ok()?;
    let first = Reflect::get_u32(&origins, 0).ok()?.as_string()?;
    // `null` stands for an opaque or withheld origin.
    (first != "null").then_some(first)
}

/// Posts `text` to the parent, if the parent is at `origin`.
pub fn say(text: &str, origin: &str) {
    if let Some(parent) = web_sys::window().and_then(|window| window.parent().ok().flatten()) {
        let _ = parent.post_message(&text.into(), origin);
    }
}

/// A message from any window.
pub struct Heard {
    /// Whether the parent sent it.
    pub by_parent: bool,
    /// The sender's origin.
    pub origin: String,
    /// `None` unless the message is a string within the length limit.
    pub text: Option<String>,
    /// The transferred port, if there is exactly one.
    pub port: Option<Port>,
}

/// A message port that is not in use yet.
pub struct Port(MessagePort);

/// Calls `handler` with every message to this window, as long as the program runs. Texts longer than `length_max`, in UTF-16
/// units, are not read.
pub fn listen(length_max: u32, handler: impl Fn(Heard) + 'static) {
    let closure = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let window = web_sys::window();
        let parent = window.and_then(|window| window.parent().ok().flatten());
        let source = event.source();
        let by_parent = parent.zip(source).is_some_and(|(parent, source)| Object::is(&parent, &source));
        let ports: Array = event.ports();
        let port = if ports.length() == 1 { ports.get(0).dyn_into().ok().map(Port) } else { None };
        handler(Heard { by_parent, origin: event.origin(), text: text(&event.data(), length_max), port });
    });
    if let Some(window) = web_sys::window() {
        let _ = window.add_event_listener_with_callback("message", closure.as_ref().unchecked_ref());
    }
    closure.forget();
}

fn text(data: &JsValue, length_max: u32) -> Option<String> {
    let text: &JsString = data.dyn_ref()?;
    (text.length() <= length_max).then(|| String::from(text))
}

/// The message port to the parent.
#[derive(Clone)]
pub struct Line(MessagePort);

impl Line {
    /// Calls `handler` with every text that arrives at `port`, and with `None` for messages that are no text or too long, as
    /// long as the program runs.
    pub fn take(Port(port): Port, length_max: u32, handler: impl Fn(Option<String>) + 'static) -> Self {
        let closure = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| handler(text(&event.data(), length_max)));
        port.set_onmessage(Some(closure.as_ref().unchecked_ref()));
        closure.forget();
        Self(port)
    }

    /// Posts `text`.
    pub fn say(&self, text: &str) {
        let _ = self.0.post_message(&text.into());
    }
}

/// Selector of elements that may extend beyond the page's own box.
const OVERFLOWING: &str = ".combobox-popup, .info-text";
/// The space left below those, in CSS px.
const MARGIN: f64 = 12.0;
/// How long changes are debounced before measuring: measuring inside an observer's callback could loop.
const DEBOUNCE: Duration = Duration::from_millis(20);

/// Calls `measured` with the height the page needs, in CSS px, now and on every change, as long as the program runs.
pub fn on_height(measured: impl Fn(u32) + 'static) {
    let Some(body) = web_sys::window().and_then(|window| window.document()?.body()) else { return };
    let (measured, last, is_due) = (Rc::new(measured), Rc::new(Cell::new(0)), Rc::new(Cell::new(false)));
    let watched = body.clone();
    let later = move || {
        if is_due.replace(true) {
            return;
        }
        let (measured, last, is_due, body) = (Rc::clone(&measured), Rc::clone(&last), Rc::clone(&is_due), watched.clone());
        spawn_local(async move {
            clock::wait(DEBOUNCE).await;
            is_due.set(false);
            let height = height(&body);
            if height != last.replace(height) {
                measured(height);
            }
        });
    };
    later();
    let observe = Closure::<dyn Fn()>::new(later);
    let callback = observe.as_ref().unchecked_ref();
    if let Ok(observer) = ResizeObserver::new(callback) {
        observer.observe(&body);
    }
    let options = MutationObserverInit::new();
    options.set_subtree(true);
    options.set_child_list(true);
    if let Ok(observer) = MutationObserver::new(callback) {
        let _ = observer.observe_with_options(&body, &options);
    }
    observe.forget();
}

/// The page's height, including elements that extend beyond it.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a height is a small positive number")]
fn height(body: &HtmlElement) -> u32 {
    let own = body.get_bounding_client_rect();
    let mut height = own.height();
    if let Ok(overflowing) = body.query_selector_all(OVERFLOWING) {
        for element in (0..overflowing.length()).filter_map(|at| overflowing.get(at)?.dyn_into::<Element>().ok()) {
            height = height.max(element.get_bounding_client_rect().bottom() - own.top() + MARGIN);
        }
    }
    height.ceil() as u32
}

/// Sets or removes a CSS property of the root element, which is one of the design tokens.
pub fn set_token(name: &str, value: Option<&str>) {
    let root = web_sys::window().and_then(|window| window.document()?.document_element());
    if let Some(root) = root.and_then(|root| root.dyn_into::<HtmlElement>().ok()) {
        let _ = match value {
            Some(value) => root.style().set_property(name, value),
            None => root.style().remove_property(name).map(drop),
        };
    }
}

/// Whether the browser denies the tab storage, as it may in a frame.
pub fn keeps_nothing() -> bool {
    !matches!(web_sys::window().map(|window| window.session_storage()), Some(Ok(Some(_))))
}
