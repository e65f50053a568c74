//! Subscriptions.

use serde_json::Value;

use super::client::{ArmClient, versioned};
use super::error::ArmError;
use super::guid::Guid;
use super::json::text;
use super::paging::Pages;
use super::resource_id::ResourceId;
use super::transport::Transport;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    pub id: Guid,
    pub display_name: String,
    pub state: SubscriptionState,
    /// The tenant it trusts, if ARM gives it.
    pub tenant: Option<Guid>,
}

/// The states of a subscription (`SubscriptionState` of Microsoft.Resources 2022-12-01; what each allows: learn.microsoft.com,
/// "Azure subscription states").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SubscriptionState {
    Enabled,
    /// Still writable; payment is due.
    PastDue,
    /// Read-only, and about to be disabled.
    Warned,
    /// Read-only.
    Disabled,
    /// Deleted, but still listed.
    Deleted,
}

impl SubscriptionState {
    /// Parses ARM's state; an unknown one counts as enabled, since ARM makes the final decision.
    pub fn parse(text: &str) -> Self {
        match text {
            "Disabled" => Self::Disabled,
            "Deleted" => Self::Deleted,
            "PastDue" => Self::PastDue,
            "Warned" => Self::Warned,
            _ => Self::Enabled,
        }
    }

    /// ARM's name of the state.
    pub fn word(self) -> &'static str {
        match self {
            Self::Enabled => "Enabled",
            Self::PastDue => "PastDue",
            Self::Warned => "Warned",
            Self::Disabled => "Disabled",
            Self::Deleted => "Deleted",
        }
    }

    pub fn accepts_writes(self) -> bool {
        !matches!(self, Self::Warned | Self::Disabled | Self::Deleted)
    }
}

/// API version of subscriptions, tenants and locations (Microsoft.Resources, `subscriptions.json`).
pub(super) const SUBSCRIPTIONS_API: &str = "2022-12-01";

impl<T: Transport> ArmClient<T> {
    /// The subscriptions visible to the account.
    pub fn subscriptions(&self) -> Pages<Subscription> {
        Pages::new(versioned("/subscriptions", SUBSCRIPTIONS_API), read)
    }

    /// # Errors
    /// If the request fails with anything but 404.
    pub async fn subscription(&self, id: &Guid) -> Result<Option<Subscription>, ArmError> {
        let found = self.find(&versioned(ResourceId::of_subscription(id).as_str(), SUBSCRIPTIONS_API)).await?;
        found.map(|answered| answered.read(read, "a subscription")).transpose()
    }
}

fn read(value: &Value) -> Option<Subscription> {
    Some(Subscription {
        id: Guid::parse(text(value, "subscriptionId"))?,
        display_name: text(value, "displayName").to_owned(),
        state: SubscriptionState::parse(text(value, "state")),
        tenant: Guid::parse(text(value, "tenantId")),
    })
}
