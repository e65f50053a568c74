//! The frame: header, breadcrumb, title, and the page.

use leptos::prelude::*;

use super::header::Header;
use super::route::Route;
use super::toasts::Toasts;
use crate::browser::{address, element, title};
use crate::controls::{Breadcrumb, Button, ButtonKind, Crumb, Glyph};
use crate::messages::{self, Message};
use crate::visible::shown;

/// What is shown above a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    pub title: String,
    /// The pages above it, for the breadcrumb.
    pub trail: Vec<(Message, Route)>,
    /// Where the close button leads; `None` for no close button.
    pub close: Option<Route>,
}

/// A page with its breadcrumb and title, which it also sets as the document's title.
#[component]
pub fn Page(
    heading: Heading,
    /// Called when the close button is pressed; navigates to the heading's `close` by default.
    #[prop(optional, into)]
    on_close: Option<Callback<()>>,
    children: Children,
) -> impl IntoView {
    if cfg!(target_arch = "wasm32") {
        title::set(&[heading.title.as_str(), " - ", &messages::PRODUCT_NAME.text()].concat());
    }
    let crumbs: Vec<_> =
        heading.trail.into_iter().map(|(name, route)| Crumb { label: name.text().into_owned(), href: route.href() }).collect();
    let close = heading.close.map(|route| {
        let leave = move |()| match on_close {
            Some(on_close) => on_close.run(()),
            None => address::go(&route.href()),
        };
        view! { <Button kind=ButtonKind::Subtle icon=Glyph::Close label=messages::CLOSE_PAGE.text() on_press=Callback::new(leave)/> }
    });
    view! {
        <Breadcrumb crumbs=Signal::stored(crumbs)/>
        <div class="page-head">
            <h1 id="page-title" tabindex="-1">{shown(&heading.title).into_owned()}</h1>
            {close}
        </div>
        {children()}
    }
    .into_any()
}

/// The header, the toasts and the main region.
#[component]
pub fn Frame(children: Children) -> impl IntoView {
    view! {
        // Not a link to #main, because the fragment is the route.
        <button class="skip-link" type="button" on:click=|_| element::focus("main")>{messages::SKIP_TO_CONTENT.text()}</button>
        <Header/>
        <Toasts/>
        <main id="main" tabindex="-1">{children()}</main>
    }
    .into_any()
}
