//! "Check what you have": a text in, its identities and their problems out, and the form filled with one of them.

pub mod kept_text;
pub mod page;

mod examined;
mod findings;
mod rows;
