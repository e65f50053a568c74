//! The current account's directories, and the button that switches to one.

use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation as spawn;

use super::sign_in::{SignIn, SignInAction};
use crate::arm::error::ArmError;
use crate::arm::tenant::Tenant;
use crate::browser::element;
use crate::cloud::Cloud;
use crate::cloud::queries::{self, ArmFuture};
use crate::controls::{Button, ButtonKind};
use crate::messages;

/// The current account's directories; `None` while loading.
pub type Directories = RwSignal<Option<Result<Vec<Tenant>, ArmError>>>;

/// Starts loading the current account's directories.
pub fn directories() -> Directories {
    let found = RwSignal::new(None);
    if cfg!(target_arch = "wasm32") {
        let cloud = expect_context::<Cloud>();
        spawn(async move {
            found.set(Some(queries::from_part(ask_tenants(cloud)).await));
        });
    }
    found
}

/// A directory's display name, or its domain or id.
pub fn called(tenant: &Tenant) -> String {
    let names = [tenant.display_name.as_str(), &tenant.default_domain, tenant.id.as_str()];
    names.into_iter().find(|name| !name.is_empty()).unwrap_or_default().to_owned()
}

#[component]
pub fn SwitchButton(
    sign_in: SignIn,
    tenant: Tenant,
    /// The id of the element to focus if the button disappears with the switch.
    #[prop(optional)]
    then: Option<&'static str>,
) -> impl IntoView {
    let id = tenant.id.as_str().to_owned();
    let go = Callback::new(move |()| {
        sign_in.run(SignInAction::SwitchDirectory(id.clone()));
        then.into_iter().for_each(element::focus);
    });
    // In a panel it is one of several.
    let kind = if then.is_some() { ButtonKind::Secondary } else { ButtonKind::Subtle };
    view! { <Button kind=kind on_press=go>{messages::ACCOUNT_SWITCH_DIRECTORY.with([&called(&tenant)]).text()}</Button> }.into_any()
}

crate::part! {
    in panels:
    fn ask_tenants(cloud: Cloud) -> ArmFuture<Vec<Tenant>> {
        Box::pin(async move {
            let client = queries::client(cloud);
            client.tenants().all(&client).await
        })
    }
}
