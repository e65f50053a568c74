//! A region by what people call it, once that is known; by ARM's name until then.

use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;

use crate::arm::guid::Guid;
use crate::arm::location::{self, Location};
use crate::cloud::Cloud;
use crate::cloud::queries::{self, ArmFuture};

/// The display name.
#[component]
pub fn RegionName(
    /// A subscription that may use it.
    subscription: Guid,
    /// ARM's name.
    name: String,
) -> impl IntoView {
    let shown = RwSignal::new(name.clone());
    if cfg!(target_arch = "wasm32") {
        let cloud = expect_context::<Cloud>();
        spawn_local_scoped_with_cancellation(async move {
            // Without an answer, ARM's name says which one it is.
            if let Ok(regions) = queries::from_part(ask(cloud, subscription)).await {
                shown.set(location::display_name(&regions, &name).to_owned());
            }
        });
    }
    view! { <span>{shown}</span> }.into_any()
}

crate::part! {
    in azure:
    fn ask(cloud: Cloud, subscription: Guid) -> ArmFuture<Vec<Location>> {
        Box::pin(async move {
            let client = queries::client(cloud);
            client.locations(&subscription).all(&client).await
        })
    }
}
