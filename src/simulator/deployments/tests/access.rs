//! Deployments that give an identity what it is for: roles here and elsewhere, credentials, a lock. And those that may not.

use super::*;

const ROLE: &str = "7f951dda-4ed3-4680-a7ca-43fe172d538d";
const NAME: &str = "1c0a9a5e-7f1d-5c55-9a3e-8f2b6c0d4e10";
const OTHER_NAME: &str = "2c0a9a5e-7f1d-5c55-9a3e-8f2b6c0d4e11";
const THIRD_NAME: &str = "3c0a9a5e-7f1d-5c55-9a3e-8f2b6c0d4e12";
const RADIA: &str = "b1d6f0a4-2c73-4e58-8a19-6f3e7d5c4b20";
const CONTRIBUTOR: &str = "e40ec5ca-96e0-45a2-b4ff-59039f2c2b59";
const ADMINISTRATOR: &str = "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9";
const PRINCIPAL: &str = "[reference(resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'uami'), '2023-01-31').principalId]";

fn role(name: &str, registry: &str, principal: &str) -> Value {
    json!({
        "type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01", "name": name,
        "scope": format!("[resourceId('Microsoft.ContainerRegistry/registries', '{registry}')]"),
        "properties": {
            "roleDefinitionId": format!("[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '{ROLE}')]"),
            "principalId": principal,
            "principalType": "ServicePrincipal",
        },
    })
}

/// The role in another group, given the principal as a parameter.
fn elsewhere(deployment: &str, subscription: &str, group: &str, role: &Value, principal: &str) -> Value {
    let mut inner = template(json!([role]));
    inner["parameters"] = json!({ "principalId": { "type": "string" } });
    json!({
        "type": "Microsoft.Resources/deployments", "apiVersion": "2024-07-01", "name": deployment,
        "subscriptionId": subscription, "resourceGroup": group,
        "properties": {
            "mode": "Incremental", "expressionEvaluationOptions": { "scope": "inner" },
            "parameters": { "principalId": { "value": principal } },
            "template": inner,
        },
    })
}

fn credential(name: &str, after: &[&str]) -> Value {
    let before = after.iter().map(|other| {
        format!("[resourceId('Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials', 'uami', '{other}')]")
    });
    let identity = "[resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'uami')]".to_owned();
    json!({
        "type": "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials", "apiVersion": "2023-01-31",
        "name": format!("uami/{name}"),
        "dependsOn": std::iter::once(identity).chain(before).collect::<Vec<_>>(),
        "properties": {
            "issuer": "https://token.actions.githubusercontent.com", "subject": format!("repo:contoso/app:environment:{name}"),
            "audiences": ["api://AzureADTokenExchange"],
        },
    })
}

fn lock() -> Value {
    json!({
        "type": "Microsoft.Authorization/locks", "apiVersion": "2020-05-01", "name": "keep",
        "scope": "Microsoft.ManagedIdentity/userAssignedIdentities/uami",
        "dependsOn": ["[resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'uami')]"],
        "properties": { "level": "CanNotDelete" },
    })
}

fn run(harness: &mut TestHarness, group: &str, body: Value) -> Value {
    let started = harness.send("PUT", &path(group, "/d"), Some(body));
    assert_eq!(started.status, 201, "{:?}", started.body);
    harness.pass(60_000);
    harness.get(&path(group, "/d")).body["properties"].clone()
}

fn assignment(scope: &str, name: &str) -> String {
    format!("{scope}/providers/Microsoft.Authorization/roleAssignments/{name}?api-version=2022-04-01")
}

fn registry(subscription: &str, group: &str, name: &str) -> String {
    format!("/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.ContainerRegistry/registries/{name}")
}

