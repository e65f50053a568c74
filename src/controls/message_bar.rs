//! A message bar across the page.

use leptos::prelude::*;

use super::icon::Icon;
use super::live_region::painted;
use super::tone::Tone;

/// Errors have the role `alert`, which is announced on insertion; other tones have `status`, and are inserted before
/// their text.
#[component]
pub fn MessageBar(
    tone: Tone,
    /// The message, and its links and buttons.
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
