//! An identity's tab **Locks**: its own ones, and those of its resource group and subscription.

use leptos::prelude::*;

use super::changes::{self, Changes, Outcome, Step, Words, remove_dialog};
use super::kept_edit::LOCK;
use super::lock_calls::{self, Change, scope_of};
use crate::access::lock::{LockDraft, NOTES_MAX, is_name};
use crate::arm::error::ArmError;
use crate::arm::lock::{LOCK_DELETE, LOCK_WRITE, Lock};
use crate::arm::resource_id::ResourceId;
use crate::browser::element;
use crate::browser::task::TaskScope;
use crate::cloud::{Cloud, queries};
use crate::controls::{
    Badge, Button, ButtonKind, Choice, Combobox, DataList, DataRow, Entries, Entry, Field, Glyph, MessageBar, Note, Skeleton, TextInput,
    Tone,
};
use crate::messages::{self, Message};
use crate::portal::failure::Unread;
use crate::visible::shown;

/// The id of the tab's heading.
const TITLE: &str = "locks-title";
/// The id of the button that opens the editor.
const ADD: &str = "add-lock";

const WORDS: Words = Words {
    saved: messages::LOCK_SAVED,
    removed: messages::LOCK_REMOVED,
    meanwhile: messages::LOCK_MEANWHILE,
    unanswered: messages::LOCK_UNANSWERED,
    not_saved: messages::LOCK_NOT_SAVED,
    not_removed: messages::LOCK_NOT_REMOVED,
};

/// The locks that were read, and whether those of the subscription are missing.
#[derive(Clone)]
enum State {
    Reading,
    Read(Vec<Lock>, bool),
    Failed(ArmError),
}

crate::part! {
    in manage:
    pub(super) fn locks(identity: ResourceId) -> AnyView {
        view! { <Locks identity=identity/> }.into_any()
    }
}

#[derive(Clone, Copy)]
struct LockList {
    identity: StoredValue<ResourceId>,
    state: RwSignal<State>,
    changes: Changes,
    edited: RwSignal<Option<LockDraft>>,
}

impl LockList {
    fn read(self, scope: &TaskScope) {
        let (client, read) = self.changes.begin_read();
        let identity = self.identity.get_value();
        scope.spawn(async move {
            let found = lock_calls::read(&client, &identity).await;
            if self.changes.is_latest(read) {
                self.state.set(match found {
                    Ok((locks, is_partial)) => State::Read(locks, is_partial),
                    Err(error) => State::Failed(error),
                });
            }
        });
    }

    fn keep(self) {
        let account = self.changes.account();
        self.identity.with_value(|identity| self.edited.with_untracked(|edited| LOCK.keep(identity, edited.as_ref(), &account)));
    }

    fn update(self, change: impl FnOnce(&mut LockDraft)) {
        self.edited.update(|edited| change(edited.get_or_insert_default()));
        self.keep();
    }

    fn is_read(self) -> bool {
        self.state.with(|state| matches!(state, State::Read(..)))
    }

    fn is_taken(self, name: &str) -> bool {
        let identity = self.identity.get_value();
        self.state.with(|state| {
            let State::Read(locks, _) = state else { return false };
            locks.iter().any(|lock| lock.is_at(&identity) && lock.name.eq_ignore_ascii_case(name))
        })
    }

    /// Makes a change. The editor closes with what was sent, unless it holds something else by then.
    fn change(self, change: Change, scope: TaskScope) {
        let (identity, sent) = (self.identity.get_value(), change.after.clone());
        let (client, of_step) = (self.changes.writer(), identity.clone());
        let step: Step = Box::pin(async move {
            let made = lock_calls::make(&client, &of_step, &change).await;
            Outcome::new(&WORDS, &change.name, change.after.is_some(), made)
        });
        let (of_identity, state) = (identity.clone(), self.state);
        let after = move |all: bool| {
            if all {
                LOCK.close_sent(&of_identity, self.edited, sent.as_ref());
            }
            // The tab may be gone.
            if !state.is_disposed() {
                state.set(State::Reading);
                element::next_frame(Box::new(|| element::focus(TITLE)));
                self.read(&scope);
            }
        };
        self.changes.run(identity, vec![step], Box::new(after));
    }
}

