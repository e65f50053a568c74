//! The frame around the pages: header, breadcrumb, routes.

#[cfg(feature = "ui")]
pub mod help;
pub mod route;
