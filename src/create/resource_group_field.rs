//! The resource group field, with **Create new**.

use leptos::prelude::*;

use super::form::Form;
use super::last_used::last_first;
use super::new_group_dialog::new_group_dialog;
use crate::arm::resource_group::ResourceGroupName;
use crate::browser::element;
use crate::controls::{Button, ButtonKind, Choice, Combobox, Entry, Field, Part};
use crate::messages;
use crate::provisioning::field;

/// The identity's resource group: an existing one, or one created with it.
#[component]
pub fn ResourceGroupField(form: Form) -> impl IntoView {
    let naming = RwSignal::new(false);
    // The dialog's part is loaded when it is first needed, and stays.
    let asked = Memo::new(move |before: Option<&bool>| before == Some(&true) || naming.get());
    let dialog = move || asked.get().then(|| view! { <Part load=move || new_group_dialog(form, naming)/> });
    let new_group = Memo::new(move |_| form.with_rest(|draft| draft.group_is_new.then(|| draft.resource_group.clone())));
    let subscription = form.text(|draft| &draft.subscription);
    let entries = Memo::new(move |_| {
        let new = new_group.get().map(|name| {
            let shown = messages::NEW_ENTRY.with([&name]).text();
            Entry::new(name, shown)
        });
        form.lookups.group_list.with(|list| {
            let groups = list.iter().map(|group| Entry::new(group.name.as_str(), group.name.as_str()).detail(group.location.as_str()));
            let entries = new.into_iter().chain(groups).collect();
            let here = subscription.get();
            form.lookups.last_used.with(|last| {
                let of_here = last.iter().filter(|(subscription, _)| subscription.eq_ignore_ascii_case(&here));
                last_first(entries, of_here.map(|(_, group)| group.as_str()))
            })
        })
    });
    let selected = form.text(|draft| &draft.resource_group);
    let empty = Signal::derive(move || {
        if subscription.with(|subscription| !subscription.is_empty()) {
            messages::RESOURCE_GROUPS_NONE
        } else {
            messages::SUBSCRIPTION_FIRST
        }
        .text()
        .into_owned()
    });
    let select = move |name: String| {
        if new_group.get_untracked().as_ref() != Some(&name) {
            form.select_group(name);
        }
    };
    let are_known = Memo::new(move |_| form.with_offer(|known| known.groups.is_some()));
    let remedy = move || are_known.get().then(|| view! { <Part load=move || group_remedy(form)/> });
    view! {
        <Field
            id="resource-group"
            label=messages::RESOURCE_GROUP.text()
            required=true
            info=messages::RESOURCE_GROUP_INFO.text()
            notes=form.notes(field::Field::ResourceGroup)
            // Going to the dialog doesn't leave the field: the person is about to name a group.
            on_leave=Callback::new(move |()| {
                if !naming.get_untracked() {
                    form.leave(field::Field::ResourceGroup);
                }
            })
        >
            <Combobox
                entries=entries
                supply=form.lookups.groups
                choice=Choice::one(selected, Callback::new(select))
                on_retry=Callback::new(move |()| form.lookups.again())
                on_typed=Callback::new(move |name| form.type_group(name))
                placeholder=messages::RESOURCE_GROUP_PLACEHOLDER.text()
                empty=empty
            />
            <Button id="create-new-group" kind=ButtonKind::Link on_press=Callback::new(move |()| naming.set(true))>
                {messages::CREATE_NEW.text()}
            </Button>
            {remedy}
        </Field>
        {dialog}
    }
    .into_any()
}

crate::part! {
    in azure:
    /// A button for a group that a link, a draft or a host calls new although it exists, or the other way round.
    fn group_remedy(form: Form) -> AnyView {
        let remedy = Memo::new(move |_| {
            let (name, is_new) = form.with_rest(|draft| (draft.resource_group.clone(), draft.group_is_new));
            form.with_offer(|known| match known.group_named(&name) {
                Some(listed) => is_new.then_some((listed, true)),
                None if is_new || !known.lacks_group(&name) => None,
                None => ResourceGroupName::parse(&name).ok().map(|_| (name, false)),
            })
        });
        let button = move || {
            remedy.get().map(|(name, exists)| {
                let called = if exists { messages::USE_GROUP } else { messages::CREATE_GROUP_CALLED }.with([&name]).text();
                let words = if exists { called.clone() } else { messages::CREATE_GROUP.text().into_owned() };
                let press = Callback::new(move |()| {
                    if exists {
                        form.select_group(name.clone());
                    } else {
                        form.name_new_group(name.clone());
                    }
                    // The button disappears.
                    element::focus("resource-group");
                });
                view! { <Button kind=ButtonKind::Link label=called on_press=press>{words}</Button> }
            })
        };
        button.into_any()
    }
}
