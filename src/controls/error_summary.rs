//! The error summary: every error that blocks submission, in one bar; each entry links to its field.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use crate::browser::element;

/// Has the role `alert`, takes the focus when it appears, and isn't rendered without errors.
#[component]
pub fn ErrorSummary(
    #[prop(into)] id: String,
    #[prop(into)] title: String,
    /// The errors, in the order of the form.
    #[prop(into)]
    faults: Signal<Vec<String>>,
    /// Called with the index of the error whose field the person wants to go to.
    #[prop(into)]
    on_go: Callback<usize>,
) -> impl IntoView {
    let shows = Memo::new(move |_| !faults.with(Vec::is_empty));
    let bar_id = id.clone();
    Effect::new(move |_| {
        if shows.get() {
            let id = bar_id.clone();
            // After rendering.
            element::next_frame(Box::new(move || element::focus(&id)));
        }
    });
    let entry = move |(at, text): (usize, String)| {
        view! { <li><button class="button" type="button" data-kind="link" on:click=move |_| on_go.run(at)>{text}</button></li> }.into_any()
    };
    let bar = move || {
        shows.get().then(|| {
            view! {
                <div id=id.clone() class="message-bar" role="alert" tabindex="-1" data-tone="error">
                    <Icon glyph=Glyph::Error/>
                    <div class="message-bar-text">
                        <h2 class="message-bar-title">{title.clone()}</h2>
                        <ul>{move || faults.get().into_iter().enumerate().map(entry).collect::<Vec<_>>()}</ul>
                    </div>
                </div>
            }
        })
    };
    view! { {bar} }.into_any()
}
