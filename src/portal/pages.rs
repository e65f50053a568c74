//! The pages besides the form, as parts of the program that load when they are first opened.

use leptos::prelude::*;

use super::home::HomePage;
use super::not_found::NotFoundPage;
use crate::arm::resource_id::ResourceId;
use crate::checker::page::CheckPage;
use crate::deployments::page::DeploymentPage;
use crate::identities::list::IdentitiesPage;
use crate::identities::overview::IdentityPage;
use crate::marketplace::page::MarketplacePage;

crate::part! {
    in pages:
    /// The start page.
    pub fn home() -> AnyView {
        view! { <HomePage/> }.into_any()
    }
}

crate::part! {
    in pages:
    /// "Create a resource".
    pub fn marketplace() -> AnyView {
        view! { <MarketplacePage/> }.into_any()
    }
}

crate::part! {
    in reading:
    /// "Check what you have", with the readers of all languages.
    pub fn check() -> AnyView {
        view! { <CheckPage/> }.into_any()
    }
}

crate::part! {
    in pages:
    /// The list of identities.
    pub fn identities() -> AnyView {
        view! { <IdentitiesPage/> }.into_any()
    }
}

crate::part! {
    in pages:
    /// One identity.
    pub fn identity(id: ResourceId) -> AnyView {
        view! { <IdentityPage id=id/> }.into_any()
    }
}

crate::part! {
    in pages:
    /// A deployment.
    pub fn deployment(id: ResourceId) -> AnyView {
        view! { <DeploymentPage id=id/> }.into_any()
    }
}

crate::part! {
    in pages:
    /// No page.
    pub fn not_found(path: String) -> AnyView {
        view! { <NotFoundPage path=path/> }.into_any()
    }
}
