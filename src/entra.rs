//! Signing in to Entra ID, the protocol: authorization code with PKCE for a single-page app, on the `oauth2` crate. Pure:
//! the clock, random bytes, the network and the check of signatures come in from outside, and no secret can be printed.
//!
//! One way leads through it: [`request`] makes the address to go to and what is kept until the answer comes; [`answer`]
//! holds the answer against it; [`token`] trades the code; [`id_token`] says who it is; [`session`] keeps what came and
//! says what to do next whenever a token is wanted. [`challenge`] reads what ARM asks for beyond a token.

pub mod account;
pub mod answer;
pub mod app;
pub mod authority;
pub mod challenge;
pub mod error;
pub mod explain;
pub mod id_token;
pub mod jwks;
pub mod kept;
pub mod pending;
pub mod request;
pub mod secret;
pub mod session;
pub mod token;
