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
//! A room imports only rooms that stand before it here, pages never import each other, and no two files know each other but
//! a module and its own child: `tests/architecture.rs` holds them to it.
//!
//! Pure rooms, which know no browser, no clock and no randomness (time and random bytes come in as arguments), and build without
//! the feature `ui`:
//!
//! - `visible`: characters that nobody can see, shown by their code points; `csv`: cells for spreadsheets; `messages`: every
//!   sentence that people read
//! - `arm`: Azure Resource Manager as far as we need it, and its client; `entra`: the sign-in protocol
//! - `provisioning`: what is asked for, from the draft and its checks to the plan and its run
//! - `settings`: `config.json` and the address. It comes after `provisioning`, whose rules and draft `config.json` fills
//! - `code`: a plan in six languages; `parsing`: the way back, from a text in one of them (or a list of many) to drafts
//! - `simulator`: ARM in memory, over a table of resource types; `embed`: the contract with a page that embeds this one
//!
//! Rooms of the page:
//!
//! - `browser`: the only room that touches the web platform; `lazy`: parts of the program that load when they are needed
//! - `cloud`: how pages reach ARM, and what they ask it
//! - `controls`: what every page is made of, without a word of Azure
//! - `portal`: the frame around the pages, the runs of this tab, and what several pages need
//! - `create`, `check`, `deployments`, `identities`, `marketplace`, `home`: the pages
//! - `app`: the composition root, the only room that knows both the simulator and the browser
//!
//! The form's draft is one signal, not a store of fields, to spare the first load the store's code for each field.

pub mod visible;

pub mod csv;

pub mod messages;

pub mod arm;

pub mod entra;

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
pub mod home;

#[cfg(feature = "ui")]
pub mod app;
