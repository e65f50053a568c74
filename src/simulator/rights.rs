//! The account's permissions.

use super::caller::Role;
use super::faults::Fault;
use super::permitted::{Rights, unconditional};
use super::records::group_id;
use super::resource::Resource;
use super::seed::{DEVELOPMENT, READER_GROUP};
use super::world::World;

pub(crate) const ROLE_ASSIGNMENT: &str = "Microsoft.Authorization/roleAssignments";

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

const OWNER: Rights = unconditional(&["*"], &[]);
const READER: Rights = unconditional(&["*/read"], &[]);
const CONTRIBUTOR: Rights = unconditional(MANAGED_IDENTITY_CONTRIBUTOR, &[]);
const ALL_BUT_IDENTITIES: Rights = unconditional(&["*"], &["Microsoft.ManagedIdentity/userAssignedIdentities/write"]);

/// Whether the account may do `action` on `scope`, if the condition of its assignment is fulfilled.
pub(crate) fn allows(world: &World, scope: &str, action: &str) -> bool {
    rights(world, scope).iter().any(|rights| rights.include(action))
}

/// The account's permissions on `scope`: its own role's, and those of its assignments there and above. They add up.
pub(crate) fn rights(world: &World, scope: &str) -> Vec<Rights> {
    let scope = scope.to_lowercase();
    let mut all: Vec<Rights> = standing(world, &scope).into_iter().collect();
    for assignment in own_assignments(world) {
        if is_within(&scope, &assignment.scope.to_lowercase()) {
            let role = assignment.properties["roleDefinitionId"].as_str().unwrap_or_default();
            let condition = assignment.properties["condition"].as_str().map(str::to_owned);
            all.extend((world.role)(role.rsplit('/').next().unwrap_or_default()).map(|rights| Rights { condition, ..rights }));
        }
    }
    let is_forbidden = |name: &str| world.faults.hit(Fault::Forbidden, name);
    if all.is_empty() {
        return all;
    }
    if world.faults.has(Fault::Forbidden) {
        return vec![READER];
    }
    if world.caller.role != Role::Reader && scope.split_once("/userassignedidentities/").is_some_and(|(_, name)| is_forbidden(name)) {
        return vec![if world.caller.role == Role::None { READER } else { ALL_BUT_IDENTITIES }];
    }
    all
}

/// Whether the account has any role in the subscription, or in something inside it.
pub(crate) fn is_member(world: &World, subscription: &str) -> bool {
    let id = format!("/subscriptions/{subscription}").to_lowercase();
    world.caller.role != Role::None || own_assignments(world).any(|one| one.is_below(&id))
}

fn standing(world: &World, scope: &str) -> Option<Rights> {
    let is_reader_group = is_within(scope, &group_id(DEVELOPMENT, READER_GROUP).to_lowercase());
    match world.caller.role {
        Role::Owner | Role::ManagedIdentityContributor if is_reader_group => Some(READER),
        Role::Owner => Some(OWNER),
        Role::ManagedIdentityContributor => Some(CONTRIBUTOR),
        Role::Reader => Some(READER),
        Role::None => None,
    }
}

// The seeded assignments only show the account's standing role.
fn own_assignments(world: &World) -> impl Iterator<Item = &Resource> {
    let is_own = |one: &&Resource| {
        one.made_at > 0 && one.properties["principalId"].as_str().is_some_and(|id| id.eq_ignore_ascii_case(&world.caller.id))
    };
    world.resources(ROLE_ASSIGNMENT).filter(is_own)
}

fn is_within(inner: &str, outer: &str) -> bool {
    inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
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
}
