//! The registries of the Access tab.

use leptos::prelude::*;

use super::form::Form;
use super::form::access_form::AccessForm;
use crate::access::check::Wanted;
use crate::access::condition::condition;
use crate::access::draft::RegistryAccess;
use crate::access::role::RegistryRight;
use crate::arm::registry::RoleAssignmentMode;
use crate::browser::element;
use crate::cloud::identity_list::LoadState;
use crate::cloud::registry_list::RegistryRow;
use crate::controls::{
    Button, ButtonKind, Choice, CodeBlock, Combobox, DataList, DataRow, Entries, Entry, Field, Glyph, Supply, TextInput,
};
use crate::messages;
use crate::portal::registry_choice::{entry, entry_id};
use crate::provisioning::field;

/// The id of the button that adds a registry.
const ADD: &str = "add-registry";

#[component]
pub fn Registries(form: Form, access: AccessForm) -> impl IntoView {
    let count = Memo::new(move |_| access.draft.with(|draft| draft.registries.len()));
    let add = Callback::new(move |()| {
        let row = count.get_untracked();
        form.write_access(|draft| draft.registries.push(RegistryAccess::default()));
        element::next_frame(Box::new(move || element::focus(&field::Field::Registry(row).control())));
    });
    view! {
        <section class="form-section" aria-labelledby="registries">
            <h2 id="registries">{messages::REGISTRIES_TITLE.text()}</h2>
            <p>{messages::REGISTRIES_TEXT.text()}</p>
            <For each=move || 0..count.get() key=|row| *row let:row>
                <RegistryCard form=form access=access row=row/>
            </For>
            <Button id=ADD icon=Glyph::Add on_press=add>{messages::ADD_REGISTRY.text()}</Button>
        </section>
    }
    .into_any()
}

