//! The region field.

use leptos::prelude::*;

use super::form::Form;
use crate::arm::location::{Location, LocationName};
use crate::arm::regions;
use crate::controls::{Choice, Combobox, Entries, Entry, Field, Link};
use crate::messages;
use crate::provisioning::check::{PolicyFinding, PreflightResult};
use crate::provisioning::field;

/// The identity's region. It follows the resource group until the person chooses one.
#[component]
pub fn RegionField(form: Form) -> impl IntoView {
    let new_group = Memo::new(move |_| form.with_rest(|draft| draft.group_is_new));
    let entries = Memo::new(move |_| {
        form.with_offer(|known| {
            let findings = if let PreflightResult::Known(findings) = &known.policy { findings.as_slice() } else { &[] };
            let of_group = match &known.group_policy {
                PreflightResult::Known(policy) if new_group.get() => policy.findings.as_slice(),
                _ => &[],
            };
            let findings: Vec<&PolicyFinding> = findings.iter().chain(of_group).collect();
            form.with_rules(|rules| {
                Entries::new(known.regions.iter().flatten().map(|region| entry(region, &rules.regions, &findings)).collect())
            })
        })
    });
    let selected = form.text(|draft| &draft.region);
    let lacks = Memo::new(move |_| LocationName::parse(&selected.read()).is_some_and(|name| regions::lacks_federated_credentials(&name)));
    let page = move || {
        lacks.get().then(|| {
            view! { <Link href=regions::FEDERATED_CREDENTIALS_PAGE.to_owned() external=true>{messages::FEDERATED_REGIONS.text()}</Link> }
        })
    };
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
            {page}
        </Field>
    }
    .into_any()
}

fn entry<'a>(region: &'a Location, allowed: &[String], findings: &[&PolicyFinding]) -> Entry<'a> {
    let name = region.name.as_str();
    let detail = if regions::lacks_federated_credentials(&region.name) {
        [name, " · ", &messages::REGION_LACKS_FEDERATED.text()].concat()
    } else {
        name.to_owned()
    };
    let entry = Entry::new(name, region.display_name.as_str()).detail(detail);
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
