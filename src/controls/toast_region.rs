//! Short news at the top of the page. The page keeps the list; a toast only shows it for a while.
//!
//! How long is an animation of `style/toast_region.css`, which rests while the pointer or the focus is on it.

use leptos::prelude::*;

use super::button::{Button, ButtonKind};
use super::icon::{Glyph, Icon};
use super::tone::Tone;
use crate::browser::element;
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

/// What the list of toasts does with a press.
#[derive(Clone, Copy)]
struct Acts {
    toasts: Signal<Vec<Toast>>,
    on_dismiss: Callback<u32>,
    on_emptied: Callback<()>,
}

impl Acts {
    /// The person closes a toast; the focus goes to the next one, and with the last it is the page's.
    fn close(self, id: u32) {
        let next = self.toasts.with_untracked(|toasts| {
            let at = toasts.iter().position(|toast| toast.id == id)?;
            toasts.get(at + 1).or_else(|| toasts.get(at.checked_sub(1)?)).map(|toast| toast.id)
        });
        self.on_dismiss.run(id);
        request_animation_frame(move || match next {
            Some(next) => element::focus(&close_id(next)),
            None => self.on_emptied.run(()),
        });
    }
}

fn close_id(id: u32) -> String {
    ["toast-close-", &id.to_string()].concat()
}

fn toast_view(toast: Toast, acts: Acts) -> AnyView {
    let Toast { id, tone, title, text, link } = toast;
    let stays = matches!(tone, Tone::Error | Tone::Busy);
    let ended = move |_| {
        if !stays {
            acts.on_dismiss.run(id);
        }
    };
    let more = (!text.is_empty()).then(|| view! { <p>{text}</p> });
    let link = link.map(|(words, href)| view! { <a href=href>{words}</a> });
    view! {
        <div class="toast" data-tone=tone.name() data-stays=stays.then_some("true") on:animationend=ended>
            <Icon glyph=tone.glyph()/>
            <div class="toast-text"><p class="toast-title">{title}</p>{more}{link}</div>
            <Button id=close_id(id) kind=ButtonKind::Subtle icon=Glyph::Close label=CLOSE.text() on_press=move |()| acts.close(id)/>
        </div>
    }
    .into_any()
}

/// The place of the toasts: a polite live region that is there before the first of them.
#[component]
pub fn ToastPlace(
    /// The [`ToastRegion`], once there is something to show.
    children: Children,
) -> impl IntoView {
    view! { <div class="toasts" aria-live="polite">{children()}</div> }.into_any()
}

/// The toasts, in their [`ToastPlace`].
#[component]
pub fn ToastRegion(
    /// What to show, the newest last.
    #[prop(into)]
    toasts: Signal<Vec<Toast>>,
    /// The toast's time is over, or the person closed it.
    #[prop(into)]
    on_dismiss: Callback<u32>,
    /// The person closed the last one: the focus needs a place.
    #[prop(into)]
    on_emptied: Callback<()>,
) -> impl IntoView {
    let acts = Acts { toasts, on_dismiss, on_emptied };
    let any = Memo::new(move |_| toasts.with(|toasts| !toasts.is_empty()));
    let list = move || {
        any.get().then(|| {
            view! {
                <div class="toast-list" role="region" aria-label=TOASTS.text()>
                    <For
                        each=move || toasts.get()
                        key=|toast| (toast.id, toast.tone)
                        children=move |toast| toast_view(toast, acts)
                    />
                </div>
            }
        })
    };
    view! { {list} }.into_any()
}
