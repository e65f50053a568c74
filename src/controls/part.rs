//! A view that comes with its part of the program.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use leptos::prelude::*;

use super::button::Button;
use super::live_region::LiveRegion;
use super::message_bar::MessageBar;
use super::tone::Tone;
use crate::browser::element;
use crate::browser::task::TaskScope;
use crate::lazy::PartError;
use crate::messages::{LOADING, Message, PART_FAILED, TRY_AGAIN};

/// How long a part may take before "Loading" is announced.
const TOLD_AFTER: Duration = Duration::from_secs(1);

type Loading = Pin<Box<dyn Future<Output = Result<AnyView, PartError>>>>;

#[derive(Clone, Copy, PartialEq)]
enum State {
    Loading,
    Shown,
    Failed,
}

/// A view that comes with its part: the shape of something while it loads, then the view, or a sentence
/// and a button that fetches again.
#[component]
pub fn Part<L, F>(
    /// Calls the function that [`part!`](crate::part) declared.
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
    // What the part makes belongs to this place.
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
    // On the host there is nothing to wait on: the first screen shows the shape.
    if cfg!(target_arch = "wasm32") {
        fetch();
    }
    let fetch = StoredValue::new(fetch);
    let again = move |()| {
        // The button goes as the loading begins.
        element::focus("main");
        fetch.with_value(|fetch| fetch());
    };
    let shown = move || match state.get() {
        State::Loading => view! {
            <div class="part-loading" aria-busy="true">
                <LiveRegion hidden=true text=told_late(LOADING)/>
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

/// A text that comes only where the wait is long: most parts are there at once.
fn told_late(message: Message) -> Signal<String> {
    let told = RwSignal::new(String::new());
    if cfg!(target_arch = "wasm32") {
        let tell = move || {
            // The wait may be over.
            let _ = told.try_set(message.text().into_owned());
        };
        set_timeout(tell, TOLD_AFTER);
    }
    told.into()
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