#[component]
fn RegistryCard(form: Form, access: AccessForm, row: usize) -> impl IntoView {
    let number = (row + 1).to_string();
    let registries = access.registries;
    let own = Memo::new(move |_| access.draft.with(|draft| draft.registries.get(row).cloned().unwrap_or_default()));
    let write = move |write: Box<dyn FnOnce(&mut RegistryAccess)>| {
        form.write_access(|draft| {
            if let Some(one) = draft.registries.get_mut(row) {
                write(one);
            }
        });
    };
    let field = field::Field::Registry(row);
    let entries = Memo::new(move |_| registries.rows.with(|rows| Entries::new(rows.iter().map(entry).collect())));
    let supply = Signal::derive(move || match registries.reading.get() {
        LoadState::UnderWay => Supply::Loading,
        LoadState::Rested => Supply::Complete,
        LoadState::Failed(_) => Supply::Failed,
    });
    let selected = Signal::derive(move || {
        let id = own.with(RegistryAccess::id);
        let listed = registries.rows.with(|rows| rows.iter().find(|known| Some(&known.registry.id) == id.as_ref()).map(entry_id));
        // Until it is read, its name.
        listed.unwrap_or_else(|| own.with(|own| own.name().to_owned()))
    });
    let select = Callback::new(move |id: String| {
        let chosen = registries.rows.with_untracked(|rows| rows.iter().find(|row| entry_id(row).eq_ignore_ascii_case(&id)).cloned());
        if let Some(RegistryRow { registry, .. }) = chosen {
            write(Box::new(move |one| {
                registry.id.as_str().clone_into(&mut one.registry);
                one.login_server = registry.login_server;
                one.mode = registry.mode;
            }));
            form.leave(field);
        }
    });
    let rights: Vec<_> =
        RegistryRight::ALL.iter().enumerate().map(|(at, right)| Entry::new(at.to_string(), right.label().text())).collect();
    let right = Signal::derive(move || {
        let right = own.with(|own| own.right);
        RegistryRight::ALL.iter().position(|one| *one == right).unwrap_or_default().to_string()
    });
    let select_right = Callback::new(move |at: String| {
        if let Some(right) = at.parse().ok().and_then(|at: usize| RegistryRight::ALL.get(at).copied()) {
            write(Box::new(move |one| one.right = right));
        }
    });
    let takes_repositories = Memo::new(move |_| own.with(|own| own.mode == Some(RoleAssignmentMode::Repositories)));
    let of_repositories = field::Field::Repositories(row);
    let repositories = move || {
        takes_repositories.get().then(|| {
            let typed = Callback::new(move |typed| {
                write(Box::new(move |one| one.repositories = typed));
                form.leave(of_repositories);
            });
            let value = Signal::derive(move || own.with(|own| own.repositories.clone()));
            view! {
                <Field
                    id=of_repositories.control()
                    label=messages::REPOSITORIES.text()
                    info=messages::REPOSITORIES_INFO.text()
                    notes=form.notes(of_repositories)
                    on_leave=Callback::new(move |()| form.leave(of_repositories))
                >
                    <TextInput value=value on_input=typed placeholder=messages::REPOSITORIES_ALL.text()/>
                </Field>
            }
        })
    };
    let more = move || {
        let left = registries.left();
        let is_rested = registries.reading.with(|reading| *reading == LoadState::Rested);
        (is_rested && left > 0).then(|| {
            let text = messages::READ_MORE.with([&left.to_string()]).text();
            view! { <Button kind=ButtonKind::Link on_press=Callback::new(move |()| registries.go_on())>{text}</Button> }
        })
    };
    let checking = move || access.is_reading(row).then(|| view! { <p class="quiet">{messages::REGISTRY_CHECKING.text()}</p> });
    let remove = Callback::new(move |()| {
        form.remove_access(|draft| {
            if row < draft.registries.len() {
                draft.registries.remove(row);
            }
        });
        element::next_frame(Box::new(|| element::focus(ADD)));
    });
    let unread = move || {
        let unread = registries.unread.get();
        (!unread.is_empty()).then(|| view! { <p class="quiet">{messages::REGISTRIES_UNREAD.with([&unread.join(", ")]).text()}</p> })
    };
    // What is still being checked blocks Create, but is no mistake.
    let notes = Signal::derive(move || {
        let mut notes = form.notes(field).get();
        notes.retain(|note| note.text != messages::REGISTRY_CHECKING.text());
        notes
    });
    view! {
        <div class="credential-editor" role="group" aria-label=messages::REGISTRY_ROW.with([&number]).text()>
            <h3>{messages::REGISTRY_ROW.with([&number]).text()}</h3>
            <Field
                id=field.control()
                label=messages::REGISTRY.text()
                required=true
                info=messages::REGISTRY_INFO.text()
                notes=notes
                on_leave=Callback::new(move |()| form.leave(field))
            >
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
            {unread}
            <Field id=["registry-right-", &number].concat() label=messages::RIGHT.text()>
                <Combobox entries=Signal::stored(Entries::new(rights)) choice=Choice::one(right, select_right)/>
            </Field>
            {repositories}
            <div role="status">{checking}</div>
            {move || result(access, row, own)}
            <div class="actions">
                <Button kind=ButtonKind::Subtle icon=Glyph::Delete label=messages::REMOVE_REGISTRY_ROW.with([&number]).text() on_press=remove>
                    {messages::REMOVE_ENTRY.text()}
                </Button>
            </div>
        </div>
    }
    .into_any()
}

/// The role that it will be, and why.
fn result(access: AccessForm, row: usize, own: Memo<RegistryAccess>) -> Option<AnyView> {
    let registry = access.registry(row)?;
    let own = own.get();
    let wanted = Wanted { registry: &registry, right: own.right, repositories: &own.repositories };
    let (role, reason) = (wanted.role(), wanted.reason());
    let condition = condition(role, &own.limits().unwrap_or_default());
    let condition = condition.map(|text| {
        view! {
            <DataRow label=messages::CONDITION.text()><CodeBlock label=messages::CONDITION.text() text=text/></DataRow>
        }
    });
    let view = view! {
        <section class="credential-result">
            <h4>{messages::ROLE_RESULT.text()}</h4>
            <DataList>
                <DataRow label=messages::ROLE.text()>{role.name}</DataRow>
                <DataRow label=messages::ROLE_WHY.text()>{reason.text()}</DataRow>
                <DataRow label=messages::ALLOWS.text()>{role.also.text()}</DataRow>
                {condition}
            </DataList>
        </section>
    };
    Some(view.into_any())
}
