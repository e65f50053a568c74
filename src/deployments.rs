//! Deployments: what Create started, followed to its end; and their page.

pub mod runs;
