//! What the host's messages do.

use super::{events, host, tokens};
use crate::browser::element;
use crate::embed::message::FromHost;
use crate::messages::Locale;

/// Handles a message of the host.
pub(super) fn handle(message: FromHost) {
    match message {
        FromHost::Prefill { values } => host::prefill(values),
        FromHost::Theme { theme } => host::apply_theme(&theme),
        FromHost::Locale { locale } => {
            let locale = if locale == "pseudo" { Locale::Pseudo } else { Locale::English };
            if locale != Locale::current() {
                locale.make_current();
                host::redraw();
            }
        }
        FromHost::Tokens { available } => {
            let are_new = tokens::set_available(available);
            if let Some(form) = host::form_untracked() {
                events::token_source_changed(form, are_new);
            }
        }
        FromHost::Token { id, token } => {
            if !tokens::resolve(id, token) {
                host::ignore(1);
            }
        }
        FromHost::Focus {} => element::focus("page-title"),
        FromHost::Unknown => host::ignore(1),
    }
}
