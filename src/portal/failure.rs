//! An error with our explanation and Azure's message; the ids for support are in a disclosure.

use leptos::prelude::*;

use crate::arm::error::ArmError;
use crate::controls::{Button, ButtonKind, MessageBar, Tone};
use crate::messages::{self, Message};
use crate::portal::service_details::{ServiceWord, ServiceWords};
use crate::provisioning::explain::{Explanation, explain};

/// An explained error, with buttons to act on it.
#[component]
pub fn Failure(
    explanation: Explanation,
    #[prop(default = Tone::Error)] tone: Tone,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let message = explanation.words();
    let message = (!message.is_empty()).then(|| view! { <p>{messages::AZURE_SAID.with([&message]).text()}</p> });
    let details = vec![
        ServiceWord::said(messages::ERROR_CODE, explanation.code),
        ServiceWord::said(messages::ERROR_MESSAGE, explanation.message),
        ServiceWord::id(messages::REQUEST_ID, explanation.request_id),
        ServiceWord::id(messages::CORRELATION_ID, explanation.correlation_id.unwrap_or_default()),
    ];
    view! {
        <div class="failure">
            <MessageBar tone=tone>
                <strong>{explanation.title.text()}</strong>
                {message}
                <p>{explanation.advice.text()}</p>
            </MessageBar>
            {children.map(|children| view! { <div class="actions">{children()}</div> })}
            <ServiceWords id="azure-words" label=messages::WORDS_OF_AZURE words=details/>
        </div>
    }
    .into_any()
}

/// Why a page couldn't load, with a button that tries again. If nobody is signed in, that is not shown as an error: the
/// sign-in bar has a button, and the page shows `sign_in`.
#[component]
pub fn Unread(
    error: ArmError,
    /// What the page shows after signing in.
    sign_in: Message,
    on_again: Callback<()>,
) -> impl IntoView {
    if error.needs_sign_in() {
        return view! { <p class="quiet">{sign_in.text()}</p> }.into_any();
    }
    view! {
        <Failure explanation=explain(&error)>
            <Button kind=ButtonKind::Primary on_press=on_again>{messages::TRY_AGAIN.text()}</Button>
        </Failure>
    }
    .into_any()
}
