//! The page that lists the problems of an invalid `config.json`.

use leptos::prelude::*;

use crate::controls::{MessageBar, Tone};
use crate::messages::{self, Sentence};

#[component]
pub fn ConfigProblems(problems: Vec<Sentence>) -> impl IntoView {
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
