//! The protocol with an embedding host page: versioned, additive only. Pure: the messages and their validation.
//! `public/embed.js` is the other end.

pub mod limits;
pub mod message;
pub mod rules;
pub mod theme;
pub mod token;
pub mod values;

/// The protocol and its version. Later versions only add to it.
pub const PROTOCOL: &str = "identity-portal/1";
