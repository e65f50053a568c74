//! Creating over an identity that exists or may exist: the changes on the review, and a confirmation.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::form::Form;
use super::sending;
use crate::cloud::Cloud;
use crate::controls::{Button, ButtonKind, Dialog};
use crate::messages;
use crate::portal::runs::Runs;
use crate::provisioning::check::PreflightResult;
use crate::provisioning::difference::{Change, DifferenceRow, difference};
use crate::visible::shown;

/// What Create would change in the existing identity with this name; `None` if there is none.
fn rows(form: Form) -> Option<Vec<DifferenceRow>> {
    form.known.with(|known| match &known.existing {
        PreflightResult::Known(Some(existing)) => Some(form.draft.with(|draft| difference(existing, draft, known))),
        _ => None,
    })
}

crate::part! {
    in review:
    /// Keeps whether Create would change anything in the existing identity up to date.
    pub(super) fn keep_compared(form: Form) -> () {
        Effect::new(move |_| form.learn_changes_nothing(rows(form).is_some_and(|rows| rows.iter().all(|row| row.change == Change::None))));
    }
}

/// The values before and after, if the identity exists.
#[component]
pub fn Changes(form: Form) -> impl IntoView {
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

/// Why it is unknown whether an identity with this name exists; `None` if it is known.
fn unknown(form: Form) -> Option<String> {
    form.known.with(|known| match &known.existing {
        PreflightResult::Known(_) => None,
        PreflightResult::Unknown(why) => Some(why.clone()),
        // It stays pending only if a sign-in is needed first.
        PreflightResult::Pending => Some(messages::REASON_SIGN_IN.text().into_owned()),
    })
}

/// Asks for confirmation before Create updates an identity that exists or may exist.
#[component]
pub fn UpdateDialog(form: Form) -> impl IntoView {
    let (runs, cloud) = (expect_context::<Runs>(), expect_context::<Cloud>());
    let open = form.asks_to_update;
    let close = Callback::new(move |()| form.close_question());
    let update = Callback::new(move |()| {
        form.close_question();
        spawn_local(sending::update(form, runs, cloud));
    });
    // The state when the dialog opened, so that its question doesn't change while it is open.
    let unsure =
        Memo::new(move |before: Option<&Option<String>>| if open.get() { untrack(|| unknown(form)) } else { before.cloned().flatten() });
    move || {
        let why = unsure.get();
        let (title, go) = match why {
            Some(_) => (messages::UPDATE_UNSURE_TITLE, messages::UPDATE_UNSURE_GO),
            None => (messages::UPDATE_TITLE, messages::UPDATE),
        };
        let content = move || match &why {
            Some(why) => unsure_text(form, why),
            None => changes(form),
        };
        let actions = move || view! { <Button kind=ButtonKind::Primary on_press=update>{go.text()}</Button> };
        view! {
            <Dialog
                id="update"
                title=title.text()
                open=open
                on_close=close
                content=content
                actions=actions
                dismiss=messages::CANCEL
            />
        }
    }
}

fn unsure_text(form: Form, why: &str) -> AnyView {
    let draft = form.draft.get_untracked();
    view! { <p>{messages::UPDATE_UNSURE.with([draft.name.as_str(), &draft.resource_group, why]).text()}</p> }.into_any()
}

fn changes(form: Form) -> AnyView {
    let draft = form.draft.get_untracked();
    let mut rows = untrack(|| rows(form)).unwrap_or_default();
    rows.retain(|row| row.change != Change::None);
    let (intro, changes) = if rows.is_empty() { (messages::UPDATE_NOTHING, None) } else { (messages::UPDATE_INTRO, Some(table(&rows))) };
    view! {
        <p>{intro.with([&draft.name, &draft.resource_group]).text()}</p>
        {changes}
    }
    .into_any()
}

/// A value, or the text for an empty one.
pub(super) fn or_not_set(value: &str) -> AnyView {
    if value.is_empty() {
        return view! { <span class="quiet">{messages::NOT_SET.text()}</span> }.into_any();
    }
    shown(value).into_owned().into_any()
}

fn table(rows: &[DifferenceRow]) -> AnyView {
    let rows = rows.iter().map(|row| {
        let DifferenceRow { label, before, after, change } = row.clone();
        view! {
            <tr data-change=(change != Change::None).then_some("true")>
                <th scope="row">{shown(&label).into_owned()}</th>
                <td>{or_not_set(&before)}</td>
                <td>{or_not_set(&after)}</td>
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
