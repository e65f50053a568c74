//! The fields that limit where an identity can be used. Few fill them, so they come with a part, once the cloud offers them.

use leptos::prelude::*;

use super::form::Form;
use super::isolation_field::IsolationField;
use super::restrictions_field::RestrictionsField;

crate::part! {
    in azure:
    /// The fields that the cloud offers.
    pub fn limits(form: Form) -> AnyView {
        // Memos, so that a field somebody is in is not drawn anew with every answer.
        let isolation = Memo::new(move |_| form.offers_isolation());
        let restrictions = Memo::new(move |_| form.offers_restrictions());
        let isolation = move || isolation.get().then(|| view! { <IsolationField form=form/> });
        let restrictions = move || restrictions.get().then(|| view! { <RestrictionsField form=form/> });
        view! {
            {isolation}
            {restrictions}
        }
        .into_any()
    }
}
