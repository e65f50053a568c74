//! The page "Which way to sign in to the registry": a few questions that lead to a recommendation and its next step.
//!
//! Only `page`, `questions`, `result` and `ways` draw, and `state` follows the address; the other files decide, and know no interface.

pub mod answers;
pub mod commands;
pub mod page;
pub mod query;
pub mod recommendation;

mod questions;
mod result;
mod state;
mod ways;