#[component]
fn Locks(identity: ResourceId) -> impl IntoView {
    let cloud = expect_context::<Cloud>();
    let edited = RwSignal::new(LOCK.read(&identity));
    let of_rights = identity.clone();
    let changes = Changes::new(cloud);
    let list = LockList { identity: StoredValue::new(identity), state: RwSignal::new(State::Reading), changes, edited };
    let scope = TaskScope::current();
    list.read(&scope);
    let may = RwSignal::new(None::<bool>);
    scope.spawn(async move { may.set(changes::may(&queries::client(cloud), &of_rights, &[LOCK_WRITE, LOCK_DELETE]).await) });
    let again = {
        let scope = scope.clone();
        Callback::new(move |()| {
            list.state.set(State::Reading);
            changes.outcomes.set(Vec::new());
            element::focus(TITLE);
            list.read(&scope);
        })
    };
    let removed = RwSignal::new(None::<Lock>);
    let remove = {
        let scope = scope.clone();
        Callback::new(move |lock: Lock| {
            let name = lock.name.clone();
            list.change(Change { name, before: Some(lock), after: None }, scope.clone());
        })
    };
    let refused = move || {
        (may.get() == Some(false)).then(|| view! { <MessageBar tone=Tone::Warning><p>{messages::LOCKS_REFUSED.text()}</p></MessageBar> })
    };
    let add = Callback::new(move |()| {
        changes.outcomes.set(Vec::new());
        list.update(|_| {});
        element::next_frame(Box::new(|| element::focus(TITLE)));
    });
    let is_editing = Memo::new(move |_| edited.with(Option::is_some));
    let editor_scope = scope.clone();
    let bar = move || {
        if is_editing.get() {
            return editor(list, editor_scope.clone());
        }
        view! {
            <div class="list-bar">
                <Button id=ADD kind=ButtonKind::Primary icon=Glyph::Add disabled=changes.busy on_press=add>{messages::ADD_LOCK.text()}</Button>
                <Button kind=ButtonKind::Subtle icon=Glyph::Refresh disabled=changes.busy on_press=again>{messages::REFRESH.text()}</Button>
            </div>
        }
        .into_any()
    };
    let content = move || match list.state.get() {
        State::Reading => view! { <Skeleton lines=4/> }.into_any(),
        State::Failed(error) => view! { <Unread error=error sign_in=messages::SIGN_IN_FOR_THIS on_again=again/> }.into_any(),
        State::Read(found, is_partial) => {
            let partial = is_partial.then(|| view! { <p class="quiet">{messages::LOCKS_PARTIAL.text()}</p> });
            let rows = list
                .identity
                .with_value(|identity| found.iter().filter_map(|lock| row(lock, identity, removed, changes.busy)).collect::<Vec<_>>());
            let none = rows.is_empty().then(|| {
                view! {
                    <div class="empty">
                        <p><strong>{messages::LOCKS_NONE.text()}</strong></p>
                        <p class="quiet">{messages::LOCKS_NONE_TEXT.text()}</p>
                    </div>
                }
            });
            view! { {partial}{none}<ul class="credentials">{rows}</ul> }.into_any()
        }
    };
    view! {
        <section class="overview-part">
            <h2 id=TITLE tabindex="-1">{messages::LOCKS_TITLE.text()}</h2>
            <p class="quiet">{messages::LOCKS_TEXT.text()}</p>
            {changes.view()}
        </section>
        {refused}
        {bar}
        {content}
        {remove_dialog("lock-remove", messages::LOCK_REMOVE_TITLE, removed, describe, remove)}
    }
    .into_any()
}

fn describe(lock: &Lock) -> AnyView {
    let name = shown(&lock.name).into_owned();
    view! { <p><strong>{name}</strong></p> <p>{messages::LOCK_REMOVE_TEXT.text()}</p> }.into_any()
}

fn type_name(read_only: bool) -> Message {
    if read_only { messages::LOCK_READ_ONLY } else { messages::LOCK_DELETE }
}

fn row(lock: &Lock, identity: &ResourceId, removed: RwSignal<Option<Lock>>, busy: RwSignal<bool>) -> Option<AnyView> {
    let (is_own, place) = scope_of(lock, identity)?;
    let notes = (!lock.notes.is_empty()).then(|| {
        let notes = shown(&lock.notes).into_owned();
        view! { <DataRow label=messages::LOCK_NOTES.text()><span dir="auto">{notes}</span></DataRow> }
    });
    let button = is_own.then(|| {
        let (label, lock) = (messages::REMOVE.with([&lock.name]).text(), lock.clone());
        let press = Callback::new(move |()| removed.set(Some(lock.clone())));
        view! {
            <div class="actions">
                <Button kind=ButtonKind::Subtle icon=Glyph::Delete disabled=busy label=label on_press=press>{messages::REMOVE_ENTRY.text()}</Button>
            </div>
        }
    });
    let (name, kind) = (shown(&lock.name).into_owned(), type_name(lock.read_only).text());
    let entry = view! {
        <li class="credential">
            <div class="credential-head">
                <h3>{name}</h3>
                <Badge tone=Tone::Info>{kind}</Badge>
            </div>
            <DataList>
                <DataRow label=messages::LOCK_SCOPE.text()>{place}</DataRow>
                {notes}
            </DataList>
            {button}
        </li>
    };
    Some(entry.into_any())
}

