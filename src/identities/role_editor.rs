//! The form for another role: where it applies, and which role it is.

use leptos::prelude::*;

use super::access_list::{AccessList, EditedRole, NamedChange, Place, RoleDraft};
use super::role_lists::RoleLists;
use crate::access::assign::AssignmentChange;
use crate::access::check::Known;
use crate::access::listing::{Scope, scope_name};
use crate::access::role_check::{is_privileged, of_role, of_scope};
use crate::arm::guid::Guid;
use crate::arm::role_assignment::NewRoleAssignment;
use crate::arm::role_definition::RoleDefinition;
use crate::arm::subscription::Subscription;
use crate::browser::element;
use crate::browser::task::TaskScope;
use crate::controls::{Button, ButtonKind, Choice, Combobox, DataList, DataRow, Dialog, Entries, Entry, Field, Note, Supply, Tone};
use crate::messages::{self, Message, Sentence};
use crate::severity::Severity;
use crate::visible::shown;

/// The ids of the inputs' controls.
const SUBSCRIPTION: &str = "access-subscription";
const GROUP: &str = "access-group";
const ROLE: &str = "access-role";
/// The entry for the whole subscription, which no group can be named like.
const WHOLE: &str = "*";
/// How many of a role's actions are shown.
const ACTIONS_SHOWN: usize = 8;

#[derive(Clone, Copy)]
struct Editor {
    list: AccessList,
    lists: RoleLists,
    draft: Memo<RoleDraft>,
    /// The chosen role, once it is read.
    role: Memo<Option<RoleDefinition>>,
    /// Whether Save was pressed.
    pressed: RwSignal<bool>,
    /// Whether the second look at a privileged role is open.
    asked: RwSignal<bool>,
}

impl Editor {
    fn new(list: AccessList) -> Self {
        let lists = RoleLists::new(list.cloud);
        let draft = Memo::new(move |_| list.edited.with(|edited| edited.as_ref().and_then(|draft| draft.role.clone())).unwrap_or_default());
        let role = Memo::new(move |_| {
            let id = draft.with(|draft| draft.role.clone());
            lists.roles.with(|roles| roles.iter().find(|role| role.id == id).cloned())
        });
        Self { list, lists, draft, role, pressed: RwSignal::new(false), asked: RwSignal::new(false) }
    }

    fn update(self, change: impl FnOnce(&mut RoleDraft)) {
        self.list.update(|draft: &mut EditedRole| {
            if let Some(role) = &mut draft.role {
                change(role);
            }
        });
    }

