//! A button.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// How much a button stands out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one thing to do here.
    Primary,
    /// What else can be done.
    #[default]
    Secondary,
    /// Quiet, without a border: in bars, rows and beside fields.
    Subtle,
    /// Looks like a link.
    Link,
    /// Removes something.
    Danger,
}

impl ButtonKind {
    /// The value of `data-kind`, by which `style/` draws it.
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

/// A button. A disabled one keeps its place in the tab order (`aria-disabled`), so that its reason can be found.
#[component]
pub fn Button(
    /// The person pressed it. Not called while disabled or busy.
    #[prop(into)]
    on_press: Callback<()>,
    /// How much it stands out; secondary unless said.
    #[prop(optional)]
    kind: ButtonKind,
    /// Whether it can't be pressed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Whether what it started is under way: shows a spinner and can't be pressed.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// An icon before the words.
    #[prop(optional, into)]
    icon: Option<Glyph>,
    /// The accessible name, where there are no words or they need more. It starts with the words seen.
    #[prop(optional, into)]
    label: Option<String>,
    /// An id, to bring the focus to it.
    #[prop(optional, into)]
    id: Option<String>,
    /// The words.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let idle = move || !disabled.get() && !busy.get();
    let press = move |_| {
        if !disabled.get_untracked() && !busy.get_untracked() {
            on_press.run(());
        }
    };
    // A key that is held presses once.
    let held = |event: leptos::ev::KeyboardEvent| {
        if event.repeat() && event.key() == "Enter" {
            event.prevent_default();
        }
    };
    let picture = move || {
        let glyph = if busy.get() { Some(Glyph::Spinner) } else { icon };
        glyph.map(|glyph| view! { <Icon glyph=glyph/> })
    };
    let square = children.is_none().then_some("true");
    let words = children.map(|children| children());
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
            on:keydown=held
            on:click=press
        >
            {picture}
            {words}
        </button>
    }
    .into_any()
}
