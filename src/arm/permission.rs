//! What the account may do at a place.

use serde_json::Value;

use super::client::{ArmClient, versioned};
use super::json::texts;
use super::paging::Pages;
use super::percent::encode_path;
use super::resource_id::ResourceId;
use super::transport::Transport;

const PERMISSIONS_API: &str = "2022-04-01";

/// What one role assignment gives: actions, and those taken out of them again. `*` stands for anything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Permission {
    /// What is given.
    pub actions: Vec<String>,
    /// What is taken out; of this permission only.
    pub not_actions: Vec<String>,
}

impl Permission {
    /// Whether it gives `action`.
    pub fn allows(&self, action: &str) -> bool {
        self.actions.iter().any(|pattern| fits(pattern, action)) && !self.not_actions.iter().any(|pattern| fits(pattern, action))
    }
}

/// Whether some permission gives `action`.
pub fn allow(permissions: &[Permission], action: &str) -> bool {
    permissions.iter().any(|permission| permission.allows(action))
}

impl<T: Transport> ArmClient<T> {
    /// What the account may do at `scope`, a subscription or a group.
    pub fn permissions(&self, scope: &ResourceId) -> Pages<Permission> {
        let path = [&encode_path(scope.as_str()), "/providers/Microsoft.Authorization/permissions"].concat();
        Pages::new(versioned(&path, PERMISSIONS_API), read)
    }
}

#[expect(clippy::unnecessary_wraps, reason = "the reader of a list's entries may leave some out")]
fn read(value: &Value) -> Option<Permission> {
    Some(Permission { actions: texts(value, "actions"), not_actions: texts(value, "notActions") })
}

/// Whether `action` fits a pattern, without regard to case.
fn fits(pattern: &str, action: &str) -> bool {
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
    fn patterns() {
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
            assert_eq!(fits(pattern, write), expected, "{pattern}");
        }
    }

    #[test]
    fn what_one_entry_takes_out_another_may_give() {
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
