//! Creating over an identity that is there already: before and after on the review, and a question before it is done.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::check::Answer;
use super::difference::{Change, Row, difference};
use super::form::Form;
use super::sending;
use crate::controls::{Button, ButtonKind, Dialog};
use crate::deployments::runs::Runs;
use crate::messages;
use crate::portal::cloud::Cloud;
use crate::visible::shown;

/// What Create would change of the identity that has this name; nothing where there is none.
fn rows(form: Form) -> Option<Vec<Row>> {
    form.known.with(|known| match &known.existing {
        Answer::Known(Some(existing)) => Some(form.draft.with(|draft| difference(existing, draft, known))),
        _ => None,
    })
}

/// Before and after, where the identity is there already.
#[component]
pub fn Changes(
    /// The form.
    form: Form,
) -> impl IntoView {
    let rows = Memo::new(move |_| rows(form));
    move || {
        rows.get().map(|rows| {
            view! {
                <section class="summary" aria-labelledby="changes-title">
                    <h2 id="changes-title">{messages::CHANGES_TITLE.text()}</h2>
                    {table(&rows)}
                </section>
            }
        })
    }
}

/// Asks once before an existing identity is updated.
#[component]
pub fn UpdateDialog(
    /// The form.
    form: Form,
) -> impl IntoView {
    let (runs, cloud) = (expect_context::<Runs>(), expect_context::<Cloud>());
    let open = form.asks_to_update;
    let close = Callback::new(move |()| open.set(false));
    let update = Callback::new(move |()| {
        open.set(false);
        spawn_local(sending::update(form, runs, cloud));
    });
    let content = move || {
        let draft = form.draft.get_untracked();
        let mut rows = untrack(|| rows(form)).unwrap_or_default();
        rows.retain(|row| row.change != Change::None);
        let changes = if rows.is_empty() { view! { <p>{messages::UPDATE_NOTHING.text()}</p> }.into_any() } else { table(&rows) };
        view! {
            <p>{messages::UPDATE_INTRO.with([&draft.name, &draft.resource_group]).text()}</p>
            {changes}
        }
    };
    let actions = move || view! { <Button kind=ButtonKind::Primary on_press=update>{messages::UPDATE.text()}</Button> };
    view! {
        <Dialog
            id="update"
            title=messages::UPDATE_TITLE.text()
            open=open
            on_close=close
            content=content
            actions=actions
            dismiss=messages::CANCEL
        />
    }
    .into_any()
}

fn table(rows: &[Row]) -> AnyView {
    let rows = rows.iter().map(|row| {
        let Row { label, before, after, change } = row.clone();
        view! {
            <tr data-change=(change != Change::None).then_some("true")>
                <th scope="row">{shown(&label).into_owned()}</th>
                <td>{shown(&before).into_owned()}</td>
                <td>{shown(&after).into_owned()}</td>
                <td>{change.label().text()}</td>
            </tr>
        }
    });
    view! {
        <table class="table changes" aria-label=messages::CHANGES_TITLE.text()>
            <thead>
                <tr>
                    <th scope="col">{messages::CHANGES_PROPERTY.text()}</th>
                    <th scope="col">{messages::CHANGES_BEFORE.text()}</th>
                    <th scope="col">{messages::CHANGES_AFTER.text()}</th>
                    <th scope="col">{messages::CHANGES_CHANGE.text()}</th>
                </tr>
            </thead>
            <tbody>{rows.collect::<Vec<_>>()}</tbody>
        </table>
    }
    .into_any()
}
