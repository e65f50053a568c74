//! The start page, and the page for unknown URLs.

use crate::messages::Message;

pub const HOME_HEADING: Message = Message("Managed identities for Azure");
pub const HOME_LEAD: Message =
    Message("Create an identity that your Azure resources use to sign in, and get the same request as code if you want it.");
pub const IDENTITIES_IN: Message = Message("Identities in {0}");
pub const NOT_FOUND_TEXT: Message =
    Message("There is nothing at this address. It may be mistyped, or the link may be from another version of this app:");
