//! The page shown where `config.json` can't be used: everything wrong with it, named.

use leptos::prelude::*;

use crate::controls::{MessageBar, Tone};
use crate::messages::{self, Sentence};

/// What to put right.
#[component]
pub fn ConfigProblems(
    /// Everything wrong.
    problems: Vec<Sentence>,
) -> impl IntoView {
    let problems = problems.into_iter().map(|problem| view! { <li>{problem.text()}</li> }).collect::<Vec<_>>();
    view! {
        <main id="main" class="config-problems">
            <h1>{messages::CONFIG_TITLE.text()}</h1>
            <MessageBar tone=Tone::Error>
                <p>{messages::CONFIG_INTRO.text()}</p>
                <ul>{problems}</ul>
            </MessageBar>
        </main>
    }
    .into_any()
}
