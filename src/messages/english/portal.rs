//! The frame around the pages.

use crate::messages::Message;

pub const PRODUCT_NAME: Message = Message("Identity Portal");
pub const SKIP_TO_CONTENT: Message = Message("Skip to the content");
pub const CLOSE_PAGE: Message = Message("Close");
pub const HOME_TITLE: Message = Message("Home");
pub const MARKETPLACE_TITLE: Message = Message("Create a resource");
pub const IDENTITIES_TITLE: Message = Message("Managed identities");
pub const NOT_FOUND_TITLE: Message = Message("No such page");

pub const SEARCH: Message = Message("Search");
pub const SEARCH_PLACEHOLDER: Message = Message("Search services and identities");
pub const SEARCH_RESULTS: Message = Message("Search results");
pub const NOTIFICATIONS_UNSEEN: Message = Message("Notifications, {0} new");
pub const SETTINGS: Message = Message("Settings");
pub const ACCOUNT: Message = Message("Account");

pub const MODE_PREVIEW: Message = Message("Preview");
pub const MODE_PREVIEW_TOLD: Message = Message("A simulated Azure in this page: nothing real is made");
pub const MODE_LIVE: Message = Message("Live");
pub const MODE_LIVE_TOLD: Message = Message("Your own Azure: what you create is real");

pub const SIMULATIONS_UNKNOWN: Message =
    Message("The address asks to simulate {0}, and there is no such thing. What can be simulated: {1}. The rest is simulated as asked.");

pub const CONFIG_TITLE: Message = Message("This site's config.json needs mending");
pub const CONFIG_INTRO: Message =
    Message("Nothing is shown before that, because it could be the wrong cloud or break a rule. Tell whoever runs this site:");
pub const SHOW_DETAILS: Message = Message("Show details");
