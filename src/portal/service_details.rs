//! A service's own error details: code, message, and the ids that its support asks for.

use leptos::prelude::*;

use crate::controls::{CopyButton, DataList, DataRow, Disclosure};
use crate::messages::Message;
use crate::visible::shown_lines;

/// One detail; not shown if it is empty.
pub struct ServiceWord {
    label: Message,
    text: String,
    to_copy: bool,
}

impl ServiceWord {
    pub fn said(label: Message, text: impl Into<String>) -> Self {
        Self { label, text: text.into(), to_copy: false }
    }

    /// An id for support, with a copy button.
    pub fn id(label: Message, text: impl Into<String>) -> Self {
        Self { label, text: text.into(), to_copy: true }
    }
}

/// A disclosure with the details, or nothing if there are none.
#[component]
pub fn ServiceWords(
    /// The disclosure's id.
    id: &'static str,
    label: Message,
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
