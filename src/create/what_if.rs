//! Azure's prediction (what-if) of the deployment's changes, requested on demand.

use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation as spawn;

use super::form::Form;
use crate::arm::deployment::Change;
use crate::arm::error::ArmError;
use crate::browser::clock;
use crate::cloud::{Cloud, queries};
use crate::code;
use crate::controls::{CodeBlock, CopyButton, DataList, DataRow, Disclosure, MessageBar, ProgressLine, Tone};
use crate::messages::{self, Message};
use crate::provisioning::explain::explain;
use crate::provisioning::progress::Progress;
use crate::provisioning::run;
use crate::visible::shown;

/// The id of the disclosure.
const ID: &str = "what-if";

/// The state of the request.
#[derive(Clone, Default)]
enum Outlook {
    #[default]
    Asking,
    Changes(Vec<Change>),
    /// Azure accepted the request, but a browser can't read the result.
    Unreadable,
    Failed(ArmError),
}

/// A disclosure: opening it sends the request, closing it discards the answer.
#[component]
pub fn WhatIf(
    /// The form, without blocking problems.
    form: Form,
) -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <Disclosure
            id=ID
            label=messages::WHAT_IF.text()
            open=open
            on_toggle=Callback::new(move |next| open.set(next))
            content=move || view! { <Answer form=form/> }
        />
    }
    .into_any()
}

#[component]
fn Answer(form: Form) -> impl IntoView {
    let cloud = expect_context::<Cloud>();
    let outlook = RwSignal::new(Outlook::default());
    form.announce(messages::WHAT_IF_ASKING.text().into_owned());
    spawn(async move {
        let Some(plan) = form.plan() else { return };
        let answer = run::what_if(&queries::client(cloud), &plan, &Progress::new(&plan, clock::now())).await;
        form.announce(match &answer {
            Ok(Some(changes)) => messages::WHAT_IF_ANSWERED.with([&changes.len().to_string()]).text(),
            Ok(None) => messages::WHAT_IF_UNREADABLE.text().into_owned(),
            // The error message is an alert itself.
            Err(_) => String::new(),
        });
        outlook.set(match answer {
            Ok(Some(changes)) => Outlook::Changes(changes),
            Ok(None) => Outlook::Unreadable,
            Err(error) => Outlook::Failed(error),
        });
    });
    move || match outlook.get() {
        Outlook::Asking => view! { <ProgressLine label=messages::WHAT_IF_ASKING.text().into_owned()/> }.into_any(),
        Outlook::Changes(changes) => changed(changes),
        Outlook::Unreadable => by_command(form),
        Outlook::Failed(error) => {
            let told = explain(&error);
            view! { <MessageBar tone=Tone::Error>{told.title.text()}" "{told.advice.text()}</MessageBar> }.into_any()
        }
    }
}

fn changed(changes: Vec<Change>) -> AnyView {
    if changes.is_empty() {
        return view! { <p>{messages::WHAT_IF_EMPTY.text()}</p> }.into_any();
    }
    let rows = changes.into_iter().map(|change| {
        let words = words(&change.kind).map_or_else(|| shown(&change.kind).into_owned(), |words| words.text().into_owned());
        let id = shown(&change.resource_id).into_owned();
        let name = id.rsplit('/').next().unwrap_or_default().to_owned();
        let delta = change.delta.iter().map(|change| {
            let value = |value: &Option<String>| match value {
                Some(value) => shown(value).into_owned(),
                None => messages::WHAT_IF_NO_VALUE.text().into_owned(),
            };
            view! { <li>{messages::WHAT_IF_DELTA.with([&shown(&change.path), &value(&change.before), &value(&change.after)]).text()}</li> }
        });
        let delta = delta.collect::<Vec<_>>();
        view! { <DataRow label=name>{words}<p class="small">{id}</p><ul class="what-if-delta">{delta}</ul></DataRow> }
    });
    view! { <DataList>{rows.collect::<Vec<_>>()}</DataList> }.into_any()
}

/// Our text for ARM's change type; `None` if the type is unknown.
fn words(kind: &str) -> Option<Message> {
    Some(match kind {
        "Create" => messages::CHANGE_CREATE,
        "Modify" | "Deploy" => messages::CHANGE_MODIFY,
        "NoChange" => messages::CHANGE_NONE,
        "Ignore" => messages::CHANGE_IGNORE,
        "Delete" => messages::CHANGE_DELETE,
        "Unsupported" => messages::CHANGE_UNSUPPORTED,
        _ => return None,
    })
}

/// The command that shows the changes, where the page can't.
fn by_command(form: Form) -> AnyView {
    let command = form.plan().map(|plan| code::what_if(&plan)).unwrap_or_default();
    view! {
        <p>{messages::WHAT_IF_UNREADABLE.text()}</p>
        <div class="code-with-copy">
            <CodeBlock label=messages::AZURE_CLI.text() text=Signal::stored(command.clone())/>
            <CopyButton text=Signal::stored(command) what=messages::AZURE_CLI.text()/>
        </div>
    }
    .into_any()
}
