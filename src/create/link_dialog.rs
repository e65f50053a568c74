//! The confirmation before a link replaces anything typed.

use leptos::prelude::*;

use super::overwrite::or_not_set;
use crate::controls::{Button, ButtonKind, Dialog};
use crate::messages;
use crate::provisioning::link_changes::Filled;
use crate::visible::shown;

crate::part! {
    in review:
    /// Asks while `open`, and calls `take` if the link's values are taken.
    pub(super) fn link_dialog(filled: Vec<Filled>, open: RwSignal<bool>, take: Callback<()>) -> AnyView {
        let content = move || view! { <p>{messages::LINK_ASK_TEXT.text()}</p> {table(&filled)} };
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
