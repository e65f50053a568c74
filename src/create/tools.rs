//! The tools above the form: the link to the check, the form's own link, and the button that opens and closes the code panel.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::form::Form;
use crate::browser::{address, element};
use crate::controls::{CopyButton, Glyph, Icon};
use crate::messages;
use crate::portal::hosted::Hosted;
use crate::portal::notifications::{NotificationStatus, Notifications};
use crate::portal::route::Route;
use crate::provisioning::draft::Draft;
use crate::provisioning::link;

/// The id of the code panel.
pub(super) const PANEL: &str = "code-panel";

/// Check what you have, Copy link and Code.
#[component]
pub fn Tools(form: Form) -> impl IntoView {
    let link = Signal::derive(move || {
        let route = Route::CreateIdentity(form.draft.with(link::query));
        [address::base(), route.href()].concat()
    });
    let notifications = expect_context::<Notifications>();
    let copied = Callback::new(move |()| {
        let draft = form.draft.get_untracked();
        if !link::says_all(&draft) {
            spawn_local(async move {
                // The link is copied even if the part fails to load.
                let _ = tell_left_out(draft, notifications).await;
            });
        }
    });
    let toggle_code = move |_| {
        form.toggle_code();
        // On a narrow screen the panel is below the form.
        if form.code_open.get_untracked() {
            element::after_paint(Box::new(|| {
                if !element::is_in_sight(PANEL) {
                    element::focus(PANEL);
                }
            }));
        }
    };
    // Inside a host page there are only the form and the pages that it leads to.
    let check = use_context::<Hosted>().is_none().then(|| {
        view! { <a class="link create-check" href=Route::Check.href()>{messages::CHECK_TITLE.text()}</a> }
    });
    view! {
        <div class="create-tools">
            {check}
            <CopyButton text=link what=messages::LINK.text() on_copied=copied/>
            <button
                id="code-toggle"
                class="button"
                type="button"
                data-kind="subtle"
                aria-expanded=move || if form.code_open.get() { "true" } else { "false" }
                aria-controls=PANEL
                on:click=toggle_code
            >
                <Icon glyph=Glyph::Code/>
                {messages::CODE.text()}
            </button>
        </div>
    }
    .into_any()
}

crate::part! {
    in review:
    /// Tells the person what the copied link leaves out.
    fn tell_left_out(draft: Draft, notifications: Notifications) -> () {
        if let Some(sentence) = link::left_out(&draft) {
            notifications.tell("link", NotificationStatus::Done, sentence, None);
        }
    }
}
