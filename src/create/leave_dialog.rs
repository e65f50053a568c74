//! The dialog that confirms closing a form that has content.

use leptos::prelude::*;

use super::form::Form;
use crate::browser::address;
use crate::controls::{Button, ButtonKind, Dialog};
use crate::messages;
use crate::portal::kept_draft;
use crate::portal::route::Route;

crate::part! {
    in review:
    pub fn leave_dialog(form: Form, open: RwSignal<bool>) -> AnyView {
        view! { <LeaveDialog form=form open=open/> }.into_any()
    }
}

/// Asks whether to discard what was typed.
#[component]
fn LeaveDialog(form: Form, open: RwSignal<bool>) -> impl IntoView {
    let stay = Callback::new(move |()| open.set(false));
    let discard = Callback::new(move |()| {
        open.set(false);
        form.clear();
        kept_draft::forget_cleared();
        address::go(&Route::Home.href());
    });
    let actions = move || {
        view! { <Button kind=ButtonKind::Danger on_press=discard>{messages::DISCARD.text()}</Button> }
    };
    view! {
        <Dialog
            id="leave"
            title=messages::DISCARD_TITLE.text()
            open=open
            on_close=stay
            content=|| view! { <p>{messages::DISCARD_TEXT.text()}</p> }
            actions=actions
            dismiss=messages::KEEP_EDITING
        />
    }
    .into_any()
}
