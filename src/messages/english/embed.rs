//! The page embedded in a host page.

use crate::messages::Message;

pub const FIELD_FIXED: Message = Message("The page that embeds this form sets this.");
pub const FRAMED_WAITING: Message = Message("Waiting for the page that embeds this one.");
pub const FRAMED_FOREIGN: Message =
    Message("This page is shown inside a site that it doesn't know, so it shows none of your data here. Open it in its own tab to use it.");
pub const FRAMED_SILENT: Message =
    Message("The page that embeds this one doesn't answer, so this page shows none of your data here. Open it in its own tab to use it.");
pub const OPEN_IN_NEW_TAB: Message = Message("Open in a new tab");
pub const HOST_RULES_TITLE: Message = Message("The page that embeds this form has rules that can't be used.");
pub const HOST_NO_TOKENS: Message =
    Message("You can't sign in inside another page. Open the form in a new tab: what you typed so far is carried over.");
pub const HOST_TOKEN_REFUSED: Message = Message(
    "The page that embeds this form gave no access to Azure. Try again, or open the form in a new tab: what you typed so far is carried over.",
);
pub const HOST_TOO_LONG: Message = Message("This request is too long to send to the page that embeds this form.");
pub const HOST_NOTHING_KEPT: Message =
    Message("Your browser doesn't store anything for pages inside other pages. What you type here is lost when you reload.");
pub const USE_REQUEST: Message = Message("Use this request");
pub const REQUEST_TAKEN: Message = Message("The request for {0} was handed over. The page that embeds this form continues with it.");
pub const REQUEST_NOT_TAKEN: Message = Message("Couldn't hand over the request. Check your connection, then try again.");
