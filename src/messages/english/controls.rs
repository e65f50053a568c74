//! The controls.

use crate::messages::Message;

pub const CLOSE: Message = Message("Close");
