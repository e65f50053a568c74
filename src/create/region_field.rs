//! Region.

use leptos::prelude::*;

use super::check::{Answer, PolicyFinding};
use super::field;
use super::form::Form;
use crate::arm::location::Location;
use crate::controls::{Choice, Combobox, Entries, Entry, Field};
use crate::messages;

/// The identity's region, which follows the resource group until the person chooses.
#[component]
pub fn RegionField(
    /// The form.
    form: Form,
) -> impl IntoView {
    let entries = Memo::new(move |_| {
        let rules = form.rules.read_value();
        let allowed = &rules.regions;
        form.known.with(|known| {
            let findings = if let Answer::Known(findings) = &known.policy { findings.as_slice() } else { &[] };
            Entries::new(known.regions.iter().flatten().map(|region| entry(region, allowed, findings)).collect())
        })
    });
    let selected = form.text(|draft| &draft.region);
    view! {
        <Field
            id="region"
            label=messages::REGION.text()
            required=true
            info=messages::REGION_INFO.text()
            notes=form.notes(field::Field::Region)
            on_leave=Callback::new(move |()| form.leave(field::Field::Region))
        >
            <Combobox
                entries=entries
                supply=form.lookups.regions
                choice=Choice::one(selected, Callback::new(move |name| form.select_region(name)))
                on_retry=Callback::new(move |()| form.lookups.again())
                placeholder=messages::REGION_PLACEHOLDER.text()
                unnamed=form.lookups.region_name
                empty=messages::SUBSCRIPTION_FIRST.text().into_owned()
            />
        </Field>
    }
    .into_any()
}

fn entry(region: &Location, allowed: &[String], findings: &[PolicyFinding]) -> Entry {
    let name = region.name.as_str();
    let entry = Entry::new(name, region.display_name.as_str()).detail(name);
    let denied = findings
        .iter()
        .find(|finding| finding.field == field::Field::Region && finding.denied.iter().any(|denied| denied.eq_ignore_ascii_case(name)));
    if !allowed.is_empty() && !allowed.iter().any(|known| known.eq_ignore_ascii_case(name)) {
        entry.disabled(messages::DISABLED_BY_RULES.text())
    } else if let Some(finding) = denied {
        entry.disabled(messages::DISABLED_BY_POLICY.with([&finding.policy]).text())
    } else if region.recommended {
        entry.under(messages::REGIONS_RECOMMENDED.text())
    } else {
        entry.under(messages::REGIONS_OTHER.text())
    }
}
