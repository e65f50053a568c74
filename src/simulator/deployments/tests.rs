//! Tests of deployments from start to end: what is accepted, how it progresses, what it creates.

use serde_json::{Value, json};

use crate::simulator::seed::{DEVELOPMENT, LOCKED_GROUP, POLICY_GROUP, READER_GROUP, SANDBOX};
use crate::simulator::test_harness::TestHarness;

mod access;
mod hostile;

const IDENTITY: &str = "Microsoft.ManagedIdentity/userAssignedIdentities";

fn path(group: &str, rest: &str) -> String {
    let group = if group.is_empty() { String::new() } else { format!("/resourcegroups/{group}") };
    format!("/subscriptions/{DEVELOPMENT}{group}/providers/Microsoft.Resources/deployments{rest}?api-version=2024-07-01")
}

fn template(resources: Value) -> Value {
    json!({
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "contentVersion": "1.0.0.0",
        "resources": resources,
    })
}

fn deploy(template: &Value) -> Value {
    json!({ "properties": { "mode": "Incremental", "template": template } })
}

fn identity(name: &str) -> Value {
    json!({ "type": IDENTITY, "apiVersion": "2023-01-31", "name": name, "location": "eastus" })
}

/// A new group and an identity in it, through a nested deployment.
fn group_and_identity(group: &str, name: &str) -> Value {
    let nested = json!({
        "type": "Microsoft.Resources/deployments", "apiVersion": "2024-07-01", "name": "identity", "resourceGroup": group,
        "dependsOn": [format!("[subscriptionResourceId('Microsoft.Resources/resourceGroups', '{group}')]")],
        "properties": { "mode": "Incremental", "expressionEvaluationOptions": { "scope": "inner" }, "template": template(json!([identity(name)])) },
    });
    // In an order that ARM has to sort.
    let resources =
        json!([nested, { "type": "Microsoft.Resources/resourceGroups", "apiVersion": "2024-07-01", "name": group, "location": "eastus" }]);
    let mut body = deploy(&template(resources));
    body["location"] = "eastus".into();
    body
}

fn codes(error: &Value) -> Vec<String> {
    error["details"].as_array().into_iter().flatten().filter_map(|detail| detail["code"].as_str()).map(str::to_owned).collect()
}

#[test]
fn a_deployment_runs_to_completion() {
    let mut harness = TestHarness::new("");
    let mut body = deploy(&template(json!([identity("[parameters('name')]")])));
    body["properties"]["template"]["parameters"] = json!({ "name": { "type": "string" } });
    body["properties"]["template"]["outputs"] = json!({ "clientId": {
        "type": "string", "value": "[reference(resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', parameters('name'))).clientId]" } });
    body["properties"]["parameters"] = json!({ "name": { "value": "uami-apl2003" } });
    assert_eq!(harness.send("POST", &path("RG1", "/d1/validate"), Some(body.clone())).status, 200);
    let started = harness.send("PUT", &path("RG1", "/d1"), Some(body.clone()));
    assert_eq!((started.status, &started.body["properties"]["provisioningState"]), (201, &json!("Accepted")));
    let poll = started.header("Azure-AsyncOperation");
    assert!(poll.contains("/operationStatuses/"), "{poll}");
    assert_eq!(harness.send("PUT", &path("RG1", "/d1"), Some(body.clone())).refusal(), "409 DeploymentActive");

    let mut seen = Vec::new();
    for _ in 0..8 {
        let operations = harness.list(&path("RG1", "/d1/operations"));
        let states: Vec<_> =
            operations.iter().filter_map(|one| one["properties"]["provisioningState"].as_str()).map(str::to_owned).collect();
        seen.push((harness.get(&poll).body["status"].as_str().unwrap_or_default().to_owned(), states.join(",")));
        harness.pass(500);
    }
    seen.dedup();
    let expected = [("Accepted", ""), ("Running", "Running"), ("Running", "Succeeded"), ("Succeeded", "Succeeded,Succeeded")];
    assert_eq!(seen, expected.map(|(status, states)| (status.to_owned(), states.to_owned())));

    let made =
        harness.get(&format!("/subscriptions/{DEVELOPMENT}/resourcegroups/RG1/providers/{IDENTITY}/uami-apl2003?api-version=2023-01-31"));
    let deployment = harness.get(&path("RG1", "/d1")).body;
    let outputs = &deployment["properties"]["outputs"]["clientId"];
    assert_eq!((&outputs["type"], &outputs["value"]), (&json!("String"), &made.body["properties"]["clientId"]));
    assert_eq!(deployment["properties"]["outputResources"].as_array().map(Vec::len), Some(1));
    assert_eq!(deployment["properties"]["parameters"]["name"], json!({ "type": "String", "value": "uami-apl2003" }));
    assert_eq!(harness.send("PUT", &path("RG1", "/d1"), Some(body)).status, 200);
    assert_eq!(harness.list(&path("RG1", "")).len(), 1);
}

