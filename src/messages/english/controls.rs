//! The controls.

use crate::messages::Message;

pub const CLOSE: Message = Message("Close");
pub const MORE_ABOUT: Message = Message("More about {0}");
pub const WARNING_PREFIX: Message = Message("Warning:");
pub const HAS_ERRORS: Message = Message("has errors");
pub const LOADING: Message = Message("Loading");
pub const LOADING_MORE: Message = Message("Loading more");
pub const TRY_AGAIN: Message = Message("Try again");
pub const LIST_FAILED: Message = Message("Couldn't load the list.");
pub const NOTHING_MATCHES: Message = Message("No matches.");
pub const NOTHING_HERE: Message = Message("There is nothing to choose from.");
pub const MATCHES: Message = Message("{0} of {1} match.");
pub const REMOVE: Message = Message("Remove {0}");
pub const NEW_TAB: Message = Message("(opens in a new tab)");
pub const BREADCRUMB: Message = Message("Breadcrumb");
pub const NOTIFICATIONS: Message = Message("Notifications");
pub const TOASTS: Message = Message("New notifications");
pub const COPY_WHAT: Message = Message("Copy {0}");
pub const COPIED: Message = Message("Copied");
pub const COPY_BOX_TITLE: Message = Message("Copy this text yourself");
pub const COPY_BOX_TEXT: Message =
    Message("Your browser doesn't let this page use the clipboard. The text is selected: press Ctrl+C, or ⌘C on a Mac.");
pub const COPY_BOX_DONE: Message = Message("Done");
