//! The pages of existing identities: the list across subscriptions, and one identity.

mod credential_calls;
mod credential_dialogs;
mod credential_editor;
mod credentials;
pub(crate) mod csv;
pub mod kept_credential;
pub mod list;
pub mod list_view;
mod lookup;
pub mod missing;
pub mod overview;
mod pills;
pub(crate) mod table;
