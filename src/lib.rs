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
//! arguments. They build without the feature `ui`. `tests/architecture.rs` holds them to it, and finds circles of files.
//!
//! - `messages`: every sentence that people read; `visible`: characters that nobody can see, shown by their code points; `csv`: cells for spreadsheets
//! - `arm`: Azure Resource Manager, its types and its client; `settings`: `config.json` and the address
//! - `create`: the form, pure files first (`draft` to `run`), then its pages; `code`: a plan in six languages
//! - `reading`: the way back, from a text in one of them (or a list of many) to drafts
//! - `entra`: signing in, the protocol; `embed`: the contract with a page that embeds this one
//! - `simulator`: ARM in memory, over a table of resource types
//! - `portal`: the frame; `checker`, `deployments`, `identities`, `marketplace`: the other pages; `controls`: what all are made of
//! - `browser`: the only room that touches the web platform; `parts`: what loads when it is needed
//! - `app`: the composition root, the only one that knows both the simulator and the browser
//!
//! The form's draft is one signal, not a store of fields, to spare the first load the store's code for each field.

pub mod csv;
pub mod messages;
pub mod visible;

pub mod arm;
pub mod code;
pub mod create;
pub mod embed;
pub mod entra;
pub mod marketplace;
pub mod portal;
pub mod reading;
pub mod settings;
pub mod simulator;

#[cfg(feature = "ui")]
pub mod app;
#[cfg(feature = "ui")]
pub mod browser;
#[cfg(feature = "ui")]
pub mod checker;
#[cfg(feature = "ui")]
pub mod controls;
#[cfg(feature = "ui")]
pub mod deployments;
#[cfg(feature = "ui")]
pub mod identities;
#[cfg(feature = "ui")]
pub mod parts;
