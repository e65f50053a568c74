//! Tenants the account belongs to.

use serde_json::Value;

use super::client::{ArmClient, versioned};
use super::guid::Guid;
use super::json::text;
use super::paging::Pages;
use super::subscription::SUBSCRIPTIONS_API;
use super::transport::Transport;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tenant {
    pub id: Guid,
    /// Empty if ARM gives none.
    pub display_name: String,
    /// Empty if ARM gives none.
    pub default_domain: String,
}

impl<T: Transport> ArmClient<T> {
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
