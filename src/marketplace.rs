//! "Create a resource": the services to choose from, found by name, misspelling or abbreviation.

pub mod search;
pub mod services;

#[cfg(feature = "ui")]
pub mod page;