#[test]
fn one_template_makes_the_identity_and_all_it_is_for() {
    let mut harness = TestHarness::new("");
    let shared = role(OTHER_NAME, "contososhared", "[parameters('principalId')]");
    let team = role(THIRD_NAME, "contosoteam", "[parameters('principalId')]");
    let resources = json!([
        identity("uami"),
        role(NAME, "contosodev", PRINCIPAL),
        elsewhere("role-0", SANDBOX, "rg-poc-containers", &shared, PRINCIPAL),
        elsewhere("role-1", DEVELOPMENT, "rg-devops-agents", &team, PRINCIPAL),
        credential("production", &[]),
        credential("test", &["production"]),
        lock(),
    ]);
    let body = deploy(&template(resources));
    let validated = harness.send("POST", &path("RG1", "/d/validate"), Some(body.clone())).body;
    assert_eq!(validated["properties"]["diagnostics"][0]["code"], "NestedDeploymentShortCircuited", "{validated}");
    let ended = run(&mut harness, "RG1", body.clone());
    assert_eq!(ended["provisioningState"], "Succeeded", "{ended}");
    let at = format!("/subscriptions/{DEVELOPMENT}/resourceGroups/RG1/providers/{IDENTITY}/uami");
    let principal = harness.get(&format!("{at}?api-version=2023-01-31")).body["properties"]["principalId"].clone();
    for (scope, name) in [
        (registry(DEVELOPMENT, "RG1", "contosodev"), NAME),
        (registry(SANDBOX, "rg-poc-containers", "contososhared"), OTHER_NAME),
        (registry(DEVELOPMENT, "rg-devops-agents", "contosoteam"), THIRD_NAME),
    ] {
        let properties = harness.get(&assignment(&scope, name)).body["properties"].clone();
        assert_eq!((&properties["principalId"], &properties["scope"]), (&principal, &json!(scope)));
    }
    assert_eq!(harness.list(&format!("{at}/federatedIdentityCredentials?api-version=2023-01-31")).len(), 2);
    assert_eq!(harness.send("DELETE", &format!("{at}?api-version=2023-01-31"), None).refusal(), "409 ScopeLocked");
    // Again, it changes nothing.
    assert_eq!(harness.send("PUT", &path("RG1", "/d"), Some(body)).status, 200);
    harness.pass(60_000);
    assert_eq!(harness.get(&path("RG1", "/d")).body["properties"]["provisioningState"], "Succeeded");
}

#[test]
fn a_nested_deployments_outputs_reach_the_next() {
    let mut harness = TestHarness::new("");
    let mut inner = template(json!([identity("uami")]));
    inner["outputs"] = json!({ "principalId": { "type": "string", "value": PRINCIPAL } });
    let made = json!({
        "type": "Microsoft.Resources/deployments", "apiVersion": "2024-07-01", "name": "identity", "resourceGroup": "rg-web-dev",
        "properties": { "mode": "Incremental", "expressionEvaluationOptions": { "scope": "inner" }, "template": inner },
    });
    let role = role(NAME, "contosodev", "[parameters('principalId')]");
    let given = elsewhere("role-0", DEVELOPMENT, "RG1", &role, "[reference('identity').outputs.principalId.value]");
    let mut body = deploy(&template(json!([given, made])));
    body["location"] = "eastus".into();
    let ended = run(&mut harness, "", body);
    assert_eq!(ended["provisioningState"], "Succeeded", "{ended}");
    let at = format!("/subscriptions/{DEVELOPMENT}/resourceGroups/rg-web-dev/providers/{IDENTITY}/uami?api-version=2023-01-31");
    let principal = harness.get(&at).body["properties"]["principalId"].clone();
    let given = harness.get(&assignment(&registry(DEVELOPMENT, "RG1", "contosodev"), NAME)).body;
    assert_eq!(given["properties"]["principalId"], principal);
}

#[test]
fn credentials_that_do_not_wait_for_each_other_collide() {
    let mut harness = TestHarness::new("");
    let body = deploy(&template(json!([identity("uami"), credential("production", &[]), credential("test", &[])])));
    let ended = run(&mut harness, "RG1", body);
    assert_eq!(ended["provisioningState"], "Failed");
    assert_eq!(codes(&ended["error"]), ["ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity"]);
}

