//! The definition of a resource type, as its provider lists it. What requests do with its resources is its
//! [`ResourceHandler`](super::resource_handler::ResourceHandler).

use super::call::Call;
use super::refusal::Refusal;
use super::versions;

/// A resource type. [`TYPES`](super::types::TYPES) lists them all.
pub(crate) struct ResourceType {
    /// As `Microsoft.ManagedIdentity/userAssignedIdentities`.
    pub(crate) full_name: &'static str,
    /// The API versions, newest first, separated by spaces.
    pub(crate) versions: &'static str,
    /// Where its resources can be.
    pub(crate) regions: Regions,
    /// As the provider lists them.
    pub(crate) capabilities: &'static str,
    /// The scopes that requests may have.
    pub(crate) scopes: &'static [ResourceScope],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Regions {
    /// Its resources have no region.
    None,
    /// The regions with managed identities.
    WithIdentities,
    All,
}

/// The kind of a request's scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ResourceScope {
    Tenant,
    Subscription,
    Group,
    Resource,
}

/// The target of a request's path, after its last `providers`.
pub(crate) struct Target<'call> {
    pub(crate) kind: &'static ResourceType,
    /// The ID before `providers`, in its original case; empty for the tenant.
    pub(crate) scope: String,
    /// The resource's name, in its original case; `None` for the collection.
    pub(crate) name: Option<&'call str>,
    /// What follows the name, in lower case.
    pub(crate) rest: Vec<&'call str>,
}

impl ResourceType {
    /// A type without regions, for which requests have no scope.
    pub(crate) const fn listed(full_name: &'static str, versions: &'static str) -> Self {
        Self { full_name, versions, regions: Regions::None, capabilities: "None", scopes: &[] }
    }

    /// A type whose resources extend a subscription, group or resource.
    pub(crate) const fn extension(full_name: &'static str, versions: &'static str) -> Self {
        Self {
            capabilities: "SupportsExtension",
            scopes: &[ResourceScope::Subscription, ResourceScope::Group, ResourceScope::Resource],
            ..Self::listed(full_name, versions)
        }
    }

    /// The provider, as `Microsoft.ManagedIdentity`.
    pub(crate) fn namespace(&self) -> &'static str {
        self.full_name.split_once('/').map_or("", |(namespace, _)| namespace)
    }

    /// The name within the provider, as `userAssignedIdentities/federatedIdentityCredentials`.
    pub(crate) fn name(&self) -> &'static str {
        self.full_name.split_once('/').map_or("", |(_, name)| name)
    }

    /// Whether `kind` is this type, case-insensitively.
    pub(crate) fn is(&self, kind: &str) -> bool {
        self.full_name.eq_ignore_ascii_case(kind)
    }

    /// Refuses a request with an unsupported version.
    pub(crate) fn check_version(&self, call: &Call) -> Result<(), Refusal> {
        versions::of_type(self.namespace(), self.name(), self.versions, call.api_version())
    }
}
