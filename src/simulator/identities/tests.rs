//! Tests of identity responses in each version, and of refusals.

use serde_json::json;

use super::*;
use crate::simulator::seed::{DEVELOPMENT, POLICY_GROUP, SANDBOX};
use crate::simulator::test_harness::TestHarness;

fn path(group: &str, name: &str, version: &str) -> String {
    format!("/subscriptions/{DEVELOPMENT}/resourceGroups/{group}/providers/{IDENTITY_TYPE}/{name}?api-version={version}")
}

#[test]
fn creates_one_as_recorded() {
    let mut harness = TestHarness::new("");
    let made = harness.send("PUT", &path("rg1", "uami-apl2003", "2018-11-30"), Some(json!({ "location": "East US" })));
    let id = format!("/subscriptions/{DEVELOPMENT}/resourcegroups/RG1/providers/{IDENTITY_TYPE}/uami-apl2003");
    assert_eq!((made.status, made.header("Location")), (201, id.clone()));
    assert_eq!((&made.body["id"], &made.body["location"], &made.body["tags"]), (&json!(id), &json!("eastus"), &json!({})));
    let properties: Vec<_> = made.body["properties"].as_object().expect("properties").keys().map(String::as_str).collect();
    assert_eq!(properties, ["clientId", "principalId", "tenantId"]);
    assert_eq!(harness.get(&path("RG1", "UAMI-APL2003", "2018-11-30")).body, made.body);
    let repeated =
        harness.send("PUT", &path("RG1", "uami-apl2003", "2018-11-30"), Some(json!({ "location": "eastus", "tags": { "a": "b" } })));
    assert_eq!((repeated.status, &repeated.body["properties"]), (200, &made.body["properties"]));
    assert_eq!(harness.send("DELETE", &path("RG1", "uami-apl2003", "2018-11-30"), None).status, 200);
    assert_eq!(harness.send("DELETE", &path("RG1", "uami-apl2003", "2018-11-30"), None).status, 204);
    assert_eq!(harness.get(&path("RG1", "uami-apl2003", "2018-11-30")).refusal(), "404 ResourceNotFound");
}

#[test]
fn each_version_has_its_shape() {
    let mut harness = TestHarness::new("");
    let body = json!({ "location": "eastus", "properties": {
        "isolationScope": "regional", "assignmentRestrictions": { "providers": ["Microsoft.Compute"] } } });
    // The version that `az identity create --resource-restriction` sends.
    assert_eq!(harness.send("PUT", &path("RG1", "one", "2025-05-31-preview"), Some(body)).status, 201);
    for version in VERSIONS.split(' ') {
        let properties = &harness.get(&path("RG1", "one", version)).body["properties"];
        assert_eq!(properties["isolationScope"] == json!("Regional"), has_isolation(version), "{version}");
        assert_eq!(properties.get("assignmentRestrictions").is_some(), has_restrictions(version), "{version}");
    }
    let patched = harness.send("PATCH", &path("RG1", "one", "2023-01-31"), Some(json!({ "tags": { "a": "b" } })));
    assert_eq!(patched.body["tags"], json!({ "a": "b" }));
    assert_eq!(harness.get(&path("RG1", "one", "2026-05-31")).body["properties"]["isolationScope"], "Regional");
}

#[test]
fn each_property_needs_its_version() {
    for (version, isolation, restrictions) in [
        ("2026-05-31", true, true),
        ("2026-04-30", true, false),
        ("2025-05-31-preview", true, true),
        ("2025-05-31-PREVIEW", true, true),
        ("2025-01-31-preview", true, false),
        ("2024-11-30", true, false),
        ("2023-07-31-preview", false, false),
        ("2023-01-31", false, false),
        ("2018-11-30", false, false),
    ] {
        assert!(versions::has(VERSIONS, version), "{version}");
        assert_eq!((has_isolation(version), has_restrictions(version)), (isolation, restrictions), "{version}");
    }
}

