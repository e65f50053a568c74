//! Results of the header's search: services by any of their names, identities by name.

use leptos::prelude::*;

use super::cloud::Cloud;
use super::route::Route;
use super::sign_in::SignIn;
use crate::controls::Spinner;
use crate::identities::directory::{Directory, Reading};
use crate::marketplace::search::search;
use crate::marketplace::services::{Creation, Service};
use crate::messages;
use crate::visible::shown;

/// Most results of a kind: who sees more types more.
const RESULTS_MAX: usize = 6;
/// From how many letters on identities are looked for: they cost requests.
const LETTERS_MIN: usize = 2;

/// The panel.
#[component]
pub fn SearchPanel(
    /// What was typed.
    query: RwSignal<String>,
    /// Closes the panel.
    close: Callback<()>,
) -> impl IntoView {
    let directory = Directory::new(expect_context::<Cloud>());
    let is_long = Memo::new(move |_| query.with(|typed| typed.trim().chars().count() >= LETTERS_MIN));
    let turn = use_context::<SignIn>().map(|sign_in| sign_in.turn);
    // Once for a sign-in; and again with the next letter after a failure, as is said there.
    Effect::new(move |begun: Option<Option<u32>>| {
        let begun = begun.flatten();
        let turn = turn.map_or(0, |turn| turn.get());
        query.track();
        let failed = matches!(*directory.reading.read_untracked(), Reading::Failed(_));
        if !is_long.get() || (begun == Some(turn) && !failed) {
            return begun;
        }
        directory.start();
        Some(turn)
    });
    let services = move || {
        let lines = query.with(|typed| search(typed).into_iter().take(RESULTS_MAX).map(|found| service(found, close)).collect::<Vec<_>>());
        section(&messages::SERVICES.text(), lines, &messages::SEARCH_NO_SERVICE.text())
    };
    let identities = move || is_long.get().then(|| identities(query, close, directory));
    view! { <div class="results">{services}{identities}</div> }.into_any()
}

fn service(found: &Service, close: Callback<()>) -> AnyView {
    let here = found.creation == Creation::Here;
    let (route, place) =
        if here { (Route::CreateIdentity(String::new()), messages::CREATE) } else { (Route::Marketplace, messages::MARKETPLACE_TITLE) };
    view! { <li><a href=route.href() on:click=move |_| close.run(())>{found.name.text()}<span class="small">{place.text()}</span></a></li> }
        .into_any()
}

fn identities(query: RwSignal<String>, close: Callback<()>, directory: Directory) -> AnyView {
    let typed = query.get().trim().to_lowercase();
    let lines = directory.rows.with(|rows| {
        let named = rows.iter().filter(|row| row.name.to_lowercase().contains(&typed)).take(RESULTS_MAX);
        let line = |row: &crate::identities::directory::Row| {
            let (href, name, group) =
                (Route::Identity(row.id.clone()).href(), shown(&row.name).into_owned(), shown(&row.group).into_owned());
            view! { <li><a href=href on:click=move |_| close.run(())>{name}<span class="small">{group}</span></a></li> }.into_any()
        };
        named.map(line).collect::<Vec<_>>()
    });
    let title = messages::IDENTITIES_TITLE.text();
    match directory.reading.get() {
        Reading::UnderWay => view! {
            {(!lines.is_empty()).then(|| section(&title, lines, ""))}
            <Spinner label=messages::SEARCHING_IDENTITIES.text().into_owned()/>
        }
        .into_any(),
        Reading::Failed(_) => section(&title, Vec::new(), &messages::SEARCH_FAILED.text()),
        Reading::Rested => {
            let left = (directory.left() > 0).then(|| {
                let asked = directory.asked.get().to_string();
                view! {
                    <p class="small">
                        {messages::SEARCHED_FIRST.with([&asked]).text()} " "
                        <a href=Route::Identities.href() on:click=move |_| close.run(())>{messages::ALL_IDENTITIES.text()}</a>
                    </p>
                }
            });
            view! { {section(&title, lines, &messages::SEARCH_NO_IDENTITY.text())} {left} }.into_any()
        }
    }
}

fn section(title: &str, lines: Vec<AnyView>, nothing: &str) -> AnyView {
    let empty = lines.is_empty().then(|| view! { <p class="quiet">{nothing.to_owned()}</p> });
    view! {
        <h2 class="panel-title">{title.to_owned()}</h2>
        {empty}
        <ul class="result-list">{lines}</ul>
    }
    .into_any()
}
