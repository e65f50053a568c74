//! The frame around the pages: header, breadcrumb, routes, notifications.

pub mod azure_portal;
#[cfg(feature = "ui")]
pub mod help;
pub mod route;

#[cfg(feature = "ui")]
pub mod account_panel;
#[cfg(feature = "ui")]
pub mod appearance;
#[cfg(feature = "ui")]
pub mod cloud;
#[cfg(feature = "ui")]
pub mod config_problems;
#[cfg(feature = "ui")]
pub mod frame;
#[cfg(feature = "ui")]
pub mod header;
#[cfg(feature = "ui")]
pub mod home;
#[cfg(feature = "ui")]
pub mod not_found;
#[cfg(feature = "ui")]
pub mod notifications;
#[cfg(feature = "ui")]
pub mod notifications_panel;
#[cfg(feature = "ui")]
pub mod pages;
#[cfg(feature = "ui")]
pub mod panels;
#[cfg(feature = "ui")]
pub mod region_name;
#[cfg(feature = "ui")]
pub mod search_panel;
#[cfg(feature = "ui")]
pub mod service_words;
#[cfg(feature = "ui")]
pub mod settings_panel;
#[cfg(feature = "ui")]
pub mod sign_in;
#[cfg(all(feature = "ui", feature = "live"))]
pub mod sign_in_bar;
#[cfg(feature = "ui")]
pub mod subscription_name;
#[cfg(feature = "ui")]
pub mod toasts;
