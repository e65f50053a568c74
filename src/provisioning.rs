//! The request, from what the person types to what is executed. Pure: no browser, no clock, no randomness.

pub mod check;
pub mod difference;
pub mod draft;
pub mod explain;
pub mod field;
pub mod link;
pub mod link_changes;
mod lost_answer;
pub mod pattern;
pub mod placeholder;
pub mod plan;
pub mod preflight;
pub mod problem;
pub mod progress;
pub mod request;
pub mod rules;
pub mod run;
pub mod run_error;
pub mod stored_draft;
pub mod summary;
pub mod template;
