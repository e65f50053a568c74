//! The built-in roles for container registries (Azure docs, "Azure built-in roles for Containers").

use crate::arm::registry::RoleAssignmentMode;
use crate::messages::{self, Message};

/// What an identity may do with the images of a registry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RegistryRight {
    #[default]
    Pull,
    /// Includes pulling.
    Push,
    /// Azure's roles for it differ: see [`RegistryRole::also`].
    Delete,
}

/// A built-in role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RegistryRole {
    pub name: &'static str,
    /// The role definition's GUID, the same in every tenant.
    pub id: &'static str,
    /// What else it allows than its right's name says.
    pub also: Message,
}

pub const ACR_PULL: RegistryRole = RegistryRole { name: "AcrPull", id: "7f951dda-4ed3-4680-a7ca-43fe172d538d", also: messages::ROLE_PULLS };
pub const ACR_PUSH: RegistryRole =
    RegistryRole { name: "AcrPush", id: "8311e382-0749-4cb8-b61a-304f252e45ec", also: messages::ROLE_PUSHES };
pub const ACR_DELETE: RegistryRole =
    RegistryRole { name: "AcrDelete", id: "c2f4ef07-c644-48eb-af81-4b1b4947fb11", also: messages::ROLE_DELETES_ONLY };
pub const REPOSITORY_READER: RegistryRole =
    RegistryRole { name: "Container Registry Repository Reader", id: "b93aa761-3e63-49ed-ac28-beffa264f7ac", also: messages::ROLE_PULLS };
pub const REPOSITORY_WRITER: RegistryRole =
    RegistryRole { name: "Container Registry Repository Writer", id: "2a1e307c-b015-4ebd-883e-5b7698a07328", also: messages::ROLE_PUSHES };
pub const REPOSITORY_CONTRIBUTOR: RegistryRole = RegistryRole {
    name: "Container Registry Repository Contributor",
    id: "2efddaa5-3f1f-4df3-97df-af3f13818f4c",
    also: messages::ROLE_DELETES,
};

pub const OWNER: &str = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
pub const CONTRIBUTOR: &str = "b24988ac-6180-42a0-ab88-20f7382dd24c";
pub const USER_ACCESS_ADMINISTRATOR: &str = "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9";
pub const ACCESS_CONTROL_ADMINISTRATOR: &str = "f58310d9-a9f6-439a-9e8d-f62e7b41a168";

/// The built-in roles that may assign roles (Azure docs, "Azure built-in roles for Privileged").
pub const ASSIGNERS: [&str; 3] = [OWNER, USER_ACCESS_ADMINISTRATOR, ACCESS_CONTROL_ADMINISTRATOR];

pub const ALL: [RegistryRole; 6] = [ACR_PULL, ACR_PUSH, ACR_DELETE, REPOSITORY_READER, REPOSITORY_WRITER, REPOSITORY_CONTRIBUTOR];

impl RegistryRight {
    pub const ALL: [Self; 3] = [Self::Pull, Self::Push, Self::Delete];

    pub fn label(self) -> Message {
        match self {
            Self::Pull => messages::RIGHT_PULL,
            Self::Push => messages::RIGHT_PUSH,
            Self::Delete => messages::RIGHT_DELETE,
        }
    }

    /// What stops working at a registry without it.
    pub fn loses(self) -> Message {
        match self {
            Self::Pull => messages::LOSES_PULL,
            Self::Push => messages::LOSES_PUSH,
            Self::Delete => messages::LOSES_DELETE,
        }
    }

    /// The role that a registry of this mode obeys.
    pub fn role(self, mode: RoleAssignmentMode) -> RegistryRole {
        match (mode, self) {
            (RoleAssignmentMode::Registry, Self::Pull) => ACR_PULL,
            (RoleAssignmentMode::Registry, Self::Push) => ACR_PUSH,
            (RoleAssignmentMode::Registry, Self::Delete) => ACR_DELETE,
            (RoleAssignmentMode::Repositories, Self::Pull) => REPOSITORY_READER,
            (RoleAssignmentMode::Repositories, Self::Push) => REPOSITORY_WRITER,
            (RoleAssignmentMode::Repositories, Self::Delete) => REPOSITORY_CONTRIBUTOR,
        }
    }
}

impl RegistryRole {
    /// The role with this definition's GUID.
    pub fn of_id(id: &str) -> Option<Self> {
        ALL.into_iter().find(|role| role.id.eq_ignore_ascii_case(id))
    }

    /// What it is assigned for.
    pub fn right(self) -> RegistryRight {
        let modes = [RoleAssignmentMode::Registry, RoleAssignmentMode::Repositories];
        let is_for = |right: &RegistryRight| modes.into_iter().any(|mode| right.role(mode) == self);
        RegistryRight::ALL.into_iter().find(is_for).unwrap_or_default()
    }

    /// What it allows is part of what `other` allows in a registry of the same mode.
    pub fn is_part_of(self, other: Self) -> bool {
        let parts: &[Self] = match other {
            ACR_PUSH => &[ACR_PULL],
            REPOSITORY_WRITER => &[REPOSITORY_READER],
            REPOSITORY_CONTRIBUTOR => &[REPOSITORY_READER, REPOSITORY_WRITER],
            _ => &[],
        };
        self == other || parts.contains(&self)
    }

    /// The mode in which registries obey the role; in the other one they ignore it.
    pub fn mode(self) -> RoleAssignmentMode {
        if [ACR_PULL, ACR_PUSH, ACR_DELETE].contains(&self) { RoleAssignmentMode::Registry } else { RoleAssignmentMode::Repositories }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_right_has_a_role_that_the_registry_obeys() {
        for mode in [RoleAssignmentMode::Registry, RoleAssignmentMode::Repositories] {
            for right in RegistryRight::ALL {
                let role = right.role(mode);
                assert_eq!((role.mode(), role.right(), RegistryRole::of_id(&role.id.to_uppercase())), (mode, right, Some(role)));
            }
        }
    }
}
