//! A role assignment in the list: where, what it allows, what is wrong with it, and its buttons.

use leptos::prelude::*;

use super::access_list::{AccessList, EditedRole};
use super::assignment_reads::{AssignedRegistry, Listed};
use crate::access::check::{takes_repositories, typed_repositories};
use crate::access::condition::of_condition;
use crate::access::listing::{Scope, is_new, problems, scope_name};
use crate::access::role::RegistryRole;
use crate::arm::registry::RoleAssignmentMode;
use crate::browser::clock;
use crate::controls::field::note_view;
use crate::controls::{Badge, Button, ButtonKind, DataList, DataRow, Glyph, Note, Tone};
use crate::messages::{self, Message};
use crate::visible::shown;

/// How many of a role's actions are shown.
const ACTIONS_SHOWN: usize = 4;

/// Role and place, as in "Reader on rg".
pub(super) fn full_name(listed: &Listed) -> String {
    messages::ROLE_ON.with([&listed.role, &place(listed)]).text()
}

/// The name of what the role is assigned on.
fn place(listed: &Listed) -> String {
    match &listed.scope {
        Some(Scope::Registry(id) | Scope::Resource(id)) => id.name().to_owned(),
        Some(Scope::Subscription(_)) => messages::SCOPE_SUBSCRIPTION_NAMED.with([&listed.subscription]).text(),
        Some(scope) => scope_name(scope),
        None => listed.assignment.scope.clone(),
    }
}

/// The card's heading, which begins like a sentence.
fn heading(listed: &Listed) -> String {
    match &listed.scope {
        Some(Scope::Directory) => messages::HEAD_DIRECTORY.text().into_owned(),
        Some(Scope::ManagementGroup(name)) => messages::HEAD_MANAGEMENT_GROUP.with([name]).text(),
        Some(Scope::Subscription(_)) => messages::HEAD_SUBSCRIPTION.with([&listed.subscription]).text(),
        Some(Scope::Group(id)) => messages::HEAD_GROUP.with([id.name()]).text(),
        Some(Scope::Registry(_) | Scope::Resource(_)) | None => shown(&place(listed)).into_owned(),
    }
}

/// The group and subscription of what the role is assigned on.
fn within(listed: &Listed) -> Option<String> {
    match &listed.scope {
        Some(Scope::Registry(id) | Scope::Resource(id)) => {
            let group = id.resource_group().unwrap_or_default();
            Some(messages::GROUP_IN_SUBSCRIPTION.with([group, &listed.subscription]).text())
        }
        Some(Scope::Group(_)) => Some(shown(&listed.subscription).into_owned()),
        _ => None,
    }
}

fn data(label: Message, value: impl AsRef<str>) -> AnyView {
    let value = shown(value.as_ref()).into_owned();
    view! { <DataRow label=label.text()><span dir="auto">{value}</span></DataRow> }.into_any()
}

/// What a role allows, for which repositories.
pub(super) fn facts(listed: &Listed) -> AnyView {
    let assignment = &listed.assignment;
    let mut rows = Vec::new();
    if let Some(registry) = listed.registry() {
        rows.push(data(messages::LOGIN_SERVER, &registry.login_server));
    }
    rows.extend(within(listed).map(|within| data(messages::WITHIN, within)));
    if !listed.allows.is_empty() {
        rows.push(data(messages::ALLOWS, &listed.allows));
    }
    if !listed.actions.is_empty() {
        let mut text = listed.actions.iter().take(ACTIONS_SHOWN).cloned().collect::<Vec<_>>().join(", ");
        if let Some(more) = listed.actions.len().checked_sub(ACTIONS_SHOWN).filter(|more| *more > 0) {
            text = messages::AND_MORE.with([&text, &more.to_string()]).text();
        }
        rows.push(data(messages::ACTIONS, text));
    }
    let role = RegistryRole::of_id(&assignment.role);
    let typed = role.and_then(|role| Some((role.mode(), typed_repositories(role, assignment.condition.as_deref())?)));
    match (typed, &assignment.condition) {
        (Some((RoleAssignmentMode::Repositories, all)), _) if all.is_empty() => {
            rows.push(data(messages::REPOSITORIES, messages::REPOSITORIES_ALL.text()));
        }
        (Some((_, some)), Some(_)) => rows.push(data(messages::REPOSITORIES, some)),
        (_, Some(condition)) => {
            let condition = shown(condition).into_owned();
            rows.push(
                view! { <DataRow label=messages::CONDITION.text()><code class="id" dir="ltr">{condition}</code></DataRow> }.into_any(),
            );
        }
        (_, None) => {}
    }
    if let Some(description) = &assignment.description {
        rows.push(data(messages::ROLE_DESCRIPTION, description));
    }
    view! { <DataList>{rows}</DataList> }.into_any()
}

