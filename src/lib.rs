//! Identity Portal: create and use a managed identity in Azure, from the browser.
//!
//! This is the code map, in reading order. The data flow is:
//!
//! ```text
//! typed          checked            planned                rendered or done
//! Draft  --->  Problems | Request  --->  Plan  --->  az / PowerShell / ARM / Bicep / Terraform / REST
//!                                          |--->  Review page
//!                                          '--->  ArmClient  --->  Transport: browser fetch | simulator | (tests) HTTP
//! ```
//!
//! A top-level module imports only modules that are listed before it, pages never import each other, and two files import each
//! other only if one is the other's child module: `tests/architecture.rs` enforces this.
//!
//! Pure modules, which use no browser, no clock and no randomness (time and random bytes are arguments), and build without the
//! feature `ui`:
//!
//! - `visible`: shows invisible characters by their code points; `csv`: cells for spreadsheets; `messages`: every sentence that
//!   people read; `severity`: how serious a problem is
//! - `arm`: what we need of Azure Resource Manager, and its client; `entra`: the sign-in protocol
//! - `federation`: federated credentials, from what is typed about a workload; `access`: the roles that an identity gets
//! - `provisioning`: the request, from the draft and its checks to the plan and its run
//! - `settings`: `config.json` and the address. It comes after `provisioning`, whose rules and draft `config.json` fills
//! - `code`: a plan in six languages; `parsing`: the reverse, from a text in one of them (or a list of many) to drafts
//! - `simulator`: ARM in memory, based on a table of resource types; `embed`: the contract with a page that embeds this one
//!
//! Modules of the page:
//!
//! - `browser`: the only module that uses the web platform; `lazy`: parts of the program that load when they are needed
//! - `cloud`: how pages reach ARM, and their queries
//! - `controls`: the controls of every page, which know nothing of Azure
//! - `portal`: the frame around the pages, the runs of this tab, and what several pages need
//! - `create`, `check`, `deployments`, `identities`, `marketplace`, `guide`, `home`: the pages
//! - `app`: the composition root, the only module that knows both the simulator and the browser
//!
//! The form's draft is one signal, not a store of fields, to keep the store's code for each field out of the first load.

pub mod visible;

pub mod csv;

pub mod messages;

pub mod severity;

pub mod arm;

pub mod entra;

pub mod federation;

pub mod access;

pub mod provisioning;

pub mod settings;

pub mod code;

pub mod parsing;

pub mod simulator;

pub mod embed;

#[cfg(feature = "ui")]
pub mod browser;

#[cfg(feature = "ui")]
pub mod lazy;

#[cfg(feature = "ui")]
pub mod cloud;

#[cfg(feature = "ui")]
pub mod controls;

#[cfg(feature = "ui")]
pub mod portal;

#[cfg(feature = "ui")]
pub mod create;

#[cfg(feature = "ui")]
pub mod check;

#[cfg(feature = "ui")]
pub mod deployments;

#[cfg(feature = "ui")]
pub mod identities;

#[cfg(feature = "ui")]
pub mod marketplace;

#[cfg(feature = "ui")]
pub mod guide;

#[cfg(feature = "ui")]
pub mod home;

#[cfg(feature = "ui")]
pub mod app;
