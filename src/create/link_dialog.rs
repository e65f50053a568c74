//! The confirmation before a link replaces anything typed.

use leptos::prelude::*;

use super::form::Form;
use super::overwrite::or_not_set;
use crate::controls::{Button, ButtonKind, Dialog};
use crate::messages;
use crate::provisioning::draft::Draft;
use crate::provisioning::link_changes::{Filled, filled};
use crate::visible::shown;

crate::part! {
    in review:
    /// Asks while `open`, and calls `take` if the link's values are taken.
    pub(super) fn link_dialog(form: Form, before: Draft, after: Draft, open: RwSignal<bool>, take: Callback<()>) -> AnyView {
        // The names of subscriptions and regions may arrive later than the question.
        let changes = Memo::new(move |_| form.with_offer(|known| filled(&before, &after, known)));
        let content = move || view! { <p>{messages::LINK_ASK_TEXT.text()}</p> {move || changes.with(|changes| table(changes))} };
        let actions = move || view! { <Button kind=ButtonKind::Primary on_press=take>{messages::LINK_TAKE.text()}</Button> };
        view! {
            <Dialog
                id="link"
                title=messages::LINK_ASK_TITLE.text()
                open=open
                on_close=Callback::new(move |()| open.set(false))
                content=content
                actions=actions
                dismiss=messages::LINK_KEEP
            />
        }
        .into_any()
    }
}

fn table(filled: &[Filled]) -> AnyView {
    let rows = filled.iter().map(|one| {
        let Filled { label, before, after } = one.clone();
        view! {
            <tr>
                <th scope="row">{shown(&label).into_owned()}</th>
                <td>{or_not_set(&before)}</td>
                <td>{or_not_set(&after)}</td>
            </tr>
        }
    });
    view! {
        <table class="table changes">
            <thead>
                <tr>
                    <th scope="col">{messages::LINK_ASK_FIELD.text()}</th>
                    <th scope="col">{messages::LINK_ASK_TYPED.text()}</th>
                    <th scope="col">{messages::LINK_ASK_LINK.text()}</th>
                </tr>
            </thead>
            <tbody>{rows.collect::<Vec<_>>()}</tbody>
        </table>
    }
    .into_any()
}
