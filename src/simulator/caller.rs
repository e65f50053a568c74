//! Who asks. In Preview it is always the same person; the local cloud reads it from the access token.

/// A directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tenant {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Its domain.
    pub domain: String,
}

/// What the caller may do in the subscriptions of its directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Everything.
    Owner,
    /// Identities and deployments.
    ManagedIdentityContributor,
    /// Nothing but reading.
    Reader,
    /// Not even that: a guest without any role.
    None,
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The sign-in name.
    pub name: String,
    /// The id as an object of the directory.
    pub id: String,
    /// The directory that the caller asks in.
    pub tenant: Tenant,
    /// The other directories that the caller is in.
    pub others: Vec<Tenant>,
    /// What it may do there.
    pub role: Role,
}

impl Tenant {
    /// The directory that is seeded.
    pub(crate) fn contoso() -> Self {
        Self { id: super::world::TENANT.to_owned(), name: "Contoso".to_owned(), domain: super::world::DOMAIN.to_owned() }
    }
}

impl Default for Caller {
    fn default() -> Self {
        let (name, id) = (super::world::ACCOUNT.to_owned(), super::world::ACCOUNT_ID.to_owned());
        Self { name, id, tenant: Tenant::contoso(), others: Vec::new(), role: Role::Owner }
    }
}
