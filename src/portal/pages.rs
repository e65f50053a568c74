//! The pages besides the form, as parts of the program that load when they are first opened.

use leptos::prelude::*;

use crate::arm::resource_id::ResourceId;

crate::part! {
    in pages:
    /// The start page.
    pub fn home() -> AnyView {
        ().into_any()
    }
}

crate::part! {
    in pages:
    /// "Create a resource".
    pub fn marketplace() -> AnyView {
        ().into_any()
    }
}

crate::part! {
    in pages:
    /// The list of identities.
    pub fn identities() -> AnyView {
        ().into_any()
    }
}

crate::part! {
    in pages:
    /// One identity.
    pub fn identity(id: ResourceId) -> AnyView {
        let _ = id;
        ().into_any()
    }
}

crate::part! {
    in pages:
    /// A deployment.
    pub fn deployment(id: ResourceId) -> AnyView {
        let _ = id;
        ().into_any()
    }
}

crate::part! {
    in pages:
    /// No page.
    pub fn not_found(path: String) -> AnyView {
        let _ = path;
        ().into_any()
    }
}
