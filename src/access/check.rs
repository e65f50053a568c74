//! A role on a registry, from what is chosen and typed: which role it will be, what has to be done for it, and what will spoil a pull.

#[cfg(test)]
mod tests;

use super::condition::{Repository, condition, of_condition, repositories};
use super::listing::{Scope, scope_name};
use super::role::{RegistryRight, RegistryRole};
use crate::arm::guid::Guid;
use crate::arm::registry::{Registry, RoleAssignmentMode};
use crate::arm::resource_id::ResourceId;
use crate::arm::role_assignment::{NewRoleAssignment, RoleAssignment};
use crate::messages::{self, Message, Sentence};
use crate::severity::Severity;

/// What a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Input {
    Registry,
    Right,
    Repositories,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub input: Input,
    pub severity: Severity,
    pub sentence: Sentence,
}

/// Whether the account may assign roles at the registry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Permission {
    /// It couldn't be read, or wasn't yet.
    #[default]
    Unknown,
    Allowed,
    /// The account's own assignment has a condition on the roles that it may assign.
    Conditional,
    Refused,
}

/// What is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    pub registry: &'a Registry,
    pub right: RegistryRight,
    /// As typed; empty for all. It counts only where [`takes_repositories`].
    pub repositories: &'a str,
}

/// What is known of the place.
#[derive(Clone, Copy, Debug, Default)]
pub struct Known<'a> {
    /// The identity's assignments at the registry and above it; none for a new identity.
    pub assignments: &'a [RoleAssignment],
    /// `None` until it was asked for.
    pub permission: Option<Permission>,
}

/// What has to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The identity has exactly this there.
    Nothing,
    Add(NewRoleAssignment),
    /// The identity has the role there, for other repositories.
    Change(RoleAssignment, NewRoleAssignment),
}

/// Whether roles on the registry can be limited to some repositories.
pub fn takes_repositories(registry: &Registry) -> bool {
    registry.mode == Some(RoleAssignmentMode::Repositories)
}

impl Wanted<'_> {
    /// The role that the registry obeys; where its mode is unknown, that of most registries.
    pub fn role(&self) -> RegistryRole {
        self.right.role(self.registry.mode.unwrap_or(RoleAssignmentMode::Registry))
    }

    /// Why it is this role.
    pub fn reason(&self) -> Message {
        match self.registry.mode {
            Some(RoleAssignmentMode::Registry) => messages::ROLE_WHY_REGISTRY,
            Some(RoleAssignmentMode::Repositories) => messages::ROLE_WHY_REPOSITORIES,
            None => messages::ROLE_WHY_UNKNOWN,
        }
    }

    /// The repositories that it is limited to; none for all.
    ///
    /// # Errors
    /// The first entry that is wrong, and why.
    pub fn repositories(&self) -> Result<Vec<Repository>, (String, Message)> {
        if takes_repositories(self.registry) { repositories(self.repositories) } else { Ok(Vec::new()) }
    }

    /// What has to be done for `identity`, which has these assignments at the registry. `None` if a repository is wrong.
    pub fn step(&self, identity: &ResourceId, assignments: &[RoleAssignment]) -> Option<Step> {
        let (role, scope) = (self.role(), &self.registry.id);
        let condition = condition(role, &self.repositories().ok()?);
        let added = NewRoleAssignment::new(identity, scope.clone(), role.id, condition);
        let Some(present) = present(assignments, scope, role) else { return Some(Step::Add(added)) };
        if present.condition == added.condition {
            return Some(Step::Nothing);
        }
        // Azure has one assignment of a role at a scope, whatever its name.
        let name = Guid::parse(&present.name)?;
        Some(Step::Change(present.clone(), NewRoleAssignment { name, description: present.description.clone(), ..added }))
    }
}

/// The assignment of the role at the registry itself, if there is one.
fn present<'a>(assignments: &'a [RoleAssignment], scope: &ResourceId, role: RegistryRole) -> Option<&'a RoleAssignment> {
    assignments.iter().find(|one| one.is_at(scope) && one.role == role.id)
}

