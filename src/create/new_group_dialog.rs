//! The dialog that **Create new** opens.

use leptos::prelude::*;

use super::form::Form;
use super::notes::note;
use crate::controls::{Button, ButtonKind, Dialog, Field, TextInput};
use crate::messages;
use crate::provisioning::draft::Draft;
use crate::provisioning::field;
use crate::provisioning::problem::Severity;

crate::part! {
    in review:
    pub fn new_group_dialog(form: Form, open: RwSignal<bool>) -> AnyView {
        view! { <NewGroupDialog form=form open=open/> }.into_any()
    }
}

/// Asks for a new group's name and checks it as it is typed. The group is not created before Create is pressed.
#[component]
fn NewGroupDialog(form: Form, open: RwSignal<bool>) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let asked = RwSignal::new(false);
    let problems = Memo::new(move |_| {
        let draft = Draft { resource_group: name.read().trim().to_owned(), group_is_new: true, ..Draft::default() };
        let mut problems = form.check(&draft);
        problems.retain(|problem| problem.field == field::Field::ResourceGroup);
        problems
    });
    let existing = Memo::new(move |_| form.with_offer(|known| known.group_named(name.read().trim())));
    let notes = Signal::derive(move || {
        let shown = asked.get() || !name.read().is_empty();
        problems.with(|problems| problems.iter().filter(|_| shown).map(note).collect::<Vec<_>>())
    });
    let close = Callback::new(move |()| open.set(false));
    let accept = Callback::new(move |()| {
        asked.set(true);
        if let Some(name) = existing.get_untracked() {
            form.select_group(name);
            form.leave(field::Field::ResourceGroup);
            return open.set(false);
        }
        if problems.with_untracked(|problems| problems.iter().all(|problem| problem.severity != Severity::Blocks)) {
            form.name_new_group(name.read_untracked().trim().to_owned());
            form.leave(field::Field::ResourceGroup);
            open.set(false);
        }
    });
    let content = move || {
        let named = form.draft.with_untracked(|draft| (draft.group_is_new, draft.resource_group.clone()));
        let is_unused = named.0 || form.known.with_untracked(|known| known.lacks_group(&named.1));
        name.set(if is_unused { named.1 } else { String::new() });
        asked.set(false);
        let enter = move |event: leptos::ev::KeyboardEvent| {
            if event.key() == "Enter" && !event.is_composing() {
                event.prevent_default();
                accept.run(());
            }
        };
        view! {
            <p>{messages::NEW_GROUP_INTRO.text()}</p>
            <div on:keydown=enter>
                <Field id="new-group-name" label=messages::NAME.text() required=true notes=notes>
                    <TextInput value=name on_input=Callback::new(move |typed| name.set(typed))/>
                </Field>
            </div>
        }
    };
    let actions = move || {
        // Group names are case-insensitive.
        let accepted = move || match existing.get() {
            Some(name) => messages::USE_GROUP.with([&name]).text(),
            None => messages::OK.text().into_owned(),
        };
        view! { <Button kind=ButtonKind::Primary on_press=accept>{accepted}</Button> }
    };
    view! {
        <Dialog
            id="new-group"
            title=messages::NEW_GROUP_TITLE.text()
            open=open
            on_close=close
            content=content
            begins_in_field=true
            actions=actions
            dismiss=messages::CANCEL
        />
    }
    .into_any()
}
