//! A stored resource of any type.

use serde_json::{Map, Value};

use super::json::json;
use super::time;

/// Sorted by name.
pub(crate) type Tags = Map<String, Value>;

/// A resource in a group, or one that extends another resource, a group or a subscription.
#[derive(Clone, Debug)]
pub(crate) struct Resource {
    /// The type, as `Microsoft.ManagedIdentity/userAssignedIdentities`.
    pub(crate) kind: String,
    /// The ID of its group, of what it extends, or of its parent; empty for the tenant.
    pub(crate) scope: String,
    pub(crate) name: String,
    /// Empty if the type has no regions.
    pub(crate) location: String,
    pub(crate) tags: Tags,
    /// The type's own data, in a format of its own.
    pub(crate) properties: Value,
    /// The time of creation, in milliseconds since 1970.
    pub(crate) made_at: u64,
}

impl Resource {
    /// A resource without region and tags.
    pub(crate) fn new(kind: &str, scope: &str, name: &str, properties: Value) -> Self {
        Self {
            kind: kind.to_owned(),
            scope: scope.to_owned(),
            name: name.to_owned(),
            location: String::new(),
            tags: Tags::new(),
            properties,
            made_at: 0,
        }
    }

    /// `{scope}/providers/{type}/{name}`, or for a child `{parent}/{child type}/{name}`.
    pub(crate) fn plain_id(&self) -> String {
        match self.kind.split('/').skip(2).last() {
            Some(child) => format!("{}/{child}/{}", self.scope, self.name),
            None => format!("{}/providers/{}/{}", self.scope, self.kind, self.name),
        }
    }

    /// Whether it is in the subscription with this ID.
    pub(crate) fn is_in(&self, subscription: &str) -> bool {
        self.scope.split('/').nth(2).is_some_and(|id| id.eq_ignore_ascii_case(subscription))
    }

    /// The name of its group; empty if it is in none.
    pub(crate) fn group(&self) -> &str {
        self.scope.split('/').nth(4).unwrap_or_default()
    }

    /// Whether its scope is `id` (in lower case) or inside it.
    pub(crate) fn is_below(&self, id: &str) -> bool {
        let scope = self.scope.to_lowercase();
        scope.strip_prefix(id).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// Its entry in a list of resources of all types, with the properties that `expand` names (in lower case).
    pub(crate) fn listed(&self, id: &str, expand: &str) -> Value {
        let mut value = json!({ "id": id, "name": self.name, "type": self.kind, "location": self.location, "tags": self.tags });
        for (name, known) in [
            ("createdTime", time::iso(self.made_at)),
            ("changedTime", time::iso(self.made_at)),
            ("provisioningState", "Succeeded".to_owned()),
        ] {
            if expand.contains(&name.to_lowercase()) {
                value[name] = known.into();
            }
        }
        value
    }
}
