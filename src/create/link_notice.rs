//! What a link did to the form: what it filled in, what can't be used, and the confirmation before it replaces anything typed.

use leptos::prelude::*;

use super::form::Form;
use super::overwrite::or_not_set;
use crate::browser::element;
use crate::controls::{Button, ButtonKind, Dialog, MessageBar, Tone};
use crate::messages;
use crate::provisioning::draft::Draft;
use crate::provisioning::link;
use crate::provisioning::link_changes::{Filled, filled, undone};
use crate::visible::shown;

/// A link that was opened.
#[derive(Clone, Debug)]
pub struct Opened {
    pub query: String,
    /// The draft before the link.
    pub before: Draft,
    /// The draft with the link's values.
    pub after: Draft,
    /// Whether the link would replace something typed. Then the form still has the draft before it.
    pub asks: bool,
}

crate::part! {
    in azure:
    pub fn link_notice(form: Form, opened: Opened) -> AnyView {
        view! { <LinkNotice form=form opened=opened/> }.into_any()
    }
}

#[component]
fn LinkNotice(form: Form, opened: Opened) -> impl IntoView {
    let Opened { query, before, after, asks } = opened;
    let asking = RwSignal::new(asks);
    let taken = RwSignal::new(!asks);
    let filled = StoredValue::new(filled(&before, &after));
    let (before, after) = (StoredValue::new(before), StoredValue::new(after));
    let take = Callback::new(move |()| {
        form.replace(after.get_value());
        taken.set(true);
        asking.set(false);
    });
    let undo = Callback::new(move |()| {
        let draft = form.draft.with_untracked(|now| before.with_value(|before| after.with_value(|after| undone(now, before, after))));
        form.replace(draft);
        taken.set(false);
        element::focus("page-title");
    });
    let told = move || {
        let names = filled.with_value(|filled| filled.iter().map(|one| one.label.clone()).collect::<Vec<_>>().join(", "));
        (taken.get() && !names.is_empty()).then(|| {
            view! {
                <MessageBar tone=Tone::Info>
                    <p>{messages::LINK_FILLED.with([&names]).text()}</p>
                    <div class="actions"><Button on_press=undo>{messages::LINK_UNDO.text()}</Button></div>
                </MessageBar>
            }
        })
    };
    let unusable = link::unusable(&query);
    let unusable = (!unusable.is_empty()).then(|| {
        let lines = unusable.iter().map(|sentence| view! { <li>{sentence.text()}</li> }).collect::<Vec<_>>();
        view! {
            <MessageBar tone=Tone::Warning>
                <strong>{messages::LINK_UNUSABLE.text()}</strong>
                <ul>{lines}</ul>
            </MessageBar>
        }
    });
    let content = move || view! { <p>{messages::LINK_ASK_TEXT.text()}</p> {filled.with_value(|filled| table(filled))} };
    let actions = move || view! { <Button kind=ButtonKind::Primary on_press=take>{messages::LINK_TAKE.text()}</Button> };
    view! {
        <div class="link-notice">{told} {unusable}</div>
        <Dialog
            id="link"
            title=messages::LINK_ASK_TITLE.text()
            open=asking
            on_close=Callback::new(move |()| asking.set(false))
            content=content
            actions=actions
            dismiss=messages::LINK_KEEP
        />
    }
    .into_any()
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