    /// Calls `then` with what is known of the chosen scope.
    fn with_known<R>(self, then: impl FnOnce(Known<'_>) -> R) -> R {
        self.list.place.with(|place| match place {
            Place::Read(_, assignments, permission) => {
                then(Known { assignments: assignments.as_deref().unwrap_or_default(), permission: Some(*permission) })
            }
            _ => then(Known::default()),
        })
    }

    fn findings(self) -> Vec<(Severity, Sentence)> {
        let Some((role, scope)) = self.role.get().zip(self.draft.with(RoleDraft::scope)) else { return Vec::new() };
        self.with_known(|known| of_role(&role, &scope, known))
    }

    fn role_notes(self) -> Vec<Note> {
        let is_chosen = self.draft.with(|draft| !draft.role.is_empty());
        let mut notes = self.findings().into_iter().map(|(severity, sentence)| note(severity, &sentence)).collect::<Vec<_>>();
        if self.pressed.get() && !is_chosen {
            notes.push(Note { tone: Tone::Error, text: messages::ROLE_CHOOSE.text().into_owned() });
        }
        notes
    }

    fn scope_notes(self) -> Vec<Note> {
        let Some(scope) = self.draft.with(RoleDraft::scope) else { return Vec::new() };
        self.with_known(|known| of_scope(&scope, known)).iter().map(|(severity, sentence)| note(*severity, sentence)).collect()
    }

    /// Saves, after the second look if the role needs one.
    fn save(self, scope: &TaskScope) {
        self.pressed.set(true);
        if self.draft.with_untracked(|draft| draft.scope().is_none()) {
            return element::focus(SUBSCRIPTION);
        }
        let Some(role) = self.role.get_untracked() else { return element::focus(ROLE) };
        if untrack(|| self.findings()).iter().any(|(severity, _)| *severity == Severity::Blocks) {
            return element::focus(ROLE);
        }
        if is_privileged(&role) { self.asked.set(true) } else { self.send(scope) }
    }

    fn send(self, scope: &TaskScope) {
        let list = self.list;
        let Some((role, place)) = self.role.get_untracked().zip(self.draft.with_untracked(RoleDraft::scope)) else { return };
        let named = match Scope::parse(place.as_str()) {
            Some(Scope::Subscription(id)) => self.lists.subscriptions.with_untracked(|all| {
                let known = all.iter().find(|one| one.id == id);
                messages::SCOPE_SUBSCRIPTION_NAMED.with([known.map_or(id.as_str(), |one| &one.display_name)]).text()
            }),
            Some(scope) => scope_name(&scope),
            None => return,
        };
        let name = messages::ROLE_ON.with([&role.name, &named]).text();
        let after = list.identity.with_value(|identity| NewRoleAssignment::new(identity, place, &role.id, None));
        let change = AssignmentChange { principal: list.principal.get_value(), before: None, after: Some(after) };
        list.change(NamedChange { name, change }, list.edited.get_untracked(), scope.clone());
    }
}

fn note(severity: Severity, sentence: &Sentence) -> Note {
    let tone = match severity {
        Severity::Blocks => Tone::Error,
        Severity::Warns => Tone::Warning,
        Severity::Informs => Tone::Info,
    };
    Note { tone, text: sentence.text() }
}

pub(super) fn role_editor(list: AccessList, scope: TaskScope) -> AnyView {
    let editor = Editor::new(list);
    editor.lists.read_subscriptions();
    if let Some(id) = editor.draft.with_untracked(|draft| Guid::parse(&draft.subscription)) {
        editor.lists.read_subscription(&id);
    }
    list.look(&scope);
    let not_ready = Signal::derive(move || list.place.with(|place| matches!(place, Place::Reading(_))));
    let fields = view! {
        {subscription_field(editor, scope.clone())}
        {group_field(editor, scope.clone())}
        {role_field(editor)}
    };
    let send_scope = scope.clone();
    let save = Callback::new(move |()| editor.save(&scope));
    let cancel = Callback::new(move |()| list.close());
    let confirmed = Callback::new(move |()| {
        editor.asked.set(false);
        editor.send(&send_scope);
    });
    let question = move || editor.role.with_untracked(|role| role.as_ref().map(|role| second_look(editor, role)));
    let actions = move || view! { <Button kind=ButtonKind::Danger on_press=confirmed>{messages::ROLE_ASSIGN.text()}</Button> };
    let title = move || editor.role.with(|role| messages::ROLE_SECOND_LOOK.with([role.as_ref().map_or("", |role| &role.name)]).text());
    let dialog = move || {
        let title = title();
        view! {
            <Dialog
                id="access-second-look"
                title=title
                open=editor.asked
                on_close=Callback::new(move |()| editor.asked.set(false))
                content=question
                actions=actions
                dismiss=messages::CANCEL
            />
        }
    };
    view! {
        <section class="credential-editor" aria-labelledby="role-editor-title">
            <h3 id="role-editor-title">{messages::ADD_ROLE.text()}</h3>
            {fields}
            {move || editor.role.get().map(|role| result(&role))}
            <div class="actions">
                <Button kind=ButtonKind::Primary busy=list.changes.busy disabled=not_ready on_press=save>{messages::SAVE.text()}</Button>
                <Button on_press=cancel disabled=list.changes.busy>{messages::CANCEL.text()}</Button>
            </div>
            {dialog}
        </section>
    }
    .into_any()
}

fn second_look(editor: Editor, role: &RoleDefinition) -> AnyView {
    let warnings = untrack(|| editor.findings());
    let warnings = warnings.iter().filter(|(severity, _)| *severity == Severity::Warns).map(|(_, sentence)| sentence.text());
    let warnings = warnings.map(|text| view! { <p>{text}</p> }).collect::<Vec<_>>();
    let description = shown(&role.description).into_owned();
    view! { {warnings}<p class="quiet">{description}</p> }.into_any()
}

fn subscription_field(editor: Editor, scope: TaskScope) -> AnyView {
    let lists = editor.lists;
    let entries = Memo::new(move |_| lists.subscriptions.with(|all| Entries::new(all.iter().map(subscription_entry).collect())));
    let selected = Signal::derive(move || editor.draft.with(|draft| draft.subscription.clone()));
    let select = Callback::new(move |id: String| {
        if let Some(id) = Guid::parse(&id) {
            editor.update(|draft| {
                draft.subscription = id.to_string();
                draft.group = String::new();
            });
            lists.read_subscription(&id);
            editor.list.look(&scope);
        }
    });
    view! {
        <Field id=SUBSCRIPTION label=messages::SUBSCRIPTION.text() required=true>
            <Combobox
                entries=entries
                supply=lists.subscriptions_supply
                choice=Choice::one(selected, select)
                on_retry=Callback::new(move |()| lists.read_subscriptions())
            />
        </Field>
    }
    .into_any()
}

fn subscription_entry(subscription: &Subscription) -> Entry<'static> {
    let entry = Entry::new(subscription.id.to_string(), shown(&subscription.display_name).into_owned());
    if subscription.state.accepts_writes() { entry } else { entry.disabled(messages::DISABLED_BY_STATE.text()) }
}

