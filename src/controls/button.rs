//! A button.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// How prominent a button is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The main action of a page or dialog.
    Primary,
    #[default]
    Secondary,
    /// Without a border: in bars, rows and beside fields.
    Subtle,
    /// Looks like a link.
    Link,
    /// Deletes or discards something.
    Danger,
}

impl ButtonKind {
    /// The value of `data-kind`, which `style/button.css` selects by.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Secondary => "secondary",
            Self::Subtle => "subtle",
            Self::Link => "link",
            Self::Danger => "danger",
        }
    }
}

/// A disabled button stays in the tab order (`aria-disabled`), so that people can find out why it is disabled.
#[component]
pub fn Button(
    /// Not called while disabled or busy.
    #[prop(into)]
    on_press: Callback<()>,
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional, into)] disabled: Signal<bool>,
    /// Shows a spinner and ignores presses while the button's action is running.
    #[prop(optional, into)]
    busy: Signal<bool>,
    #[prop(optional, into)] icon: Option<Glyph>,
    /// The accessible name, if there is no visible text or it isn't sufficient. It starts with the visible text (WCAG 2.5.3).
    #[prop(optional, into)]
    label: Option<String>,
    #[prop(optional, into)] id: Option<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let idle = move || !disabled.get() && !busy.get();
    let press = move |_| {
        if !disabled.get_untracked() && !busy.get_untracked() {
            on_press.run(());
        }
    };
    // A held Enter key presses only once.
    let ignore_repeat = |event: leptos::ev::KeyboardEvent| {
        if event.repeat() && event.key() == "Enter" {
            event.prevent_default();
        }
    };
    let icon = move || {
        let glyph = if busy.get() { Some(Glyph::Spinner) } else { icon };
        glyph.map(|glyph| view! { <Icon glyph=glyph/> })
    };
    let square = children.is_none().then_some("true");
    let text = children.map(|children| children());
    view! {
        <button
            id=id
            class="button"
            type="button"
            data-kind=kind.name()
            data-square=square
            aria-label=label
            aria-disabled=move || (!idle()).then_some("true")
            aria-busy=move || busy.get().then_some("true")
            on:keydown=ignore_repeat
            on:click=press
        >
            {icon}
            {text}
        </button>
    }
    .into_any()
}
