//! A role on a subscription or resource group: what to know before it is assigned.

use super::check::{Known, Permission};
use super::listing::{PRIVILEGED, Scope, scope_name};
use super::role::{ASSIGNERS, RegistryRole};
use crate::arm::resource_id::ResourceId;
use crate::arm::role_definition::RoleDefinition;
use crate::messages::{self, Sentence};
use crate::severity::Severity;

/// Whether the role needs a second look before an identity gets it.
pub fn is_privileged(role: &RoleDefinition) -> bool {
    PRIVILEGED.contains(&role.id.as_str()) || role.actions.iter().any(|action| action == "*")
}

/// What to know of the role at `scope`, the most severe first.
pub fn of_role(role: &RoleDefinition, scope: &ResourceId, known: Known<'_>) -> Vec<(Severity, Sentence)> {
    let mut found = Vec::new();
    let place = named(scope);
    for one in known.assignments.iter().filter(|one| one.role == role.id) {
        if one.is_at(scope) {
            found.push((Severity::Blocks, messages::ROLE_PRESENT.with([&role.name, &place])));
        } else if let Some(above) = Scope::parse(&one.scope).filter(|_| one.condition.is_none()) {
            found.push((Severity::Warns, messages::ROLE_INHERITED.with([&role.name, &scope_name(&above)])));
        }
    }
    if is_privileged(role) {
        let gives = ASSIGNERS.contains(&role.id.as_str());
        let message = if gives { messages::ROLE_GIVES_ROLES } else { messages::ROLE_CHANGES_ALL };
        found.push((Severity::Warns, message.with([&role.name])));
    }
    if RegistryRole::of_id(&role.id).is_some() {
        found.push((Severity::Informs, messages::ROLE_FOR_REGISTRY.into()));
    }
    found.sort_by_key(|(severity, _)| std::cmp::Reverse(*severity));
    found
}

/// What to know of the scope.
pub fn of_scope(scope: &ResourceId, known: Known<'_>) -> Vec<(Severity, Sentence)> {
    let place = named(scope);
    let permission = known.permission.and_then(|permission| match permission {
        Permission::Refused => Some((Severity::Warns, messages::ASSIGNING_REFUSED)),
        Permission::Conditional => Some((Severity::Warns, messages::ASSIGNING_CONDITIONAL)),
        Permission::Unknown => Some((Severity::Informs, messages::ASSIGNING_UNKNOWN)),
        Permission::Allowed => None,
    });
    let mut found: Vec<_> = permission.map(|(severity, message)| (severity, message.with([&place]))).into_iter().collect();
    if scope.resource_group().is_none() {
        found.push((Severity::Informs, messages::WHOLE_SUBSCRIPTION_WIDE.into()));
    }
    found
}

/// The scope within a sentence.
fn named(scope: &ResourceId) -> String {
    Scope::parse(scope.as_str()).map(|scope| scope_name(&scope)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::access::role::{ACR_PULL, CONTRIBUTOR, OWNER};
    use crate::arm::role_assignment::{self, RoleAssignment};
    use crate::messages::Message;

    const SUBSCRIPTION: &str = "/subscriptions/11111111-2222-3333-4444-555555555555";
    const GROUP: &str = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg";

    fn role(id: &str, actions: &[&str]) -> RoleDefinition {
        let actions = actions.iter().map(|&action| action.to_owned()).collect();
        RoleDefinition { id: id.into(), name: "r".into(), description: String::new(), actions }
    }

    fn at(scope: &str) -> ResourceId {
        ResourceId::parse(scope).expect("an id")
    }

    fn assignment(scope: &str, role: &str) -> RoleAssignment {
        role_assignment::read(&json!({ "properties": { "scope": scope, "roleDefinitionId": role } })).expect("an assignment")
    }

    fn messages_of(found: Vec<(Severity, Sentence)>) -> Vec<(Severity, Message)> {
        found.into_iter().map(|(severity, sentence)| (severity, sentence.message)).collect()
    }

    #[test]
    fn privileged_roles_need_a_second_look() {
        let table = [
            (role(OWNER, &[]), vec![(Severity::Warns, messages::ROLE_GIVES_ROLES)]),
            (role("custom", &["*"]), vec![(Severity::Warns, messages::ROLE_CHANGES_ALL)]),
            (role(CONTRIBUTOR, &["*"]), vec![(Severity::Warns, messages::ROLE_CHANGES_ALL)]),
            (role(ACR_PULL.id, &[]), vec![(Severity::Informs, messages::ROLE_FOR_REGISTRY)]),
            (role("custom", &["*/read"]), vec![]),
        ];
        for (role, expected) in table {
            assert_eq!(messages_of(of_role(&role, &at(GROUP), Known::default())), expected, "{role:?}");
        }
    }

    #[test]
    fn what_is_there_blocks_and_what_is_above_is_told() {
        let role = role("x", &[]);
        for (scope, expected) in
            [(GROUP, vec![(Severity::Blocks, messages::ROLE_PRESENT)]), (SUBSCRIPTION, vec![(Severity::Warns, messages::ROLE_INHERITED)])]
        {
            let assignments = [assignment(scope, "/x"), assignment(scope, "/y")];
            let known = Known { assignments: &assignments, permission: None };
            assert_eq!(messages_of(of_role(&role, &at(GROUP), known)), expected, "{scope}");
        }
    }

    #[test]
    fn a_whole_subscription_is_told_and_so_is_a_missing_permission() {
        let known = Known { assignments: &[], permission: Some(Permission::Refused) };
        assert_eq!(messages_of(of_scope(&at(GROUP), known)), [(Severity::Warns, messages::ASSIGNING_REFUSED)]);
        assert_eq!(messages_of(of_scope(&at(SUBSCRIPTION), Known::default())), [(Severity::Informs, messages::WHOLE_SUBSCRIPTION_WIDE)]);
    }
}
