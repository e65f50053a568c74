//! The account's permissions on a scope.

use serde_json::Value;

use super::client::{ArmClient, versioned};
use super::json::texts;
use super::paging::Pages;
use super::percent::encode_path;
use super::resource_id::ResourceId;
use super::transport::Transport;

const PERMISSIONS_API: &str = "2022-04-01";

/// The permissions of one role assignment. `*` matches anything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Permission {
    pub actions: Vec<String>,
    /// Exceptions from this entry's `actions`; other entries may still allow them.
    pub not_actions: Vec<String>,
}

impl Permission {
    pub fn allows(&self, action: &str) -> bool {
        self.actions.iter().any(|pattern| matches(pattern, action)) && !self.not_actions.iter().any(|pattern| matches(pattern, action))
    }
}

/// Whether any permission allows `action`.
pub fn allow(permissions: &[Permission], action: &str) -> bool {
    permissions.iter().any(|permission| permission.allows(action))
}

impl<T: Transport> ArmClient<T> {
    /// The account's permissions on `scope`, a subscription or resource group.
    pub fn permissions(&self, scope: &ResourceId) -> Pages<Permission> {
        let path = [&encode_path(scope.as_str()), "/providers/Microsoft.Authorization/permissions"].concat();
        Pages::new(versioned(&path, PERMISSIONS_API), read)
    }
}

#[expect(clippy::unnecessary_wraps, reason = "`Pages` lets a parser skip entries")]
fn read(value: &Value) -> Option<Permission> {
    Some(Permission { actions: texts(value, "actions"), not_actions: texts(value, "notActions") })
}

/// Whether `action` matches a pattern, case-insensitively.
fn matches(pattern: &str, action: &str) -> bool {
    let (pattern, action) = (pattern.to_ascii_lowercase(), action.to_ascii_lowercase());
    let Some((start, rest)) = pattern.split_once('*') else { return pattern == action };
    let Some(mut action) = action.strip_prefix(start) else { return false };
    let (middle, end) = rest.rsplit_once('*').unwrap_or(("", rest));
    for part in middle.split('*') {
        let Some(found) = action.find(part) else { return false };
        action = &action[found + part.len()..];
    }
    action.ends_with(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matches_wildcards() {
        let write = "Microsoft.ManagedIdentity/userAssignedIdentities/write";
        let table = [
            ("*", true),
            ("*/write", true),
            ("microsoft.managedidentity/*", true),
            ("Microsoft.ManagedIdentity/userAssignedIdentities/write", true),
            ("Microsoft.ManagedIdentity/*/write", true),
            ("*/userAssignedIdentities/*", true),
            ("*identity*identities*", true),
            ("", false),
            ("*/read", false),
            ("Microsoft.ManagedIdentity", false),
            ("Microsoft.ManagedIdentity/userAssignedIdentities/write*x", false),
            ("Microsoft.ManagedIdentity/userAssignedIdentities/*/write", false),
        ];
        for (pattern, expected) in table {
            assert_eq!(matches(pattern, write), expected, "{pattern}");
        }
    }

    #[test]
    fn not_actions_apply_to_their_own_entry_only() {
        let permission = |actions: &[&str], not_actions: &[&str]| Permission {
            actions: actions.iter().map(|&action| action.into()).collect(),
            not_actions: not_actions.iter().map(|&action| action.into()).collect(),
        };
        let contributor = permission(&["*"], &["Microsoft.Authorization/*/Write"]);
        let assigner = permission(&["Microsoft.Authorization/roleAssignments/write"], &[]);
        let action = "Microsoft.Authorization/roleAssignments/write";
        assert!(!allow(&[], action));
        assert!(!allow(std::slice::from_ref(&contributor), action));
        assert!(allow(&[contributor, assigner], action));
    }
}
