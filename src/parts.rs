//! Parts of the program that are loaded when they are needed, so that nobody waits for what they never
//! open.
//!
//! # Adding a part
//!
//! Declare the function by which the rest of the program enters it, and nothing else changes:
//!
//! ```text
//! crate::part! {
//!     in code:
//!     /// The request in a language.
//!     pub fn written(plan: Plan, language: Language) -> String {
//!         code::write(&plan, language)
//!     }
//! }
//! ```
//!
//! `written(plan, language).await` then gives `Result<String, PartError>`. Everything that is reachable
//! only from such functions moves into the part, here named `code`; functions that name the same part
//! share its file. Arguments and results may be anything that owns what it holds, views and contexts
//! included, but not generic. For a view, give the function to [`Part`], which shows the wait and the
//! failure. Group by hand and keep parts few: each costs a request, and what two share is loaded with
//! whichever comes first, in one file with all that is shared. `cargo xtask build` prints the sizes.
//!
//! There are `azure` (the client, and what of the form lies behind its first screen), `sandbox` (the simulator), `code` (the
//! languages), `reading` (their readers, and the page for them), `pages` (every other page), `signin` (signing in, in Live) and
//! `embed` (the form inside another page), and `patterns` (the engine for an organisation's patterns).
//!
//! Only builds with the feature `split` have parts, because their wasm has to be cut after linking
//! (`xtask/src/site/parts.rs`). In every other build such a function is a plain async one.

use std::{future::Future, pin::Pin, time::Duration};

use leptos::{prelude::*, reactive::spawn_local_scoped_with_cancellation};

use crate::{
    browser::element,
    controls::{button::Button, live_region::LiveRegion, message_bar::MessageBar, tone::Tone},
    messages::{LOADING, Message, PART_FAILED, TRY_AGAIN},
};

/// How long a part may take before "Loading" is announced.
const TOLD_AFTER: Duration = Duration::from_secs(1);

/// A part's file could not be fetched. The next call tries again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a part of the program could not be loaded")]
pub struct PartError;

#[cfg(all(feature = "split", target_arch = "wasm32"))]
impl From<leptos::wasm_split::SplitLoaderError> for PartError {
    fn from(_: leptos::wasm_split::SplitLoaderError) -> Self {
        // What happened is in the console; the loader does not hand it on.
        Self
    }
}

/// Declares a function that is loaded with its part; see the head of this module.
#[macro_export]
macro_rules! part {
    (
        in $part:ident:
        $(#[$meta:meta])*
        $vis:vis fn $name:ident($($argument:ident: $type:ty),* $(,)?) -> $output:ty $body:block
    ) => {
        $(#[$meta])*
        #[cfg(all(feature = "split", target_arch = "wasm32"))]
        #[::leptos::wasm_split::wasm_split($part, wasm_split_path = ::leptos::wasm_split, fallible)]
        $vis fn $name($($argument: $type),*) -> ::core::result::Result<$output, $crate::parts::PartError> {
            ::core::result::Result::Ok($body)
        }

        $(#[$meta])*
        ///
        /// # Errors
        /// None in a build without parts.
        #[cfg(not(all(feature = "split", target_arch = "wasm32")))]
        $vis async fn $name($($argument: $type),*) -> ::core::result::Result<$output, $crate::parts::PartError> {
            ::core::result::Result::Ok($body)
        }
    };
}

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
    // A button's handler runs without an owner, but what the part makes belongs to this place.
    let owner = Owner::current();
    let fetch = move || {
        state.set(State::Loading);
        let task = async move {
            let Some(loading) = load.try_with_value(|load| load()) else { return };
            let outcome = loading.await;
            let next = if outcome.is_ok() { State::Shown } else { State::Failed };
            view.try_set_value(outcome.ok());
            state.try_set(next);
        };
        if let Some(owner) = &owner {
            owner.with(|| spawn_local_scoped_with_cancellation(task));
        }
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
    use leptos::prelude::*;

    use super::{Part, PartError};

    crate::part! {
        in tests:
        fn doubled(number: u32) -> u32 {
            number * 2
        }
    }

    #[test]
    fn without_parts_it_is_a_plain_function() {
        let answer = pollster::block_on(doubled(21));
        assert_eq!(answer, Ok(42));
    }

    #[test]
    fn the_first_screen_shows_the_shape() {
        let owner = Owner::new();
        let html = owner.with(|| view! { <Part load=|| async { Err(PartError) } /> }.to_html());
        assert!(html.contains("aria-busy=\"true\""), "{html}");
        assert!(!html.contains("<button"), "{html}");
    }
}
