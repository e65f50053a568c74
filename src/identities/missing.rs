//! The message for an identity that doesn't exist.

use leptos::prelude::*;

use crate::arm::resource_id::ResourceId;
use crate::controls::{Button, ButtonKind, Link, MessageBar, Tone};
use crate::messages;
use crate::portal::route::Route;

#[component]
pub fn Missing(id: ResourceId, on_again: Callback<()>) -> impl IntoView {
    view! {
        <MessageBar tone=Tone::Warning>
            <strong>{messages::IDENTITY_MISSING.with([id.name()]).text()}</strong>
            <p>{messages::IDENTITY_MISSING_TEXT.text()}</p>
        </MessageBar>
        <div class="actions">
            <Button kind=ButtonKind::Primary on_press=on_again>{messages::TRY_AGAIN.text()}</Button>
            <Link href=Route::Identities.href() kind=ButtonKind::Secondary>{messages::ALL_IDENTITIES.text()}</Link>
            <Link href=Route::CreateIdentity(String::new()).href() kind=ButtonKind::Secondary>{messages::CREATE_IDENTITY.text()}</Link>
        </div>
    }
    .into_any()
}
