//! What an identity may do, who may sign in as it, and what protects it: what a person wants, and the roles, credentials and locks that
//! give it.
//!
//! `role` has the roles for container registries, `condition` limits them to repositories; `draft` is what is chosen in the form (`lock` a
//! part of it), and `request` what is asked of Azure.

pub mod condition;
pub mod draft;
pub mod lock;
pub mod request;
pub mod role;
