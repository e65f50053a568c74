//! Who asks. In Preview it is always the same person; the local cloud reads it from the access token.

/// The tenant, its directory's domain, and who asks: the same in every simulated world.
pub(crate) const TENANT: &str = "6f1d8e52-90ab-4c37-8d24-b5e07a3c1f96";
/// The tenant's domain.
const DOMAIN: &str = "contoso.example";
/// Who asks.
const ACCOUNT: &str = "ada@contoso.example";
/// Who asks, as an object of the directory.
pub(crate) const ACCOUNT_ID: &str = "2b7c9d10-4e5f-4a6b-9c8d-7e0f1a2b3c4d";

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
        Self { id: TENANT.to_owned(), name: "Contoso".to_owned(), domain: DOMAIN.to_owned() }
    }
}

impl Default for Caller {
    fn default() -> Self {
        let (name, id) = (ACCOUNT.to_owned(), ACCOUNT_ID.to_owned());
        Self { name, id, tenant: Tenant::contoso(), others: Vec::new(), role: Role::Owner }
    }
}
