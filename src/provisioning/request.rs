//! A valid draft: its types cannot hold a bad name, region or tag.

use crate::access::request::AccessRequest;
use crate::arm::guid::Guid;
use crate::arm::identity_name::IdentityName;
use crate::arm::location::LocationName;
use crate::arm::managed_identity::IdentityProperties;
use crate::arm::resource_group::ResourceGroupName;
use crate::arm::tags::Tags;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateRequest {
    pub subscription: Guid,
    /// The group the identity goes into.
    pub group: GroupTarget,
    pub location: LocationName,
    pub name: IdentityName,
    pub tags: Tags,
    /// The optional properties.
    pub properties: IdentityProperties,
    /// What the identity may do, who may sign in as it, and what protects it.
    pub access: AccessRequest,
    pub path: CreationPath,
}

/// The group an identity goes into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GroupTarget {
    /// An existing group.
    Existing {
        name: ResourceGroupName,
        /// If this is known, texts may omit the identity's region.
        location: Option<LocationName>,
    },
    /// A group created with the identity, in the identity's region.
    New {
        name: ResourceGroupName,
        /// Whether it gets the identity's tags.
        tagged: bool,
    },
}

impl GroupTarget {
    pub fn name(&self) -> &ResourceGroupName {
        match self {
            Self::Existing { name, .. } | Self::New { name, .. } => name,
        }
    }
}

/// How a plan is sent to ARM.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CreationPath {
    /// One template deployment, as the portal does.
    #[default]
    Deployment,
    /// One request per resource, in order: needs fewer permissions.
    Direct,
}
