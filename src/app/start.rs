//! Starting: `config.json`, the address, and what the tab kept; then the page takes the shell's place.

use std::time::Duration;

use leptos::prelude::*;

use super::{App, addressed, embedded, follow_address};
use crate::browser::{address, clock, element, fetch, focus, parent, shell as first_screen};
#[cfg(not(target_arch = "wasm32"))]
use crate::controls::{Note, Tone, note_view};
use crate::lazy::PartError;
use crate::messages::{self, Sentence};
use crate::portal::config_problems::ConfigProblems;
#[cfg(not(target_arch = "wasm32"))]
use crate::portal::route::Route;
use crate::provisioning::rules::Rules;
use crate::settings::{Offline, Settings, compile};

/// Reads what this deployment is set up for, then shows the page.
pub async fn start() {
    focus::keep();
    if parent::is_framed() {
        embedded::start().await;
        return;
    }
    match settings().await {
        Ok(settings) => {
            settings.locale.make_current();
            if settings.offline == Offline::Off {
                // What `boot.js` asks for when the page rests.
                element::mark_root("data-offline", Some("off"));
            }
            // First the frame, then its page, then both take the first screen's place: each in a task of its own, so that keys
            // and presses get in between.
            let route = RwSignal::new(None);
            let root = first_screen::draw(move || view! { <App settings=settings route=route/> });
            clock::wait(Duration::ZERO).await;
            route.set(Some(addressed()));
            follow_address(route, addressed);
            clock::wait(Duration::ZERO).await;
            first_screen::hand_over(root);
        }
        Err(problems) => stop(problems),
    }
}

/// Shows why the page can't begin.
pub(super) fn stop(problems: Vec<Sentence>) {
    first_screen::hand_over(first_screen::draw(move || view! { <ConfigProblems problems=problems/> }));
}

/// The settings of `config.json`; none where there is no such file. A single file has it inside, if at all.
pub(super) async fn settings() -> Result<Settings, Vec<Sentence>> {
    let config = match element::text("config") {
        Some(text) => text,
        None => match fetch::text("config.json").await {
            Ok((404, _)) => "{}".to_owned(),
            Ok((200..=299, text)) => text,
            Ok((status, _)) => return Err(vec![messages::CONFIG_STATUS.with([&status.to_string()])]),
            // What it says is not known, and the worker that keeps the site has no copy.
            Err(_) => return Err(vec![messages::CONFIG_UNREACHABLE.into()]),
        },
    };
    let (query, fragment) = (address::query(), address::fragment());
    // Most sites begin with an empty file: those don't wait for its reader.
    if config.trim() == "{}" {
        return Ok(Settings::default().at_address(&query, &fragment));
    }
    let settings = read(config, query, fragment).await.unwrap_or_else(|PartError| Err(vec![messages::PART_FAILED.into()]))?;
    Ok(Settings { rules: compiled(settings.rules).await?, ..settings })
}

/// The rules with their patterns compiled. Their engine is loaded only where there are any.
pub(super) async fn compiled(rules: Rules) -> Result<Rules, Vec<Sentence>> {
    if !rules.have_patterns() {
        return Ok(rules);
    }
    with_engine(rules).await.unwrap_or_else(|PartError| Err(vec![messages::PART_FAILED.into()]))
}

crate::part! {
    in azure:
    fn read(config: String, query: String, fragment: String) -> Result<Settings, Vec<Sentence>> {
        Settings::uncompiled(&config, &query, &fragment)
    }
}

crate::part! {
    in patterns:
    fn with_engine(rules: Rules) -> Result<Rules, Vec<Sentence>> {
        compile(rules)
    }
}

/// The form's first screen as markup, for `index.html`: what the program draws before it knows anything.
#[cfg(not(target_arch = "wasm32"))]
pub fn shell() -> String {
    let owner = Owner::new();
    owner.with(|| {
        let route = RwSignal::new(Some(Route::CreateIdentity(String::new())));
        view! {
            <App settings=Settings::default() route=route/>
            // What `early.js` fills in while the program loads.
            {[Tone::Error, Tone::Warning, Tone::Info].map(|tone| {
                view! { <template id=["note-", tone.name()].concat()>{note_view(Note { tone, text: String::new() })}</template> }
            }).into_iter().collect_view()}
        }
        .to_html()
    })
}
