//! The page that frames this one: how to speak to it, and what comes from it. Nothing that is heard is believed here: who
//! said it goes along, and `src/embed` judges the rest.

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
    // Where the browser does not say, nobody is trusted.
    !matches!(window.parent(), Ok(Some(parent)) if Object::is(&parent, &window))
}

/// The origin of the page that frames this one, where the browser tells.
pub fn origin() -> Option<String> {
    let origins = Reflect::get(&web_sys::window()?.location(), &"ancestorOrigins".into()).ok()?;
    let first = Reflect::get_u32(&origins, 0).ok()?.as_string()?;
    // A page without an origin of its own, or a browser that keeps it to itself.
    (first != "null").then_some(first)
}

/// Says `text` to the parent, if it is of `origin`; to nobody else.
pub fn say(text: &str, origin: &str) {
    if let Some(parent) = web_sys::window().and_then(|window| window.parent().ok().flatten()) {
        let _ = parent.post_message(&text.into(), origin);
    }
}

/// Something heard: who said it, and what.
pub struct Heard {
    /// Whether the parent said it, and no other window.
    pub by_parent: bool,
    /// Who said it.
    pub origin: String,
    /// What was said, where it was a text of no more than the length asked for.
    pub text: Option<String>,
    /// The port that came along, where there was just one.
    pub port: Option<Port>,
}

/// An end of a line that nobody has taken yet.
pub struct Port(MessagePort);

/// Calls `heard` with every message to this window, for as long as the program runs. Texts over `length_max` are not read.
pub fn listen(length_max: u32, heard: impl Fn(Heard) + 'static) {
    let closure = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let window = web_sys::window();
        let parent = window.and_then(|window| window.parent().ok().flatten());
        let source = event.source();
        let by_parent = parent.zip(source).is_some_and(|(parent, source)| Object::is(&parent, &source));
        let ports: Array = event.ports();
        let port = if ports.length() == 1 { ports.get(0).dyn_into().ok().map(Port) } else { None };
        heard(Heard { by_parent, origin: event.origin(), text: text(&event.data(), length_max), port });
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

/// The line to the parent.
#[derive(Clone)]
pub struct Line(MessagePort);

impl Line {
    /// Calls `heard` with every text that comes by `port`, and with nothing for what is none or is too long; for as long
    /// as the program runs.
    pub fn take(Port(port): Port, length_max: u32, heard: impl Fn(Option<String>) + 'static) -> Self {
        let closure = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| heard(text(&event.data(), length_max)));
        port.set_onmessage(Some(closure.as_ref().unchecked_ref()));
        closure.forget();
        Self(port)
    }

    /// Says `text`.
    pub fn say(&self, text: &str) {
        let _ = self.0.post_message(&text.into());
    }
}

/// What may hang out of the page's own box.
const HANGING: &str = ".combobox-popup, .info-text";
/// What is left free under that, in CSS px.
const MARGIN: f64 = 12.0;
/// How long changes are gathered before the page is measured: measuring in an observer's own call could go round in circles.
const GATHERED: Duration = Duration::from_millis(20);

/// Calls `measured` with the height that the page needs, in CSS px, now and whenever it changes; for as long as the
/// program runs.
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
            clock::wait(GATHERED).await;
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

/// The page's own height, or more where something hangs out of it.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a height is a small positive number")]
fn height(body: &HtmlElement) -> u32 {
    let own = body.get_bounding_client_rect();
    let mut height = own.height();
    if let Ok(hanging) = body.query_selector_all(HANGING) {
        for element in (0..hanging.length()).filter_map(|at| hanging.get(at)?.dyn_into::<Element>().ok()) {
            height = height.max(element.get_bounding_client_rect().bottom() - own.top() + MARGIN);
        }
    }
    height.ceil() as u32
}

/// Sets a property of the page's root, one of the design tokens, or takes it back.
pub fn set_token(name: &str, value: Option<&str>) {
    let root = web_sys::window().and_then(|window| window.document()?.document_element());
    if let Some(root) = root.and_then(|root| root.dyn_into::<HtmlElement>().ok()) {
        let _ = match value {
            Some(value) => root.style().set_property(name, value),
            None => root.style().remove_property(name).map(drop),
        };
    }
}

/// Whether the browser lets the tab keep anything here: in frames it may not.
pub fn keeps_nothing() -> bool {
    !matches!(web_sys::window().map(|window| window.session_storage()), Some(Ok(Some(_))))
}