fn group_field(editor: Editor, scope: TaskScope) -> AnyView {
    let lists = editor.lists;
    let entries = Memo::new(move |_| {
        lists.groups.with(|groups| {
            let whole = Entry::new(WHOLE, messages::WHOLE_SUBSCRIPTION.text());
            let each = groups.iter().map(|group| Entry::new(group.name.as_str().to_owned(), shown(group.name.as_str()).into_owned()));
            Entries::new(each.chain([whole]).collect())
        })
    });
    let selected =
        Signal::derive(move || editor.draft.with(|draft| if draft.group.is_empty() { WHOLE.to_owned() } else { draft.group.clone() }));
    let select = Callback::new(move |id: String| {
        editor.update(|draft| draft.group = if id == WHOLE { String::new() } else { id });
        editor.list.look(&scope);
    });
    view! {
        <Field id=GROUP label=messages::RESOURCE_GROUP.text() notes=Signal::derive(move || editor.scope_notes())>
            <Combobox entries=entries supply=lists.groups_supply choice=Choice::one(selected, select) on_retry=retry(editor)/>
        </Field>
    }
    .into_any()
}

/// Reads the subscription's groups and roles again.
fn retry(editor: Editor) -> Callback<()> {
    Callback::new(move |()| {
        if let Some(id) = editor.draft.with_untracked(|draft| Guid::parse(&draft.subscription)) {
            editor.lists.read_subscription(&id);
        }
    })
}

/// What the combobox filters by, besides the name: the id first, then description and actions.
fn entry_id(role: &RoleDefinition) -> String {
    [&role.id, " ", &role.description, " ", &role.actions.join(" ")].concat()
}

fn role_field(editor: Editor) -> AnyView {
    let lists = editor.lists;
    let entries = Memo::new(move |_| {
        let entry = |role: &RoleDefinition| {
            Entry::new(entry_id(role), shown(&role.name).into_owned()).detail(shown(&role.description).into_owned())
        };
        lists.roles.with(|roles| Entries::new(roles.iter().map(entry).collect()))
    });
    let selected = Signal::derive(move || editor.role.with(|role| role.as_ref().map(entry_id).unwrap_or_default()));
    let select = Callback::new(move |id: String| {
        if let Some(id) = id.split(' ').next().and_then(Guid::parse) {
            editor.update(|draft| draft.role = id.to_string());
        }
    });
    let is_failed = move || lists.roles_supply.get() == Supply::Failed;
    view! {
        <Field
            id=ROLE
            label=messages::ROLE.text()
            required=true
            info=messages::ROLE_INFO.text()
            notes=Signal::derive(move || editor.role_notes())
        >
            <Combobox
                entries=entries
                supply=lists.roles_supply
                choice=Choice::one(selected, select)
                on_retry=retry(editor)
                placeholder=messages::ROLE_PLACEHOLDER.text()
                empty=Signal::derive(move || if is_failed() { String::new() } else { messages::ROLES_NONE.text().into_owned() })
            />
        </Field>
    }
    .into_any()
}

/// What the role allows.
fn result(role: &RoleDefinition) -> AnyView {
    let data = |label: Message, value: &str| {
        let value = shown(value).into_owned();
        view! { <DataRow label=label.text()><span dir="auto">{value}</span></DataRow> }.into_any()
    };
    let mut actions = role.actions.iter().take(ACTIONS_SHOWN).cloned().collect::<Vec<_>>().join(", ");
    if let Some(more) = role.actions.len().checked_sub(ACTIONS_SHOWN).filter(|more| *more > 0) {
        actions = messages::AND_MORE.with([&actions, &more.to_string()]).text();
    }
    let rows = vec![data(messages::ROLE, &role.name), data(messages::ALLOWS, &role.description), data(messages::ACTIONS, &actions)];
    view! {
        <section class="credential-result">
            <h4>{messages::ROLE_RESULT.text()}</h4>
            <DataList>{rows}</DataList>
        </section>
    }
    .into_any()
}
