//! The header's panels.

use crate::controls::Glyph;
use crate::messages::{self, Message};

/// What can be open under the header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    /// Results of the search.
    Search,
    /// What happened.
    Notifications,
    /// Theme and density.
    Settings,
    /// Where to find more.
    Help,
    /// Who is signed in.
    Account,
}

impl Panel {
    /// Its id, and what `data-panel` says.
    pub fn id(self) -> &'static str {
        match self {
            Self::Search => "search",
            Self::Notifications => "notifications",
            Self::Settings => "settings",
            Self::Help => "help",
            Self::Account => "account",
        }
    }

    /// Its name.
    pub fn name(self) -> Message {
        match self {
            Self::Search => messages::SEARCH_RESULTS,
            Self::Notifications => messages::NOTIFICATIONS,
            Self::Settings => messages::SETTINGS,
            Self::Help => messages::HELP,
            Self::Account => messages::ACCOUNT,
        }
    }

    /// The icon of its button.
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
