//! The page "Check what you have": parses a text, lists its identities and their problems, and fills the form with one.

pub mod kept_text;
pub mod page;

mod examined;
mod findings;
mod readers;
mod rows;
