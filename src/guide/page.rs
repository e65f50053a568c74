//! The page: the questions beside the recommendation, and below them the ways compared.

use leptos::prelude::*;

use super::query::Given;
use super::questions::questions;
use super::result::result;
use super::state::Guide;
use super::ways::{kinds, ways};
use crate::browser::element;
use crate::controls::{Button, ButtonKind, Glyph, MessageBar, Tone};
use crate::messages;
use crate::portal::frame::{Heading, Page};
use crate::portal::page_query;
use crate::portal::route::Route;

#[component]
pub fn GuidePage() -> impl IntoView {
    let state = Guide::of_address();
    if cfg!(target_arch = "wasm32") {
        let moved = window_event_listener_untyped("hashchange", move |_| state.follow_address());
        on_cleanup(move || moved.remove());
    }
    let heading = Heading {
        title: messages::GUIDE_TITLE.text().into_owned(),
        trail: vec![(messages::HOME_TITLE, Route::Home)],
        close: Some(Route::Home),
    };
    let answered = Memo::new(move |_| state.given.with(|given| given.answers.who.is_some()));
    let again = Callback::new(move |()| {
        element::focus("page-title");
        state.given.set(Given::default());
        page_query::push(&Route::Guide, "");
    });
    let again = move || {
        answered.get().then(|| {
            view! {
                <div><Button kind=ButtonKind::Subtle icon=Glyph::Refresh on_press=again>{messages::GUIDE_AGAIN.text()}</Button></div>
            }
        })
    };
    view! {
        <Page heading=heading>
            <div class="guide">
                <p class="quiet">{messages::GUIDE_INTRO.text()}</p>
                {move || ignored(state)}
                <div class="guide-ask">
                    <div class="guide">{questions(state)} {again}</div>
                    {result(state)}
                </div>
                {ways()}
                {kinds()}
            </div>
        </Page>
    }
    .into_any()
}

/// What in the address was ignored.
fn ignored(state: Guide) -> Option<AnyView> {
    let lines = state.unusable.with(|unusable| unusable.iter().map(|one| view! { <li>{one.text()}</li> }).collect::<Vec<_>>());
    (!lines.is_empty()).then(|| {
        view! {
            <MessageBar tone=Tone::Warning>
                <strong>{messages::LINK_UNUSABLE.text()}</strong>
                <ul>{lines}</ul>
            </MessageBar>
        }
        .into_any()
    })
}
