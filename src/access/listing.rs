//! Role assignments as they are listed: where each applies, in which order, and what is wrong with it.

use std::cmp::Ordering;

use super::role::{ACCESS_CONTROL_ADMINISTRATOR, CONTRIBUTOR, OWNER, RegistryRole, USER_ACCESS_ADMINISTRATOR};
use crate::arm::guid::Guid;
use crate::arm::natural;
use crate::arm::registry::{REGISTRY_TYPE, Registry, RoleAssignmentMode};
use crate::arm::resource_id::ResourceId;
use crate::arm::role_assignment::RoleAssignment;
use crate::messages::{self, Sentence};

/// How long an assignment may take to be effective, in milliseconds (Azure docs, "Troubleshoot Azure RBAC").
const EFFECTIVE_AFTER: u64 = 10 * 60 * 1000;
/// Roles that allow more than an identity needs on a whole subscription.
pub const PRIVILEGED: [&str; 4] = [OWNER, CONTRIBUTOR, USER_ACCESS_ADMINISTRATOR, ACCESS_CONTROL_ADMINISTRATOR];
const MANAGEMENT_GROUP: &str = "/providers/Microsoft.Management/managementGroups/";

/// Where an assignment applies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// `/`: every subscription of the directory.
    Directory,
    ManagementGroup(String),
    Subscription(Guid),
    Group(ResourceId),
    Registry(ResourceId),
    Resource(ResourceId),
}

impl Scope {
    /// The scope of an assignment; `None` for what is no scope.
    pub fn parse(text: &str) -> Option<Self> {
        if text == "/" {
            return Some(Self::Directory);
        }
        if let Some(start) = text.get(..MANAGEMENT_GROUP.len()).filter(|start| start.eq_ignore_ascii_case(MANAGEMENT_GROUP)) {
            let name = &text[start.len()..];
            return (!name.is_empty() && !name.contains('/')).then(|| Self::ManagementGroup(name.to_owned()));
        }
        let id = ResourceId::parse(text)?;
        Some(match id.resource_type() {
            Some(kind) if kind.eq_ignore_ascii_case(REGISTRY_TYPE) => Self::Registry(id),
            Some(_) => Self::Resource(id),
            None if id.resource_group().is_some() => Self::Group(id),
            None => Self::Subscription(id.subscription()?),
        })
    }

    /// Whether it is above subscriptions: there, nothing can be removed from this page.
    pub fn is_above_subscriptions(&self) -> bool {
        matches!(self, Self::Directory | Self::ManagementGroup(_))
    }
}

/// The name of a scope within a sentence: "the resource group rg".
pub fn scope_name(scope: &Scope) -> String {
    match scope {
        Scope::Directory => messages::SCOPE_DIRECTORY.text().into_owned(),
        Scope::ManagementGroup(name) => messages::SCOPE_MANAGEMENT_GROUP.with([name]).text(),
        Scope::Subscription(_) => messages::SCOPE_SUBSCRIPTION.text().into_owned(),
        Scope::Group(id) => messages::SCOPE_GROUP.with([id.name()]).text(),
        Scope::Registry(id) => messages::SCOPE_REGISTRY.with([id.name()]).text(),
        Scope::Resource(id) => id.name().to_owned(),
    }
}

/// Registries first, then the roles for registries in groups and subscriptions, then the others.
pub fn order(one: &RoleAssignment, other: &RoleAssignment) -> Ordering {
    let rank = |one: &RoleAssignment| match Scope::parse(&one.scope) {
        Some(Scope::Registry(_)) => 0,
        _ if RegistryRole::of_id(&one.role).is_some() => 1,
        _ => 2,
    };
    let name = |one: &RoleAssignment| one.scope.rsplit('/').next().unwrap_or_default().to_owned();
    rank(one)
        .cmp(&rank(other))
        .then_with(|| natural::compare(&name(one), &name(other)))
        .then_with(|| one.scope.cmp(&other.scope))
        .then_with(|| one.role.cmp(&other.role))
        .then_with(|| one.name.cmp(&other.name))
}

/// Whether an assignment may not be effective yet. `created` and `now` are in milliseconds since 1970; `None` if unknown.
pub fn is_new(created: Option<u64>, now: u64) -> bool {
    created.is_some_and(|created| now < created.saturating_add(EFFECTIVE_AFTER))
}

