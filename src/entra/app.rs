//! The app registration that people sign in to, and who signs them in.

use super::authority::Authority;
use crate::arm::guid::Guid;

/// The scopes beside ARM's: who it is, and a refresh token.
pub(super) const OPENID_SCOPES: [&str; 3] = ["openid", "profile", "offline_access"];

/// Whom it is asked for: what stays the same for a page.
#[derive(Clone, Debug)]
pub struct App {
    /// Who signs people in.
    pub authority: Authority,
    /// The app registration.
    pub client: Guid,
    /// The address of `auth.html`, as it is registered.
    pub redirect: String,
}

impl App {
    /// What an authorization request is bound to: app registration, authority and redirect address.
    pub fn binding(&self) -> String {
        [self.client.as_str(), " ", &self.authority.authorize(""), " ", &self.redirect].concat()
    }
}
