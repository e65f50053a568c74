//! What the sign-in needs of the person: to sign in, to wait or cancel, to read what went wrong.

use leptos::prelude::*;

use super::sign_in::{Act, SignIn, Standing};
use crate::controls::{Button, ButtonKind, CopyButton, DataList, DataRow, Disclosure, MessageBar, Tone};
use crate::entra::explain::Told;
use crate::messages::{self, Message, Sentence};

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
        Standing::InWindow => (None, messages::SIGNING_IN_WINDOW, None),
        Standing::Leaving => (None, messages::SIGNING_IN_LEAVING, None),
    };
    let place = move || {
        let place = sign_in.place.get();
        (press.is_some() && !place.is_empty()).then(|| view! { <p>{messages::SIGNED_OUT_PLACE.with([&place]).text()}</p> })
    };
    let primary = press.map(|label| {
        let go = Callback::new(move |()| sign_in.act(Act::SignIn));
        view! { <Button kind=ButtonKind::Primary on_press=go>{label.text()}</Button> }
    });
    let here = (failed && press.is_some()).then(|| {
        let go = Callback::new(move |()| sign_in.act(Act::SignInHere));
        view! { <Button on_press=go>{messages::SIGN_IN_HERE.text()}</Button> }
    });
    let cancel = matches!(standing, Standing::InWindow | Standing::Asked { .. }).then(|| {
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
    let open = RwSignal::new(false);
    let sentence = |sentence: &Option<Sentence>| sentence.as_ref().map(Sentence::text).unwrap_or_default();
    let (title, advice) = (sentence(&told.title), sentence(&told.advice));
    let has_details = [&told.code, &told.words, &told.correlation_id, &told.trace_id].into_iter().any(|text| !text.is_empty());
    let details = has_details.then(|| {
        view! {
            <Disclosure
                id="entra-words"
                label=messages::SIGN_IN_DETAILS.text()
                open=open
                on_toggle=Callback::new(move |next| open.set(next))
                content=move || words(&told)
            />
        }
    });
    view! {
        <MessageBar tone=Tone::Error>
            <strong>{title}</strong>
            <p>{advice}</p>
            {details}
        </MessageBar>
    }
    .into_any()
}

fn words(told: &Told) -> AnyView {
    let row = |label: Message, text: &str, to_copy: bool| {
        let text = text.to_owned();
        (!text.is_empty()).then(|| {
            let copy = to_copy.then(|| view! { <CopyButton text=text.clone() what=label.text()/> });
            view! { <DataRow label=label.text()><span dir="auto">{text.clone()}</span>{copy}</DataRow> }
        })
    };
    let rows = [
        row(messages::ERROR_CODE, &told.code, false),
        row(messages::ERROR_MESSAGE, &told.words, false),
        row(messages::CORRELATION_ID, &told.correlation_id, true),
        row(messages::TRACE_ID, &told.trace_id, true),
        row(messages::SIGN_IN_TIME, &told.timestamp, false),
    ];
    view! { <DataList>{rows}</DataList> }.into_any()
}
