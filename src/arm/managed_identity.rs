//! User-assigned managed identities.

use serde_json::Value;

use super::client::{ArmClient, versioned};
use super::document::escaped_json;
use super::error::ArmError;
use super::guid::Guid;
use super::http::Method;
use super::json::{at, text, texts};
use super::location::LocationName;
use super::paging::Pages;
use super::percent::encode_path;
use super::resource_group::ResourceGroupName;
use super::resource_id::ResourceId;
use super::tags::{TagName, TagValue, Tags};
use super::transport::Transport;

pub const IDENTITY_TYPE: &str = "Microsoft.ManagedIdentity/userAssignedIdentities";

/// The only stable API version with assignment restrictions, and the newest (Microsoft.ManagedIdentity specifications).
/// Versions are not cumulative: 2026-04-30 lacks what 2025-05-31-preview has.
pub const IDENTITY_API: &str = "2026-05-31";
/// The API version that every cloud offers.
pub const IDENTITY_API_COMMON: &str = "2023-01-31";
/// The oldest API version with an isolation scope.
pub const IDENTITY_API_ISOLATION: &str = "2024-11-30";

/// Where an identity may be used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IsolationScope {
    #[default]
    None,
    /// Only by resources in its own region.
    Regional,
}

impl IsolationScope {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "None",
            Self::Regional => "Regional",
        }
    }

    /// Parses ARM's value, case-insensitively.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::None, Self::Regional].into_iter().find(|scope| scope.as_str().eq_ignore_ascii_case(text))
    }
}

/// A resource type or a whole provider that may use an identity: `Microsoft.Storage/storageAccounts` or `Microsoft.Storage`.
/// The portal writes the latter as `Microsoft.Storage/*`, which ARM does not accept.
#[derive(Clone, Debug)]
pub struct Restriction(String);

// ARM compares resource types case-insensitively.
impl PartialEq for Restriction {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }
}

impl Eq for Restriction {}

impl Restriction {
    /// Parses a type or provider, with or without the trailing `/*`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.strip_suffix("/*").unwrap_or(text);
        let mut segments = text.split('/');
        let namespace = segments.next().unwrap_or_default();
        let shaped = namespace.contains('.')
            && namespace.split('.').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
            && segments.all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'));
        shaped.then(|| Self(text.to_owned()))
    }

    /// In the form ARM accepts.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct ManagedIdentity {
    /// As ARM wrote it.
    pub id: ResourceId,
    pub name: String,
    pub location: LocationName,
    pub tags: Tags,
    /// The application ID that code signs in with.
    pub client_id: Guid,
    /// The object ID of its service principal, which roles are assigned to.
    pub principal_id: Guid,
    pub tenant_id: Guid,
    /// [`IsolationScope::None`] if the cloud does not support isolation.
    pub isolation_scope: IsolationScope,
    /// Empty if every resource type may use it.
    pub restrictions: Vec<Restriction>,
}

impl<T: Transport> ArmClient<T> {
    /// The identities of a subscription or resource group. For `version` see [`best_version`].
    pub fn identities(&self, subscription: &Guid, group: Option<&ResourceGroupName>, version: &str) -> Pages<ManagedIdentity> {
        let place = match group {
            Some(group) => ResourceId::of_group(subscription, group.as_str()),
            None => ResourceId::of_subscription(subscription),
        };
        let path = [&encode_path(place.as_str()), "/providers/", IDENTITY_TYPE].concat();
        Pages::new(versioned(&path, version), read)
    }

    /// # Errors
    /// If the request fails with anything but 404.
    pub async fn identity(&self, id: &ResourceId, version: &str) -> Result<Option<ManagedIdentity>, ArmError> {
        let found = self.find(&versioned(&encode_path(id.as_str()), version)).await?;
        found.map(|answered| answered.read(read, "an identity")).transpose()
    }

    /// The identity and ARM's own JSON of it, indented.
    ///
    /// # Errors
    /// If the request fails with anything but 404.
    pub async fn identity_and_json(&self, id: &ResourceId, version: &str) -> Result<Option<(ManagedIdentity, String)>, ArmError> {
        let Some(answered) = self.find(&versioned(&encode_path(id.as_str()), version)).await? else { return Ok(None) };
        let json = answered.json()?;
        let identity = read(&json).ok_or_else(|| answered.not_understood("an identity"))?;
        Ok(Some((identity, escaped_json(&serde_json::to_string_pretty(&json).unwrap_or_default()))))
    }

    /// Creates an identity, or replaces the tags and properties of an existing one. `body` is its JSON.
    ///
    /// # Errors
    /// If ARM refuses; `InvalidResourceLocation` if the identity exists in another region.
    pub async fn put_identity(&self, id: &ResourceId, version: &str, body: &str) -> Result<ManagedIdentity, ArmError> {
        self.call(Method::Put, &versioned(&encode_path(id.as_str()), version), Some(body)).await?.read(read, "an identity")
    }
}

