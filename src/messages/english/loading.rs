//! Lazily loaded parts of the program, and the help panel.

use crate::messages::Message;

pub const PART_FAILED: Message =
    Message("This part of the page did not load. Check your connection, then try again. What you typed is kept.");
pub const HELP: Message = Message("Help");
pub const HELP_WHAT: Message =
    Message("A managed identity lets code that runs in Azure sign in to other services without a password for you to manage.");
pub const HELP_PREVIEW: Message = Message(
    "In Preview, nothing real is created. You work with a simulated Azure in this page, from start to finish and as often as you like.",
);
pub const HELP_MORE: Message = Message("More help");
pub const HELP_MORE_FROM: Message = Message("More help from {0}");
pub const SHORTCUTS: Message = Message("Keyboard shortcuts");
pub const KEY_NEW: Message = Message("Create a resource");
pub const KEY_SEARCH: Message = Message("Go to the search box");
pub const KEY_KEYS: Message = Message("Show this list");
pub const SHORTCUTS_WHERE: Message =
    Message("Press the keys one after the other. They do nothing while you type. You can turn them off in Settings.");
pub const HELP_CODE: Message = Message("Open Code at any time to see the same request as a command or a template.");
