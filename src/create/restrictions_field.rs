//! The resource restrictions field.

use leptos::prelude::*;

use super::form::Form;
use crate::controls::{Choice, Combobox, Entries, Entry, Field};
use crate::messages;
use crate::provisioning::field;

/// The providers and types that identities are most often restricted to; others can be typed.
const SUGGESTED: [&str; 16] = [
    "Microsoft.App",
    "Microsoft.App/containerApps",
    "Microsoft.App/jobs",
    "Microsoft.Automation",
    "Microsoft.Compute",
    "Microsoft.Compute/virtualMachines",
    "Microsoft.Compute/virtualMachineScaleSets",
    "Microsoft.ContainerInstance",
    "Microsoft.ContainerRegistry",
    "Microsoft.ContainerService",
    "Microsoft.DataFactory",
    "Microsoft.Logic",
    "Microsoft.MachineLearningServices",
    "Microsoft.Storage",
    "Microsoft.Storage/storageAccounts",
    "Microsoft.Web/sites",
];

/// The resource types that may use the identity; shown only where the cloud offers the property.
#[component]
pub fn RestrictionsField(form: Form) -> impl IntoView {
    let entries = SUGGESTED.map(|name| {
        // The Azure portal marks a whole provider with an asterisk, which ARM does not accept.
        let shown = if name.contains('/') { name.to_owned() } else { [name, "/*"].concat() };
        Entry::new(name, shown)
    });
    let selected = Signal::derive(move || form.with_rest(|draft| draft.restrictions.clone()));
    view! {
        <Field
            id="restrictions"
            label=messages::RESOURCE_RESTRICTIONS.text()
            info=messages::RESOURCE_RESTRICTIONS_INFO.text()
            notes=form.notes(field::Field::Restrictions)
        >
            <Combobox
                entries=Signal::stored(Entries::new(entries.to_vec()))
                choice=Choice::many(selected, Callback::new(move |restrictions| form.select_restrictions(restrictions)))
                placeholder=messages::RESOURCE_RESTRICTIONS_PLACEHOLDER.text()
            />
        </Field>
    }
    .into_any()
}
