//! The breadcrumb above a page's title.

use leptos::prelude::*;

use crate::messages::BREADCRUMB;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crumb {
    pub label: String,
    pub href: String,
}

/// The pages above this one. The page's own title is not part of it.
#[component]
pub fn Breadcrumb(
    /// Home first.
    #[prop(into)]
    crumbs: Signal<Vec<Crumb>>,
) -> impl IntoView {
    let step = |crumb: Crumb| view! { <li><a href=crumb.href>{crumb.label}</a></li> }.into_any();
    let steps = move || crumbs.get().into_iter().map(step).collect::<Vec<_>>();
    view! { <nav class="breadcrumb" aria-label=BREADCRUMB.text()><ol>{steps}</ol></nav> }.into_any()
}
