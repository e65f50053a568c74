//! The results of the header's search: services by any of their names, identities by name or by one of their ids.

use std::time::Duration;

use leptos::prelude::*;

use super::route::Route;
use super::search::{RESULTS, Search, option_id};
use super::sign_in::SignIn;
use crate::browser::{clock, element};
use crate::cloud::Cloud;
use crate::cloud::identity_list::{IdentityList, LoadState};
use crate::controls::{Glyph, Icon};
use crate::messages::{self, Message};
use crate::portal::services::search::search as find_services;
use crate::portal::services::{Creation, Service};
use crate::visible::shown;

/// The maximum number of results of each kind: typing more narrows them down.
const RESULTS_MAX: usize = 6;
/// The minimum number of characters for searching identities, which costs requests.
const LETTERS_MIN: usize = 2;
/// How long the results must stay unchanged before they are announced.
const ANNOUNCE_AFTER: Duration = Duration::from_millis(600);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Hit {
    name: String,
    detail: String,
    href: String,
}

#[derive(Clone, Copy)]
struct SearchResults {
    search: Search,
    directory: IdentityList,
    is_long: Memo<bool>,
    services: Memo<Vec<Hit>>,
    identities: Memo<Vec<Hit>>,
    /// A link to the list of identities, if not all subscriptions were searched.
    rest: Memo<Vec<Hit>>,
}

#[component]
pub fn SearchPanel(search: Search, close: Callback<()>) -> impl IntoView {
    let directory = IdentityList::new(expect_context::<Cloud>());
    let query = search.query;
    let is_long = Memo::new(move |_| query.with(|typed| typed.trim().chars().count() >= LETTERS_MIN));
    let generation = use_context::<SignIn>().map(|sign_in| sign_in.generation);
    // Loads once per sign-in, and again on the next keystroke after a failure, as the error message says.
    Effect::new(move |begun: Option<Option<u32>>| {
        let begun = begun.flatten();
        let generation = generation.map_or(0, |generation| generation.get());
        query.track();
        let failed = matches!(*directory.reading.read_untracked(), LoadState::Failed(_));
        if !is_long.get() || (begun == Some(generation) && !failed) {
            return begun;
        }
        directory.start();
        Some(generation)
    });
    let services = Memo::new(move |_| query.with(|typed| find_services(typed).into_iter().take(RESULTS_MAX).map(service).collect()));
    let identities = Memo::new(move |_| if is_long.get() { identities(&query.get(), directory) } else { Vec::new() });
    let rest = Memo::new(move |_| {
        let name = || messages::ALL_IDENTITIES.text().into_owned();
        let all = || Hit { name: name(), detail: String::new(), href: Route::Identities.href() };
        (is_long.get() && is_rested(directory) && directory.left() > 0).then(all).into_iter().collect()
    });
    let results = SearchResults { search, directory, is_long, services, identities, rest };
    Effect::new(move |_| {
        let all = [results.services.get(), results.identities.get(), results.rest.get()].concat();
        search.active.set(None);
        search.targets.set(all.into_iter().map(|hit| hit.href).collect());
    });
    Effect::new(move |_| {
        if let Some(at) = search.active.get() {
            element::reveal(&option_id(at));
        }
    });
    announce(results);
    on_cleanup(move || search.reset());
    view! {
        <div class="results">
            {move || list(results, close)}
            {move || status(results)}
        </div>
    }
    .into_any()
}

fn is_rested(directory: IdentityList) -> bool {
    directory.reading.with(|reading| *reading == LoadState::Rested)
}

fn service(found: &Service) -> Hit {
    let here = found.creation == Creation::Here;
    let (route, place) =
        if here { (Route::CreateIdentity(String::new()), messages::CREATE) } else { (Route::Marketplace, messages::MARKETPLACE_TITLE) };
    Hit { name: found.name.text().into_owned(), detail: place.text().into_owned(), href: route.href() }
}

fn identities(typed: &str, directory: IdentityList) -> Vec<Hit> {
    directory.rows.with(|rows| {
        let matching = rows.iter().filter(|row| row.is_called(typed)).take(RESULTS_MAX);
        matching
            .map(|row| Hit {
                name: shown(&row.name).into_owned(),
                detail: shown(&row.group).into_owned(),
                href: Route::Identity(row.id.clone()).href(),
            })
            .collect()
    })
}

