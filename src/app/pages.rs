//! The pages other than the form, as parts of the program that load when they are first opened.

use leptos::prelude::*;

use crate::arm::resource_id::ResourceId;
use crate::check::page::CheckPage;
use crate::deployments::page::DeploymentPage;
use crate::guide::page::GuidePage;
use crate::home::page::HomePage;
use crate::identities::list::IdentitiesPage;
use crate::identities::overview::IdentityPage;
use crate::marketplace::page::MarketplacePage;
use crate::portal::not_found::NotFoundPage;

crate::part! {
    in pages:
    /// The start page.
    pub(super) fn home() -> AnyView {
        view! { <HomePage/> }.into_any()
    }
}

crate::part! {
    in pages:
    /// "Create a resource".
    pub(super) fn marketplace() -> AnyView {
        view! { <MarketplacePage/> }.into_any()
    }
}

crate::part! {
    in parsing:
    /// "Check what you have", with the readers of all languages.
    pub(super) fn check() -> AnyView {
        view! { <CheckPage/> }.into_any()
    }
}

crate::part! {
    in guide:
    /// "Which way to sign in to the registry".
    pub(super) fn guide() -> AnyView {
        view! { <GuidePage/> }.into_any()
    }
}

crate::part! {
    in pages:
    pub(super) fn identities() -> AnyView {
        view! { <IdentitiesPage/> }.into_any()
    }
}

crate::part! {
    in resource:
    pub(super) fn identity(id: ResourceId) -> AnyView {
        view! { <IdentityPage id=id/> }.into_any()
    }
}

crate::part! {
    in resource:
    pub(super) fn deployment(id: ResourceId) -> AnyView {
        view! { <DeploymentPage id=id/> }.into_any()
    }
}

crate::part! {
    in pages:
    pub(super) fn not_found(path: String) -> AnyView {
        view! { <NotFoundPage path=path/> }.into_any()
    }
}
