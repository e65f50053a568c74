//! The frame around the pages: header, breadcrumb, routes.

pub mod route;
