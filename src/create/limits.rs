//! The fields that limit where an identity can be used. Few fill them, so they come with a part, once the cloud offers them.

use leptos::prelude::*;

use super::form::Form;
use super::isolation_field::IsolationField;
use super::restrictions_field::RestrictionsField;

crate::part! {
    in azure:
    /// The fields that the cloud offers.
    pub fn limits(form: Form) -> AnyView {
        let isolation = move || form.offers_isolation().then(|| view! { <IsolationField form=form/> });
        let restrictions = move || form.offers_restrictions().then(|| view! { <RestrictionsField form=form/> });
        view! {
            {isolation}
            {restrictions}
        }
        .into_any()
    }
}
