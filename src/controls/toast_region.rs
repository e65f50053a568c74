//! Toasts at the top of the page. The page owns the list; a toast shows an entry for a while.
//!
//! The time is the duration of an animation in `style/toast_region.css`, which pauses while the pointer or the focus is on it.

use leptos::prelude::*;

use super::button::{Button, ButtonKind};
use super::icon::{Glyph, Icon};
use super::tone::Tone;
use crate::browser::element;
use crate::messages::{CLOSE, TOASTS};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    pub id: u32,
    /// [`Tone::Error`] and [`Tone::Busy`] stay until they are dismissed. A toast is rendered again when its tone changes.
    pub tone: Tone,
    pub title: String,
    /// May be empty.
    pub text: String,
    /// The text and the address of a link.
    pub link: Option<(String, String)>,
}

/// The handlers that every toast shares.
#[derive(Clone, Copy)]
struct Handlers {
    toasts: Signal<Vec<Toast>>,
    on_dismiss: Callback<u32>,
    on_emptied: Callback<()>,
}

impl Handlers {
    /// Closes a toast and moves the focus to the next one. After the last one, the page moves the focus.
    fn close(self, id: u32) {
        let next = self.toasts.with_untracked(|toasts| {
            let at = toasts.iter().position(|toast| toast.id == id)?;
            toasts.get(at + 1).or_else(|| toasts.get(at.checked_sub(1)?)).map(|toast| toast.id)
        });
        self.on_dismiss.run(id);
        element::next_frame(Box::new(move || match next {
            Some(next) => element::focus(&close_id(next)),
            None => self.on_emptied.run(()),
        }));
    }
}

fn close_id(id: u32) -> String {
    ["toast-close-", &id.to_string()].concat()
}

fn toast_view(toast: Toast, handlers: Handlers) -> AnyView {
    let Toast { id, tone, title, text, link } = toast;
    let stays = matches!(tone, Tone::Error | Tone::Busy);
    let ended = move |_| {
        if !stays {
            handlers.on_dismiss.run(id);
        }
    };
    let more = (!text.is_empty()).then(|| view! { <p>{text}</p> });
    let link = link.map(|(words, href)| view! { <a href=href>{words}</a> });
    view! {
        <div class="toast" data-tone=tone.name() data-stays=stays.then_some("true") on:animationend=ended>
            <Icon glyph=tone.glyph()/>
            <div class="toast-text"><p class="toast-title">{title}</p>{more}{link}</div>
            <Button id=close_id(id) kind=ButtonKind::Subtle icon=Glyph::Close label=CLOSE.text() on_press=move |()| handlers.close(id)/>
        </div>
    }
    .into_any()
}

/// The polite live region of the toasts, which is in the document before the first of them.
#[component]
pub fn ToastPlace(
    /// The [`ToastRegion`], once there are toasts.
    children: Children,
) -> impl IntoView {
    view! { <div class="toasts" aria-live="polite">{children()}</div> }.into_any()
}

/// The toasts, in their [`ToastPlace`].
#[component]
pub fn ToastRegion(
    /// The newest last.
    #[prop(into)]
    toasts: Signal<Vec<Toast>>,
    /// Called with a toast's id when its time is over or the person closed it.
    #[prop(into)]
    on_dismiss: Callback<u32>,
    /// Called when the person closed the last one, to move the focus.
    #[prop(into)]
    on_emptied: Callback<()>,
) -> impl IntoView {
    let handlers = Handlers { toasts, on_dismiss, on_emptied };
    let any = Memo::new(move |_| toasts.with(|toasts| !toasts.is_empty()));
    let list = move || {
        any.get().then(|| {
            view! {
                <div class="toast-list" role="region" aria-label=TOASTS.text()>
                    <For
                        each=move || toasts.get()
                        key=|toast| (toast.id, toast.tone)
                        children=move |toast| toast_view(toast, handlers)
                    />
                </div>
            }
        })
    };
    view! { {list} }.into_any()
}
