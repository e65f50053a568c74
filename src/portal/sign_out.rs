//! The sign-out button. It asks for confirmation if runs are active, since they are deleted here.

use leptos::prelude::*;

use super::sign_in::{SignIn, SignInAction};
use crate::controls::{Button, ButtonKind, Dialog};
use crate::messages;
use crate::portal::runs::Runs;

#[component]
pub fn SignOutButton(
    sign_in: SignIn,
    /// The current account (`home_account_id`).
    account: String,
) -> impl IntoView {
    let runs = expect_context::<Runs>();
    let active_runs = RwSignal::new(Vec::<String>::new());
    let open = Signal::derive(move || active_runs.with(|names| !names.is_empty()));
    let close = Callback::new(move |()| active_runs.set(Vec::new()));
    let leave = Callback::new(move |()| {
        active_runs.set(Vec::new());
        sign_in.run(SignInAction::SignOut);
    });
    let press = Callback::new(move |()| {
        let names = runs.under_way(&account);
        if names.is_empty() { leave.run(()) } else { active_runs.set(names) }
    });
    let content = move || view! { <p>{messages::SIGN_OUT_UNDER_WAY.with([&active_runs.get().join(", ")]).text()}</p> };
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
