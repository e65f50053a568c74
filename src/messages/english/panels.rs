//! What opens under the header: search, notifications, settings, account.

use crate::messages::Message;

pub const SERVICES: Message = Message("Services");
pub const SEARCH_NO_SERVICE: Message = Message("No service fits.");
pub const SEARCH_NO_IDENTITY: Message = Message("No identity has this in its name.");
pub const SEARCH_FAILED: Message = Message("Identities could not be read. Check your connection and type again.");
pub const SEARCHING_IDENTITIES: Message = Message("Looking through your identities…");
pub const SEARCHED_FIRST: Message = Message("Only the first {0} subscriptions were searched.");
pub const NOTIFICATIONS_NONE: Message = Message("Nothing yet. What you create shows up here, with how it ended.");
pub const CLEAR_ALL: Message = Message("Clear all");
pub const THEME: Message = Message("Theme");
pub const THEME_SYSTEM: Message = Message("As the system");
pub const THEME_LIGHT: Message = Message("Light");
pub const THEME_DARK: Message = Message("Dark");
pub const DENSITY: Message = Message("Density");
pub const DENSITY_NORMAL: Message = Message("Normal");
pub const DENSITY_COMPACT: Message = Message("Compact");
pub const SETTINGS_KEPT: Message = Message("This browser remembers it.");
pub const ACCOUNT_NOBODY: Message = Message("Nobody is signed in");
pub const ACCOUNT_PREVIEW: Message =
    Message("Preview works without an account, on a simulated Azure. What you make there stays for this tab until you reset it.");
pub const ACCOUNT_LIVE: Message = Message("You need to sign in before this page can ask Azure anything.");
/// What was said before, as it was said.
pub const TOLD: Message = Message("{0}");
pub const RESET_PREVIEW: Message = Message("Reset Preview");
pub const RESET_TITLE: Message = Message("Reset Preview?");
pub const RESET_TEXT: Message =
    Message("Everything you made in the simulated Azure is forgotten, and the page loads anew. The form keeps what you typed.");
pub const RESET: Message = Message("Reset");
