//! Azure Resource Manager as far as we need it. Pure: no browser, no clock, no randomness.

pub mod document;
pub mod error;
pub mod guid;
pub mod http;
pub mod identity_name;
pub mod location;
pub mod managed_identity;
pub mod percent;
pub mod resource_group;
pub mod resource_id;
pub mod subscription;
pub mod tags;
pub mod transport;
