//! The Access tab: registries, trusted workloads, and a lock.

use leptos::prelude::*;

use super::access_credentials::Credentials;
use super::access_registries::Registries;
use super::form::Form;
use super::form::access_form::AccessForm;
use crate::access::lock::{LockDraft, NOTES_MAX};
use crate::browser::element;
use crate::cloud::Cloud;
use crate::controls::{Choice, Combobox, Entries, Entry, Field, TextInput};
use crate::messages;
use crate::provisioning::field;

/// The name of a lock that nobody has named.
const LOCK_NAME: &str = "do-not-delete";

crate::part! {
    in access:
    pub fn access_tab(form: Form, cloud: Cloud) -> AnyView {
        let access = form.with_access(cloud);
        view! { <AccessTab form=form access=access/> }.into_any()
    }
}

crate::part! {
    in access:
    /// Checks what was chosen before, such as before a reload, without showing the tab.
    fn load(form: Form, cloud: Cloud) -> () {
        form.with_access(cloud);
    }
}

/// Checks what is chosen, although the tab was never opened, once something is.
pub fn keep(form: Form, cloud: Cloud) {
    let is_due = Memo::new(move |_| form.with_rest(|draft| !draft.access.is_empty()) && !form.has_access());
    Effect::new(move |_| {
        // After a failure, opening a tab tries again.
        form.tab.track();
        if is_due.get() {
            leptos::reactive::spawn_local_scoped_with_cancellation(async move {
                // Until it is loaded, a problem of the form says so.
                let _ = load(form, cloud).await;
            });
        }
    });
}

#[component]
fn AccessTab(form: Form, access: AccessForm) -> impl IntoView {
    view! {
        <p class="form-intro">{messages::ACCESS_INTRO.text()}</p>
        <Registries form=form access=access/>
        <Credentials form=form access=access/>
        <section class="form-section" aria-labelledby="protect">
            <h2 id="protect">{messages::PROTECT_TITLE.text()}</h2>
            <p>{messages::PROTECT_TEXT.text()}</p>
            <Lock form=form access=access/>
        </section>
    }
    .into_any()
}

#[component]
fn Lock(form: Form, access: AccessForm) -> impl IntoView {
    let is_locked = Memo::new(move |_| access.draft.with(|draft| draft.lock.is_some()));
    let choose = move |event| {
        let chosen = event_target_checked(&event);
        form.write_access(|draft| draft.lock = chosen.then(|| LockDraft { name: LOCK_NAME.to_owned(), ..LockDraft::default() }));
        if chosen {
            element::next_frame(Box::new(|| element::focus(&field::Field::Lock.control())));
        }
    };
    let fields = move || is_locked.get().then(|| view! { <LockFields form=form access=access/> });
    view! {
        <div class="check-row">
            <input id="lock" type="checkbox" prop:checked=move || is_locked.get() on:change=choose/>
            <label for="lock">{messages::LOCK_THIS.text()}</label>
        </div>
        {fields}
    }
    .into_any()
}

#[component]
fn LockFields(form: Form, access: AccessForm) -> impl IntoView {
    let read = move |read: fn(&LockDraft) -> String| {
        Signal::derive(move || access.draft.with(|draft| draft.lock.as_ref().map(read).unwrap_or_default()))
    };
    let write = move |write: fn(&mut LockDraft, String)| {
        Callback::new(move |text: String| {
            form.write_access(|draft| {
                if let Some(lock) = &mut draft.lock {
                    write(lock, text);
                }
            });
        })
    };
    let leave = Callback::new(move |()| form.leave(field::Field::Lock));
    let kinds =
        Entries::new(vec![Entry::new("delete", messages::LOCK_DELETE.text()), Entry::new("read-only", messages::LOCK_READ_ONLY.text())]);
    let kind = read(|lock| if lock.read_only { "read-only" } else { "delete" }.to_owned());
    let select = write(|lock, kind| lock.read_only = kind == "read-only");
    let stops = move || {
        access.draft.with(|draft| draft.lock.as_ref().is_some_and(|lock| lock.read_only)).then(|| {
            view! { <p class="quiet">{messages::LOCK_READ_ONLY_TEXT.text()}</p> }
        })
    };
    view! {
        <Field id="lock-name" label=messages::LOCK_NAME.text() required=true notes=form.notes(field::Field::Lock) on_leave=leave>
            <TextInput value=read(|lock| lock.name.clone()) on_input=write(|lock, name| lock.name = name)/>
        </Field>
        <Field id="lock-kind" label=messages::LOCK_TYPE.text()>
            <Combobox entries=Signal::stored(kinds) choice=Choice::one(kind, select)/>
        </Field>
        {stops}
        <Field id="lock-notes" label=messages::LOCK_NOTES.text() info=messages::LOCK_NOTES_INFO.text()>
            <TextInput value=read(|lock| lock.notes.clone()) on_input=write(|lock, notes| lock.notes = notes.chars().take(NOTES_MAX).collect())/>
        </Field>
    }
    .into_any()
}
