//! The header's panels.

use crate::controls::Glyph;
use crate::messages::{self, Message};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    Search,
    Notifications,
    Settings,
    Help,
    Account,
}

impl Panel {
    /// The element's id, and the value of `data-panel`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Search => "search",
            Self::Notifications => "notifications",
            Self::Settings => "settings",
            Self::Help => "help",
            Self::Account => "account",
        }
    }

    pub fn name(self) -> Message {
        match self {
            Self::Search => messages::SEARCH_RESULTS,
            Self::Notifications => messages::NOTIFICATIONS,
            Self::Settings => messages::SETTINGS,
            Self::Help => messages::HELP,
            Self::Account => messages::ACCOUNT,
        }
    }

    pub fn glyph(self) -> Glyph {
        match self {
            Self::Search => Glyph::Search,
            Self::Notifications => Glyph::Bell,
            Self::Settings => Glyph::Settings,
            Self::Help => Glyph::Help,
            Self::Account => Glyph::Person,
        }
    }
}
