//! "Create User Assigned Managed Identity": from what was typed to what will be done, and the pages for it.

pub mod check;
pub mod draft;
pub mod explain;
pub mod field;
pub mod link;
pub mod placeholder;
pub mod plan;
pub mod preflight;
pub mod problem;
pub mod progress;
pub mod request;
pub mod rules;
pub mod run;
pub mod template;
