//! Elements by ID: focus, selection, scrolling, modal dialogs. A missing element is ignored.

use leptos::prelude::request_animation_frame;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, FocusEvent, HtmlDialogElement, HtmlElement, HtmlInputElement, Node};

/// How long [`focus_from`] waits for an element, in frames: about a minute.
const FRAMES: u32 = 3600;

fn by_id(id: &str) -> Option<Element> {
    web_sys::window()?.document()?.get_element_by_id(id)
}

pub fn focus(id: &str) {
    try_focus(id);
}

fn try_focus(id: &str) -> bool {
    by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok()).is_some_and(|element| element.focus().is_ok())
}

/// Focuses the element `id` after the next paint. If the element appears later, for example in a part that is loading,
/// `meanwhile` has the focus until then, unless the person moves it.
pub fn focus_from(meanwhile: &'static str, id: String) {
    next_frame(Box::new(move || {
        if !try_focus(&id) && try_focus(meanwhile) {
            await_element(meanwhile, id, FRAMES);
        }
    }));
}

fn await_element(meanwhile: &'static str, id: String, frames: u32) {
    next_frame(Box::new(move || {
        let waits = active().is_some_and(|active| active.id() == meanwhile);
        if waits && !try_focus(&id) && frames > 0 {
            await_element(meanwhile, id, frames - 1);
        }
    }));
}

fn active() -> Option<Element> {
    web_sys::window()?.document()?.active_element()
}

/// Whether any of the element `id` is in the viewport.
pub fn is_in_sight(id: &str) -> bool {
    let height = web_sys::window().and_then(|window| window.inner_height().ok()?.as_f64()).unwrap_or_default();
    by_id(id).map(|element| element.get_bounding_client_rect()).is_some_and(|place| place.bottom() > 0.0 && place.top() < height)
}

/// Calls `then` in the next frame, once what changed is rendered. Boxed, so that all callers share the code.
pub fn next_frame(then: Box<dyn FnOnce()>) {
    request_animation_frame(then);
}

/// Calls `then` after the next paint.
pub fn after_paint(then: Box<dyn FnOnce()>) {
    next_frame(Box::new(move || next_frame(then)));
}

/// Focuses the first of `ids` that exists and can take the focus.
pub fn focus_first(ids: &[&str]) {
    for id in ids {
        focus(id);
        if focused().as_deref() == Some(id) {
            break;
        }
    }
}

/// The ID of the focused element, empty if it has none; `None` if nothing has the focus.
pub fn focused() -> Option<String> {
    let element = web_sys::window()?.document()?.active_element()?;
    (element.tag_name() != "BODY").then(|| element.id())
}

/// Whether the element `id` is on the page.
pub fn is_there(id: &str) -> bool {
    by_id(id).is_some()
}

/// Whether the focus moves from inside the element `id` to outside it.
pub fn focus_leaves(event: &FocusEvent, id: &str) -> bool {
    let next = event.related_target().and_then(|target| target.dyn_into::<Node>().ok());
    next.is_some_and(|next| by_id(id).is_some_and(|element| !element.contains(Some(&next))))
}

/// Whether keyboard input is in use: the event's target is a field, or a dialog is open.
pub fn is_typing(event: &Event) -> bool {
    const FIELDS: &str = "input:not([type=radio], [type=checkbox], [type=button]), textarea, select, [contenteditable], [role=combobox]";
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let in_field = target.is_some_and(|target| target.closest(FIELDS).is_ok_and(|field| field.is_some()));
    let dialog = web_sys::window().and_then(|window| window.document()?.query_selector("dialog[open]").ok()?);
    in_field || dialog.is_some()
}

/// The root font size in px, which all `rem` sizes are based on.
pub fn root_font_size() -> f64 {
    let size = web_sys::window().and_then(|window| {
        let root = window.document()?.document_element()?;
        window.get_computed_style(&root).ok()??.get_property_value("font-size").ok()
    });
    // Rust's own parsing of floats would bring in tables of 13 kB.
    size.map(|size| js_sys::Number::parse_float(&size)).filter(|size| size.is_finite()).unwrap_or(16.0)
}

/// Sets the text of the input `id`.
pub fn set_value(id: &str, value: &str) {
    if let Some(input) = by_id(id).and_then(|element| element.dyn_into::<HtmlInputElement>().ok()) {
        input.set_value(value);
    }
}

/// The text of the element `id`, if it exists.
pub fn text(id: &str) -> Option<String> {
    by_id(id)?.text_content()
}

/// Sets or removes an attribute of the document's root element.
pub fn mark_root(name: &str, value: Option<&str>) {
    let Some(root) = web_sys::window().and_then(|window| window.document()?.document_element()) else { return };
    let _ = match value {
        Some(value) => root.set_attribute(name, value),
        None => root.remove_attribute(name),
    };
}

/// Selects the text in the input or text area `id`.
pub fn select_text(id: &str) {
    if let Some(input) = by_id(id).filter(|element| matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA")) {
        // A text area has the same method.
        input.unchecked_into::<HtmlInputElement>().select();
    }
}

/// The scroll position of the element `id`, in px.
pub fn scroll_top(id: &str) -> i32 {
    by_id(id).map_or(0, |element| element.scroll_top())
}

/// The scroll height of the element `id`, in px.
pub fn scroll_height(id: &str) -> i32 {
    by_id(id).map_or(0, |element| element.scroll_height())
}

/// Scrolls the element `id` just far enough to show the `height` px from `top` on. Returns the new scroll position.
pub fn scroll_to(id: &str, top: i32, height: i32) -> i32 {
    let Some(element) = by_id(id) else { return 0 };
    let (scrolled, seen) = (element.scroll_top(), element.client_height());
    if top < scrolled {
        element.set_scroll_top(top);
    } else if top + height > scrolled + seen {
        element.set_scroll_top(top + height - seen);
    }
    element.scroll_top()
}

/// Scrolls the page just far enough to show the element `id`.
pub fn reveal(id: &str) {
    if let Some(element) = by_id(id) {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// The attribute `name` of the event target's nearest ancestor that has it, the target included.
pub fn attribute_at(event: &Event, name: &str) -> Option<String> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let mut selector = String::with_capacity(name.len() + 2);
    selector.push('[');
    selector.push_str(name);
    selector.push(']');
    target.closest(&selector).ok()??.get_attribute(name)
}

/// Opens or closes the modal dialog `id`; the browser restores the focus on closing.
pub fn show_modal(id: &str, open: bool) {
    let Some(dialog) = by_id(id).and_then(|element| element.dyn_into::<HtmlDialogElement>().ok()) else { return };
    if open == dialog.open() {
        return;
    }
    if open {
        let _ = dialog.show_modal();
    } else {
        dialog.close();
    }
}
