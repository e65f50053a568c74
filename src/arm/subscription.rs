//! Subscriptions.

use serde_json::Value;

use super::client::{ArmClient, versioned};
use super::error::ArmError;
use super::guid::Guid;
use super::json::text;
use super::paging::Pages;
use super::resource_id::ResourceId;
use super::transport::Transport;

/// A subscription the account can see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// Its id.
    pub id: Guid,
    /// Its name.
    pub display_name: String,
    /// Whether it can be written to.
    pub state: SubscriptionState,
    /// The directory it trusts, where ARM says so.
    pub tenant: Option<Guid>,
}

/// The states of a subscription (`SubscriptionState` of Microsoft.Resources 2022-12-01; what each allows:
/// learn.microsoft.com, "Azure subscription states").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SubscriptionState {
    /// Usable.
    Enabled,
    /// Usable for now: payment is due.
    PastDue,
    /// Read only, and about to be disabled.
    Warned,
    /// Read only.
    Disabled,
    /// Gone, but still listed.
    Deleted,
}

impl SubscriptionState {
    /// The state of ARM's word; an unknown word counts as usable, since ARM itself decides in the end.
    pub fn parse(text: &str) -> Self {
        match text {
            "Disabled" => Self::Disabled,
            "Deleted" => Self::Deleted,
            "PastDue" => Self::PastDue,
            "Warned" => Self::Warned,
            _ => Self::Enabled,
        }
    }

    /// ARM's word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Enabled => "Enabled",
            Self::PastDue => "PastDue",
            Self::Warned => "Warned",
            Self::Disabled => "Disabled",
            Self::Deleted => "Deleted",
        }
    }

    /// Whether resources can be created in it.
    pub fn accepts_writes(self) -> bool {
        !matches!(self, Self::Warned | Self::Disabled | Self::Deleted)
    }
}

/// API version of subscriptions, tenants and locations (Microsoft.Resources, `subscriptions.json`).
pub(super) const SUBSCRIPTIONS_API: &str = "2022-12-01";

impl<T: Transport> ArmClient<T> {
    /// The subscriptions that the account sees.
    pub fn subscriptions(&self) -> Pages<Subscription> {
        Pages::new(versioned("/subscriptions", SUBSCRIPTIONS_API), read)
    }

    /// The subscription of this id, if the account sees it.
    ///
    /// # Errors
    /// When that could not be found out.
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
