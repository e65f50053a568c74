//! What ARM itself stores, other than resources of a provider.

use super::resource::Tags;

/// A subscription.
#[derive(Clone, Debug)]
pub(crate) struct Subscription {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) enabled: bool,
    pub(crate) tags: Tags,
}

/// A resource group.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub(crate) subscription: String,
    pub(crate) name: String,
    pub(crate) location: String,
    pub(crate) tags: Tags,
    /// While it is being deleted: when it will be gone.
    pub(crate) gone_at: Option<u64>,
}

/// A provider's registration with a subscription; without one it is not registered.
#[derive(Clone, Debug)]
pub(crate) struct Registration {
    pub(crate) subscription: String,
    pub(crate) namespace: String,
    /// When it was asked for, in milliseconds since 1970.
    pub(crate) since: u64,
}

/// `/subscriptions/{subscription}/resourceGroups/{name}`.
pub(crate) fn group_id(subscription: &str, name: &str) -> String {
    format!("/subscriptions/{subscription}/resourceGroups/{name}")
}
