//! The marketplace, "Create a resource".

pub mod page;
