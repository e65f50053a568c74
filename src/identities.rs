//! The pages of existing identities: the list across subscriptions, and one identity.

mod credential_calls;
mod credential_editor;
mod credential_usage;
mod credentials;
pub(crate) mod csv;
pub mod kept_edit;
pub mod list;
pub mod list_view;
mod lock_calls;
mod locks;
mod lookup;
pub mod missing;
mod outcome;
pub mod overview;
mod pills;
pub(crate) mod table;
