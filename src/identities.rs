//! The pages of existing identities: the list across subscriptions, and one identity.

pub(crate) mod csv;
pub mod list;
pub mod list_view;
mod lookup;
pub mod missing;
pub mod overview;
mod pills;
pub(crate) mod table;
