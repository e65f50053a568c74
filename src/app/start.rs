//! Starts the page: reads the settings, then replaces the first screen of `index.html`.

use std::time::Duration;

use leptos::prelude::*;

use super::configuration::{settings, show_problems};
use super::platform::Platform;
use super::{App, addressed, embedded, follow_address};
use crate::browser::{clock, element, focus, parent, shell as first_screen};
use crate::controls::Turns;
#[cfg(not(target_arch = "wasm32"))]
use crate::controls::{Note, Tone, note_view};
#[cfg(not(target_arch = "wasm32"))]
use crate::portal::route::Route;
use crate::settings::Offline;
#[cfg(not(target_arch = "wasm32"))]
use crate::settings::Settings;

/// Reads the settings, then shows the page.
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
                // `boot.js` reads this when the page is idle.
                element::mark_root("data-offline", Some("off"));
            }
            // First the frame, then its page in several turns, then both replace the first screen: each in its own task, so that
            // key presses and clicks are handled in between.
            clock::wait(Duration::ZERO).await;
            let (route, turns) = (RwSignal::new(None), Turns::default());
            let platform = Platform::new(&settings);
            let root = first_screen::draw(move || {
                provide_context(turns);
                view! { <App settings=settings platform=platform route=route/> }
            });
            clock::wait(Duration::ZERO).await;
            route.set(Some(addressed()));
            follow_address(route, addressed);
            turns.take_all().await;
            first_screen::hand_over(root);
        }
        Err(problems) => show_problems(problems),
    }
}

/// The form's first screen as HTML, for `index.html`: what the program draws with default settings.
#[cfg(not(target_arch = "wasm32"))]
pub fn shell() -> String {
    let owner = Owner::new();
    owner.with(|| {
        let route = RwSignal::new(Some(Route::CreateIdentity(String::new())));
        let settings = Settings::default();
        let platform = Platform::new(&settings);
        view! {
            <App settings=settings platform=platform route=route/>
            // `early.js` fills these in while the program loads.
            {[Tone::Error, Tone::Warning, Tone::Info].map(|tone| {
                view! { <template id=["note-", tone.name()].concat()>{note_view(Note { tone, text: String::new() })}</template> }
            }).into_iter().collect_view()}
        }
        .to_html()
    })
}
