//! The Azure Resource Manager client, and the resource types the app uses. Pure: no browser, no clock, no randomness.

pub(crate) mod any_case;
pub mod api_version;
pub mod azure_cloud;
pub mod call;
pub mod caller;
pub mod guid;
pub mod http;
pub mod percent;
pub mod transport;

pub mod client;
pub(crate) mod envelope;
pub mod error;
#[cfg(test)]
pub(crate) mod fake;
pub(crate) mod json;
pub mod natural;
mod origin;
pub mod paging;
pub mod retry;

pub mod deployment;
pub mod document;
pub mod federated_credential;
pub mod identity_name;
pub mod last_read;
pub mod location;
pub mod lock;
pub mod managed_identity;
pub mod permission;
pub mod policy;
pub mod provider;
pub(crate) mod regions;
pub mod registry;
pub mod resource_group;
pub mod resource_id;
pub mod role_assignment;
pub mod role_definition;
pub mod subscription;
pub mod tag_names;
pub mod tags;
pub mod tenant;
