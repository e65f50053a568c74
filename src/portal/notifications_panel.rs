//! The notifications panel.

use leptos::prelude::*;

use super::notifications::{Notification, Notifications};
use super::toasts::tone;
use crate::browser::{clock, element};
use crate::controls::{Button, ButtonKind, Icon};
use crate::messages;

#[component]
pub fn NotificationsPanel(close: Callback<()>) -> impl IntoView {
    let notifications = expect_context::<Notifications>();
    notifications.recall();
    // Entries added while the list is open count as seen.
    Effect::new(move |_| {
        if notifications.unseen.get() > 0 {
            notifications.see();
        }
    });
    let clear = Callback::new(move |()| {
        notifications.clear();
        element::focus("header-notifications");
    });
    let list = move || {
        notifications.entries.with(|entries| {
            if entries.is_empty() {
                return view! { <p class="quiet">{messages::NOTIFICATIONS_NONE.text()}</p> }.into_any();
            }
            let lines = entries.iter().map(|entry| line(entry, close)).collect::<Vec<_>>();
            view! {
                <ul class="notifications">{lines}</ul>
                <div class="panel-actions">
                    <Button kind=ButtonKind::Subtle on_press=clear>{messages::CLEAR_ALL.text()}</Button>
                </div>
            }
            .into_any()
        })
    };
    view! {
        <h2 class="panel-title">{messages::NOTIFICATIONS.text()}</h2>
        {list}
    }
    .into_any()
}

fn line(entry: &Notification, close: Callback<()>) -> AnyView {
    let tone = tone(entry.status);
    let title = entry.title.text();
    let title = match entry.link.clone() {
        Some(link) => view! { <a href=link on:click=move |_| close.run(())>{title}</a> }.into_any(),
        None => view! { <span>{title}</span> }.into_any(),
    };
    view! {
        <li class="notification" data-tone=tone.name()>
            <Icon glyph=tone.glyph()/>
            <div>
                {title}
                <p class="small">{clock::readable(entry.moment)}</p>
            </div>
        </li>
    }
    .into_any()
}
