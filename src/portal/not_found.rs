//! The page for an unknown address.

use leptos::prelude::*;

use super::frame::{Heading, Page};
use super::route::Route;
use crate::controls::{ButtonKind, Link};
use crate::messages;

#[component]
pub fn NotFoundPage(
    /// The requested path.
    path: String,
) -> impl IntoView {
    let heading =
        Heading { title: messages::NOT_FOUND_TITLE.text().into_owned(), trail: vec![(messages::HOME_TITLE, Route::Home)], close: None };
    view! {
        <Page heading=heading>
            <div class="home">
                <p>{messages::NOT_FOUND_TEXT.text()}</p>
                <p><code dir="ltr">{path}</code></p>
                <div class="actions">
                    <Link href=Route::Home.href() kind=ButtonKind::Primary>{messages::HOME_TITLE.text()}</Link>
                    <Link href=Route::CreateIdentity(String::new()).href() kind=ButtonKind::Secondary>{messages::CREATE_IDENTITY.text()}</Link>
                </div>
            </div>
        </Page>
    }
    .into_any()
}
