//! The bar above every page that asks the person to sign in, shows a sign-in under way, and explains errors.

use leptos::prelude::*;

use super::service_details::{ServiceWord, ServiceWords};
use super::sign_in::{SignIn, SignInAction, SignInStatus};
use crate::controls::Part;
use crate::controls::{Button, ButtonKind, MessageBar, Tone};
use crate::entra::explain::Explanation;
use crate::messages::{self, Sentence};

/// The region above every page that holds the bar while there is something to show.
#[component]
pub fn SignInRegion(sign_in: SignIn) -> impl IntoView {
    let is_shown = Memo::new(move |_| {
        let is_idle = matches!(sign_in.status.get(), SignInStatus::Starting | SignInStatus::SignedIn);
        !is_idle || sign_in.explanation.with(Option::is_some)
    });
    // Always in the document: screen readers announce only what is added to an existing live region.
    view! { <div aria-live="polite">{move || is_shown.get().then(|| view! { <Part load=sign_in_bar/> })}</div> }
}

crate::part! {
    in signin:
    fn sign_in_bar() -> AnyView {
        view! { <SignInBar/> }.into_any()
    }
}

#[component]
fn SignInBar() -> impl IntoView {
    let sign_in = expect_context::<SignIn>();
    let explanation = move || sign_in.explanation.get().map(|explanation| view! { <ErrorBar explanation=explanation/> });
    view! {
        <div class="sign-in-bar">
            {explanation}
            {move || status_bar(sign_in, sign_in.status.get())}
        </div>
    }
    .into_any()
}

fn status_bar(sign_in: SignIn, status: SignInStatus) -> Option<AnyView> {
    let failed = sign_in.explanation.with(Option::is_some);
    let (title, text, primary_label) = match status {
        SignInStatus::Starting | SignInStatus::SignedIn => return None,
        SignInStatus::SignedOut => (Some(messages::SIGNED_OUT_TITLE), messages::SIGNED_OUT_TEXT, Some(messages::SIGN_IN)),
        SignInStatus::InteractionRequired { second_factor } => {
            let title = if second_factor { messages::ASKED_MORE_TITLE } else { messages::ASKED_AGAIN_TITLE };
            (Some(title), messages::ASKED_AGAIN_TEXT, Some(messages::SIGN_IN))
        }
        SignInStatus::TokenRejected => (None, messages::TOKEN_NOT_ACCEPTED_AGAIN, Some(messages::SIGN_IN)),
        SignInStatus::Redeeming => (None, messages::SIGN_IN_FINISHING, None),
        SignInStatus::PopupOpen => (None, messages::SIGNING_IN_WINDOW, None),
        SignInStatus::PopupClosed => (Some(messages::WINDOW_CLOSED_TITLE), messages::WINDOW_CLOSED_TEXT, Some(messages::SIGN_IN)),
        SignInStatus::Redirecting => (None, messages::SIGNING_IN_LEAVING, None),
    };
    let authority_host = move || {
        let host = sign_in.authority_host.get();
        (matches!(status, SignInStatus::SignedOut | SignInStatus::InteractionRequired { .. }) && !host.is_empty())
            .then(|| view! { <p>{messages::SIGNED_OUT_PLACE.with([&host]).text()}</p> })
    };
    let primary = primary_label.map(|label| {
        let sign_in_again = Callback::new(move |()| sign_in.run(SignInAction::SignIn));
        view! { <Button kind=ButtonKind::Primary on_press=sign_in_again>{label.text()}</Button> }
    });
    let by_redirect = (failed && sign_in.uses_popup && primary_label.is_some()).then(|| {
        let redirect = Callback::new(move |()| sign_in.run(SignInAction::SignInByRedirect));
        view! { <Button on_press=redirect>{messages::SIGN_IN_HERE.text()}</Button> }
    });
    let cancel =
        matches!(status, SignInStatus::PopupOpen | SignInStatus::PopupClosed | SignInStatus::InteractionRequired { .. }).then(|| {
            let stop = Callback::new(move |()| sign_in.run(SignInAction::Cancel));
            view! { <Button on_press=stop>{messages::SIGN_IN_CANCEL.text()}</Button> }
        });
    let bar = view! {
        <MessageBar tone=Tone::Info>
            {title.map(|title| view! { <strong>{title.text()}</strong> })}
            <p>{text.text()}</p>
            {authority_host}
            <div class="actions">{primary}{by_redirect}{cancel}</div>
        </MessageBar>
    };
    Some(bar.into_any())
}

/// The last error, with Entra's own message and ids behind a disclosure.
#[component]
fn ErrorBar(explanation: Explanation) -> impl IntoView {
    let sentence = |sentence: Option<Sentence>| sentence.as_ref().map(Sentence::text).unwrap_or_default();
    let details = vec![
        ServiceWord::said(messages::ERROR_CODE, explanation.code),
        ServiceWord::said(messages::ERROR_MESSAGE, explanation.message),
        ServiceWord::id(messages::CORRELATION_ID, explanation.correlation_id),
        ServiceWord::id(messages::REQUEST_ID, explanation.request_id),
        ServiceWord::id(messages::TRACE_ID, explanation.trace_id),
        ServiceWord::said(messages::SIGN_IN_TIME, explanation.timestamp),
    ];
    view! {
        <MessageBar tone=Tone::Error>
            <strong>{sentence(explanation.title)}</strong>
            <p>{sentence(explanation.advice)}</p>
            <ServiceWords id="entra-words" label=messages::SIGN_IN_DETAILS words=details/>
        </MessageBar>
    }
    .into_any()
}
