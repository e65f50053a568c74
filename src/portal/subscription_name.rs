//! A subscription's display name, or its id until that has loaded.

use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;

use crate::arm::guid::Guid;
use crate::arm::subscription::Subscription;
use crate::cloud::Cloud;
use crate::cloud::queries::{self, ArmFuture};
use crate::controls::{CopyButton, Link};
use crate::messages;
use crate::visible::shown;

/// The name, with a button that copies the id.
#[component]
pub fn SubscriptionName(
    id: Guid,
    /// The subscription's page in the Azure portal.
    #[prop(optional_no_strip)]
    href: Option<String>,
) -> impl IntoView {
    let name = RwSignal::new(id.as_str().to_owned());
    if cfg!(target_arch = "wasm32") {
        let (cloud, id) = (expect_context::<Cloud>(), id.clone());
        spawn_local_scoped_with_cancellation(async move {
            // If the request fails, the id stays.
            if let Ok(Some(subscription)) = queries::from_part(ask(cloud, id)).await {
                name.set(subscription.display_name);
            }
        });
    }
    let name = Signal::derive(move || name.with(|name| shown(name).into_owned()));
    let name = match href {
        Some(href) => view! { <Link href=href external=true>{name}</Link> }.into_any(),
        None => view! { <span>{name}</span> }.into_any(),
    };
    view! {
        {name}
        <CopyButton text=id.as_str() what=messages::SUBSCRIPTION_ID.text()/>
    }
    .into_any()
}

crate::part! {
    in resource:
    fn ask(cloud: Cloud, id: Guid) -> ArmFuture<Option<Subscription>> {
        Box::pin(async move { queries::client(cloud).subscription(&id).await })
    }
}