/// Announces the number of results, once neither typing nor loading has changed them for a while.
fn announce(found: SearchResults) {
    let generation = StoredValue::new(0_u32);
    Effect::new(move |_| {
        let typed = found.search.query.get();
        let count = found.services.with(Vec::len) + found.identities.with(Vec::len);
        let under_way = found.is_long.get() && found.directory.reading.with(|reading| *reading == LoadState::UnderWay);
        let failed = found.is_long.get() && found.directory.reading.with(|reading| matches!(reading, LoadState::Failed(_)));
        let current = generation.get_value().wrapping_add(1);
        generation.set_value(current);
        if under_way || typed.trim().is_empty() {
            return;
        }
        let typed = typed.trim().to_owned();
        let announce = move || {
            if generation.try_get_value() == Some(current) {
                let text = match (failed, count) {
                    (true, _) => failed_words(found).text().into_owned(),
                    (false, 1) => messages::SEARCH_FOUND_ONE.with([&typed]).text(),
                    (false, count) => messages::SEARCH_FOUND.with([&count.to_string(), &typed]).text(),
                };
                found.search.told.set(text);
            }
        };
        clock::later(ANNOUNCE_AFTER, Box::new(announce));
    });
}

/// The message if identities couldn't be loaded.
fn failed_words(found: SearchResults) -> Message {
    if found.directory.reading.with_untracked(|reading| matches!(reading, LoadState::Failed(error) if error.needs_sign_in())) {
        messages::SIGN_IN_FOR_IDENTITIES
    } else {
        messages::SEARCH_FAILED
    }
}

/// The listbox, if there are results.
fn list(found: SearchResults, close: Callback<()>) -> Option<AnyView> {
    let (services, identities, rest) = (found.services.get(), found.identities.get(), found.rest.get());
    if services.is_empty() && identities.is_empty() && rest.is_empty() {
        return None;
    }
    let (first, last) = (services.len(), services.len() + identities.len());
    let group = |id: &'static str, title: String, hits: Vec<Hit>, from: usize| {
        let options = hits.into_iter().enumerate().map(|(at, hit)| option(hit, from + at, found.search, close)).collect::<Vec<_>>();
        (!options.is_empty()).then(|| {
            view! {
                <div class="result-list" role="group" aria-labelledby=id>
                    <div id=id class="panel-title result-title" role="presentation">{title}</div>
                    {options}
                </div>
            }
        })
    };
    let identities = group("search-identities", messages::IDENTITIES_TITLE.text().into_owned(), identities, first);
    let rest = rest.into_iter().enumerate().map(|(at, hit)| option(hit, last + at, found.search, close)).collect::<Vec<_>>();
    let listed = view! {
        <div id=RESULTS role="listbox" aria-label=messages::SEARCH_RESULTS.text()>
            {group("search-services", messages::SERVICES.text().into_owned(), services, 0)}
            {identities}
            {rest}
        </div>
    };
    Some(listed.into_any())
}

fn option(hit: Hit, at: usize, search: Search, close: Callback<()>) -> AnyView {
    let is_active = move || search.active.get() == Some(at);
    view! {
        <a
            id=option_id(at)
            class="result"
            role="option"
            href=hit.href
            tabindex="-1"
            aria-selected=move || if is_active() { "true" } else { "false" }
            on:click=move |_| close.run(())
        >
            <span>{hit.name}</span>
            " "
            <span class="small">{hit.detail}</span>
        </a>
    }
    .into_any()
}

/// What was not found, or is still loading. [`announce`] announces the final result.
fn status(found: SearchResults) -> AnyView {
    let line = |text: String| view! { <p class="quiet">{text}</p> }.into_any();
    let no_service = found.services.with(Vec::is_empty).then(|| line(messages::SEARCH_NO_SERVICE.text().into_owned()));
    let of_identities = found.is_long.get().then(|| match found.directory.reading.get() {
        LoadState::UnderWay => {
            view! { <p class="spinner"><Icon glyph=Glyph::Spinner/><span>{messages::SEARCHING_IDENTITIES.text()}</span></p> }.into_any()
        }
        LoadState::Failed(_) => line(failed_words(found).text().into_owned()),
        LoadState::Rested => {
            let none = found.identities.with(Vec::is_empty).then(|| line(messages::SEARCH_NO_IDENTITY.text().into_owned()));
            let left = (found.directory.left() > 0).then(|| {
                let asked = found.directory.asked.get().to_string();
                view! { <p class="small">{messages::SEARCHED_FIRST.with([&asked]).text()}</p> }
            });
            view! { {none}{left} }.into_any()
        }
    });
    view! { {no_service}{of_identities} }.into_any()
}
