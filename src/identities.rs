//! Identities that exist: the list across subscriptions, and one of them.

pub(crate) mod csv;
pub mod list;
pub mod missing;
pub mod overview;
mod pills;
mod reading;
pub mod shown;
pub(crate) mod table;
