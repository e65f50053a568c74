//! Container registries (Microsoft.ContainerRegistry).

use serde_json::Value;

use super::client::{ArmClient, versioned};
use super::error::ArmError;
use super::guid::Guid;
use super::json::text;
use super::location::LocationName;
use super::paging::Pages;
use super::percent::encode_path;
use super::resource_id::ResourceId;
use super::transport::Transport;

pub const REGISTRY_TYPE: &str = "Microsoft.ContainerRegistry/registries";

/// The first stable version with `roleAssignmentMode`.
const REGISTRIES_API: &str = "2025-11-01";
/// For clouds that don't have it yet.
const REGISTRIES_API_COMMON: &str = "2023-07-01";
/// ARM's codes for a version that a cloud doesn't have.
const NO_VERSION: [&str; 3] = ["NoRegisteredProviderFound", "InvalidResourceType", "InvalidApiVersionParameter"];

/// Which roles a registry obeys (`roleAssignmentMode`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoleAssignmentMode {
    /// `LegacyRegistryPermissions`: roles for the whole registry, such as `AcrPull`.
    Registry,
    /// `AbacRepositoryPermissions`: roles that a condition can limit to some repositories.
    Repositories,
}

impl RoleAssignmentMode {
    /// ARM's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Registry => "LegacyRegistryPermissions",
            Self::Repositories => "AbacRepositoryPermissions",
        }
    }

    /// The mode with ARM's name.
    pub fn of_name(name: &str) -> Option<Self> {
        [Self::Registry, Self::Repositories].into_iter().find(|mode| mode.name() == name)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a setting of its own in ARM")]
pub struct Registry {
    pub id: ResourceId,
    pub name: String,
    pub location: LocationName,
    /// The host that images are pulled from. It need not begin with the name.
    pub login_server: String,
    /// `None` where the cloud's API version doesn't tell.
    pub mode: Option<RoleAssignmentMode>,
    /// Whether it can only be reached by private endpoints.
    pub is_private: bool,
    /// Whether it can only be reached from listed addresses.
    pub limits_addresses: bool,
    /// Whether trusted Azure services may pass its network rules.
    pub trusts_services: bool,
    /// Whether it takes tokens whose audience is ARM.
    pub takes_arm_tokens: bool,
    /// Whether everybody can pull, without signing in.
    pub anonymous_pull: bool,
    /// Whether its admin user, with a password for everything, is on.
    pub admin_user: bool,
}

impl<T: Transport> ArmClient<T> {
    /// The registries of a subscription.
    ///
    /// # Errors
    /// If the request fails.
    pub async fn registries(&self, subscription: &Guid) -> Result<Vec<Registry>, ArmError> {
        let place = ResourceId::of_subscription(subscription);
        let path = [&encode_path(place.as_str()), "/providers/", REGISTRY_TYPE].concat();
        match Pages::new(versioned(&path, REGISTRIES_API), read).all(self).await {
            Err(error) if lacks_version(&error) => Pages::new(versioned(&path, REGISTRIES_API_COMMON), read).all(self).await,
            found => found,
        }
    }

    /// The registry with this id, or `None` if there is none.
    ///
    /// # Errors
    /// If the request fails with anything but 404.
    pub async fn registry(&self, id: &ResourceId) -> Result<Option<Registry>, ArmError> {
        let path = encode_path(id.as_str());
        let found = match self.find(&versioned(&path, REGISTRIES_API)).await {
            Err(error) if lacks_version(&error) => self.find(&versioned(&path, REGISTRIES_API_COMMON)).await?,
            found => found?,
        };
        found.map(|answered| answered.read(read, "a registry")).transpose()
    }
}

fn lacks_version(error: &ArmError) -> bool {
    NO_VERSION.iter().any(|code| error.has_code(code))
}

/// Parses ARM's JSON of a registry.
pub fn read(value: &Value) -> Option<Registry> {
    let is = |path: &str, expected: &str| text(value, path).eq_ignore_ascii_case(expected);
    let has = |name: &str| value["properties"][name] == true;
    Some(Registry {
        id: ResourceId::parse(text(value, "id"))?,
        name: text(value, "name").to_owned(),
        location: LocationName::parse(text(value, "location"))?,
        login_server: text(value, "properties.loginServer").to_owned(),
        mode: RoleAssignmentMode::of_name(text(value, "properties.roleAssignmentMode")),
        is_private: is("properties.publicNetworkAccess", "Disabled"),
        limits_addresses: is("properties.networkRuleSet.defaultAction", "Deny"),
        trusts_services: !is("properties.networkRuleBypassOptions", "None"),
        takes_arm_tokens: !is("properties.policies.azureADAuthenticationAsArmPolicy.status", "disabled"),
        anonymous_pull: has("anonymousPullEnabled"),
        admin_user: has("adminUserEnabled"),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn reads_what_a_pull_depends_on() {
        let id =
            "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg/providers/Microsoft.ContainerRegistry/registries/reg1";
        let full = json!({
            "id": id, "name": "reg1", "location": "eastus",
            "properties": {
                "loginServer": "reg1-abc.azurecr.io", "roleAssignmentMode": "AbacRepositoryPermissions",
                "publicNetworkAccess": "Disabled", "networkRuleSet": { "defaultAction": "Deny" }, "networkRuleBypassOptions": "None",
                "policies": { "azureADAuthenticationAsArmPolicy": { "status": "disabled" } },
                "anonymousPullEnabled": true, "adminUserEnabled": true,
            },
        });
        let registry = read(&full).expect("a registry");
        assert_eq!((registry.login_server.as_str(), registry.mode), ("reg1-abc.azurecr.io", Some(RoleAssignmentMode::Repositories)));
        assert!(registry.is_private && registry.limits_addresses && !registry.trusts_services && !registry.takes_arm_tokens);
        assert!(registry.anonymous_pull && registry.admin_user);
        let plain = read(&json!({ "id": id, "name": "reg1", "location": "eastus", "properties": {} })).expect("a registry");
        assert_eq!(plain.mode, None);
        assert!(!plain.is_private && !plain.limits_addresses && plain.trusts_services && plain.takes_arm_tokens);
        assert_eq!(read(&json!({ "name": "reg1" })), None);
    }
}
