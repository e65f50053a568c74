//! The page of a deployment, or of a run by direct requests.

mod access_steps;
pub mod commands;
pub mod facts;
pub mod next_steps;
pub mod on_hold;
pub mod operations;
pub mod page;
mod refreshing;
pub mod status;
mod step;
pub mod view;
mod watch;
