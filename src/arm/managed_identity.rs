//! User-assigned managed identities.

mod properties;

use serde_json::Value;

pub use self::properties::*;
use super::client::{ArmClient, versioned};
use super::document::escaped_json;
use super::error::ArmError;
use super::guid::Guid;
use super::http::Method;
use super::json::{at, text};
use super::location::LocationName;
use super::paging::Pages;
use super::percent::encode_path;
use super::resource_group::ResourceGroupName;
use super::resource_id::ResourceId;
use super::tags::{TagName, TagValue, Tags};
use super::transport::Transport;

pub const IDENTITY_TYPE: &str = "Microsoft.ManagedIdentity/userAssignedIdentities";

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
    /// Its optional properties, at their defaults where the cloud doesn't have them.
    pub properties: IdentityProperties,
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
        properties: IdentityProperties::read(value),
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
        assert!(identity.tags.is_empty());
        assert_eq!(identity.properties, IdentityProperties::default());
        let mut newer = recorded.clone();
        newer["tags"] = json!({ "a": "b", "odd": null });
        let identity = read(&newer).expect("an identity");
        assert_eq!(identity.tags.iter().collect::<Vec<_>>(), [("a", "b"), ("odd", "")]);
        let mut half = recorded;
        half["properties"]["clientId"] = "later".into();
        assert_eq!(read(&half), None);
    }
}
