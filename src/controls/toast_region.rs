//! Short news at the top of the page, beside its content or above it, never over it. The page keeps the list; a toast only shows it for a while.
//!
//! How long is an animation of `style/toast_region.css`, which rests while the pointer or the focus is on it.

use leptos::prelude::*;

use super::button::{Button, ButtonKind};
use super::icon::{Glyph, Icon};
use super::tone::Tone;
use crate::messages::{CLOSE, TOASTS};

/// A piece of news.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    /// What the page knows it by.
    pub id: u32,
    /// Errors and what is under way stay until they are dismissed. A toast is drawn anew when its tone changes.
    pub tone: Tone,
    /// What happened.
    pub title: String,
    /// More about it; may be empty.
    pub text: String,
    /// The words and the address of a link.
    pub link: Option<(String, String)>,
}

fn toast_view(toast: Toast, on_dismiss: Callback<u32>) -> AnyView {
    let Toast { id, tone, title, text, link } = toast;
    let stays = matches!(tone, Tone::Error | Tone::Busy);
    let ended = move |_| {
        if !stays {
            on_dismiss.run(id);
        }
    };
    let more = (!text.is_empty()).then(|| view! { <p>{text}</p> });
    let link = link.map(|(words, href)| view! { <a href=href>{words}</a> });
    view! {
        <div class="toast" data-tone=tone.name() data-stays=stays.then_some("true") on:animationend=ended>
            <Icon glyph=tone.glyph()/>
            <div class="toast-text"><p class="toast-title">{title}</p>{more}{link}</div>
            <Button kind=ButtonKind::Subtle icon=Glyph::Close label=CLOSE.text() on_press=move |()| on_dismiss.run(id)/>
        </div>
    }
    .into_any()
}

/// The place of the toasts: a polite live region.
#[component]
pub fn ToastRegion(
    /// What to show, the newest last.
    #[prop(into)]
    toasts: Signal<Vec<Toast>>,
    /// The toast's time is over, or the person closed it.
    #[prop(into)]
    on_dismiss: Callback<u32>,
) -> impl IntoView {
    view! {
        <div class="toasts" role="region" aria-label=TOASTS.text() aria-live="polite">
            <For
                each=move || toasts.get()
                key=|toast| (toast.id, toast.tone)
                children=move |toast| toast_view(toast, on_dismiss)
            />
        </div>
    }
    .into_any()
}