/// The form for a new lock.
fn editor(list: LockList, scope: TaskScope) -> AnyView {
    let draft = Memo::new(move |_| list.edited.get().unwrap_or_default());
    let pressed = RwSignal::new(false);
    let name_problem = move || {
        let name = draft.with(|draft| draft.name.trim().to_owned());
        if !is_name(&name) {
            return (pressed.get() || !name.is_empty()).then(|| messages::LOCK_NAME_WRONG.text().into_owned());
        }
        list.is_taken(&name).then(|| messages::LOCK_NAME_TAKEN.with([&name]).text())
    };
    let notes_problem = move || {
        let too_long = draft.with(|draft| draft.notes.chars().count() > NOTES_MAX);
        too_long.then(|| messages::LOCK_NOTES_LONG.with([&NOTES_MAX.to_string()]).text())
    };
    let error = |text: Option<String>| text.map(|text| Note { tone: Tone::Error, text }).into_iter().collect::<Vec<_>>();
    let name_notes = Signal::derive(move || error(name_problem()));
    let notes_notes = Signal::derive(move || error(notes_problem()));
    let type_notes = Signal::derive(move || {
        let read_only = draft.with(|draft| draft.read_only);
        let note = read_only.then(|| Note { tone: Tone::Warning, text: messages::LOCK_READ_ONLY_TEXT.text().into_owned() });
        note.into_iter().collect::<Vec<_>>()
    });
    let save = Callback::new(move |()| {
        pressed.set(true);
        for (notes, id) in [(name_notes, "lock-name"), (notes_notes, "lock-notes")] {
            if notes.with_untracked(|notes| !notes.is_empty()) {
                return element::focus(id);
            }
        }
        let after = draft.get_untracked();
        list.change(Change { name: after.name.trim().to_owned(), before: None, after: Some(after) }, scope.clone());
    });
    let cancel = Callback::new(move |()| {
        list.edited.set(None);
        list.changes.outcomes.set(Vec::new());
        list.keep();
        element::next_frame(Box::new(|| element::focus(ADD)));
    });
    let not_ready = Signal::derive(move || !list.is_read());
    let entries = Entries::new([false, true].map(|read_only| Entry::new(read_only.to_string(), type_name(read_only).text())).into());
    let selected = Signal::derive(move || draft.with(|draft| draft.read_only.to_string()));
    let select = Callback::new(move |id: String| list.update(|draft| draft.read_only = id == "true"));
    let name = Signal::derive(move || draft.with(|draft| draft.name.clone()));
    let notes = Signal::derive(move || draft.with(|draft| draft.notes.clone()));
    let type_name = Callback::new(move |typed| list.update(|draft| draft.name = typed));
    let type_notes_text = Callback::new(move |typed| list.update(|draft| draft.notes = typed));
    view! {
        <section class="credential-editor" aria-labelledby="lock-editor-title">
            <h3 id="lock-editor-title">{messages::ADD_LOCK.text()}</h3>
            <Field id="lock-type" label=messages::LOCK_TYPE.text() notes=type_notes>
                <Combobox entries=Signal::stored(entries) choice=Choice::one(selected, select)/>
            </Field>
            <Field id="lock-name" label=messages::LOCK_NAME.text() required=true notes=name_notes>
                <TextInput value=name on_input=type_name/>
            </Field>
            <Field id="lock-notes" label=messages::LOCK_NOTES.text() info=messages::LOCK_NOTES_INFO.text() notes=notes_notes>
                <TextInput value=notes on_input=type_notes_text/>
            </Field>
            <div class="actions">
                <Button kind=ButtonKind::Primary busy=list.changes.busy disabled=not_ready on_press=save>{messages::SAVE.text()}</Button>
                <Button on_press=cancel disabled=list.changes.busy>{messages::CANCEL.text()}</Button>
            </div>
        </section>
    }
    .into_any()
}
