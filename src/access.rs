//! What an identity may do, who may sign in as it, and what protects it: what a person wants, and the roles, credentials and locks that
//! give it.
//!
//! `role` has the roles for container registries, `condition` limits them to repositories; `draft` is what is chosen in the form (`lock` a
//! part of it), and `request` what is asked of Azure. `listing` tells of role assignments that there are, `preflight` reads what counts
//! before one is made, `check` and `role_check` say what is wrong with it, and `assign` makes it.

pub mod assign;
pub mod check;
pub mod condition;
pub mod draft;
pub mod listing;
pub mod lock;
pub mod preflight;
pub mod request;
pub mod role;
pub mod role_check;