fn notes(listed: &Listed) -> Vec<Note> {
    let assignment = &listed.assignment;
    let mut notes: Vec<Note> = problems(assignment, &listed.role, listed.registry())
        .into_iter()
        .map(|problem| Note { tone: Tone::Warning, text: problem.text() })
        .collect();
    let mut note = |tone, text: String| notes.push(Note { tone, text });
    match listed.registry {
        AssignedRegistry::Missing => note(Tone::Warning, messages::REGISTRY_GONE.text().into_owned()),
        AssignedRegistry::Unread => note(Tone::Info, messages::REGISTRY_UNREAD.text().into_owned()),
        AssignedRegistry::None | AssignedRegistry::Read(_) => {}
    }
    if let Some(scope) = listed.scope.as_ref().filter(|scope| scope.is_above_subscriptions()) {
        note(Tone::Info, messages::ROLE_FROM_ABOVE.with([&scope_name(scope)]).text());
    }
    if is_new(clock::moment(&assignment.created_on), clock::now()) {
        note(Tone::Info, messages::ROLE_NEW.text().into_owned());
    }
    notes
}

/// What the editor holds to change the repositories, where that is possible.
fn editable(listed: &Listed) -> Option<EditedRole> {
    let (registry, role) = (listed.registry()?, RegistryRole::of_id(&listed.assignment.role)?);
    let condition = listed.assignment.condition.as_deref();
    let is_ours = condition.is_none_or(|text| of_condition(role, text).is_some());
    (takes_repositories(registry) && role.mode() == RoleAssignmentMode::Repositories && is_ours).then(|| EditedRole {
        registry: registry.id.as_str().to_owned(),
        right: role.right(),
        repositories: typed_repositories(role, condition).unwrap_or_default(),
        role: None,
    })
}

pub(super) fn card(listed: &Listed, list: AccessList, removed: RwSignal<Option<Listed>>) -> AnyView {
    let name = full_name(listed);
    let busy = list.changes.busy;
    let edit_button = editable(listed).map(|draft| {
        let edit = Callback::new(move |()| list.edit(draft.clone()));
        // What is being typed isn't replaced, and a change under way isn't overtaken.
        let cannot_edit = Signal::derive(move || busy.get() || list.edited.with(Option::is_some));
        view! {
            <Button kind=ButtonKind::Subtle icon=Glyph::Edit disabled=cannot_edit label=messages::EDIT_NAMED.with([&name]).text() on_press=edit>
                {messages::EDIT.text()}
            </Button>
        }
    });
    let remove_button = listed.assignment.removable().map(|_| {
        let one = listed.clone();
        let press = Callback::new(move |()| removed.set(Some(one.clone())));
        view! {
            <Button kind=ButtonKind::Subtle icon=Glyph::Delete disabled=busy label=messages::REMOVE.with([&name]).text() on_press=press>
                {messages::REMOVE_ENTRY.text()}
            </Button>
        }
    });
    let notes = notes(listed).into_iter().map(note_view).collect::<Vec<_>>();
    let role = shown(&listed.role).into_owned();
    view! {
        <li class="credential">
            <div class="credential-head">
                <h3>{heading(listed)}</h3>
                <Badge tone=Tone::Info>{role}</Badge>
            </div>
            {facts(listed)}
            {notes}
            <div class="actions">{edit_button}{remove_button}</div>
        </li>
    }
    .into_any()
}

/// What stops working when a role is removed.
pub(super) fn describe(listed: &Listed) -> AnyView {
    let host = listed.registry().map_or_else(|| place(listed), |registry| registry.login_server.clone());
    let stops = match (&listed.scope, RegistryRole::of_id(&listed.assignment.role)) {
        (Some(Scope::Registry(_)), Some(role)) => role.right().loses().with([&host]),
        _ => messages::ROLE_REMOVE_TEXT.with([&place(listed)]),
    };
    view! {
        <p><strong>{full_name(listed)}</strong></p>
        <p>{stops.text()}</p>
        <p>{messages::ROLE_REMOVE_REST.text()}</p>
        {facts(listed)}
    }
    .into_any()
}
