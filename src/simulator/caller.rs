//! The caller of a request. In Preview it is always the same person; the local cloud reads it from the access token.

/// The seeded tenant: its ID is the same in every simulated world.
pub(crate) const TENANT: &str = "6f1d8e52-90ab-4c37-8d24-b5e07a3c1f96";
const DOMAIN: &str = "contoso.example";
/// The caller's sign-in name.
const ACCOUNT: &str = "ada@contoso.example";
/// The caller's object ID.
pub(crate) const ACCOUNT_ID: &str = "2b7c9d10-4e5f-4a6b-9c8d-7e0f1a2b3c4d";

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tenant {
    pub id: String,
    pub name: String,
    pub domain: String,
}

/// The caller's role in the subscriptions of its tenant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Owner,
    /// May manage identities and deployments only.
    ManagedIdentityContributor,
    Reader,
    /// A guest without any role.
    None,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The sign-in name.
    pub name: String,
    /// The object ID.
    pub id: String,
    /// The tenant the caller is signed in to.
    pub tenant: Tenant,
    /// The other tenants the caller belongs to.
    pub others: Vec<Tenant>,
    /// The caller's role in `tenant`.
    pub role: Role,
}

impl Tenant {
    /// The seeded tenant.
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
