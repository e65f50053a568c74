//! New notifications, shown as toasts for a while. They stay in the notifications list.

use leptos::prelude::*;

use super::notifications::{Notification, NotificationStatus, Notifications};
use crate::browser::element;
use crate::controls::{Part, Toast, ToastPlace, ToastRegion, Tone};
use crate::messages;

/// The toasts' live region. It is in the document from the start, so that the first toast is announced too.
#[component]
pub fn Toasts() -> impl IntoView {
    let notifications = expect_context::<Notifications>();
    let is_needed =
        Memo::new(move |before: Option<&bool>| before == Some(&true) || notifications.entries.with(|entries| !entries.is_empty()));
    view! { <ToastPlace>{move || is_needed.get().then(|| view! { <Part load=move || toasts(notifications)/> })}</ToastPlace> }.into_any()
}

crate::part! {
    in review:
    fn toasts(notifications: Notifications) -> AnyView {
        let toasts = Signal::derive(move || {
            notifications.entries.with(|entries| entries.iter().rev().filter(|entry| entry.is_toast).map(toast).collect::<Vec<_>>())
        });
        // The closed toasts are in the notifications list.
        let emptied = Callback::new(|()| element::focus_first(&["header-notifications", "page-title", "main"]));
        view! { <ToastRegion toasts=toasts on_dismiss=Callback::new(move |id| notifications.dismiss(id)) on_emptied=emptied/> }.into_any()
    }
}

fn toast(notification: &Notification) -> Toast {
    Toast {
        id: notification.id,
        tone: tone(notification.status),
        title: notification.title.text(),
        text: String::new(),
        link: notification.link.clone().map(|link| (messages::SHOW_DETAILS.text().into_owned(), link)),
    }
}

pub fn tone(status: NotificationStatus) -> Tone {
    match status {
        NotificationStatus::Running => Tone::Busy,
        NotificationStatus::Done => Tone::Success,
        NotificationStatus::Failed => Tone::Error,
        NotificationStatus::Unknown => Tone::Warning,
    }
}
