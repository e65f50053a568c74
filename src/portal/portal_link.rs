//! Links to the Azure portal.

use leptos::prelude::*;

use super::azure_portal::Portal;
use crate::arm::resource_id::ResourceId;
use crate::controls::Link;

/// `text` as a link to the resource's page in the Azure portal, or plain without a resource or a portal.
pub fn linked(text: String, id: Option<ResourceId>, portal: Option<Portal>) -> AnyView {
    match portal.zip(id) {
        Some((portal, id)) => view! { <Link href=portal.resource(&id, None) external=true>{text}</Link> }.into_any(),
        None => text.into_any(),
    }
}
