//! A deployment's properties: names, resource group, subscription, time, and the id for support.

use leptos::prelude::*;

use super::view::{Moment, Shown};
use crate::arm::resource_id::ResourceId;
use crate::browser::clock;
use crate::controls::{CopyButton, DataList, DataRow};
use crate::messages;
use crate::portal::azure_portal::Portal;
use crate::portal::portal_link::linked;
use crate::portal::subscription_name::SubscriptionName;
use crate::visible::shown as shown_text;

#[component]
pub fn Facts(
    shown: Shown,
    /// The Azure portal, for links to the subscription and the group.
    #[prop(optional_no_strip)]
    portal: Option<Portal>,
) -> impl IntoView {
    let Shown { id, moment, correlation_id, .. } = shown;
    let name = shown_text(id.name()).into_owned();
    let label = if super::view::is_deployment(&id) { messages::DEPLOYMENT_NAME } else { messages::NAME };
    let group = id.resource_group().map(|group| {
        let at = id.subscription().map(|subscription| ResourceId::of_group(&subscription, group));
        let group = linked(shown_text(group).into_owned(), at, portal);
        view! { <DataRow label=messages::RESOURCE_GROUP.text()>{group}</DataRow> }
    });
    let subscription = id.subscription().map(|subscription| {
        let href = portal.map(|portal| portal.resource(&ResourceId::of_subscription(&subscription), None));
        view! { <DataRow label=messages::SUBSCRIPTION.text()><SubscriptionName id=subscription href=href/></DataRow> }
    });
    let time = match moment {
        Moment::Began(moment) => Some((messages::START_TIME, readable(Some(moment)))),
        Moment::Changed(text) => Some((messages::LAST_CHANGE, localized(&text))),
        Moment::Unknown => None,
    };
    let time = time.map(|(label, text)| view! { <DataRow label=label.text()>{text}</DataRow> });
    let support = correlation_id.map(|id| {
        view! {
            <DataRow label=messages::CORRELATION_ID.text()>
                <span>{shown_text(&id).into_owned()}</span>
                <CopyButton text=id what=messages::CORRELATION_ID.text()/>
            </DataRow>
        }
    });
    view! {
        <DataList>
            <DataRow label=label.text()>{name}</DataRow>
            {subscription}
            {group}
            {time}
            {support}
        </DataList>
    }
    .into_any()
}

/// ARM's timestamp (RFC 3339) in the browser's locale.
pub(super) fn localized(text: &str) -> String {
    if cfg!(target_arch = "wasm32") { readable(clock::moment(text)) } else { text.to_owned() }
}

fn readable(moment: Option<u64>) -> String {
    match moment {
        Some(moment) if cfg!(target_arch = "wasm32") => clock::readable(moment),
        _ => String::new(),
    }
}

/// The display name of a resource's type.
pub(super) fn type_name(id: &ResourceId) -> String {
    let Some(kind) = id.resource_type() else { return messages::TYPE_GROUP.text().into_owned() };
    let known = [
        ("Microsoft.Resources/resourceGroups", messages::TYPE_GROUP),
        ("Microsoft.Resources/deployments", messages::TYPE_DEPLOYMENT),
        (crate::arm::managed_identity::IDENTITY_TYPE, messages::TYPE_IDENTITY),
        (crate::arm::federated_credential::CREDENTIAL_TYPE, messages::TYPE_CREDENTIAL),
        (crate::arm::lock::LOCK_TYPE, messages::TYPE_LOCK),
    ];
    known.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(&kind)).map_or(kind, |(_, name)| name.text().into_owned())
}
