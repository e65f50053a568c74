//! The account's permissions.

use super::caller::Role;
use super::faults::Fault;
use super::records::group_id;
use super::seed::{DEVELOPMENT, READER_GROUP};
use super::world::World;

/// The actions of Managed Identity Contributor (Azure built-in roles).
pub(crate) const MANAGED_IDENTITY_CONTRIBUTOR: &[&str] = &[
    "Microsoft.ManagedIdentity/userAssignedIdentities/read",
    "Microsoft.ManagedIdentity/userAssignedIdentities/write",
    "Microsoft.ManagedIdentity/userAssignedIdentities/delete",
    "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/read",
    "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write",
    "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/delete",
    "Microsoft.ManagedIdentity/userAssignedIdentities/revokeTokens/action",
    "Microsoft.Authorization/*/read",
    "Microsoft.Insights/alertRules/*",
    "Microsoft.Resources/subscriptions/resourceGroups/read",
    "Microsoft.Resources/deployments/*",
    "Microsoft.Support/*",
];

/// The permissions of a role.
pub(crate) struct Rights {
    pub(crate) actions: &'static [&'static str],
    pub(crate) not_actions: &'static [&'static str],
}

const OWNER: Rights = Rights { actions: &["*"], not_actions: &[] };
const READER: Rights = Rights { actions: &["*/read"], not_actions: &[] };
const CONTRIBUTOR: Rights = Rights { actions: MANAGED_IDENTITY_CONTRIBUTOR, not_actions: &[] };
const NOTHING: Rights = Rights { actions: &[], not_actions: &[] };
const ALL_BUT_IDENTITIES: Rights = Rights { actions: &["*"], not_actions: &["Microsoft.ManagedIdentity/userAssignedIdentities/write"] };

/// Whether the account may do `action` on `scope`.
pub(crate) fn allows(world: &World, scope: &str, action: &str) -> bool {
    let rights = rights(world, scope);
    rights.actions.iter().any(|pattern| matches(pattern, action)) && !rights.not_actions.iter().any(|pattern| matches(pattern, action))
}

/// The account's permissions on `scope`.
pub(crate) fn rights(world: &World, scope: &str) -> Rights {
    let scope = scope.to_lowercase();
    let reader = group_id(DEVELOPMENT, READER_GROUP).to_lowercase();
    let mine = match world.caller.role {
        Role::Owner => OWNER,
        Role::ManagedIdentityContributor => CONTRIBUTOR,
        Role::Reader => return READER,
        Role::None => return NOTHING,
    };
    if world.faults.has(Fault::Forbidden) || scope == reader || scope.starts_with(&format!("{reader}/")) {
        READER
    } else if scope.split_once("/userassignedidentities/").is_some_and(|(_, name)| world.faults.hit(Fault::Forbidden, name)) {
        ALL_BUT_IDENTITIES
    } else {
        mine
    }
}

/// Whether `pattern`, with `*` as a wildcard, matches the action, case-insensitively.
fn matches(pattern: &str, action: &str) -> bool {
    let (pattern, action) = (pattern.to_lowercase(), action.to_lowercase());
    let mut parts = pattern.split('*');
    let Some(mut rest) = action.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let mut last = None;
    for part in parts {
        if let Some(at) = rest.find(part) {
            rest = &rest[at + part.len()..];
            last = Some(part);
        } else {
            return false;
        }
    }
    last.map_or(rest.is_empty(), |part| part.is_empty() || action.ends_with(part))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arm::http::Method;
    use crate::simulator::test_harness::TestHarness;
    use crate::simulator::{Caller, Reply};

    #[test]
    fn each_role_has_its_permissions() {
        let (identity, group) = ("Microsoft.ManagedIdentity/userAssignedIdentities", "Microsoft.Resources/subscriptions/resourceGroups");
        let table = [
            (Role::Owner, [true, true, true, true]),
            (Role::ManagedIdentityContributor, [true, true, false, true]),
            (Role::Reader, [false, true, false, true]),
            (Role::None, [false, false, false, false]),
        ];
        for (role, [writes, reads, makes_groups, lists_groups]) in table {
            let mut harness = TestHarness::new("");
            let caller = Caller { role, ..Caller::default() };
            let mut list = |path: &str| {
                let path = format!("https://arm.example{path}?api-version=2021-04-01");
                let request =
                    crate::arm::http::Request { method: Method::Get, url: path, headers: crate::arm::http::Headers::default(), body: None };
                matches!(harness.simulator.answer_for(&caller, "https://arm.example", &request, harness.now), Reply::Answer { response, .. } if response.status == 200)
            };
            assert_eq!(list(&format!("/subscriptions/{DEVELOPMENT}/resourcegroups")), lists_groups, "{role:?}");
            let mut world =
                World::new(String::new(), [0; 16], crate::simulator::Faults::default(), crate::simulator::seed::tables::tables());
            world.caller = caller.clone();
            let may = |action: &str| allows(&world, &group_id(DEVELOPMENT, "RG1"), action);
            assert_eq!(may(&format!("{identity}/write")), writes, "{role:?}");
            assert_eq!(may(&format!("{identity}/read")), reads, "{role:?}");
            assert_eq!(may(&format!("{group}/write")), makes_groups, "{role:?}");
        }
    }

    #[test]
    fn patterns_match_as_in_azure() {
        let table = [
            ("*", "A/b/write", true),
            ("*/read", "A/b/READ", true),
            ("*/read", "A/b/write", false),
            ("A/b/write", "a/B/write", true),
            ("A/b/write", "A/b/write2", false),
            ("A/*/read", "A/b/c/read", true),
            ("A/*/read", "A/b/c/read/x", false),
        ];
        for (pattern, action, expected) in table {
            assert_eq!(matches(pattern, action), expected, "{pattern} {action}");
        }
    }
}
