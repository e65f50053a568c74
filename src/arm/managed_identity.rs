//! User-assigned managed identities.

use super::guid::Guid;
use super::location::LocationName;
use super::resource_id::ResourceId;
use super::tags::Tags;

/// The resource type.
pub const IDENTITY_TYPE: &str = "Microsoft.ManagedIdentity/userAssignedIdentities";

/// The newest API version, with assignment restrictions (Microsoft.ManagedIdentity specification).
pub const IDENTITY_API: &str = "2026-05-31";
/// The API version that every cloud offers.
pub const IDENTITY_API_COMMON: &str = "2023-01-31";
/// The first API version that has an isolation scope.
pub const IDENTITY_API_ISOLATION: &str = "2024-11-30";

/// Where an identity may be used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IsolationScope {
    /// Anywhere.
    #[default]
    None,
    /// Only by resources of its own region.
    Regional,
}

impl IsolationScope {
    /// ARM's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "None",
            Self::Regional => "Regional",
        }
    }

    /// The scope of ARM's word, in any case.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::None, Self::Regional].into_iter().find(|scope| scope.as_str().eq_ignore_ascii_case(text))
    }
}

/// A resource type, or a whole provider, that may use an identity: `Microsoft.Storage/storageAccounts` or
/// `Microsoft.Storage`. The portal writes the second `Microsoft.Storage/*`; ARM does not take the star.
#[derive(Clone, Debug)]
pub struct Restriction(String);

// ARM compares resource types without regard to case.
impl PartialEq for Restriction {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }
}

impl Eq for Restriction {}

impl Restriction {
    /// The type or provider written in `text`, with or without the star.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.strip_suffix("/*").unwrap_or(text);
        let mut segments = text.split('/');
        let namespace = segments.next().unwrap_or_default();
        let shaped = namespace.contains('.')
            && namespace.split('.').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
            && segments.all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'));
        shaped.then(|| Self(text.to_owned()))
    }

    /// As ARM takes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An identity that exists.
#[derive(Clone, Debug, PartialEq)]
pub struct ManagedIdentity {
    /// Its resource id, as ARM wrote it.
    pub id: ResourceId,
    /// Its name.
    pub name: String,
    /// Its region.
    pub location: LocationName,
    /// Its tags.
    pub tags: Tags,
    /// The application id that code signs in with.
    pub client_id: Guid,
    /// The object id of its service principal, which roles are given to.
    pub principal_id: Guid,
    /// The directory it lives in.
    pub tenant_id: Guid,
    /// Where it may be used; `None` (the scope) where the cloud has no isolation.
    pub isolation_scope: IsolationScope,
    /// Who may use it; empty for everyone.
    pub restrictions: Vec<Restriction>,
}
