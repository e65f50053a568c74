//! The table of identities, sortable by its column headers, with links to the Azure portal.

use leptos::prelude::*;

use super::list_view::{Column, Shown};
use crate::arm::location::Location;
use crate::arm::resource_id::ResourceId;
use crate::cloud::identity_list::{IdentityList, IdentityRow};
use crate::controls::{Glyph, Icon, Link};
use crate::messages::{self, Message};
use crate::portal::azure_portal::Portal;
use crate::portal::portal_link::linked;
use crate::portal::route::Route;
use crate::visible::shown as visible;

/// The id of the link in a row.
pub(super) fn link_id(at: usize) -> String {
    ["identity-", &at.to_string()].concat()
}

/// The header isn't rendered again when the rows change, so that a column header keeps the focus.
pub(super) fn table(
    directory: IdentityList,
    matching: Memo<Vec<IdentityRow>>,
    shown: RwSignal<Shown>,
    most: RwSignal<usize>,
    portal: Option<Portal>,
) -> AnyView {
    let any = Memo::new(move |_| matching.with(|rows| !rows.is_empty()));
    let lines = move || {
        matching.with(|rows| {
            directory.regions.with(|regions| {
                rows.iter().take(most.get()).enumerate().map(|(at, row)| line(row, at, regions, portal)).collect::<Vec<_>>()
            })
        })
    };
    let head = Column::ALL.map(|column| heading(column, shown)).into_iter().collect::<Vec<_>>();
    let portal_head = portal.is_some().then(|| view! { <td></td> });
    view! {
        <table class="table identities" aria-label=messages::IDENTITIES_TITLE.text() hidden=move || !any.get()>
            <thead><tr>{head}{portal_head}</tr></thead>
            <tbody>{lines}</tbody>
        </table>
    }
    .into_any()
}

fn name(column: Column) -> Message {
    match column {
        Column::Name => messages::NAME,
        Column::Group => messages::RESOURCE_GROUP,
        Column::Region => messages::REGION,
        Column::Subscription => messages::SUBSCRIPTION,
    }
}

fn heading(column: Column, shown: RwSignal<Shown>) -> AnyView {
    let order = move || {
        shown.with(|shown| match (shown.sort == column, shown.descending) {
            (false, _) => None,
            (true, false) => Some("ascending"),
            (true, true) => Some("descending"),
        })
    };
    view! {
        <th scope="col" aria-sort=order>
            <button class="sort" type="button" on:click=move |_| shown.update(|shown| shown.sort_by(column))>
                {name(column).text()}
                <Icon glyph=Glyph::Down/>
            </button>
        </th>
    }
    .into_any()
}

fn line(row: &IdentityRow, at: usize, regions: &[Location], portal: Option<Portal>) -> AnyView {
    let subscription = row.id.subscription();
    let group = subscription.as_ref().map(|subscription| ResourceId::of_group(subscription, &row.group));
    let subscription = subscription.as_ref().map(ResourceId::of_subscription);
    let in_portal = portal.map(|portal| {
        let label = [&messages::OPEN_IN_PORTAL.text(), ": ", &visible(&row.name)].concat();
        view! {
            <td>
                <Link href=portal.resource(&row.id, None) external=true>
                    <span class="visually-hidden">{label}</span>
                </Link>
            </td>
        }
    });
    view! {
        <tr>
            <th scope="row"><a id=link_id(at) href=Route::Identity(row.id.clone()).href()>{visible(&row.name).into_owned()}</a></th>
            <td>{linked(visible(&row.group).into_owned(), group, portal)}</td>
            <td>{visible(row.region_name(regions)).into_owned()}</td>
            <td>{linked(visible(&row.subscription).into_owned(), subscription, portal)}</td>
            {in_portal}
        </tr>
    }
    .into_any()
}
