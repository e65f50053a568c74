//! Tests of role assignments.

use serde_json::json;

use crate::simulator::seed::DEVELOPMENT;
use crate::simulator::test_harness::TestHarness;

const READER: &str = "/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7";
const NAME: &str = "05c5a614-a7d6-4502-b150-c2fb455033ff";

fn path(scope: &str, rest: &str) -> String {
    format!("/subscriptions/{DEVELOPMENT}{scope}/providers/Microsoft.Authorization/{rest}api-version=2022-04-01")
}

#[test]
fn assigns_a_role_to_a_new_identity() {
    let mut harness = TestHarness::new("");
    let identity = format!(
        "/subscriptions/{DEVELOPMENT}/resourceGroups/RG1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami?api-version=2023-01-31"
    );
    let made = harness.send("PUT", &identity, Some(json!({ "location": "eastus" }))).body;
    let principal = &made["properties"]["principalId"];
    let mut body = json!({ "properties": { "roleDefinitionId": READER, "principalId": principal } });
    let at = path("/resourceGroups/RG1", &format!("roleAssignments/{NAME}?"));
    assert_eq!(harness.send("PUT", &at, Some(body.clone())).refusal(), "400 PrincipalNotFound");
    body["properties"]["principalType"] = "ServicePrincipal".into();
    assert_eq!(harness.send("PUT", &at, Some(body.clone())).status, 201);
    assert_eq!(harness.send("PUT", &at, Some(body.clone())).status, 200);
    assert_eq!(harness.send("PUT", &at.replace("05c5", "15c5"), Some(body.clone())).refusal(), "409 RoleAssignmentExists");
    assert_eq!(harness.send("PUT", &at.replace(NAME, "x"), Some(body)).refusal(), "400 InvalidRoleAssignmentId");
    assert_eq!(harness.list(&path("/resourceGroups/RG1", "roleAssignments?")).len(), 2);
    assert_eq!(harness.list(&path("/resourceGroups/RG2", "roleAssignments?").replace("RG2", "rg-web-dev")).len(), 1);
    let mine = format!("roleAssignments?$filter=principalId%20eq%20'{}'&", principal.as_str().expect("an id"));
    assert_eq!(harness.list(&path("", &mine)).len(), 1);
    assert_eq!(harness.send("DELETE", &at, None).status, 200);
    assert_eq!(harness.send("DELETE", &at, None).status, 204);
}

const GROUP: &str = "/resourceGroups/RG1";
const REGISTRY: &str = "/resourceGroups/RG1/providers/Microsoft.ContainerRegistry/registries/contosodev";

/// Creates an identity and returns its principal.
fn identity(harness: &mut TestHarness, name: &str) -> String {
    let made = harness.send("PUT", &identity_path(name), Some(json!({ "location": "eastus" })));
    made.body["properties"]["principalId"].as_str().expect("an identity").to_owned()
}

fn identity_path(name: &str) -> String {
    format!(
        "/subscriptions/{DEVELOPMENT}/resourceGroups/RG1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/{name}?api-version=2023-01-31"
    )
}

fn body(principal: &str) -> serde_json::Value {
    json!({ "properties": { "roleDefinitionId": READER, "principalId": principal, "principalType": "ServicePrincipal" } })
}

fn assignment(scope: &str) -> String {
    path(scope, &format!("roleAssignments/{NAME}?"))
}

#[test]
fn an_assignment_may_change_its_description_and_its_condition_alone() {
    let mut harness = TestHarness::new("");
    let principal = identity(&mut harness, "uami");
    assert_eq!(harness.send("PUT", &assignment(REGISTRY), Some(body(&principal))).status, 201);
    let mut changed = body(&principal);
    changed["properties"]["description"] = "for the build".into();
    assert_eq!(harness.send("PUT", &assignment(REGISTRY), Some(changed)).status, 200);
    let kept = &harness.get(&assignment(REGISTRY)).body["properties"];
    assert_eq!((&kept["description"], &kept["createdOn"]), (&json!("for the build"), &json!("2024-06-14T22:02:46.1230000Z")));
    let other = identity(&mut harness, "uami-other");
    let not_permitted = "400 RoleAssignmentUpdateNotPermitted";
    assert_eq!(harness.send("PUT", &assignment(REGISTRY), Some(body(&other))).refusal(), not_permitted);
    assert_eq!(harness.send("PUT", &assignment(GROUP), Some(body(&principal))).refusal(), not_permitted);
}

