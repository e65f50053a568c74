//! What will be created, in order. The single source for the code panel, the review page, the template and the run.

use super::request::{CreateRequest, CreationPath, GroupTarget};
use crate::access::lock::LockDraft;
use crate::access::request::AccessRequest;
use crate::arm::federated_credential::FederatedCredential;
use crate::arm::guid::Guid;
use crate::arm::identity_name::IdentityName;
use crate::arm::location::LocationName;
use crate::arm::managed_identity::IdentityProperties;
use crate::arm::resource_group::ResourceGroupName;
use crate::arm::resource_id::ResourceId;
use crate::arm::role_assignment::NewRoleAssignment;
use crate::arm::tags::Tags;

/// The resources to create, each after its dependencies, and how they are sent to ARM.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The subscription of all resources.
    pub subscription: Guid,
    pub path: CreationPath,
    pub resources: Vec<NewResource>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NewResource {
    Group(NewGroup),
    Identity(NewIdentity),
    Credential(NewCredential),
    Role(NewRole),
    Lock(NewLock),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewGroup {
    pub name: ResourceGroupName,
    pub location: LocationName,
    /// Its tags: none, or the identity's.
    pub tags: Tags,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewIdentity {
    /// The group it goes into.
    pub group: ResourceGroupName,
    /// Whether the group is known to be in the identity's region: texts may then omit the region.
    pub in_region_of_group: bool,
    pub name: IdentityName,
    pub location: LocationName,
    pub tags: Tags,
    /// Its optional properties.
    pub properties: IdentityProperties,
}

/// A federated credential of the plan's identity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCredential {
    pub identity: ResourceId,
    pub credential: FederatedCredential,
}

/// A role for the plan's identity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRole {
    pub identity: ResourceId,
    /// The role's name in English, as Azure has it.
    pub role_name: String,
    pub assignment: NewRoleAssignment,
}

/// A lock on the plan's identity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewLock {
    pub identity: ResourceId,
    pub lock: LockDraft,
}

impl Plan {
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
        let identity = ResourceId::of_identity(&request.subscription, request.group.name().as_str(), request.name.as_str());
        resources.push(NewResource::Identity(NewIdentity {
            group: request.group.name().clone(),
            in_region_of_group,
            name: request.name,
            location: request.location,
            tags: request.tags,
            properties: request.properties,
        }));
        let AccessRequest { credentials, roles, lock } = request.access;
        for credential in credentials {
            resources.push(NewResource::Credential(NewCredential { identity: identity.clone(), credential }));
        }
        for role in roles {
            let assignment = NewRoleAssignment::new(&identity, role.scope, &role.role, role.condition);
            resources.push(NewResource::Role(NewRole { identity: identity.clone(), role_name: role.role_name, assignment }));
        }
        // Last: a read-only lock refuses credentials.
        if let Some(lock) = lock {
            resources.push(NewResource::Lock(NewLock { identity, lock }));
        }
        Self { subscription: request.subscription, path: request.path, resources }
    }

    /// The plan without data that is not sent: equal plans make the same requests.
    #[must_use]
    pub fn as_sent(mut self) -> Self {
        for resource in &mut self.resources {
            if let NewResource::Identity(identity) = resource {
                identity.in_region_of_group = false;
            }
        }
        self
    }

    /// The group to create, if any.
    pub fn new_group(&self) -> Option<&NewGroup> {
        self.resources.iter().find_map(|resource| match resource {
            NewResource::Group(group) => Some(group),
            _ => None,
        })
    }

    /// The identities to create.
    pub fn identities(&self) -> impl Iterator<Item = &NewIdentity> {
        self.resources.iter().filter_map(|resource| match resource {
            NewResource::Identity(identity) => Some(identity),
            _ => None,
        })
    }

    /// The roles to assign.
    pub fn roles(&self) -> impl Iterator<Item = &NewRole> {
        self.resources.iter().filter_map(|resource| match resource {
            NewResource::Role(role) => Some(role),
            _ => None,
        })
    }

    /// The region of the first resource that has one.
    pub fn location(&self) -> Option<&LocationName> {
        self.resources.iter().find_map(|resource| match resource {
            NewResource::Group(group) => Some(&group.location),
            NewResource::Identity(identity) => Some(&identity.location),
            NewResource::Credential(_) | NewResource::Role(_) | NewResource::Lock(_) => None,
        })
    }
}

impl NewIdentity {
    /// Its id in `subscription`.
    pub fn id(&self, subscription: &Guid) -> ResourceId {
        ResourceId::of_identity(subscription, self.group.as_str(), self.name.as_str())
    }

    /// The oldest API version that supports all of this, for the widest choice of clouds.
    pub fn api_version(&self) -> &'static str {
        self.properties.api_version()
    }
}
