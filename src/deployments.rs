//! Deployments: what Create started, followed to its end; and their page.

pub mod commands;
pub mod facts;
pub mod failure;
mod following;
pub mod held;
pub mod next_steps;
pub mod operations;
pub mod page;
pub mod record;
mod refreshing;
pub mod runs;
pub mod shown;
pub mod standing;
pub mod whose;
