//! The name field.

use leptos::prelude::*;

use super::form::Form;
use crate::controls::{Field, TextInput};
use crate::messages;
use crate::provisioning::field;

/// The identity's name, checked while it is typed.
#[component]
pub fn NameField(form: Form) -> impl IntoView {
    let value = Memo::new(move |_| form.draft.with(|draft| draft.name.clone()));
    let write = Callback::new(move |name| form.write_name(name));
    view! {
        <Field
            id="name"
            label=messages::NAME.text()
            required=true
            info=messages::NAME_INFO.text()
            notes=form.notes(field::Field::Name)
            on_leave=Callback::new(move |()| form.leave(field::Field::Name))
        >
            <TextInput value=value on_input=write/>
        </Field>
    }
    .into_any()
}
