//! Buttons, dialogs, message bars.

use identity_portal::controls::{Button, ButtonKind, Dialog, Glyph, MessageBar, Tone};
use identity_portal::messages::CANCEL;
use leptos::prelude::*;

use super::{has, html, lacks, tag};

#[test]
fn a_disabled_or_busy_button_is_still_focusable() {
    for (disabled, busy, aria_disabled) in [(false, false, false), (true, false, true), (false, true, true)] {
        let html = html(move || {
            view! { <Button id="create" kind=ButtonKind::Primary disabled=disabled busy=busy on_press=|()| {}>"Create"</Button> }.into_any()
        });
        let tag = tag(&html, "create");
        assert_eq!(tag.contains("aria-disabled=\"true\""), aria_disabled, "{tag}");
        assert_eq!(tag.contains("aria-busy=\"true\""), busy, "{tag}");
        lacks(tag, &[" disabled"]);
        has(&html, &["data-kind=\"primary\"", "type=\"button\"", "Create"]);
    }
}

#[test]
fn an_icon_alone_has_a_name() {
    let html = html(|| view! { <Button kind=ButtonKind::Subtle icon=Glyph::Close label="Close" on_press=|()| {}/> }.into_any());
    has(&html, &["aria-label=\"Close\"", "data-square=\"true\"", "<svg", "aria-hidden=\"true\""]);
}

#[test]
fn a_closed_dialog_is_empty() {
    let dialog = |open: bool| {
        html(move || {
            view! { <Dialog id="new" title="Create new" open=open on_close=|()| {} content=|| "body" actions=|| "foot" dismiss=CANCEL/> }
                .into_any()
        })
    };
    has(
        &dialog(true),
        &["<dialog", "aria-labelledby=\"new-title\"", "Create new</h2>", "body", "foot", "id=\"new-dismiss\"", "aria-label=\"Close\""],
    );
    lacks(&dialog(false), &["body", "Create new"]);
}

#[test]
fn message_bars_have_the_role_of_their_tone() {
    for (tone, role) in [(Tone::Error, "alert"), (Tone::Warning, "status"), (Tone::Info, "status"), (Tone::Success, "status")] {
        let html = html(move || view! { <MessageBar tone=tone>"Text"</MessageBar> }.into_any());
        has(&html, &[&format!("role=\"{role}\""), &format!("data-tone=\"{}\"", tone.name()), "Text"]);
    }
}