#[test]
fn a_stubborn_directory_fails_the_deployment() {
    let mut harness = TestHarness::new("replication");
    let ended = run(&mut harness, "RG1", deploy(&template(json!([identity("uami"), role(NAME, "contosodev", PRINCIPAL)]))));
    assert_eq!((&ended["provisioningState"], codes(&ended["error"])), (&json!("Failed"), vec!["PrincipalNotFound".to_owned()]));
}

#[test]
fn one_missing_right_anywhere_refuses_everything() {
    let group = |group: &str| format!("/subscriptions/{DEVELOPMENT}/resourceGroups/{group}");
    let here = deploy(&template(json!([identity("uami"), role(NAME, "contosodev", PRINCIPAL)])));
    let team = role(THIRD_NAME, "contosoteam", "[parameters('principalId')]");
    let there = deploy(&template(json!([identity("uami"), elsewhere("role-1", DEVELOPMENT, "rg-devops-agents", &team, PRINCIPAL)])));
    let known = deploy(&template(json!([identity("uami"), elsewhere("role-1", DEVELOPMENT, "rg-devops-agents", &team, RADIA)])));
    // What she has besides managing identities in RG1, and what she lacks.
    for (name, body, more, lacks) in [
        ("no right to assign", &here, None, Some("Microsoft.Authorization/roleAssignments/write")),
        ("it was given", &here, Some(("RG1", ADMINISTRATOR)), None),
        ("no deployment there", &there, Some(("rg-devops-agents", ADMINISTRATOR)), Some("Microsoft.Resources/deployments/write")),
        (
            "no deployment there, all known",
            &known,
            Some(("rg-devops-agents", ADMINISTRATOR)),
            Some("Microsoft.Resources/deployments/write"),
        ),
        (
            "no right to assign there",
            &there,
            Some(("rg-devops-agents", CONTRIBUTOR)),
            Some("Microsoft.Authorization/roleAssignments/write"),
        ),
        (
            "no right to assign there, all known",
            &known,
            Some(("rg-devops-agents", CONTRIBUTOR)),
            Some("Microsoft.Authorization/roleAssignments/write"),
        ),
    ] {
        let mut harness = TestHarness::new("");
        harness.simulator.assign_role(&group("RG1"), CONTRIBUTOR, RADIA, None);
        if let Some((place, role)) = more {
            harness.simulator.assign_role(&group(place), role, RADIA, None);
        }
        harness.sign_in(RADIA);
        let answer = harness.send("PUT", &path("RG1", "/d"), Some(body.clone()));
        let message = answer.body["error"]["message"].as_str().unwrap_or_default().to_owned();
        match lacks {
            Some(action) => {
                assert_eq!(answer.refusal(), "400 InvalidTemplateDeployment", "{name}");
                assert!(message.contains("Authorization failed for template resource '") && message.contains(action), "{name}: {message}");
            }
            None => assert_eq!(answer.status, 201, "{name}: {message}"),
        }
        harness.pass(60_000);
        let at = format!("{}/providers/{IDENTITY}/uami?api-version=2023-01-31", group("RG1"));
        assert_eq!(harness.get(&at).status, if lacks.is_some() { 404 } else { 200 }, "{name}");
    }
}

#[test]
fn a_condition_is_known_before_anything_starts() {
    let condition = |role: &str| {
        Some(format!("@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {{{role}}}"))
    };
    for (permitted, status) in [(ROLE, 201), ("8311e382-0749-4cb8-b61a-304f252e45ec", 400)] {
        let mut harness = TestHarness::new("");
        let scope = format!("/subscriptions/{DEVELOPMENT}");
        harness.simulator.assign_role(&scope, CONTRIBUTOR, RADIA, None);
        harness.simulator.assign_role(&scope, ADMINISTRATOR, RADIA, condition(permitted).as_deref());
        harness.sign_in(RADIA);
        let body = deploy(&template(json!([identity("uami"), role(NAME, "contosodev", PRINCIPAL)])));
        assert_eq!(harness.send("PUT", &path("RG1", "/d"), Some(body)).status, status);
        harness.pass(60_000);
        let state = harness.get(&path("RG1", "/d")).body["properties"]["provisioningState"].clone();
        assert_eq!(state, if status == 201 { json!("Succeeded") } else { Value::Null });
    }
}
