//! Directories that the account belongs to.

use serde_json::Value;

use super::client::{ArmClient, versioned};
use super::guid::Guid;
use super::json::text;
use super::paging::Pages;
use super::subscription::SUBSCRIPTIONS_API;
use super::transport::Transport;

/// A directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tenant {
    /// Its id.
    pub id: Guid,
    /// Its name; empty where ARM says none.
    pub display_name: String,
    /// Its main domain; empty where ARM says none.
    pub default_domain: String,
}

impl<T: Transport> ArmClient<T> {
    /// The directories that the account belongs to.
    pub fn tenants(&self) -> Pages<Tenant> {
        Pages::new(versioned("/tenants", SUBSCRIPTIONS_API), read)
    }
}

fn read(value: &Value) -> Option<Tenant> {
    Some(Tenant {
        id: Guid::parse(text(value, "tenantId"))?,
        display_name: text(value, "displayName").to_owned(),
        default_domain: text(value, "defaultDomain").to_owned(),
    })
}
