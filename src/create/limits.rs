//! The fields for properties that not every cloud offers. Few people use them, so they are a part that loads once they are offered.

use leptos::prelude::*;

use super::choice_field::ChoiceField;
use super::form::Form;
use super::restrictions_field::RestrictionsField;
use crate::provisioning::field::{CHOICES, PROPERTIES};

crate::part! {
    in azure:
    /// The fields that the cloud offers.
    pub fn limits(form: Form) -> AnyView {
        let field = |property| {
            // A memo, so that an answer does not redraw a field while somebody types in it.
            let is_offered = Memo::new(move |_| form.offers(property));
            let choice = CHOICES.iter().find(|choice| choice.field == property.field);
            let shown = move || {
                is_offered.get().then(|| match choice {
                    Some(choice) => view! { <ChoiceField form=form choice=choice/> }.into_any(),
                    None => view! { <RestrictionsField form=form/> }.into_any(),
                })
            };
            shown.into_any()
        };
        PROPERTIES.iter().map(field).collect::<Vec<_>>().into_any()
    }
}
