//! A region's display name, or ARM's name until that has loaded.

use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;

use crate::arm::guid::Guid;
use crate::arm::location::{self, Location};
use crate::cloud::Cloud;
use crate::cloud::queries::{self, ArmFuture};

#[component]
pub fn RegionName(
    /// A subscription whose regions include it.
    subscription: Guid,
    /// ARM's name, such as `eastus`.
    name: String,
) -> impl IntoView {
    let shown = RwSignal::new(name.clone());
    if cfg!(target_arch = "wasm32") {
        let cloud = expect_context::<Cloud>();
        spawn_local_scoped_with_cancellation(async move {
            // If the request fails, ARM's name stays.
            if let Ok(regions) = queries::from_part(ask(cloud, subscription)).await {
                shown.set(location::display_name(&regions, &name).to_owned());
            }
        });
    }
    view! { <span>{shown}</span> }.into_any()
}

crate::part! {
    in resource:
    fn ask(cloud: Cloud, subscription: Guid) -> ArmFuture<Vec<Location>> {
        Box::pin(async move {
            let client = queries::client(cloud);
            client.locations(&subscription).all(&client).await
        })
    }
}
