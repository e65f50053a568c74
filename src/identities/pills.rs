//! The filter pills above the list: subscription, resource group and region, from the values in the list.

use leptos::prelude::*;

use super::list_view::Shown;
use crate::arm::location::Location;
use crate::browser::element;
use crate::cloud::identity_list::{IdentityList, IdentityRow};
use crate::controls::{Button, ButtonKind};
use crate::messages::{self, Message};
use crate::visible::shown as visible;

pub(super) const FILTER: &str = "filter";

#[derive(Clone, Copy)]
struct Pill {
    id: &'static str,
    label: Message,
    /// The value and its display name in a row.
    of: for<'a> fn(&'a IdentityRow, &'a [Location]) -> (&'a str, &'a str),
    chosen: fn(&mut Shown) -> &mut String,
}

const PILLS: [Pill; 3] = [
    Pill {
        id: "pill-subscription",
        label: messages::SUBSCRIPTION,
        of: |row, _| (&row.subscription_id, &row.subscription),
        chosen: |shown| &mut shown.subscription,
    },
    Pill { id: "pill-group", label: messages::RESOURCE_GROUP, of: |row, _| (&row.group, &row.group), chosen: |shown| &mut shown.group },
    Pill {
        id: "pill-region",
        label: messages::REGION,
        of: |row, regions| (&row.region, row.region_name(regions)),
        chosen: |shown| &mut shown.region,
    },
];

/// The pills, and the button that clears them and the filter.
pub(super) fn pills(directory: IdentityList, shown: RwSignal<Shown>) -> AnyView {
    let narrowed = Memo::new(move |_| shown.with(Shown::is_narrowed));
    let clear = move || narrowed.get().then(|| clear_button(shown));
    let pills = PILLS.map(|one| pill(one, directory, shown)).into_iter().collect::<Vec<_>>();
    view! { <div class="pills" role="group" aria-label=messages::FILTERS.text()>{pills}{clear}</div> }.into_any()
}

/// Clears the filter and the pills, and focuses the filter, since the button disappears.
fn clear_button(shown: RwSignal<Shown>) -> AnyView {
    let clear = Callback::new(move |()| {
        element::focus(FILTER);
        shown.update(|shown| *shown = shown.widened());
    });
    view! { <Button kind=ButtonKind::Subtle on_press=clear>{messages::FILTERS_CLEAR.text()}</Button> }.into_any()
}

fn pill(pill: Pill, directory: IdentityList, shown: RwSignal<Shown>) -> AnyView {
    let chosen = Memo::new(move |_| (pill.chosen)(&mut shown.get()).clone());
    // Sorted by name. Includes the value from the URL even if no row has it.
    let choices = Memo::new(move |_| {
        let mut choices: Vec<(String, String, String)> = directory.rows.with(|rows| {
            directory.regions.with(|regions| {
                let choice = |row: &IdentityRow| {
                    let (value, name) = (pill.of)(row, regions);
                    (name.to_lowercase(), value.to_owned(), name.to_owned())
                };
                rows.iter().map(choice).collect()
            })
        });
        let own = chosen.get();
        if !own.is_empty() && !choices.iter().any(|(_, value, _)| value.eq_ignore_ascii_case(&own)) {
            choices.push((own.to_lowercase(), own.clone(), own));
        }
        choices.sort_unstable();
        choices.dedup_by(|one, other| one.1.eq_ignore_ascii_case(&other.1));
        choices
    });
    let options = move || {
        let option = |(_, value, name): (String, String, String)| {
            let own = value.clone();
            view! { <option value=value prop:selected=move || chosen.with(|chosen| chosen.eq_ignore_ascii_case(&own))>{visible(&name).into_owned()}</option> }
        };
        choices.get().into_iter().map(option).collect::<Vec<_>>()
    };
    view! {
        <div class="pill" data-on=move || chosen.with(|chosen| !chosen.is_empty()).then_some("true")>
            <label for=pill.id>{pill.label.text()}</label>
            <select
                id=pill.id
                on:change=move |event| {
                    let value = event_target_value(&event);
                    shown.update(|shown| *(pill.chosen)(shown) = value);
                }
            >
                <option value="" prop:selected=move || chosen.with(String::is_empty)>{messages::FILTER_ALL.text()}</option>
                {options}
            </select>
        </div>
    }
    .into_any()
}
