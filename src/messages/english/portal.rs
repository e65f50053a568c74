//! The frame around every page.

use crate::messages::Message;

pub const PRODUCT_NAME: Message = Message("Identity Portal");
pub const SKIP_TO_CONTENT: Message = Message("Skip to content");
pub const CLOSE_PAGE: Message = Message("Close");
pub const HOME_TITLE: Message = Message("Home");
pub const MARKETPLACE_TITLE: Message = Message("Create a resource");
pub const IDENTITIES_TITLE: Message = Message("Managed identities");
pub const NOT_FOUND_TITLE: Message = Message("Page not found");

pub const SEARCH: Message = Message("Search");
pub const SEARCH_PLACEHOLDER: Message = Message("Search services and identities");
pub const SEARCH_RESULTS: Message = Message("Search results");
pub const NOTIFICATIONS_UNSEEN: Message = Message("Notifications, {0} new");
pub const SETTINGS: Message = Message("Settings");
pub const ACCOUNT: Message = Message("Account");

pub const MODE_PREVIEW: Message = Message("Preview");
pub const MODE_PREVIEW_TOLD: Message = Message("You're using a simulated Azure in this page. Nothing real is created.");
pub const MODE_LIVE: Message = Message("Live");
pub const MODE_LIVE_TOLD: Message = Message("You're using your own Azure. What you create is real.");

pub const OPEN_IN_PORTAL: Message = Message("Open in the Azure portal");

pub const SIMULATIONS_UNKNOWN: Message =
    Message("The address asks for an unknown simulation: {0}. Available: {1}. Any others in the address are used.");

pub const CONFIG_TITLE: Message = Message("This site's config.json has errors");
pub const CONFIG_INTRO: Message =
    Message("The app doesn't start with these errors, because it could use the wrong cloud or break a rule. Tell whoever runs this site:");
pub const SHOW_DETAILS: Message = Message("Show details");