#[test]
fn an_assignment_outlives_its_identity_and_blocks_its_name() {
    let mut harness = TestHarness::new("");
    let principal = identity(&mut harness, "uami");
    assert_eq!(harness.send("PUT", &assignment(REGISTRY), Some(body(&principal))).status, 201);
    assert_eq!(harness.send("DELETE", &identity_path("uami"), None).status, 200);
    assert_eq!(harness.get(&assignment(REGISTRY)).body["properties"]["principalType"], "ServicePrincipal");
    let again = identity(&mut harness, "uami");
    assert_ne!(again, principal);
    let refused = harness.send("PUT", &assignment(REGISTRY), Some(body(&again)));
    assert_eq!(refused.refusal(), "400 RoleAssignmentUpdateNotPermitted");
    assert_eq!(harness.send("DELETE", &assignment(REGISTRY), None).status, 200);
    assert_eq!(harness.send("PUT", &assignment(REGISTRY), Some(body(&again))).status, 201);
}

#[test]
fn a_full_subscription_takes_no_new_assignment() {
    let mut harness = TestHarness::new("");
    let principal = identity(&mut harness, "uami-roles-full");
    assert_eq!(harness.send("PUT", &assignment(GROUP), Some(body(&principal))).refusal(), "400 RoleAssignmentLimitExceeded");
    let other = identity(&mut harness, "uami");
    assert_eq!(harness.send("PUT", &assignment(GROUP), Some(body(&other))).status, 201);
    let mut full = TestHarness::new("roles-full");
    let principal = identity(&mut full, "uami");
    assert_eq!(full.send("PUT", &assignment(GROUP), Some(body(&principal))).refusal(), "400 RoleAssignmentLimitExceeded");
}

#[test]
fn a_stubborn_directory_ignores_the_principal_type() {
    let mut harness = TestHarness::new("");
    let principal = identity(&mut harness, "uami-replication");
    assert_eq!(harness.send("PUT", &assignment(GROUP), Some(body(&principal))).refusal(), "400 PrincipalNotFound");
    harness.pass(9_000);
    assert_eq!(harness.send("PUT", &assignment(GROUP), Some(body(&principal))).refusal(), "400 PrincipalNotFound");
    harness.pass(1_000);
    assert_eq!(harness.send("PUT", &assignment(GROUP), Some(body(&principal))).status, 201);
}

#[test]
fn conditions_are_read_when_they_are_written() {
    let mut harness = TestHarness::new("");
    let principal = identity(&mut harness, "uami");
    let condition = "((!(ActionMatches{'Microsoft.ContainerRegistry/registries/repositories/content/read'}) AND !(ActionMatches{'Microsoft.ContainerRegistry/registries/repositories/metadata/read'})) OR (@Request[Microsoft.ContainerRegistry/registries/repositories:name] StringStartsWithIgnoreCase 'backend/'))";
    for (condition, version, expected) in [
        (condition, json!("2.0"), "201"),
        (condition, json!("1.0"), "400 BadRequest"),
        (condition, json!(null), "400 BadRequest"),
        ("@Request[a:b] Equals 'x'", json!("2.0"), "400 BadRequest"),
    ] {
        let mut body = body(&principal);
        body["properties"]["condition"] = condition.into();
        body["properties"]["conditionVersion"] = version;
        assert_eq!(harness.send("PUT", &assignment(REGISTRY), Some(body)).refusal(), expected, "{condition}");
        harness.send("DELETE", &assignment(REGISTRY), None);
    }
}

#[test]
fn locks_at_and_above_the_scope_bite() {
    let mut harness = TestHarness::new("");
    let principal = identity(&mut harness, "uami");
    let lock =
        |scope: &str| format!("/subscriptions/{DEVELOPMENT}{scope}/providers/Microsoft.Authorization/locks/mine?api-version=2020-05-01");
    for scope in [REGISTRY, GROUP] {
        for level in ["ReadOnly", "CanNotDelete"] {
            assert_eq!(harness.send("PUT", &assignment(REGISTRY), Some(body(&principal))).status, 201, "{scope}");
            let locked = json!({ "properties": { "level": level } });
            assert_eq!(harness.send("PUT", &lock(scope), Some(locked)).status, 201);
            let written = harness.send("PUT", &assignment(REGISTRY), Some(body(&principal))).refusal();
            assert_eq!(written, if level == "ReadOnly" { "409 ScopeLocked" } else { "200" }, "{scope}");
            assert_eq!(harness.send("DELETE", &assignment(REGISTRY), None).refusal(), "409 ScopeLocked", "{scope} {level}");
            assert_eq!(harness.send("DELETE", &lock(scope), None).status, 200);
            assert_eq!(harness.send("DELETE", &assignment(REGISTRY), None).status, 200);
        }
    }
}
