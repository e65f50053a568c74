//! The form for a role on a registry: the registry, what the identity may do there, and the role that this makes.

use leptos::prelude::*;

use super::access_list::{AccessList, NamedChange, Place};
use crate::access::assign::AssignmentChange;
use crate::access::check::{Finding, Input, Known, Step, Wanted, check, takes_repositories, typed_repositories};
use crate::access::role::{RegistryRight, RegistryRole};
use crate::arm::resource_id::ResourceId;
use crate::arm::role_assignment::RoleAssignment;
use crate::browser::element;
use crate::browser::task::TaskScope;
use crate::cloud::identity_list::LoadState;
use crate::cloud::registry_list::{RegistryList, RegistryRow};
use crate::controls::field::note_view;
use crate::controls::{
    Button, ButtonKind, Choice, CodeBlock, Combobox, DataList, DataRow, Entries, Entry, Field, Note, Supply, TextInput, Tone,
};
use crate::messages::{self, Message};
use crate::portal::registry_choice::{entry, entry_id};
use crate::severity::Severity;
use crate::visible::shown;

/// The ids of the inputs' controls.
const REGISTRY: &str = "access-registry";
const RIGHT: &str = "access-right";
const REPOSITORIES: &str = "access-repositories";

/// The editor's state. Everything is derived from what is typed and from what was read.
#[derive(Clone, Copy)]
struct Editor {
    list: AccessList,
    registries: RegistryList,
    /// The chosen registry, once it is read.
    row: Memo<Option<RegistryRow>>,
    right: Memo<RegistryRight>,
    repositories: Memo<String>,
    findings: Memo<Vec<Finding>>,
    /// What has to be done. `None` while that isn't known, or if something is wrong.
    step: Memo<Option<Step>>,
    /// Whether Save was pressed.
    pressed: RwSignal<bool>,
}

impl Editor {
    fn new(list: AccessList) -> Self {
        let registries = RegistryList::new(list.cloud, list.identity.with_value(ResourceId::subscription));
        let draft = Memo::new(move |_| list.edited.get().unwrap_or_default());
        let row = Memo::new(move |_| {
            let id = draft.with(|draft| ResourceId::parse(&draft.registry))?;
            registries.rows.with(|rows| rows.iter().find(|row| row.registry.id == id).cloned())
        });
        let right = Memo::new(move |_| draft.with(|draft| draft.right));
        let repositories = Memo::new(move |_| draft.with(|draft| draft.repositories.clone()));
        let findings = Memo::new(move |_| {
            with_wanted(row, right, repositories, |wanted| {
                list.place.with(|place| match place {
                    Place::Read(id, assignments, permission) if *id == wanted.registry.id => {
                        let assignments = assignments.as_deref().unwrap_or_default();
                        check(wanted, Known { assignments, permission: Some(*permission) })
                    }
                    _ => check(wanted, Known::default()),
                })
            })
            .unwrap_or_default()
        });
        let step = Memo::new(move |_| {
            with_wanted(row, right, repositories, |wanted| {
                list.place.with(|place| match place {
                    Place::Read(id, assignments, _) if *id == wanted.registry.id => {
                        list.identity.with_value(|identity| wanted.step(identity, assignments.as_deref().unwrap_or_default()))
                    }
                    _ => None,
                })
            })
            .flatten()
        });
        Self { list, registries, row, right, repositories, findings, step, pressed: RwSignal::new(false) }
    }

    fn notes(self, input: Input) -> Signal<Vec<Note>> {
        Signal::derive(move || {
            let mut notes = Vec::new();
            let (findings, pressed) = (self.findings.get(), self.pressed.get());
            for finding in findings.into_iter().filter(|finding| finding.input == input) {
                let tone = match finding.severity {
                    // That it is there already is no mistake.
                    Severity::Blocks if finding.input == Input::Right && !pressed => Tone::Info,
                    Severity::Blocks => Tone::Error,
                    Severity::Warns => Tone::Warning,
                    Severity::Informs => Tone::Info,
                };
                notes.push(Note { tone, text: finding.sentence.text() });
            }
            if input == Input::Registry {
                notes.extend(self.registry_notes());
            }
            notes
        })
    }

    fn registry_notes(self) -> Vec<Note> {
        let is_chosen = self.list.edited.with(|edited| edited.as_ref().is_some_and(|draft| !draft.registry.is_empty()));
        let mut notes = Vec::new();
        if self.pressed.get() && !is_chosen {
            notes.push(Note { tone: Tone::Error, text: messages::REGISTRY_CHOOSE.text().into_owned() });
        }
        let is_rested = self.registries.reading.with(|reading| *reading == LoadState::Rested);
        if is_rested && is_chosen && self.row.with(Option::is_none) && self.registries.left() == 0 {
            notes.push(Note { tone: Tone::Error, text: messages::REGISTRY_MISSING.text().into_owned() });
        }
        let unread = self.registries.unread.get();
        if !unread.is_empty() {
            notes.push(Note { tone: Tone::Warning, text: messages::REGISTRIES_UNREAD.with([&unread.join(", ")]).text() });
        }
        let is_unknown = self.list.place.with(|place| matches!(place, Place::Read(_, None, _)));
        if is_unknown {
            notes.push(Note { tone: Tone::Info, text: messages::ROLES_UNREAD.text().into_owned() });
        }
        notes
    }