/// What is wrong with an assignment of the role named `name`. `registry`: the one that it is assigned on, if that is known.
pub fn problems(assignment: &RoleAssignment, name: &str, registry: Option<&Registry>) -> Vec<Sentence> {
    let mut found = Vec::new();
    if let Some((registry, role)) = registry.zip(RegistryRole::of_id(&assignment.role))
        && let Some(mode) = registry.mode
        && mode != role.mode()
    {
        let right = role.right().role(mode).name;
        found.push(match mode {
            RoleAssignmentMode::Registry => messages::ROLE_IGNORED_REGISTRY.with([&registry.name, right]),
            RoleAssignmentMode::Repositories => messages::ROLE_IGNORED_REPOSITORIES.with([&registry.name, right]),
        });
    }
    let is_wide = matches!(Scope::parse(&assignment.scope), Some(Scope::Directory | Scope::ManagementGroup(_) | Scope::Subscription(_)));
    if is_wide && PRIVILEGED.contains(&assignment.role.as_str()) {
        found.push(messages::ROLE_TOO_MUCH.with([name]));
    }
    found
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::access::role::{ACR_PULL, REPOSITORY_READER};
    use crate::arm::{registry, role_assignment};
    use crate::messages::Message;

    const SUBSCRIPTION: &str = "/subscriptions/11111111-2222-3333-4444-555555555555";
    const GROUP: &str = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg";
    const REGISTRY: &str =
        "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg/providers/Microsoft.ContainerRegistry/registries/reg";

    fn assignment(scope: &str, role: &str) -> RoleAssignment {
        role_assignment::read(&json!({ "name": "n", "properties": { "scope": scope, "roleDefinitionId": role } })).expect("an assignment")
    }

    #[test]
    fn scopes_are_named() {
        let table = [
            ("/", "the whole directory"),
            ("/providers/microsoft.management/managementGroups/root", "the management group root"),
            (SUBSCRIPTION, "the subscription"),
            (GROUP, "the resource group rg"),
            (REGISTRY, "the registry reg"),
            (&[GROUP, "/providers/Microsoft.Storage/storageAccounts/data"].concat(), "data"),
        ];
        for (text, expected) in table {
            assert_eq!(Scope::parse(text).map(|scope| scope_name(&scope)).as_deref(), Some(expected), "{text}");
        }
        for wrong in
            ["", "x", "/providers/Microsoft.Management/managementGroups/", "/providers/Microsoft.Management/managementGroups/a/b", "//"]
        {
            assert_eq!(Scope::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn registries_come_first() {
        let mut all = [
            assignment(SUBSCRIPTION, OWNER),
            assignment(GROUP, ACR_PULL.id),
            assignment(&[REGISTRY, "10"].concat(), ACR_PULL.id),
            assignment(&[REGISTRY, "2"].concat(), OWNER),
            assignment("nowhere", OWNER),
        ];
        all.sort_by(order);
        let scopes = all.map(|one| one.scope.rsplit('/').next().unwrap_or_default().to_owned());
        assert_eq!(scopes, ["reg2", "reg10", "rg", "11111111-2222-3333-4444-555555555555", "nowhere"]);
    }

    #[test]
    fn a_role_that_the_mode_ignores_and_one_that_allows_too_much_are_told() {
        let registry = |mode: &str| {
            registry::read(&json!({ "id": REGISTRY, "name": "reg", "location": "eastus", "properties": { "roleAssignmentMode": mode } }))
        };
        let (plain, limited, unknown) = (registry("LegacyRegistryPermissions"), registry("AbacRepositoryPermissions"), registry(""));
        let told = |scope: &str, role: &str, registry: Option<&Registry>| -> Vec<Message> {
            problems(&assignment(scope, role), "r", registry).into_iter().map(|problem| problem.message).collect()
        };
        assert_eq!(told(REGISTRY, ACR_PULL.id, limited.as_ref()), [messages::ROLE_IGNORED_REPOSITORIES]);
        assert_eq!(told(REGISTRY, REPOSITORY_READER.id, plain.as_ref()), [messages::ROLE_IGNORED_REGISTRY]);
        for (role, registry) in [(ACR_PULL, &plain), (REPOSITORY_READER, &limited), (ACR_PULL, &unknown), (REPOSITORY_READER, &None)] {
            assert_eq!(told(REGISTRY, role.id, registry.as_ref()), []);
        }
        let sentence = problems(&assignment(REGISTRY, ACR_PULL.id), "AcrPull", limited.as_ref())[0].text();
        assert!(sentence.contains("Container Registry Repository Reader"), "{sentence}");
        for (scope, wide) in [("/", true), (SUBSCRIPTION, true), (GROUP, false)] {
            assert_eq!(told(scope, OWNER, None).len(), usize::from(wide), "{scope}");
        }
        assert_eq!(told(SUBSCRIPTION, ACR_PULL.id, None), []);
    }

    #[test]
    fn an_assignment_is_new_for_ten_minutes() {
        assert!(is_new(Some(1_000), 1_000 + EFFECTIVE_AFTER - 1));
        assert!(!is_new(Some(1_000), 1_000 + EFFECTIVE_AFTER));
        assert!(!is_new(None, 0) && !is_new(Some(0), u64::MAX));
    }
}
