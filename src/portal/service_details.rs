//! A service's own words about an error: its code, its message, the ids to name to its support.

use leptos::prelude::*;

use crate::controls::{CopyButton, DataList, DataRow, Disclosure};
use crate::messages::Message;
use crate::visible::shown_lines;

/// One of them; left out where the service said nothing.
pub struct ServiceWord {
    label: Message,
    text: String,
    to_copy: bool,
}

impl ServiceWord {
    /// To be read.
    pub fn said(label: Message, text: impl Into<String>) -> Self {
        Self { label, text: text.into(), to_copy: false }
    }

    /// To be taken to the service's support.
    pub fn id(label: Message, text: impl Into<String>) -> Self {
        Self { label, text: text.into(), to_copy: true }
    }
}

/// A disclosure of them, or nothing at all where there are none.
#[component]
pub fn ServiceWords(
    /// The id of what it folds.
    id: &'static str,
    /// What it is called.
    label: Message,
    /// The words.
    mut words: Vec<ServiceWord>,
) -> impl IntoView {
    words.retain(|word| !word.text.is_empty());
    let any = !words.is_empty();
    let open = RwSignal::new(false);
    let content = move || {
        let row = |ServiceWord { label, text, to_copy }: &ServiceWord| {
            let copy = to_copy.then(|| view! { <CopyButton text=text.clone() what=label.text()/> });
            let text = shown_lines(text).into_owned();
            view! { <DataRow label=label.text()><span dir="auto">{text}</span>{copy}</DataRow> }
        };
        let rows: Vec<_> = words.iter().map(row).collect();
        view! { <DataList>{rows}</DataList> }.into_any()
    };
    any.then(|| {
        view! { <Disclosure id=id label=label.text() open=open on_toggle=Callback::new(move |next| open.set(next)) content=content/> }
    })
}
