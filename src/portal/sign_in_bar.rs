//! What the sign-in needs of the person: to sign in, to wait or cancel, to read what went wrong.

use leptos::prelude::*;

use super::service_details::{ServiceWord, ServiceWords};
use super::sign_in::{Act, SignIn, Standing};
use crate::controls::{Button, ButtonKind, MessageBar, Tone};
use crate::entra::explain::Told;
use crate::messages::{self, Sentence};

crate::part! {
    in signin:
    /// The bar.
    pub fn sign_in_bar() -> AnyView {
        view! { <SignInBar/> }.into_any()
    }
}

/// The bar.
#[component]
fn SignInBar() -> impl IntoView {
    let sign_in = expect_context::<SignIn>();
    let told = move || sign_in.told.get().map(|told| view! { <Failed told=told/> });
    view! {
        <div class="sign-in-bar">
            {told}
            {move || standing(sign_in, sign_in.standing.get())}
        </div>
    }
    .into_any()
}

fn standing(sign_in: SignIn, standing: Standing) -> Option<AnyView> {
    let failed = sign_in.told.with(Option::is_some);
    let (title, text, press) = match standing {
        Standing::Opening | Standing::SignedIn => return None,
        Standing::SignedOut => (Some(messages::SIGNED_OUT_TITLE), messages::SIGNED_OUT_TEXT, Some(messages::SIGN_IN)),
        Standing::Asked { stronger } => {
            let title = if stronger { messages::ASKED_MORE_TITLE } else { messages::ASKED_AGAIN_TITLE };
            (Some(title), messages::ASKED_AGAIN_TEXT, Some(messages::SIGN_IN))
        }
        Standing::Unaccepted => (None, messages::TOKEN_NOT_ACCEPTED_AGAIN, Some(messages::SIGN_IN)),
        Standing::Finishing => (None, messages::SIGN_IN_FINISHING, None),
        Standing::InWindow => (None, messages::SIGNING_IN_WINDOW, None),
        Standing::WindowClosed => (Some(messages::WINDOW_CLOSED_TITLE), messages::WINDOW_CLOSED_TEXT, Some(messages::SIGN_IN)),
        Standing::Leaving => (None, messages::SIGNING_IN_LEAVING, None),
    };
    let place = move || {
        let place = sign_in.place.get();
        (matches!(standing, Standing::SignedOut | Standing::Asked { .. }) && !place.is_empty())
            .then(|| view! { <p>{messages::SIGNED_OUT_PLACE.with([&place]).text()}</p> })
    };
    let primary = press.map(|label| {
        let go = Callback::new(move |()| sign_in.act(Act::SignIn));
        view! { <Button kind=ButtonKind::Primary on_press=go>{label.text()}</Button> }
    });
    let here = (failed && sign_in.by_window && press.is_some()).then(|| {
        let go = Callback::new(move |()| sign_in.act(Act::SignInHere));
        view! { <Button on_press=go>{messages::SIGN_IN_HERE.text()}</Button> }
    });
    let cancel = matches!(standing, Standing::InWindow | Standing::WindowClosed | Standing::Asked { .. }).then(|| {
        let stop = Callback::new(move |()| sign_in.act(Act::Cancel));
        view! { <Button on_press=stop>{messages::SIGN_IN_CANCEL.text()}</Button> }
    });
    let bar = view! {
        <MessageBar tone=Tone::Info>
            {title.map(|title| view! { <strong>{title.text()}</strong> })}
            <p>{text.text()}</p>
            {place}
            <div class="actions">{primary}{here}{cancel}</div>
        </MessageBar>
    };
    Some(bar.into_any())
}

/// Why it failed, with Entra's own words and ids behind a disclosure.
#[component]
fn Failed(
    /// The explanation.
    told: Told,
) -> impl IntoView {
    let sentence = |sentence: Option<Sentence>| sentence.as_ref().map(Sentence::text).unwrap_or_default();
    let words = vec![
        ServiceWord::said(messages::ERROR_CODE, told.code),
        ServiceWord::said(messages::ERROR_MESSAGE, told.words),
        ServiceWord::id(messages::CORRELATION_ID, told.correlation_id),
        ServiceWord::id(messages::REQUEST_ID, told.request_id),
        ServiceWord::id(messages::TRACE_ID, told.trace_id),
        ServiceWord::said(messages::SIGN_IN_TIME, told.timestamp),
    ];
    view! {
        <MessageBar tone=Tone::Error>
            <strong>{sentence(told.title)}</strong>
            <p>{sentence(told.advice)}</p>
            <ServiceWords id="entra-words" label=messages::SIGN_IN_DETAILS words=words/>
        </MessageBar>
    }
    .into_any()
}
