//! The page inside another page.

use crate::messages::Message;

pub const FIELD_FIXED: Message = Message("The page around this form sets this.");
pub const FRAMED_WAITING: Message = Message("Waiting for the page around this one.");
pub const FRAMED_FOREIGN: Message = Message(
    "Another site shows this page inside its own, and this page does not know it. To be safe, it shows nothing of yours here. Open it by itself to work with it.",
);
pub const FRAMED_SILENT: Message =
    Message("The page around this one does not answer, so this page shows nothing of yours here. Open it by itself to work with it.");
pub const OPEN_IN_NEW_TAB: Message = Message("Open in a new tab");
pub const HOST_RULES_TITLE: Message = Message("The page around this form gives rules that can't be used.");
pub const HOST_NO_TOKENS: Message =
    Message("Sign-in is not possible inside another page. Open the form in a new tab: what you typed so far goes along.");
pub const HOST_TOKEN_REFUSED: Message = Message(
    "The page around this form gave no access to Azure. Try again, or open the form in a new tab: what you typed so far goes along.",
);
pub const HOST_TOO_LONG: Message = Message("This request is too long to hand to the page around the form.");
pub const HOST_NOTHING_KEPT: Message =
    Message("Your browser keeps nothing for pages inside others. What you type here is lost when you reload.");
pub const USE_REQUEST: Message = Message("Use this request");
pub const REQUEST_TAKEN: Message = Message("The request for {0} is handed over. The page around this form goes on with it.");
pub const REQUEST_NOT_TAKEN: Message = Message("The request could not be handed over. Check your connection, then try again.");
