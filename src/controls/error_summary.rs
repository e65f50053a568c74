//! All that keeps a form from being sent, in one bar; each entry leads to its field.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use crate::browser::element;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What the page knows the field by.
    pub field: String,
    /// What is wrong.
    pub text: String,
}

/// The bar: role `alert`. It takes the focus when it appears, and is not there while nothing is wrong.
#[component]
pub fn ErrorSummary(
    /// Its id.
    #[prop(into)]
    id: String,
    /// What it says first.
    #[prop(into)]
    title: String,
    /// What is wrong, in the order of the form.
    #[prop(into)]
    faults: Signal<Vec<Fault>>,
    /// The person wants to go to this field.
    #[prop(into)]
    on_go: Callback<String>,
) -> impl IntoView {
    let shows = Memo::new(move |_| !faults.with(Vec::is_empty));
    let bar_id = id.clone();
    Effect::new(move |_| {
        if shows.get() {
            let id = bar_id.clone();
            // Once it is drawn.
            request_animation_frame(move || element::focus(&id));
        }
    });
    let entry = move |fault: Fault| {
        let Fault { field, text } = fault;
        view! {
            <li>
                <button class="button" type="button" data-kind="link" on:click=move |_| on_go.run(field.clone())>{text}</button>
            </li>
        }
        .into_any()
    };
    let bar = move || {
        shows.get().then(|| {
            view! {
                <div id=id.clone() class="message-bar" role="alert" tabindex="-1" data-tone="error">
                    <Icon glyph=Glyph::Error/>
                    <div class="message-bar-text">
                        <h2 class="message-bar-title">{title.clone()}</h2>
                        <ul class="faults">{move || faults.get().into_iter().map(entry).collect::<Vec<_>>()}</ul>
                    </div>
                </div>
            }
        })
    };
    view! { {bar} }.into_any()
}
