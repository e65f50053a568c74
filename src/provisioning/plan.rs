//! What will be done, in order. The single source of the code panel, the review page, the template and the run.

use super::request::{CreateRequest, CreationPath, GroupTarget};
use crate::arm::guid::Guid;
use crate::arm::identity_name::IdentityName;
use crate::arm::location::LocationName;
use crate::arm::managed_identity::IdentityProperties;
use crate::arm::resource_group::ResourceGroupName;
use crate::arm::resource_id::ResourceId;
use crate::arm::tags::Tags;

/// The resources that will be made, each after those it needs, and the path they take to ARM.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The subscription everything is in.
    pub subscription: Guid,
    /// By deployment or directly.
    pub path: CreationPath,
    /// What is made, in order.
    pub resources: Vec<NewResource>,
}

/// A resource to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NewResource {
    /// A resource group.
    Group(NewGroup),
    /// An identity.
    Identity(NewIdentity),
}

/// A resource group to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewGroup {
    /// Its name.
    pub name: ResourceGroupName,
    /// Its region.
    pub location: LocationName,
    /// Its tags: none, or the identity's.
    pub tags: Tags,
}

/// An identity to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewIdentity {
    /// The group it goes into.
    pub group: ResourceGroupName,
    /// Whether the group's own region is known to be the identity's: a text may then leave the region out.
    pub in_region_of_group: bool,
    /// Its name.
    pub name: IdentityName,
    /// Its region.
    pub location: LocationName,
    /// Its tags.
    pub tags: Tags,
    /// Its optional properties.
    pub properties: IdentityProperties,
}

impl Plan {
    /// The plan for a request.
    pub fn new(request: CreateRequest) -> Self {
        let mut resources = Vec::new();
        let in_region_of_group = match &request.group {
            GroupTarget::New { name, tagged } => {
                let tags = if *tagged { request.tags.clone() } else { Tags::default() };
                resources.push(NewResource::Group(NewGroup { name: name.clone(), location: request.location.clone(), tags }));
                true
            }
            GroupTarget::Existing { location, .. } => location.as_ref() == Some(&request.location),
        };
        resources.push(NewResource::Identity(NewIdentity {
            group: request.group.name().clone(),
            in_region_of_group,
            name: request.name,
            location: request.location,
            tags: request.tags,
            properties: request.properties,
        }));
        Self { subscription: request.subscription, path: request.path, resources }
    }

    /// The plan without what is not sent: equal ones make the same requests.
    #[must_use]
    pub fn as_sent(mut self) -> Self {
        for resource in &mut self.resources {
            if let NewResource::Identity(identity) = resource {
                identity.in_region_of_group = false;
            }
        }
        self
    }

    /// The group that is made, if one is.
    pub fn new_group(&self) -> Option<&NewGroup> {
        self.resources.iter().find_map(|resource| match resource {
            NewResource::Group(group) => Some(group),
            NewResource::Identity(_) => None,
        })
    }

    /// The identities that are made.
    pub fn identities(&self) -> impl Iterator<Item = &NewIdentity> {
        self.resources.iter().filter_map(|resource| match resource {
            NewResource::Identity(identity) => Some(identity),
            NewResource::Group(_) => None,
        })
    }
}

impl NewResource {
    /// The region it is made in.
    pub fn location(&self) -> &LocationName {
        match self {
            Self::Group(group) => &group.location,
            Self::Identity(identity) => &identity.location,
        }
    }
}

impl NewIdentity {
    /// The id it will have in `subscription`.
    pub fn id(&self, subscription: &Guid) -> ResourceId {
        ResourceId::of_identity(subscription, self.group.as_str(), self.name.as_str())
    }

    /// The oldest API version that can say all of this: the widest choice of clouds.
    pub fn api_version(&self) -> &'static str {
        self.properties.api_version()
    }
}