#[test]
fn a_group_and_its_identity_are_one_deployment_of_the_subscription() {
    let mut harness = TestHarness::new("");
    let body = group_and_identity("rg-new", "uami-new");
    let validated = harness.send("POST", &path("", "/d/validate"), Some(body.clone()));
    assert_eq!(validated.body["properties"]["validatedResources"].as_array().map(Vec::len), Some(2), "{:?}", validated.body);
    assert_eq!(harness.send("PUT", &path("", "/d"), Some(body)).status, 201);
    harness.pass(2_000);
    let operations = harness.list(&path("", "/d/operations"));
    let kinds: Vec<_> = operations.iter().filter_map(|one| one["properties"]["targetResource"]["resourceType"].as_str()).collect();
    assert_eq!(kinds, ["Microsoft.Resources/resourceGroups", "Microsoft.Resources/deployments"]);
    assert_eq!(harness.get(&path("rg-new", "/identity")).body["properties"]["provisioningState"], "Running");
    harness.pass(8_000);
    assert_eq!(harness.get(&path("", "/d")).body["properties"]["provisioningState"], "Succeeded");
    let list = format!("/subscriptions/{DEVELOPMENT}/resourcegroups/rg-new/providers/{IDENTITY}?api-version=2023-01-31");
    assert_eq!(harness.list(&list).len(), 1);
}

#[test]
fn a_running_deployment_survives_a_reload() {
    let mut harness = TestHarness::new("");
    harness.send("PUT", &path("", "/d"), Some(group_and_identity("rg-new", "uami-new")));
    harness.pass(2_000);
    harness.get(&path("", "/d"));
    let saved = harness.simulator.saved();
    let mut other = TestHarness::new("");
    other.pass(2_500);
    let now = other.now;
    other.simulator.restore(&saved, now);
    assert_eq!(other.get(&path("", "/d")).body["properties"]["provisioningState"], "Running");
    other.pass(10_000);
    assert_eq!(other.get(&path("", "/d")).body["properties"]["provisioningState"], "Succeeded");
}

#[test]
fn without_the_engine_only_deployments_stop() {
    let (list, reference) = (path("RG1", ""), path("RG1", "/d"));
    let body = deploy(&template(json!([identity("uami")])));
    let mut harness = TestHarness::new("");
    harness.send("PUT", &reference, Some(body.clone()));
    let saved = harness.simulator.saved();
    let mut fresh = TestHarness::for_lookups("");
    fresh.simulator.set_handlers(crate::simulator::handlers());
    for (method, path, needed) in [
        ("GET", list.clone(), false),
        ("GET", reference.clone(), false),
        ("DELETE", reference.clone(), false),
        ("PUT", reference.clone(), true),
        ("PUT", reference.replace("/providers/Microsoft.Resources", ""), true),
        ("POST", path("", "/d/validate"), true),
        ("POST", path("RG1", "/d/whatIf"), true),
    ] {
        assert_eq!(fresh.missing(method, &path).engine, needed, "{method} {path}");
        assert_eq!(fresh.send(method, &path, Some(body.clone())).status == 503, needed, "{method} {path}");
    }
    // A deployment that was running when it was saved.
    fresh.pass(10_000);
    let now = fresh.now;
    fresh.simulator.restore(&saved, now);
    assert!(fresh.missing("GET", &list).engine);
    assert_eq!(fresh.get(&reference).body["properties"]["provisioningState"], "Running");
    fresh.simulator.set_engine(crate::simulator::engine());
    assert!(!fresh.missing("PUT", &reference).engine);
    assert_eq!(fresh.get(&reference).body["properties"]["provisioningState"], "Succeeded");
    assert_eq!(fresh.send("PUT", &reference, Some(body)).status, 200);
}

