//! Identity Portal: create and use a managed identity in Azure, from the browser.
//!
//! The code map, in reading order. One way leads through it:
//!
//! ```text
//! typed          checked            planned                rendered or done
//! Draft  --->  Problems | Request  --->  Plan  --->  az / PowerShell / ARM / Bicep / Terraform / REST
//!                                          |--->  Review page
//!                                          '--->  ArmClient  --->  Transport: browser fetch | simulator | (tests) HTTP
//! ```
//!
//! The pure rooms know no browser, no clock and no randomness: time and random bytes come in as
//! arguments. They build without the feature `ui`. `tests/architecture.rs` holds them to it.

pub mod messages;

pub mod arm;
pub mod code;
pub mod create;
pub mod marketplace;
pub mod portal;
pub mod settings;
pub mod simulator;

#[cfg(feature = "ui")]
pub mod app;
#[cfg(feature = "ui")]
pub mod browser;
#[cfg(feature = "ui")]
pub mod controls;
#[cfg(feature = "ui")]
pub mod deployments;
#[cfg(feature = "ui")]
pub mod identities;
#[cfg(feature = "ui")]
pub mod parts;
