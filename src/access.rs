//! The roles that an identity gets: what a person wants of a container registry, and the role and condition that give it.

pub mod condition;
pub mod role;
