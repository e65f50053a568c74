//! "Create a resource": the services to choose from.

pub mod page;