#[test]
fn saving_drops_old_deployments() {
    let mut harness = TestHarness::new("");
    for number in 0..12 {
        let mut resource = identity(&format!("uami-{number}"));
        resource["tags"] = json!({ "a": "[concat('x', '')]" });
        let mut body = deploy(&template(json!([resource])));
        body["properties"]["template"]["metadata"] = json!({ "padding": "x".repeat(30_000) });
        assert_eq!(harness.send("PUT", &path("RG1", &format!("/d{number}")), Some(body)).status, 201);
        harness.pass(10_000);
    }
    assert_eq!(harness.list(&path("RG1", "")).len(), 12);
    let saved = harness.simulator.saved();
    assert!(saved.len() <= crate::simulator::SAVED_MAX);
    let now = harness.now;
    harness.simulator.restore(&saved, now);
    let left = harness.list(&path("RG1", ""));
    assert!(!left.is_empty() && left.len() < 12);
    assert_eq!(left[0]["name"], "d11");
}

#[test]
fn refuses_invalid_templates() {
    let mut harness = TestHarness::new("");
    let with = |extra: Value| {
        let mut template = template(json!([identity("uami")]));
        for (name, value) in extra.as_object().expect("an object") {
            template[name] = value.clone();
        }
        deploy(&template)
    };
    let one = |resource: Value| deploy(&template(json!([resource])));
    let named = |name: &str| one(identity(name));
    for (body, refusal) in [
        (json!({}), "400 InvalidRequestContent"),
        (json!({ "properties": { "template": {} } }), "400 InvalidRequestContent"),
        (json!({ "properties": { "mode": "Incremental" } }), "400 InvalidTemplate"),
        (
            json!({ "properties": { "mode": "Incremental", "templateLink": { "uri": "https://example.com/t.json" } } }),
            "400 InvalidContentLink",
        ),
        (json!({ "location": "eastus", "properties": { "mode": "Incremental", "template": {} } }), "400 InvalidDeployment"),
        (deploy(&json!({ "contentVersion": "1", "resources": [] })), "400 InvalidTemplate"),
        (deploy(&json!({ "$schema": "x", "contentVersion": "1" })), "400 InvalidTemplate"),
        (one(json!({ "name": "x" })), "400 InvalidTemplate"),
        (one(json!(3)), "400 InvalidTemplate"),
        (named("[parameters('x')]"), "400 InvalidTemplate"),
        (named("[variables('x')]"), "400 InvalidTemplate"),
        (named("[nosuch()]"), "400 InvalidTemplate"),
        (named("[concat('a'"), "400 InvalidTemplateDeployment"),
        (named("[reference('x').name]"), "400 InvalidTemplate"),
        (
            with(json!({ "variables": { "a": "[variables('b')]", "b": "[variables('a')]" }, "resources": [identity("[variables('a')]")] })),
            "400 InvalidTemplate",
        ),
        (with(json!({ "parameters": { "p": { "type": "string" } } })), "400 InvalidTemplate"),
        (with(json!({ "parameters": { "p": { "type": "int", "defaultValue": "x" } } })), "400 InvalidTemplate"),
        (with(json!({ "parameters": { "p": { "type": "string", "defaultValue": "x", "allowedValues": ["y"] } } })), "400 InvalidTemplate"),
        (one(json!({ "type": "A.B/c", "apiVersion": "2020-01-01", "name": "x/y" })), "400 InvalidTemplate"),
        (one(json!({ "type": "A.B/c", "apiVersion": "2020-01-01", "name": "x" })), "400 InvalidTemplateDeployment"),
        (
            with(json!({ "resources": [
            { "type": IDENTITY, "apiVersion": "2023-01-31", "name": "one", "location": "eastus", "dependsOn": ["two"] },
            { "type": IDENTITY, "apiVersion": "2023-01-31", "name": "two", "location": "eastus", "dependsOn": ["one"] } ] })),
            "400 InvalidTemplate",
        ),
        (
            with(
                json!({ "resources": [{ "type": IDENTITY, "apiVersion": "2023-01-31", "name": "one", "location": "eastus", "dependsOn": ["none"] }] }),
            ),
            "400 InvalidTemplate",
        ),
    ] {
        assert_eq!(harness.send("POST", &path("RG1", "/d/validate"), Some(body.clone())).refusal(), refusal, "{body}");
        assert_eq!(harness.send("PUT", &path("RG1", "/d"), Some(body.clone())).refusal(), refusal, "{body}");
    }
    assert_eq!(harness.send("PUT", &path("", "/d"), Some(named("uami"))).refusal(), "400 InvalidDeployment");
    assert_eq!(harness.send("PUT", &path("RG1", "/a%20b"), Some(named("uami"))).refusal(), "400 DeploymentNameInvalidCharacters");
    assert_eq!(
        harness.send("PUT", &path("RG1", &format!("/{}", "d".repeat(65))), Some(named("uami"))).refusal(),
        "400 DeploymentNameLengthLimitExceeded"
    );
    assert_eq!(harness.send("PUT", &path("nowhere", "/d"), Some(named("uami"))).refusal(), "404 ResourceGroupNotFound");
}

