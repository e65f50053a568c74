//! Handles the host's messages.

use super::events;
use super::host::Host;
use super::tokens::Tokens;
use crate::browser::element;
use crate::embed::message::FromHost;
use crate::messages::Locale;

/// Handles a message from the host. `tokens`: ARM with the host's tokens, if they are needed.
pub(super) fn handle(host: Host, tokens: Option<Tokens>, message: FromHost) {
    match message {
        FromHost::Prefill { values } => host.prefill(values),
        FromHost::Theme { theme } => host.apply_theme(&theme),
        FromHost::Locale { locale } => {
            let locale = if locale == "pseudo" { Locale::Pseudo } else { Locale::English };
            if locale != Locale::current() {
                locale.make_current();
                host.redraw();
            }
        }
        FromHost::Tokens { available } => {
            let are_new = tokens.is_some_and(|tokens| tokens.set_available(available));
            if let Some(form) = host.form_untracked() {
                events::token_source_changed(form, tokens, are_new);
            }
        }
        FromHost::Token { id, token } => {
            if !tokens.is_some_and(|tokens| tokens.resolve(id, token)) {
                host.ignore(1);
            }
        }
        FromHost::Focus {} => element::focus("page-title"),
        FromHost::Unknown => host.ignore(1),
    }
}
