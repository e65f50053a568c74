//! A field with a fixed list of values.

use leptos::prelude::*;

use super::form::Form;
use crate::controls::{Choice, Combobox, Entries, Entry, Field};
use crate::provisioning::field::description;

/// The field as a list to choose from. An empty choice counts as the first value.
#[component]
pub fn ChoiceField(form: Form, choice: &'static description::Choice) -> impl IntoView {
    let entries = Entries::new(choice.values.iter().map(|(value, word)| Entry::new(*value, word.text())).collect());
    let selected = Signal::derive(move || {
        form.with_rest(|draft| {
            let chosen = Some(draft.value(choice.field)).filter(|chosen| !chosen.is_empty());
            chosen.or(choice.values.first().map(|(value, _)| *value)).unwrap_or_default().to_owned()
        })
    });
    let choose = Callback::new(move |value| form.select(choice.field, value));
    view! {
        <Field id=choice.field.control() label=choice.field.label() info=choice.info.text() notes=form.notes(choice.field)>
            <Combobox entries=Signal::stored(entries) choice=Choice::one(selected, choose)/>
        </Field>
    }
    .into_any()
}
