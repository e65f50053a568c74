//! Deployments: what Create started, followed to its end; and their page.

pub mod commands;
pub mod facts;
pub mod next_steps;
pub mod on_hold;
pub mod operations;
pub mod page;
mod refreshing;
pub mod status;
pub mod view;
mod watch;
