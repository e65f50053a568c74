//! What the form's check says of a draft.

use crate::messages::Message;

pub const NAME_REQUIRED: Message = Message("Enter a name.");