    fn save(self, scope: &TaskScope) {
        self.pressed.set(true);
        let list = self.list;
        let Some(row) = self.row.get_untracked() else { return element::focus(REGISTRY) };
        let blocking = self
            .findings
            .with_untracked(|findings| findings.iter().find(|finding| finding.severity == Severity::Blocks).map(|finding| finding.input));
        if let Some(input) = blocking {
            return element::focus(match input {
                Input::Registry => REGISTRY,
                Input::Right => RIGHT,
                Input::Repositories => REPOSITORIES,
            });
        }
        let (before, after) = match self.step.get_untracked() {
            Some(Step::Add(after)) => (None, after),
            Some(Step::Change(before, after)) => (Some(before), after),
            Some(Step::Nothing) | None => return,
        };
        let role = with_wanted(self.row, self.right, self.repositories, |wanted| wanted.role().name).unwrap_or_default();
        let name = messages::ROLE_ON.with([role, &row.registry.name]).text();
        let change = AssignmentChange { principal: list.principal.get_value(), before, after: Some(after) };
        list.change(NamedChange { name, change }, list.edited.get_untracked(), scope.clone());
    }
}

/// Calls `then` with what is wanted, once a registry is chosen and read. Tracked.
fn with_wanted<R>(
    row: Memo<Option<RegistryRow>>,
    right: Memo<RegistryRight>,
    repositories: Memo<String>,
    then: impl FnOnce(&Wanted<'_>) -> R,
) -> Option<R> {
    row.with(|row| {
        let registry = &row.as_ref()?.registry;
        Some(repositories.with(|repositories| then(&Wanted { registry, right: right.get(), repositories })))
    })
}

pub(super) fn access_editor(list: AccessList, scope: TaskScope) -> AnyView {
    let editor = Editor::new(list);
    editor.registries.start();
    list.look(&scope);
    let is_reading = move || list.place.with(|place| matches!(place, Place::Reading(_)));
    let not_ready = Signal::derive(is_reading);
    let limits = Memo::new(move |_| editor.row.with(|row| row.as_ref().is_some_and(|row| takes_repositories(&row.registry))));
    let repositories = move || limits.get().then(|| repositories_field(editor));
    let registry = registry_field(editor, scope.clone());
    let save = Callback::new(move |()| editor.save(&scope));
    let cancel = Callback::new(move |()| list.close());
    let checking = move || is_reading().then(|| view! { <p class="quiet">{messages::ACCESS_CHECKING.text()}</p> });
    let title = move || {
        let is_there = editor.step.with(|step| matches!(step, Some(Step::Nothing | Step::Change(..))));
        if is_there { messages::ROLE_CHANGE_TITLE } else { messages::ADD_REGISTRY }.text()
    };
    view! {
        <section class="credential-editor" aria-labelledby="access-editor-title">
            <h3 id="access-editor-title">{title}</h3>
            {registry}
            {right_field(editor)}
            {repositories}
            <div role="status">{checking}</div>
            {move || result(editor)}
            <div class="actions">
                <Button kind=ButtonKind::Primary busy=list.changes.busy disabled=not_ready on_press=save>{messages::SAVE.text()}</Button>
                <Button on_press=cancel disabled=list.changes.busy>{messages::CANCEL.text()}</Button>
            </div>
        </section>
    }
    .into_any()
}

fn registry_field(editor: Editor, scope: TaskScope) -> AnyView {
    let (list, registries) = (editor.list, editor.registries);
    let entries = Memo::new(move |_| registries.rows.with(|rows| Entries::new(rows.iter().map(entry).collect())));
    let supply = Signal::derive(move || match registries.reading.get() {
        LoadState::UnderWay => Supply::Loading,
        LoadState::Rested => Supply::Complete,
        LoadState::Failed(_) => Supply::Failed,
    });
    let selected = Signal::derive(move || {
        let typed = list.edited.with(|edited| edited.as_ref().map(|draft| draft.registry.clone()).unwrap_or_default());
        // Until it is read, its name.
        editor.row.with(|row| row.as_ref().map_or_else(|| typed.rsplit('/').next().unwrap_or_default().to_owned(), entry_id))
    });
    let select = Callback::new(move |id: String| {
        let chosen = registries.rows.with_untracked(|rows| {
            rows.iter().find(|row| entry_id(row).eq_ignore_ascii_case(&id)).map(|row| row.registry.id.as_str().to_owned())
        });
        if let Some(chosen) = chosen {
            list.update(|draft| draft.registry = chosen);
            list.look(&scope);
        }
    });
    let more = move || {
        let left = registries.left();
        let is_rested = registries.reading.with(|reading| *reading == LoadState::Rested);
        (is_rested && left > 0).then(|| {
            let text = messages::READ_MORE.with([&left.to_string()]).text();
            view! { <Button kind=ButtonKind::Link on_press=Callback::new(move |()| registries.go_on())>{text}</Button> }
        })
    };
    view! {
        <Field id=REGISTRY label=messages::REGISTRY.text() required=true info=messages::REGISTRY_INFO.text() notes=editor.notes(Input::Registry)>
            <Combobox
                entries=entries
                supply=supply
                choice=Choice::one(selected, select)
                on_retry=Callback::new(move |()| registries.start())
                placeholder=messages::REGISTRY_PLACEHOLDER.text()
                empty=messages::REGISTRIES_NONE.text().into_owned()
            />
            {more}
        </Field>
    }
    .into_any()
}

fn right_field(editor: Editor) -> AnyView {
    let entries: Vec<_> =
        RegistryRight::ALL.iter().enumerate().map(|(at, right)| Entry::new(at.to_string(), right.label().text())).collect();
    let entries = Entries::new(entries);
    let selected = Signal::derive(move || {
        let right = editor.right.get();
        RegistryRight::ALL.iter().position(|one| *one == right).unwrap_or_default().to_string()
    });
    let select = Callback::new(move |at: String| {
        if let Some(right) = at.parse().ok().and_then(|at: usize| RegistryRight::ALL.get(at).copied()) {
            editor.list.update(|draft| draft.right = right);
        }
    });
    view! {
        <Field id=RIGHT label=messages::RIGHT.text() notes=editor.notes(Input::Right)>
            <Combobox entries=Signal::stored(entries) choice=Choice::one(selected, select)/>
        </Field>
    }
    .into_any()
}

fn repositories_field(editor: Editor) -> AnyView {
    let typed = Callback::new(move |typed| editor.list.update(|draft| draft.repositories = typed));
    view! {
        <Field
            id=REPOSITORIES
            label=messages::REPOSITORIES.text()
            info=messages::REPOSITORIES_INFO.text()
            notes=editor.notes(Input::Repositories)
        >
            <TextInput value=editor.repositories on_input=typed placeholder=messages::REPOSITORIES_ALL.text()/>
        </Field>
    }
    .into_any()
}

/// The role that it will be, why, and what changes.
fn result(editor: Editor) -> Option<AnyView> {
    let told = with_wanted(editor.row, editor.right, editor.repositories, |wanted| {
        (wanted.role(), wanted.reason(), takes_repositories(wanted.registry))
    })?;
    let (role, reason, is_limitable) = told;
    let step = editor.step.get();
    let repositories = |condition: Option<&str>| match typed_repositories(role, condition) {
        Some(all) if all.is_empty() => messages::REPOSITORIES_ALL.text().into_owned(),
        Some(some) => some,
        None => messages::REPOSITORIES_OTHER_CONDITION.with([condition.unwrap_or_default()]).text(),
    };
    let data = |label: Message, value: String| {
        let value = shown(&value).into_owned();
        view! { <DataRow label=label.text()><span dir="auto">{value}</span></DataRow> }.into_any()
    };
    let mut rows = vec![
        data(messages::ROLE, role.name.to_owned()),
        data(messages::ROLE_WHY, reason.text().into_owned()),
        data(messages::ALLOWS, role.also.text().into_owned()),
    ];
    let mut condition = None;
    match &step {
        Some(Step::Add(after)) if is_limitable => {
            rows.push(data(messages::REPOSITORIES, repositories(after.condition.as_deref())));
            condition.clone_from(&after.condition);
        }
        Some(Step::Change(before, after)) => {
            rows.push(data(messages::REPOSITORIES_BEFORE, repositories(before.condition.as_deref())));
            rows.push(data(messages::REPOSITORIES_AFTER, repositories(after.condition.as_deref())));
            condition.clone_from(&after.condition);
        }
        _ => {}
    }
    let condition = condition.map(|text| {
        view! {
            <h4>{messages::CONDITION.text()}</h4>
            <CodeBlock label=messages::CONDITION.text() text=text/>
        }
    });
    let lost = match &step {
        Some(Step::Change(before, after)) => lost(before, after.condition.as_deref(), role),
        _ => None,
    };
    let view = view! {
        <section class="credential-result">
            <h4>{messages::ROLE_RESULT.text()}</h4>
            <DataList>{rows}</DataList>
            {condition}
            {lost}
        </section>
    };
    Some(view.into_any())
}

/// That a change takes repositories away.
fn lost(before: &RoleAssignment, after: Option<&str>, role: RegistryRole) -> Option<AnyView> {
    let split = |condition: Option<&str>| -> Option<Vec<String>> {
        Some(typed_repositories(role, condition)?.split(", ").filter(|one| !one.is_empty()).map(str::to_owned).collect())
    };
    let after = split(after)?;
    let text = match split(before.condition.as_deref()) {
        _ if after.is_empty() => return None,
        Some(before) if before.is_empty() => messages::REPOSITORIES_ALL_LOST.text().into_owned(),
        Some(before) => {
            let gone: Vec<_> = before.into_iter().filter(|one| !after.contains(one)).collect();
            if gone.is_empty() {
                return None;
            }
            messages::REPOSITORIES_LOST.with([&gone.join(", ")]).text()
        }
        None => return None,
    };
    Some(note_view(Note { tone: Tone::Warning, text }))
}