/// The repositories of an assignment, as they are typed; `None` if it has a condition that isn't ours. Empty for all.
pub fn typed_repositories(role: RegistryRole, condition: Option<&str>) -> Option<String> {
    let Some(text) = condition else { return Some(String::new()) };
    Some(of_condition(role, text)?.iter().map(Repository::typed).collect::<Vec<_>>().join(", "))
}

/// What is wrong with it, and what to know before it is saved; the most severe of each input first.
pub fn check(wanted: &Wanted<'_>, known: Known<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut find = |input, severity, sentence: Sentence| found.push(Finding { input, severity, sentence });
    let registry = wanted.registry;
    let (role, name) = (wanted.role(), registry.name.as_str());
    let wrong = wanted.repositories().err();
    if let Some((entry, why)) = &wrong {
        find(Input::Repositories, Severity::Blocks, why.with([entry]));
    }
    for repository in wanted.repositories().unwrap_or_default().iter().filter(|one| one.matches_neighbours()) {
        let prefix = repository.name.as_str();
        find(Input::Repositories, Severity::Warns, messages::REPOSITORY_NEIGHBOURS.with([prefix]));
    }
    let condition = condition(role, &wanted.repositories().unwrap_or_default());
    match present(known.assignments, &registry.id, role) {
        Some(present) if wrong.is_none() && present.condition == condition => {
            find(Input::Right, Severity::Blocks, messages::ROLE_PRESENT.with([role.name, name]));
        }
        _ => {
            for finding in covered(wanted, known.assignments) {
                find(Input::Right, finding.0, finding.1);
            }
        }
    }
    if registry.mode.is_none() {
        find(Input::Registry, Severity::Warns, messages::REGISTRY_MODE_UNKNOWN.with([name, role.name]));
    }
    match known.permission {
        Some(Permission::Refused) => find(Input::Registry, Severity::Warns, messages::ASSIGNING_REFUSED.with([name])),
        Some(Permission::Conditional) => find(Input::Registry, Severity::Warns, messages::ASSIGNING_CONDITIONAL.with([name])),
        Some(Permission::Unknown) => find(Input::Registry, Severity::Informs, messages::ASSIGNING_UNKNOWN.with([name])),
        Some(Permission::Allowed) | None => {}
    }
    for (severity, sentence) in obstacles(registry) {
        find(Input::Registry, severity, sentence);
    }
    found.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    found
}

/// What the identity may do there already, by other assignments.
fn covered(wanted: &Wanted<'_>, assignments: &[RoleAssignment]) -> Vec<(Severity, Sentence)> {
    let role = wanted.role();
    let mut found = Vec::new();
    for one in assignments.iter().filter(|one| one.condition.is_none()) {
        let Some(known) = RegistryRole::of_id(&one.role) else { continue };
        let is_here = one.is_at(&wanted.registry.id);
        if !role.is_part_of(known) || (is_here && known == role) {
            continue;
        }
        found.push(match Scope::parse(&one.scope) {
            _ if is_here => (Severity::Warns, messages::ROLE_COVERED.with([known.name, &wanted.registry.name])),
            Some(scope) => (Severity::Warns, messages::ROLE_INHERITED.with([known.name, &scope_name(&scope)])),
            None => continue,
        });
    }
    found
}

/// What spoils a pull from the registry even with the right role, or makes the role needless.
fn obstacles(registry: &Registry) -> Vec<(Severity, Sentence)> {
    let name = registry.name.as_str();
    let network = match (registry.is_private, registry.limits_addresses, registry.trusts_services) {
        (true, _, true) => Some(messages::NETWORK_PRIVATE_TRUSTING),
        (true, _, false) => Some(messages::NETWORK_PRIVATE),
        (false, true, true) => Some(messages::NETWORK_LIMITED_TRUSTING),
        (false, true, false) => Some(messages::NETWORK_LIMITED),
        (false, false, _) => None,
    };
    let told = [
        (network, Severity::Warns),
        ((!registry.takes_arm_tokens).then_some(messages::ARM_TOKENS_OFF), Severity::Warns),
        (registry.anonymous_pull.then_some(messages::ANONYMOUS_PULL), Severity::Informs),
        (registry.admin_user.then_some(messages::ADMIN_USER), Severity::Informs),
    ];
    told.into_iter().filter_map(|(message, severity)| Some((severity, message?.with([name])))).collect()
}
