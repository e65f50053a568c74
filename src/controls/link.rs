//! A link.

use leptos::prelude::*;

use super::button::ButtonKind;
use super::icon::{Glyph, Icon};
use crate::messages::NEW_TAB;

/// An inline link, or one styled as a button. An external link opens a new tab and says so.
#[component]
pub fn Link(
    #[prop(into)] href: Signal<String>,
    #[prop(optional)] external: bool,
    /// Styles it as a button of this kind.
    #[prop(optional, into)]
    kind: Option<ButtonKind>,
    children: Children,
) -> impl IntoView {
    let mark = external.then(|| view! { <Icon glyph=Glyph::External/><span class="visually-hidden">" "{NEW_TAB.text()}</span> });
    view! {
        <a
            class=if kind.is_some() { "button" } else { "link" }
            data-kind=kind.map(ButtonKind::name)
            href=move || href.get()
            target=external.then_some("_blank")
            rel=external.then_some("noopener noreferrer")
        >
            {children()}
            {mark}
        </a>
    }
    .into_any()
}
