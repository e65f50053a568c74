//! The app registration and its authority.

use super::authority::Authority;
use crate::arm::guid::Guid;

/// The scopes beside ARM's: for the id token, and for a refresh token.
pub(super) const OPENID_SCOPES: [&str; 3] = ["openid", "profile", "offline_access"];

/// The app registration that people sign in to.
#[derive(Clone, Debug)]
pub struct App {
    /// The authority of the cloud.
    pub authority: Authority,
    /// The application (client) id.
    pub client_id: Guid,
    /// The URL of `auth.html`, as it is registered.
    pub redirect_uri: String,
}

impl App {
    /// What an authorization request is bound to: app registration, authority and redirect URI.
    pub fn binding(&self) -> String {
        [self.client_id.as_str(), " ", &self.authority.authorization_endpoint(""), " ", &self.redirect_uri].concat()
    }
}
