//! The frame around the pages.

use crate::messages::Message;

pub const PRODUCT_NAME: Message = Message("Identity Portal");
