//! A draft that holds: types that cannot carry a bad name, region or tag.

use crate::arm::guid::Guid;
use crate::arm::identity_name::IdentityName;
use crate::arm::location::LocationName;
use crate::arm::managed_identity::IdentityProperties;
use crate::arm::resource_group::ResourceGroupName;
use crate::arm::tags::Tags;

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateRequest {
    /// The subscription.
    pub subscription: Guid,
    /// The group the identity goes into.
    pub group: GroupTarget,
    /// The identity's region.
    pub location: LocationName,
    /// The identity's name.
    pub name: IdentityName,
    /// The identity's tags.
    pub tags: Tags,
    /// Its optional properties.
    pub properties: IdentityProperties,
    /// By which path it is created.
    pub path: CreationPath,
}

/// The group an identity goes into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GroupTarget {
    /// One that is there. Its region, where it is known: texts may then leave the identity's region out.
    Existing {
        /// Its name.
        name: ResourceGroupName,
        /// Its region.
        location: Option<LocationName>,
    },
    /// One that is made with the identity, in the identity's region.
    New {
        /// Its name.
        name: ResourceGroupName,
        /// Whether it gets the identity's tags.
        tagged: bool,
    },
}

impl GroupTarget {
    /// The group's name.
    pub fn name(&self) -> &ResourceGroupName {
        match self {
            Self::Existing { name, .. } | Self::New { name, .. } => name,
        }
    }
}

/// How a plan reaches ARM.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CreationPath {
    /// One template deployment, as the portal does.
    #[default]
    Deployment,
    /// One request for each resource, in order: needs fewer rights.
    Direct,
}
