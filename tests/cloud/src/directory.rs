//! The tenants, users and client of `directory.json`, which the provider reads as well.

use anyhow::{Context, Result};
use identity_portal::simulator::{Caller, Role, Tenant};
use serde::{Deserialize, Serialize};

const FILE: &str = include_str!("../directory.json");
/// The subscriptions of the second tenant; those of the first are seeded in the simulator.
pub(crate) const FABRIKAM: &[(&str, &str)] = &[("e15b7c40-92d8-4a3f-b6c1-5d08f7a2e904", "Fabrikam Production")];

#[derive(Debug, Deserialize)]
pub(crate) struct Directory {
    pub(crate) client: Client,
    pub(crate) tenants: Vec<Organisation>,
    pub(crate) users: Vec<User>,
}

/// The app registration.
#[derive(Debug, Deserialize)]
pub(crate) struct Client {
    pub(crate) id: String,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Organisation {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) domain: String,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct User {
    pub(crate) name: String,
    pub(crate) upn: String,
    pub(crate) what: String,
    pub(crate) memberships: Vec<Membership>,
}

/// A user's membership in a tenant.
#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct Membership {
    /// The tenant's name.
    pub(crate) tenant: String,
    pub(crate) oid: String,
    pub(crate) role: RoleName,
    /// Roles in places of their own, beside `role`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) assignments: Vec<Assignment>,
}

/// A role that a user has in a scope.
#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct Assignment {
    pub(crate) scope: String,
    /// The built-in role's ID.
    pub(crate) role: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) condition: Option<String>,
}

#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RoleName {
    Owner,
    ManagedIdentityContributor,
    Reader,
    None,
}

impl Directory {
    pub(crate) fn read() -> Result<Self> {
        serde_json::from_str(FILE).context("directory.json")
    }

    pub(crate) fn tenant(&self, id: &str) -> Option<&Organisation> {
        self.tenants.iter().find(|one| one.id == id)
    }

    /// The caller for a token's tenant and object ID.
    pub(crate) fn caller(&self, tenant: &str, oid: &str) -> Option<Caller> {
        let place = self.tenant(tenant)?;
        let (user, membership) = self.users.iter().find_map(|user| {
            let membership = user.memberships.iter().find(|one| one.tenant == place.name && one.oid == oid)?;
            Some((user, membership))
        })?;
        let others = user.memberships.iter().filter(|one| one.tenant != place.name);
        Some(Caller {
            name: user.upn.clone(),
            id: oid.to_owned(),
            tenant: place.as_tenant(),
            others: others.filter_map(|one| Some(self.tenants.iter().find(|known| known.name == one.tenant)?.as_tenant())).collect(),
            role: match membership.role {
                RoleName::Owner => Role::Owner,
                RoleName::ManagedIdentityContributor => Role::ManagedIdentityContributor,
                RoleName::Reader => Role::Reader,
                RoleName::None => Role::None,
            },
        })
    }
}

impl Organisation {
    fn as_tenant(&self) -> Tenant {
        Tenant { id: self.id.clone(), name: self.name.clone(), domain: self.domain.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_membership_is_found_by_its_object_id() {
        let directory = Directory::read().unwrap();
        for user in &directory.users {
            for membership in &user.memberships {
                let tenant = directory.tenants.iter().find(|one| one.name == membership.tenant).unwrap();
                let caller = directory.caller(&tenant.id, &membership.oid).unwrap();
                assert_eq!((caller.name.as_str(), caller.tenant.id.as_str()), (user.upn.as_str(), tenant.id.as_str()));
                assert_eq!(caller.others.len(), user.memberships.len() - 1);
            }
        }
        assert!(directory.caller(&directory.tenants[0].id, "nobody").is_none());
    }

    #[test]
    fn the_first_tenant_is_the_simulators() {
        let directory = Directory::read().unwrap();
        let caller = Caller::default();
        assert_eq!(directory.caller(&caller.tenant.id, &caller.id).unwrap().tenant, caller.tenant);
    }
}
