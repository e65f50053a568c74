//! The code panel.

use crate::messages::Message;

pub const COPY: Message = Message("Copy");
