//! Signing out, with a question first where something is under way: it is forgotten here.

use leptos::prelude::*;

use super::sign_in::{SignIn, SignInAction};
use crate::controls::{Button, ButtonKind, Dialog};
use crate::messages;
use crate::portal::runs::Runs;

/// The button.
#[component]
pub fn SignOutButton(
    /// The sign-in.
    sign_in: SignIn,
    /// The account in use (`home_account_id`).
    account: String,
) -> impl IntoView {
    let runs = expect_context::<Runs>();
    let asked = RwSignal::new(Vec::<String>::new());
    let open = Signal::derive(move || asked.with(|names| !names.is_empty()));
    let close = Callback::new(move |()| asked.set(Vec::new()));
    let leave = Callback::new(move |()| {
        asked.set(Vec::new());
        sign_in.run(SignInAction::SignOut);
    });
    let press = Callback::new(move |()| {
        let names = runs.under_way(&account);
        if names.is_empty() { leave.run(()) } else { asked.set(names) }
    });
    let content = move || view! { <p>{messages::SIGN_OUT_UNDER_WAY.with([&asked.get().join(", ")]).text()}</p> };
    let actions = move || {
        view! {
            <Button kind=ButtonKind::Danger on_press=leave>{messages::SIGN_OUT.text()}</Button>
        }
    };
    view! {
        <Button on_press=press>{messages::SIGN_OUT.text()}</Button>
        <Dialog id="sign-out" title=messages::SIGN_OUT_TITLE.text() open=open on_close=close content=content actions=actions dismiss=messages::CANCEL/>
    }
    .into_any()
}
