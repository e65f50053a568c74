//! A view that is loaded lazily with its part of the program.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use leptos::prelude::*;

use super::button::Button;
use super::live_region::LiveRegion;
use super::message_bar::MessageBar;
use super::tone::Tone;
use crate::browser::task::TaskScope;
use crate::browser::{clock, element};
use crate::lazy::PartError;
use crate::messages::{LOADING, Message, PART_FAILED, TRY_AGAIN};

/// How long a part may take before "Loading" is announced.
const ANNOUNCE_AFTER: Duration = Duration::from_secs(1);

type Loading = Pin<Box<dyn Future<Output = Result<AnyView, PartError>>>>;

#[derive(Clone, Copy, PartialEq)]
enum State {
    Loading,
    Shown,
    Failed,
}

/// Shows a placeholder while the part loads, then the view, or an error message with a button that tries again.
#[component]
pub fn Part<L, F>(
    /// Calls a function declared by [`part!`](crate::part).
    load: L,
) -> impl IntoView
where
    L: Fn() -> F + 'static,
    F: Future<Output = Result<AnyView, PartError>> + 'static,
{
    part_view(Box::new(move || Box::pin(load())))
}

fn part_view(load: Box<dyn Fn() -> Loading>) -> AnyView {
    let load = StoredValue::new_local(load);
    let view = StoredValue::new_local(None::<AnyView>);
    let state = RwSignal::new(State::Loading);
    // The part's reactive values belong to this owner.
    let scope = TaskScope::current();
    let fetch = move || {
        state.set(State::Loading);
        scope.spawn(async move {
            let Some(loading) = load.try_with_value(|load| load()) else { return };
            let outcome = loading.await;
            let next = if outcome.is_ok() { State::Shown } else { State::Failed };
            view.try_set_value(outcome.ok());
            state.try_set(next);
        });
    };
    // On the host nothing is loaded: the first screen shows the placeholder.
    if cfg!(target_arch = "wasm32") {
        fetch();
    }
    let fetch = StoredValue::new(fetch);
    let again = move |()| {
        // The button disappears as loading begins.
        element::focus("main");
        fetch.with_value(|fetch| fetch());
    };
    let shown = move || match state.get() {
        State::Loading => view! {
            <div class="part-loading" aria-busy="true">
                <LiveRegion hidden=true text=announced_late(LOADING)/>
            </div>
        }
        .into_any(),
        State::Shown => view.try_update_value(Option::take).flatten().into_any(),
        State::Failed => view! {
            <MessageBar tone=Tone::Error>
                <p>{PART_FAILED.text()}</p>
                <Button on_press=again>{TRY_AGAIN.text()}</Button>
            </MessageBar>
        }
        .into_any(),
    };
    shown.into_any()
}

/// The message, but only after a delay: most parts load at once.
fn announced_late(message: Message) -> Signal<String> {
    let text = RwSignal::new(String::new());
    if cfg!(target_arch = "wasm32") {
        let announce = move || {
            // The part may have loaded, and the view been removed.
            let _ = text.try_set(message.text().into_owned());
        };
        clock::later(ANNOUNCE_AFTER, Box::new(announce));
    }
    text.into()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn the_first_screen_shows_the_shape() {
        let owner = Owner::new();
        let html = owner.with(|| view! { <Part load=|| async { Err(PartError) } /> }.to_html());
        assert!(html.contains("aria-busy=\"true\""), "{html}");
        assert!(!html.contains("<button"), "{html}");
    }
}
