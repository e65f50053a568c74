//! The composition root: chooses what the pages run on and puts them into the document.

use leptos::prelude::*;

use crate::{messages::HELP, parts::Part, portal::help::help};

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    let name = RwSignal::new(String::new());
    let helping = RwSignal::new(false);
    view! {
        <main>
            <h1>"Create User Assigned Managed Identity"</h1>
            <label for="name">"Name"</label>
            <input
                id="name"
                type="text"
                autocomplete="off"
                value=move || name.get()
                prop:value=move || name.get()
                on:input=move |event| name.set(event_target_value(&event))
            />
            <p>{move || name.read().chars().count()} " of 128 characters"</p>
            <button id="help" type="button" aria-expanded=move || helping.get().to_string() on:click=move |_| helping.update(|on| *on = !*on)>
                {HELP.text()}
            </button>
            {move || helping.get().then(|| view! { <Part load=help/> })}
        </main>
    }
}
