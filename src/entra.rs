//! Signing in with Microsoft Entra ID: the authorization code flow with PKCE for a single-page app, on the `oauth2` crate. Pure: the
//! clock, random bytes, the HTTP client and signature verification come in from outside, and no secret can be printed.
//!
//! In the order of a sign-in: [`authorization_request`] builds the URL and what is remembered as [`pending_authorization`];
//! [`authorization_response`] validates the response; [`token`] redeems the code; [`id_token`] is validated; [`session`] holds
//! accounts and tokens, and decides the next step whenever a token is needed. [`challenge`] reads ARM's claims challenges.

pub mod account;
pub mod app;
pub mod authority;
pub mod authorization_request;
pub mod authorization_response;
pub mod challenge;
pub mod error;
pub mod explain;
pub mod id_token;
pub mod jwks;
pub mod pending_authorization;
pub mod secret;
pub mod session;
pub mod stored_session;
pub mod token;
