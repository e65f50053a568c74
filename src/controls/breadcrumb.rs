//! The way from the start to this page.

use leptos::prelude::*;

use crate::messages::BREADCRUMB;

/// One step of the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crumb {
    /// Its words.
    pub label: String,
    /// Where it leads.
    pub href: String,
}

/// The steps above this page; the page's own title stands under them.
#[component]
pub fn Breadcrumb(
    /// The steps, the start first.
    #[prop(into)]
    crumbs: Signal<Vec<Crumb>>,
) -> impl IntoView {
    let step = |crumb: Crumb| view! { <li><a href=crumb.href>{crumb.label}</a></li> }.into_any();
    let steps = move || crumbs.get().into_iter().map(step).collect::<Vec<_>>();
    view! { <nav class="breadcrumb" aria-label=BREADCRUMB.text()><ol>{steps}</ol></nav> }.into_any()
}
