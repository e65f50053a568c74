//! The contract with a page that embeds this one: versioned, additive only. Pure: what is said, and what is let in.
//! `public/embed.js` is the other end.

pub mod limits;
pub mod message;
pub mod rules;
pub mod theme;
pub mod token;
pub mod values;

/// The protocol and its version. A later version says what this one says, and more.
pub const PROTOCOL: &str = "identity-portal/1";