#[test]
fn validation_reports_what_a_provider_would_refuse() {
    let mut harness = TestHarness::new("");
    for (group, name, expected) in [
        ("RG1", "uami-policy-denied", "RequestDisallowedByPolicy"),
        ("RG1", "uami-locked", "ScopeLocked"),
        ("RG1", "uami-region-full", "RequestDisallowedByAzure"),
        ("RG1", "uami-conflict", "InvalidResourceLocation"),
        ("RG1", "a", "InvalidResourceName"),
        (POLICY_GROUP, "uami", "RequestDisallowedByPolicy"),
    ] {
        let body = deploy(&template(json!([identity(name)])));
        let refused = harness.send("POST", &path(group, "/d/validate"), Some(body));
        assert_eq!(refused.refusal(), "400 InvalidTemplateDeployment", "{name}");
        assert_eq!(codes(&refused.body["error"]), [expected], "{name}");
        let refused = harness.send("POST", &path("", "/d/validate"), Some(group_and_identity(group, name)));
        assert_eq!(refused.status, 400, "{name}");
    }
    let body = deploy(&template(json!([identity("uami-forbidden")])));
    let refused = harness.send("POST", &path("RG1", "/d/validate"), Some(body.clone()));
    assert_eq!(refused.refusal(), "400 InvalidTemplateDeployment");
    assert!(
        refused.body["error"]["message"].as_str().is_some_and(|message| message.contains("Authorization failed for template resource"))
    );
    assert_eq!(harness.send("POST", &path(READER_GROUP, "/d/validate"), Some(body.clone())).refusal(), "403 AuthorizationFailed");
    assert_eq!(harness.send("POST", &path(LOCKED_GROUP, "/d/validate"), Some(body.clone())).refusal(), "409 ScopeLocked");
    let elsewhere = path("rg-sandbox-ada", "/d/validate").replace(DEVELOPMENT, SANDBOX);
    let body = deploy(&template(json!([identity("uami")])));
    assert_eq!(codes(&harness.send("POST", &elsewhere, Some(body)).body["error"]), ["MissingSubscriptionRegistration"]);
}

#[test]
fn a_failing_resource_fails_the_deployment() {
    let mut harness = TestHarness::new("");
    for (place, body) in [
        ("RG1", deploy(&template(json!([identity("uami-deployment-fails")])))),
        ("", group_and_identity("rg-new", "uami-deployment-fails")),
    ] {
        assert_eq!(harness.send("POST", &path(place, "/d/validate"), Some(body.clone())).status, 200);
        let poll = harness.send("PUT", &path(place, "/d"), Some(body)).header("Azure-AsyncOperation");
        harness.pass(20_000);
        let status = harness.get(&poll).body;
        assert_eq!((&status["status"], &status["error"]["code"]), (&json!("Failed"), &json!("DeploymentFailed")));
        assert_eq!(status["error"]["details"][0]["code"], if place.is_empty() { "DeploymentFailed" } else { "InternalServerError" });
        let operations = harness.list(&path(place, "/d/operations"));
        let last = &operations.last().expect("an operation")["properties"];
        assert_eq!((&last["provisioningState"], last["statusMessage"]["error"]["code"].is_string()), (&json!("Failed"), true));
    }
}

