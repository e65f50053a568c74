//! The pages of existing identities: the list across subscriptions, and one identity.

mod access;
mod access_card;
mod access_editor;
mod access_list;
mod assignment_reads;
mod changes;
mod credential_calls;
mod credential_editor;
mod credential_list;
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
pub mod overview;
mod pills;
mod role_editor;
mod role_lists;
pub(crate) mod table;
