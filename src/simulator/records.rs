//! The records that ARM itself stores, other than a provider's resources.

use super::resource::Tags;

#[derive(Clone, Debug)]
pub(crate) struct Subscription {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) enabled: bool,
    pub(crate) tags: Tags,
}

#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub(crate) subscription: String,
    pub(crate) name: String,
    pub(crate) location: String,
    pub(crate) tags: Tags,
    /// While the group is being deleted: the time it will be gone.
    pub(crate) gone_at: Option<u64>,
}

/// A provider's registration with a subscription; it is not registered without one.
#[derive(Clone, Debug)]
pub(crate) struct Registration {
    pub(crate) subscription: String,
    pub(crate) namespace: String,
    /// The time of the request, in milliseconds since 1970.
    pub(crate) since: u64,
}

/// `/subscriptions/{subscription}/resourceGroups/{name}`.
pub(crate) fn group_id(subscription: &str, name: &str) -> String {
    format!("/subscriptions/{subscription}/resourceGroups/{name}")
}