#[test]
fn can_be_canceled_exported_and_deleted() {
    let mut harness = TestHarness::new("");
    let template = template(json!([identity("uami")]));
    harness.send("PUT", &path("RG1", "/d"), Some(deploy(&template)));
    assert_eq!(harness.send("HEAD", &path("RG1", "/d"), None).status, 204);
    assert_eq!(harness.send("POST", &path("RG1", "/d/exportTemplate"), None).body["template"], template);
    harness.pass(1_000);
    assert_eq!(harness.send("POST", &path("RG1", "/d/cancel"), None).status, 204);
    harness.pass(10_000);
    assert_eq!(harness.get(&path("RG1", "/d")).body["properties"]["provisioningState"], "Canceled");
    assert_eq!(harness.send("POST", &path("RG1", "/d/cancel"), None).refusal(), "409 DeploymentCannotBeCancelled");
    let deleting = harness.send("DELETE", &path("RG1", "/d"), None);
    assert_eq!(harness.get(&deleting.header("Location")).status, 200);
    assert_eq!(harness.get(&path("RG1", "/d")).refusal(), "404 DeploymentNotFound");
    assert_eq!(harness.send("HEAD", &path("RG1", "/d"), None).status, 404);
}

#[test]
fn what_if_reports_changes() {
    let mut harness = TestHarness::new("");
    let mut existing = identity("uami-existing");
    existing["tags"] = json!({ "a": "b" });
    let body = deploy(&template(json!([existing, identity("uami-new")])));
    let accepted = harness.send("POST", &path("RG1", "/d/whatIf"), Some(body));
    assert_eq!((accepted.status, accepted.header("Azure-AsyncOperation").as_str()), (202, ""));
    let location = accepted.header("Location");
    assert_eq!(harness.get(&location).status, 202);
    harness.pass(2_000);
    let result = harness.get(&location);
    assert_eq!((result.status, &result.body["status"]), (200, &json!("Succeeded")));
    let changes = &result.body["properties"]["changes"];
    assert_eq!((&changes[0]["changeType"], &changes[0]["delta"][0]["path"]), (&json!("Modify"), &json!("tags.a")));
    assert_eq!(changes[1]["changeType"], "Create");
    let accepted = harness.send("POST", &path("RG1", "/d/whatIf"), Some(deploy(&template(json!([identity("a")])))));
    harness.pass(2_000);
    let result = harness.get(&accepted.header("Location")).body;
    assert_eq!((&result["status"], &result["error"]["code"]), (&json!("Failed"), &json!("InvalidTemplateDeployment")));
}

#[test]
fn loops_conditions_keys_and_outer_templates_work() {
    let mut harness = TestHarness::new("");
    let mut looped = identity("[format('uami-{0}', copyIndex(1))]");
    looped["copy"] = json!({ "name": "all", "count": 2 });
    looped["tags"] = json!({ "literal": "[[not()]", "from": "[toUpper(variables('place'))]" });
    let mut not = identity("uami-not");
    not["condition"] = json!("[equals(1, 2)]");
    let nested = json!({
        "type": "Microsoft.Resources/deployments", "apiVersion": "2021-04-01", "name": "nested", "dependsOn": ["all", "uami-not"],
        "properties": { "mode": "Incremental", "template": template(json!([{
            "type": IDENTITY, "apiVersion": "2023-01-31", "name": "[concat('uami-', variables('place'))]", "location": "eastus",
            "tags": { "principal": "[reference(resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'uami-1'), '2023-01-31').principalId]",
                      "literal": "[[[x]" } }])) },
    });
    let mut body = deploy(&template(json!({ "looped": looped, "not": not, "nested": nested })));
    body["properties"]["template"]["variables"] = json!({ "place": "[resourceGroup().location]" });
    assert_eq!(harness.send("PUT", &path("RG1", "/d"), Some(body)).status, 201);
    harness.pass(20_000);
    let deployment = harness.get(&path("RG1", "/d")).body;
    assert_eq!(deployment["properties"]["provisioningState"], "Succeeded", "{deployment}");
    let mut tags = |name: &str| {
        let path = format!("/subscriptions/{DEVELOPMENT}/resourcegroups/RG1/providers/{IDENTITY}/{name}?api-version=2023-01-31");
        let body = harness.get(&path).body;
        (body["tags"].clone(), body["properties"]["principalId"].clone())
    };
    let (first, principal) = tags("uami-1");
    assert_eq!(first, json!({ "literal": "[not()]", "from": "EASTUS" }));
    assert_eq!(tags("uami-2").0, first);
    assert_eq!(tags("uami-eastus").0, json!({ "principal": principal, "literal": "[[x]" }));
    assert_eq!(tags("uami-not").0, Value::Null);
}