/// The newest of the offered API versions that this app knows; it reads the most properties.
pub fn best_version(offered: &[String]) -> &'static str {
    let known = [IDENTITY_API, IDENTITY_API_ISOLATION];
    known.into_iter().find(|known| offered.iter().any(|offered| offered == known)).unwrap_or(IDENTITY_API_COMMON)
}

/// Parses ARM's JSON of an identity.
pub fn read(value: &Value) -> Option<ManagedIdentity> {
    let mut tags = Tags::default();
    for (name, value) in at(value, "tags").and_then(Value::as_object).into_iter().flatten() {
        // Existing tags count, whatever our own limits say.
        if let (Ok(name), Ok(value)) = (TagName::parse(name), TagValue::parse(value.as_str().unwrap_or_default())) {
            tags.add(name, value);
        }
    }
    let guid = |path| Guid::parse(text(value, path));
    Some(ManagedIdentity {
        id: ResourceId::parse(text(value, "id"))?,
        name: text(value, "name").to_owned(),
        location: LocationName::parse(text(value, "location"))?,
        tags,
        client_id: guid("properties.clientId")?,
        principal_id: guid("properties.principalId")?,
        tenant_id: guid("properties.tenantId")?,
        isolation_scope: IsolationScope::parse(text(value, "properties.isolationScope")).unwrap_or_default(),
        restrictions: texts(value, "properties.assignmentRestrictions.providers")
            .iter()
            .filter_map(|text| Restriction::parse(text))
            .collect(),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn reads_a_recorded_azure_response() {
        // As recorded in the Azure CLI's tests: `resourcegroups` in lower case, empty tags.
        let recorded = json!({
            "id": "/subscriptions/11111111-2222-3333-4444-555555555555/resourcegroups/rg1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/myidentity",
            "name": "myidentity", "type": "Microsoft.ManagedIdentity/userAssignedIdentities", "location": "westus", "tags": {},
            "properties": { "tenantId": "11111111-2222-3333-4444-555555555551", "principalId": "11111111-2222-3333-4444-555555555552",
                "clientId": "11111111-2222-3333-4444-555555555553" },
        });
        let identity = read(&recorded).expect("an identity");
        assert_eq!(
            (identity.id.resource_group(), identity.name.as_str(), identity.location.as_str()),
            (Some("rg1"), "myidentity", "westus")
        );
        assert!(identity.tags.is_empty() && identity.restrictions.is_empty());
        assert_eq!(identity.isolation_scope, IsolationScope::None);
        let mut newer = recorded.clone();
        newer["properties"]["isolationScope"] = "Regional".into();
        newer["properties"]["assignmentRestrictions"] = json!({ "providers": ["Microsoft.Compute"] });
        newer["tags"] = json!({ "a": "b", "odd": null });
        let identity = read(&newer).expect("an identity");
        assert_eq!((identity.isolation_scope, identity.restrictions.len()), (IsolationScope::Regional, 1));
        assert_eq!(identity.tags.iter().collect::<Vec<_>>(), [("a", "b"), ("odd", "")]);
        let mut half = recorded;
        half["properties"]["clientId"] = "later".into();
        assert_eq!(read(&half), None);
    }

    #[test]
    fn the_best_version_is_the_newest_known_to_both() {
        let offered = |versions: &[&str]| versions.iter().map(|&version| version.to_owned()).collect::<Vec<_>>();
        assert_eq!(best_version(&offered(&["2030-01-01", IDENTITY_API, IDENTITY_API_COMMON])), IDENTITY_API);
        assert_eq!(best_version(&offered(&[IDENTITY_API_ISOLATION, IDENTITY_API_COMMON])), IDENTITY_API_ISOLATION);
        assert_eq!(best_version(&[]), IDENTITY_API_COMMON);
    }

    #[test]
    fn restrictions_drop_the_portals_wildcard_and_ignore_case() {
        let table = [
            ("Microsoft.Storage/*", Some("Microsoft.Storage")),
            ("Microsoft.Storage/storageAccounts", Some("Microsoft.Storage/storageAccounts")),
            ("storage", None),
            ("Microsoft.", None),
            ("Microsoft.Storage/", None),
            ("Microsoft.Storage/a b", None),
        ];
        for (text, restriction) in table {
            assert_eq!(Restriction::parse(text).as_ref().map(Restriction::as_str), restriction, "{text}");
        }
        assert_eq!(Restriction::parse("microsoft.storage"), Restriction::parse("Microsoft.Storage/*"));
    }
}