#[test]
fn lists_by_group_and_subscription() {
    let mut harness = TestHarness::new("");
    let all = format!("/subscriptions/{DEVELOPMENT}/providers/{IDENTITY_TYPE}?api-version=2026-05-31&$top=2");
    assert_eq!(harness.list(&all).len(), 7);
    let some = format!("/subscriptions/{DEVELOPMENT}/resourcegroups/RG-identity-shared/providers/{IDENTITY_TYPE}?api-version=2026-05-31");
    assert_eq!(harness.list(&some).len(), 2);
}

#[test]
fn refuses_as_arm_does() {
    let mut harness = TestHarness::new("");
    let east = json!({ "location": "eastus" });
    let with = |properties: Value| json!({ "location": "eastus", "properties": properties });
    for (group, name, body, refusal) in [
        ("nowhere", "uami", east.clone(), "404 ResourceGroupNotFound"),
        ("RG1", "uami", json!({}), "400 LocationRequired"),
        ("RG1", "uami", json!({ "location": "jioindiacentral" }), "400 LocationNotAvailableForResourceType"),
        ("RG1", "uami-existing", json!({ "location": "westus" }), "409 InvalidResourceLocation"),
        ("RG1", "a", east.clone(), "400 InvalidResourceName"),
        ("RG1", "uami", with(json!({ "isolationScope": "Zonal" })), "400 BadRequest"),
        ("RG1", "uami", with(json!({ "assignmentRestrictions": { "providers": ["Microsoft.Compute/*"] } })), "400 BadRequest"),
        ("rg-audit", "uami", json!({ "location": "swedencentral" }), "403 AuthorizationFailed"),
        ("rg-finance-ledger", "uami", json!({ "location": "uksouth" }), "409 ScopeLocked"),
        (POLICY_GROUP, "uami", east.clone(), "403 RequestDisallowedByPolicy"),
        ("RG1", "uami-forbidden", east.clone(), "403 AuthorizationFailed"),
        ("RG1", "uami-policy-denied", east.clone(), "403 RequestDisallowedByPolicy"),
        ("RG1", "uami-locked", east.clone(), "409 ScopeLocked"),
        ("RG1", "uami-region-full", east.clone(), "403 RequestDisallowedByAzure"),
        ("RG1", "uami-deployment-fails", east.clone(), "500 InternalServerError"),
        ("RG1", "uami-conflict", east.clone(), "409 InvalidResourceLocation"),
    ] {
        assert_eq!(harness.send("PUT", &path(group, name, "2026-05-31"), Some(body)).refusal(), refusal, "{group} {name}");
    }
    assert_eq!(harness.get(&path("RG1", "uami", "2024-07-01")).refusal(), "404 InvalidResourceType");
    let unregistered = path("rg-sandbox-ada", "uami", "2026-05-31").replace(DEVELOPMENT, SANDBOX);
    assert_eq!(harness.send("PUT", &unregistered, Some(east)).refusal(), "409 MissingSubscriptionRegistration");
}

#[test]
fn a_policy_denial_names_the_policy() {
    let mut harness = TestHarness::new("");
    let refused = harness.send("PUT", &path(POLICY_GROUP, "uami", "2026-05-31"), Some(json!({ "location": "westus" }))).body;
    let error = &refused["error"];
    assert_eq!(error["target"], "uami");
    assert_eq!(error["additionalInfo"].as_array().map(Vec::len), Some(2));
    assert_eq!(error["additionalInfo"][0]["info"]["policyDefinitionDisplayName"], "Allowed locations");
    assert_eq!(error["additionalInfo"][0]["info"]["evaluationDetails"]["evaluatedExpressions"][0]["expressionValue"], "westus");
    let allowed = json!({ "location": "westeurope", "tags": { "costcenter": "1" } });
    assert_eq!(harness.send("PUT", &path(POLICY_GROUP, "uami", "2026-05-31"), Some(allowed)).status, 201);
}
