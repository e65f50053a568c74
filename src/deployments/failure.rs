//! Why something failed, in our words; Azure's own behind a disclosure.

use leptos::prelude::*;

use crate::controls::{CopyButton, DataList, DataRow, Disclosure, MessageBar, Tone};
use crate::create::explain::Explanation;
use crate::messages::{self, Message};

/// An error, explained, with what can be done under it.
#[component]
pub fn Failure(
    /// The explanation.
    told: Explanation,
    /// How it speaks: as an error unless said.
    #[prop(default = Tone::Error)]
    tone: Tone,
    /// Buttons and links to act on it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let has_words = ![&told.code, &told.message, &told.request_id].into_iter().all(String::is_empty) || told.correlation_id.is_some();
    let (title, advice) = (told.title.text(), told.advice.text());
    let words = has_words.then(|| {
        view! {
            <Disclosure
                id="azure-words"
                label=messages::WORDS_OF_AZURE.text()
                open=open
                on_toggle=Callback::new(move |next| open.set(next))
                content=move || words(&told)
            />
        }
    });
    view! {
        <div class="failure">
            <MessageBar tone=tone>
                <strong>{title}</strong>
                <p>{advice}</p>
            </MessageBar>
            {children.map(|children| view! { <div class="actions">{children()}</div> })}
            {words}
        </div>
    }
    .into_any()
}

fn words(told: &Explanation) -> AnyView {
    let row = |label: Message, text: &str, to_copy: bool| {
        let text = text.to_owned();
        (!text.is_empty()).then(|| {
            let copy = to_copy.then(|| view! { <CopyButton text=text.clone() what=label.text()/> });
            view! { <DataRow label=label.text()><span dir="auto">{text.clone()}</span>{copy}</DataRow> }
        })
    };
    let rows = [
        row(messages::ERROR_CODE, &told.code, false),
        row(messages::ERROR_MESSAGE, &told.message, false),
        row(messages::REQUEST_ID, &told.request_id, true),
        row(messages::CORRELATION_ID, told.correlation_id.as_deref().unwrap_or_default(), true),
    ];
    view! { <DataList>{rows}</DataList> }.into_any()
}
