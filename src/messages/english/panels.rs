//! The panels that open from the header: search, notifications, settings, account.

use crate::messages::Message;

pub const SERVICES: Message = Message("Services");
pub const SEARCH_NO_SERVICE: Message = Message("No matching services.");
pub const SEARCH_NO_IDENTITY: Message = Message("No matching identities.");
pub const SEARCH_FOUND: Message = Message("{0} results for “{1}”");
pub const SEARCH_FOUND_ONE: Message = Message("1 result for “{0}”");
pub const SEARCH_FAILED: Message = Message("Couldn't load your identities. Check your connection, then type again.");
pub const SEARCHING_IDENTITIES: Message = Message("Searching your identities…");
pub const SEARCHED_FIRST: Message = Message("Only the first {0} subscriptions were searched.");
pub const NOTIFICATIONS_NONE: Message = Message("No notifications yet. What you create shows up here, with its result.");
pub const CLEAR_ALL: Message = Message("Clear all");
pub const THEME: Message = Message("Theme");
pub const THEME_SYSTEM: Message = Message("Use system setting");
pub const THEME_LIGHT: Message = Message("Light");
pub const THEME_DARK: Message = Message("Dark");
pub const DENSITY: Message = Message("Density");
pub const DENSITY_NORMAL: Message = Message("Normal");
pub const DENSITY_COMPACT: Message = Message("Compact");
pub const SHORTCUTS_ON: Message = Message("On");
pub const SHORTCUTS_OFF: Message = Message("Off");
pub const SETTINGS_KEPT: Message = Message("Saved in this browser.");
pub const ACCOUNT_NOBODY: Message = Message("You're not signed in");
pub const ACCOUNT_PREVIEW: Message =
    Message("Preview needs no account. It runs on a simulated Azure, and what you create stays in this tab until you reset it.");
pub const ACCOUNT_LIVE: Message = Message("Sign in to work with your Azure subscriptions.");
/// A text that is already in the page's language.
pub const TOLD: Message = Message("{0}");
pub const RESET_PREVIEW: Message = Message("Reset Preview");
pub const RESET_TITLE: Message = Message("Reset Preview?");
pub const RESET_TEXT: Message =
    Message("Everything you created in the simulated Azure is deleted, and the page reloads. The form keeps what you typed.");
pub const RESET: Message = Message("Reset");
