//! The Tags tab: rows of names and values. A new empty row appears when the last one is filled.

use leptos::prelude::*;

use super::form::Form;
use crate::controls::{Button, ButtonKind, Choice, Combobox, Entries, Entry, Field, Glyph, MessageBar};
use crate::messages;
use crate::provisioning::field;

crate::part! {
    in review:
    pub fn tags_tab(form: Form) -> AnyView {
        view! { <TagsTab form=form/> }.into_any()
    }
}

#[component]
fn TagsTab(form: Form) -> impl IntoView {
    let rows = Memo::new(move |_| {
        form.with_rest(|draft| draft.tags.len().max(1) + usize::from(draft.tags.last().is_some_and(|row| !row.is_blank())))
    });
    let new_group = Memo::new(move |_| form.with_rest(|draft| draft.group_is_new));
    let whole = move || {
        let notes = form.notes(field::Field::Tags).get();
        notes.into_iter().map(|note| view! { <MessageBar tone=note.tone>{note.text}</MessageBar> }).collect::<Vec<_>>()
    };
    let names =
        Signal::derive(move || form.used_tags.with(|tags| Entries::new(tags.iter().map(|tag| Entry::new(&tag.name, &tag.name)).collect())));
    view! {
        <p class="form-intro">{messages::TAGS_INTRO.text()}</p>
        {whole}
        <div class="tag-rows">
            <div class="tag-head" aria-hidden="true">
                <span>{messages::TAG_NAME.text()}</span>
                <span>{messages::TAG_VALUE.text()}</span>
            </div>
            <For each=move || 0..rows.get() key=|row| *row let:row>
                <TagRowView form=form row=row names=names/>
            </For>
        </div>
        {move || new_group.get().then(|| view! { <TagGroup form=form/> })}
    }
    .into_any()
}

/// The choice whether the new group gets the tags as well.
#[component]
fn TagGroup(form: Form) -> impl IntoView {
    view! {
        <div class="check-row">
            <input
                id="tag-group"
                type="checkbox"
                prop:checked=move || form.tags_group()
                on:change=move |event| form.choose_group_tags(event_target_checked(&event))
            />
            <label for="tag-group">{messages::TAG_GROUP.text()}</label>
        </div>
    }
    .into_any()
}

#[component]
fn TagRowView(form: Form, row: usize, names: Signal<Entries>) -> impl IntoView {
    let number = (row + 1).to_string();
    let text = move |read: fn(&crate::provisioning::draft::TagRow) -> &String| {
        Signal::derive(move || form.with_rest(|draft| draft.tags.get(row).map(read).cloned().unwrap_or_default()))
    };
    let (name, value) = (text(|tag| &tag.name), text(|tag| &tag.value));
    let values = Signal::derive(move || {
        let name = name.get();
        form.used_tags.with(|tags| {
            let tag = tags.iter().find(|tag| tag.name.eq_ignore_ascii_case(&name));
            Entries::new(tag.iter().flat_map(|tag| &tag.values).map(|value| Entry::new(value, value)).collect())
        })
    });
    let filled = move || form.with_rest(|draft| draft.tags.get(row).is_some_and(|tag| !tag.is_blank()));
    let remove_name = messages::REMOVE_TAG.with([&number]).text();
    let remove = move || {
        filled().then(|| {
            let press = Callback::new(move |()| form.remove_tag(row));
            view! { <Button kind=ButtonKind::Subtle icon=Glyph::Delete label=remove_name.clone() on_press=press/> }
        })
    };
    view! {
        <div class="tag-row" role="group" aria-label=messages::TAG_ROW.with([&number]).text()>
            <Field
                id=format!("tag-name-{number}")
                label=messages::TAG_NAME_ROW.with([&number]).text()
                compact=true
                notes=form.notes(field::Field::TagName(row))
                on_leave=Callback::new(move |()| form.leave(field::Field::TagName(row)))
            >
                <Combobox entries=names choice=Choice::text(name, Callback::new(move |text| form.write_tag(row, |tag| tag.name = text)))/>
            </Field>
            <span class="tag-colon" aria-hidden="true">":"</span>
            <Field
                id=format!("tag-value-{number}")
                label=messages::TAG_VALUE_ROW.with([&number]).text()
                compact=true
                notes=form.notes(field::Field::TagValue(row))
                on_leave=Callback::new(move |()| form.leave(field::Field::TagValue(row)))
            >
                <Combobox entries=values choice=Choice::text(value, Callback::new(move |text| form.write_tag(row, |tag| tag.value = text)))/>
            </Field>
            <div class="tag-remove">{remove}</div>
        </div>
    }
    .into_any()
}
