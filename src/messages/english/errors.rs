//! What ARM refuses, in our words: title, meaning, what to do.

use crate::messages::Message;

pub const UNREACHABLE: Message = Message("Azure could not be reached.");
