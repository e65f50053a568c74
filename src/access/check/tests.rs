//! What is told of a role before it is assigned.

use super::*;
use crate::access::role::{ACR_PULL, ACR_PUSH, REPOSITORY_READER, REPOSITORY_WRITER};
use crate::arm::location::LocationName;

const GROUP: &str = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg";
const NAME: &str = "05c5a614-a7d6-4502-b150-c2fb455033ff";

pub(crate) fn registry(mode: Option<RoleAssignmentMode>) -> Registry {
    Registry {
        id: ResourceId::parse(&[GROUP, "/providers/Microsoft.ContainerRegistry/registries/reg1"].concat()).expect("an id"),
        name: "reg1".into(),
        location: LocationName::parse("eastus").expect("a location"),
        login_server: "reg1.azurecr.io".into(),
        mode,
        is_private: false,
        limits_addresses: false,
        trusts_services: true,
        takes_arm_tokens: true,
        anonymous_pull: false,
        admin_user: false,
    }
}

fn assignment(scope: &str, role: RegistryRole, condition: Option<&str>) -> RoleAssignment {
    RoleAssignment {
        id: [scope, "/providers/Microsoft.Authorization/roleAssignments/", NAME].concat(),
        name: NAME.into(),
        scope: scope.into(),
        role: role.id.into(),
        principal_id: String::new(),
        condition: condition.map(str::to_owned),
        description: Some("why".into()),
        created_on: String::new(),
    }
}

fn identity() -> ResourceId {
    ResourceId::parse(&[GROUP, "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami"].concat()).expect("an id")
}

fn found(wanted: &Wanted<'_>, known: Known<'_>) -> Vec<(Input, Severity, Message)> {
    check(wanted, known).into_iter().map(|finding| (finding.input, finding.severity, finding.sentence.message)).collect()
}

const REGISTRY: Option<RoleAssignmentMode> = Some(RoleAssignmentMode::Registry);
const REPOSITORIES: Option<RoleAssignmentMode> = Some(RoleAssignmentMode::Repositories);

#[test]
fn the_role_follows_the_mode_and_an_unknown_mode_is_told() {
    for (mode, role) in [(REGISTRY, ACR_PULL), (REPOSITORIES, REPOSITORY_READER), (None, ACR_PULL)] {
        let registry = registry(mode);
        let wanted = Wanted { registry: &registry, right: RegistryRight::Pull, repositories: "" };
        assert_eq!(wanted.role(), role);
        let expected: Vec<_> =
            mode.is_none().then_some((Input::Registry, Severity::Warns, messages::REGISTRY_MODE_UNKNOWN)).into_iter().collect();
        assert_eq!(found(&wanted, Known::default()), expected);
    }
}

#[test]
fn repositories_count_only_where_the_registry_takes_them() {
    let (plain, limited) = (registry(REGISTRY), registry(REPOSITORIES));
    let wanted = |registry| Wanted { registry, right: RegistryRight::Push, repositories: "Bad" };
    assert!(
        matches!(wanted(&plain).step(&identity(), &[]), Some(Step::Add(added)) if added.condition.is_none() && added.role == ACR_PUSH.id)
    );
    assert_eq!(wanted(&limited).step(&identity(), &[]), None);
    assert_eq!(found(&wanted(&limited), Known::default()), [(Input::Repositories, Severity::Blocks, messages::REPOSITORY_UPPER_CASE)]);
    let prefix = Wanted { registry: &limited, right: RegistryRight::Push, repositories: "team*, team/*" };
    assert!(
        matches!(prefix.step(&identity(), &[]), Some(Step::Add(added)) if added.condition.as_ref().is_some_and(|text| text.contains("'team/'")))
    );
    assert_eq!(found(&prefix, Known::default()), [(Input::Repositories, Severity::Warns, messages::REPOSITORY_NEIGHBOURS)]);
}

#[test]
fn what_is_there_already_is_found_by_any_name_and_from_above() {
    let registry = registry(REGISTRY);
    let wanted = Wanted { registry: &registry, right: RegistryRight::Pull, repositories: "" };
    let own = registry.id.as_str();
    let table = [
        (assignment(own, ACR_PULL, None), Some((Input::Right, Severity::Blocks, messages::ROLE_PRESENT)), Step::Nothing),
        (assignment(own, ACR_PUSH, None), Some((Input::Right, Severity::Warns, messages::ROLE_COVERED)), Step::Add(added(&wanted))),
        (assignment(GROUP, ACR_PULL, None), Some((Input::Right, Severity::Warns, messages::ROLE_INHERITED)), Step::Add(added(&wanted))),
        (assignment(GROUP, ACR_PULL, Some("x")), None, Step::Add(added(&wanted))),
        (assignment(GROUP, REPOSITORY_WRITER, None), None, Step::Add(added(&wanted))),
    ];
    for (assignment, expected, step) in table {
        let known = Known { assignments: std::slice::from_ref(&assignment), permission: None };
        assert_eq!(found(&wanted, known), expected.into_iter().collect::<Vec<_>>(), "{assignment:?}");
        assert_eq!(wanted.step(&identity(), known.assignments), Some(step), "{assignment:?}");
    }
}

fn added(wanted: &Wanted<'_>) -> NewRoleAssignment {
    NewRoleAssignment::new(&identity(), wanted.registry.id.clone(), wanted.role().id, None)
}

#[test]
fn other_repositories_change_the_assignment_that_is_there() {
    let registry = registry(REPOSITORIES);
    let all = condition(REPOSITORY_READER, &repositories("a, b/*").expect("repositories"));
    let present = assignment(registry.id.as_str(), REPOSITORY_READER, all.as_deref());
    assert_eq!(typed_repositories(REPOSITORY_READER, all.as_deref()).as_deref(), Some("a, b/*"));
    assert_eq!(typed_repositories(REPOSITORY_READER, Some("x")), None);
    let wanted = Wanted { registry: &registry, right: RegistryRight::Pull, repositories: "a" };
    let Some(Step::Change(before, after)) = wanted.step(&identity(), std::slice::from_ref(&present)) else { panic!("a change") };
    assert_eq!((&before, after.name.as_str(), after.description.as_deref()), (&present, NAME, Some("why")));
    assert_eq!(after.condition, condition(REPOSITORY_READER, &repositories("a").expect("a repository")));
}

#[test]
fn the_permission_and_what_spoils_a_pull_are_told() {
    let mut registry = registry(REGISTRY);
    (registry.is_private, registry.takes_arm_tokens, registry.anonymous_pull, registry.admin_user) = (true, false, true, true);
    let wanted = Wanted { registry: &registry, right: RegistryRight::Pull, repositories: "" };
    let told: Vec<_> = found(&wanted, Known { assignments: &[], permission: Some(Permission::Refused) });
    let expected = [
        (Severity::Warns, messages::ASSIGNING_REFUSED),
        (Severity::Warns, messages::NETWORK_PRIVATE_TRUSTING),
        (Severity::Warns, messages::ARM_TOKENS_OFF),
        (Severity::Informs, messages::ANONYMOUS_PULL),
        (Severity::Informs, messages::ADMIN_USER),
    ];
    assert_eq!(told, expected.map(|(severity, message)| (Input::Registry, severity, message)));
    let allowed = Known { assignments: &[], permission: Some(Permission::Allowed) };
    assert_eq!(found(&wanted, allowed).len(), 4);
}
