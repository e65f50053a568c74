//! A bar across the page that says how things stand.

use leptos::prelude::*;

use super::icon::Icon;
use super::live_region::painted;
use super::tone::Tone;

/// A bar: role `alert` for errors, which is announced as it appears; `status` for the rest, which is on the page before
/// its words.
#[component]
pub fn MessageBar(
    /// How it speaks.
    tone: Tone,
    /// What it says, and links and buttons to act on it.
    children: Children,
) -> impl IntoView {
    let content = move |children: Children| {
        view! {
            <Icon glyph=tone.glyph()/>
            <div class="message-bar-text">{children()}</div>
        }
        .into_any()
    };
    if tone == Tone::Error {
        return view! { <div class="message-bar" role="alert" data-tone=tone.name()>{content(children)}</div> }.into_any();
    }
    let painted = painted();
    let children = StoredValue::new_local(Some(children));
    let filled = move || painted.get().then(|| children.try_update_value(Option::take).flatten().map(content));
    view! { <div class="message-bar" role="status" data-tone=tone.name()>{filled}</div> }.into_any()
}
