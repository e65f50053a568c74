//! "Create User Assigned Managed Identity": from what was typed to what will be done, and the pages for it.

pub mod check;
pub mod draft;
pub mod field;
pub mod link;
pub mod placeholder;
pub mod plan;
pub mod problem;
pub mod request;
pub mod rules;
pub mod template;
