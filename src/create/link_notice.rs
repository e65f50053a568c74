//! What a link did to the form: what it filled in, and what can't be used.

use leptos::prelude::*;

use super::form::Form;
use super::link_dialog::link_dialog;
use crate::browser::element;
use crate::controls::{Button, MessageBar, Part, Tone};
use crate::messages;
use crate::provisioning::check::Knowledge;
use crate::provisioning::draft::Draft;
use crate::provisioning::link;
use crate::provisioning::link_changes::{filled, undone};

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
    let labels = filled(&before, &after, &Knowledge::default()).into_iter().map(|one| one.label).collect::<Vec<_>>();
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
        (taken.get() && !labels.is_empty()).then(|| {
            let filled = messages::LINK_FILLED.with([&labels.join(", ")]).text();
            view! {
                <MessageBar tone=Tone::Info>
                    <p>{filled}</p>
                    <div class="actions"><Button on_press=undo>{messages::LINK_UNDO.text()}</Button>{close_button(taken)}</div>
                </MessageBar>
            }
        })
    };
    let unusable = link::unusable(&query);
    let warns = RwSignal::new(!unusable.is_empty());
    let unusable = move || {
        warns.get().then(|| {
            let lines = unusable.iter().map(|sentence| view! { <li>{sentence.text()}</li> }).collect::<Vec<_>>();
            view! {
                <MessageBar tone=Tone::Warning>
                    <strong>{messages::LINK_UNUSABLE.text()}</strong>
                    <ul>{lines}</ul>
                    <div class="actions">{close_button(warns)}</div>
                </MessageBar>
            }
        })
    };
    let dialog = asks.then(|| view! { <Part load=move || link_dialog(form, before.get_value(), after.get_value(), asking, take)/> });
    view! {
        <div class="link-notice">{told} {unusable}</div>
        {dialog}
    }
    .into_any()
}

/// Closes the notice that is shown while `open`.
fn close_button(open: RwSignal<bool>) -> AnyView {
    let close = Callback::new(move |()| {
        open.set(false);
        element::focus("page-title");
    });
    view! { <Button label=messages::CLOSE_NOTICE.text() on_press=close>{messages::CLOSE.text()}</Button> }.into_any()
}
