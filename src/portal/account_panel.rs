//! The account: who is signed in. In Preview nobody is, and what was made there can be forgotten.

use leptos::prelude::*;

use super::cloud::ResetPreview;
use crate::browser::address;
use crate::controls::{Button, ButtonKind, Dialog, Glyph};
use crate::messages;

/// The panel.
#[component]
pub fn AccountPanel() -> impl IntoView {
    let reset = use_context::<ResetPreview>();
    let text = if reset.is_some() { messages::ACCOUNT_PREVIEW } else { messages::ACCOUNT_LIVE };
    view! {
        <h2 class="panel-title">{messages::ACCOUNT.text()}</h2>
        <p><strong>{messages::ACCOUNT_NOBODY.text()}</strong></p>
        <p>{text.text()}</p>
        {reset.map(|reset| view! { <ResetButton reset=reset/> })}
    }
    .into_any()
}

/// Asks once, then forgets and begins again.
#[component]
fn ResetButton(reset: ResetPreview) -> impl IntoView {
    let open = RwSignal::new(false);
    let close = Callback::new(move |()| open.set(false));
    let go = Callback::new(move |()| {
        (reset.0)();
        address::reload();
    });
    let actions = move || {
        view! {
            <Button kind=ButtonKind::Danger on_press=go>{messages::RESET.text()}</Button>
            <Button on_press=close>{messages::CANCEL.text()}</Button>
        }
    };
    view! {
        <div class="panel-actions">
            <Button icon=Glyph::Refresh on_press=Callback::new(move |()| open.set(true))>{messages::RESET_PREVIEW.text()}</Button>
        </div>
        <Dialog
            id="reset-preview"
            title=messages::RESET_TITLE.text()
            open=open
            on_close=close
            content=|| view! { <p>{messages::RESET_TEXT.text()}</p> }
            actions=actions
        />
    }
    .into_any()
}
