//! The create form.

use crate::messages::Message;

pub const SUBSCRIPTION: Message = Message("Subscription");
pub const RESOURCE_GROUP: Message = Message("Resource group");
pub const REGION: Message = Message("Region");
pub const NAME: Message = Message("Name");
pub const ISOLATION_SCOPE: Message = Message("Isolation scope");
pub const RESOURCE_RESTRICTIONS: Message = Message("Resource restrictions");
