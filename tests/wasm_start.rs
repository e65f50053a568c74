//! The handover of the page to `boot.js`, and lazily loaded parts, in a real browser.
#![cfg(target_arch = "wasm32")]

use std::cell::Cell;
use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use identity_portal::browser::{shell, storage};
use identity_portal::controls::Part;
use identity_portal::lazy::PartError;
use identity_portal::portal::kept_draft;
use identity_portal::provisioning::draft::Draft;
use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{CustomEvent, HtmlElement};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn the_page_is_rendered_detached_and_announced() {
    let announced = Rc::new(Cell::new(None));
    let listener = Closure::<dyn Fn(CustomEvent)>::new({
        let announced = Rc::clone(&announced);
        move |event: CustomEvent| announced.set(event.detail().dyn_into::<HtmlElement>().ok())
    });
    window().add_event_listener_with_callback("identity-portal:ready", listener.as_ref().unchecked_ref()).unwrap();
    shell::hand_over(shell::draw(|| view! { <p id="drawn">"here"</p> }));
    window().remove_event_listener_with_callback("identity-portal:ready", listener.as_ref().unchecked_ref()).unwrap();
    let root = announced.take().expect("nothing was announced");
    assert_eq!(root.id(), "program");
    assert!(root.query_selector("#drawn").unwrap().is_some());
    assert!(!root.is_connected(), "boot.js puts it into the document, not we");
}

#[wasm_bindgen_test]
fn the_first_screens_values_are_stored_for_boot_js() {
    shell::keep(&[("name", "uami-\"x\""), ("region", "")]);
    assert_eq!(storage::read("identity-portal:shell").as_deref(), Some(r#"{"name":"uami-\"x\"","region":""}"#));
    shell::forget();
    assert_eq!(storage::read("identity-portal:shell"), None);
}

#[wasm_bindgen_test]
fn the_form_opens_with_the_stored_draft() {
    let draft = Draft { name: "uami=1 & 2".into(), group_is_new: true, ..Draft::default() };
    kept_draft::store(&draft);
    assert_eq!(kept_draft::kept(), Some(draft));
    kept_draft::forget();
    assert_eq!(kept_draft::kept(), None);
}

#[wasm_bindgen_test]
async fn a_part_that_failed_to_load_can_be_retried() {
    let root: HtmlElement = document().create_element("div").unwrap().unchecked_into();
    document().body().unwrap().append_child(&root).unwrap();
    let tries = Rc::new(Cell::new(0));
    let counted = Rc::clone(&tries);
    let load = move || {
        counted.set(counted.get() + 1);
        let outcome = if counted.get() == 1 { Err(PartError) } else { Ok(view! { <p>"loaded"</p> }.into_any()) };
        async move {
            TimeoutFuture::new(1).await;
            outcome
        }
    };
    let mounted = mount_to(root.clone(), move || view! { <Part load/> });
    assert!(root.query_selector("[aria-busy=true]").unwrap().is_some(), "its shape stands there at once");
    TimeoutFuture::new(50).await;
    let button: HtmlElement = root.query_selector("[role=alert] button").unwrap().expect("no way to try again").unchecked_into();
    button.click();
    TimeoutFuture::new(50).await;
    assert_eq!(tries.get(), 2);
    assert!(root.text_content().unwrap().contains("loaded"), "{}", root.inner_html());
    assert!(root.query_selector("[role=alert]").unwrap().is_none());
    drop(mounted);
    root.remove();
}
