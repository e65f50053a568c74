//! Deployments: what Create started, followed to its end; and their page.

pub mod commands;
pub mod facts;
mod following;
pub mod held;
pub mod next_steps;
pub mod operations;
pub mod page;
mod refreshing;
pub mod shown;
pub mod standing;
