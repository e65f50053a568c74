//! Tests with malicious templates.

use serde_json::{Value, json};

use super::{deploy, identity, path, template};
use crate::simulator::test_harness::TestHarness;

/// Templates that would run forever, exhaust memory or overflow the stack: ARM's error, and the simulator goes on.
#[test]
fn hostile_templates_are_refused() {
    let mut harness = TestHarness::new("");
    let mut refused = |name: &str, template: Value, start: &str| {
        let answer = harness.send("PUT", &path("RG1", &format!("/{name}")), Some(deploy(&template)));
        let message = answer.body["error"]["message"].as_str().unwrap_or_default();
        assert_eq!(answer.refusal(), "400 InvalidTemplate", "{name}: {message:.200}");
        assert!(message.contains(start) && message.len() < 10_000, "{name}: {message:.200}");
        assert_eq!(harness.get(&path("RG1", &format!("/{name}"))).refusal(), "404 DeploymentNotFound");
    };
    let with = |field: &str, value: Value, name: &str| {
        let mut template = template(json!([identity(name)]));
        template[field] = value;
        template
    };
    let numbered = |count: usize, value: Value| -> Value { (0..count).map(|number| (format!("n{number}"), value.clone())).collect() };
    let chain = |levels: usize, times: usize| -> Value {
        let next = |level: usize| format!("[concat({})]", vec![format!("variables('n{}')", level + 1); times].join(", "));
        (0..=levels)
            .map(|level| (format!("n{level}"), if level == levels { Value::from("x".repeat(100)) } else { Value::from(next(level)) }))
            .collect()
    };
    refused("doubling", with("variables", chain(9, 10), "[take(variables('n0'), 20)]"), "is too large once its expressions");
    refused("wide", with("variables", chain(2, 250), "[take(variables('n0'), 20)]"), "is too large once its expressions");
    refused("round", with("variables", json!({ "a": "[variables('a')]" }), "[variables('a')]"), "Circular dependency");
    refused(
        "parameters",
        with("parameters", numbered(257, json!({ "type": "string", "defaultValue": "" })), "uami"),
        "parameters limit exceeded. Limit: '256' and actual: '257'",
    );
    refused("variables", with("variables", numbered(513, json!("")), "uami"), "variables limit exceeded. Limit: '512'");
    refused(
        "outputs",
        with("outputs", numbered(65, json!({ "type": "string", "value": "" })), "uami"),
        "outputs limit exceeded. Limit: '64'",
    );
    refused("long", with("variables", json!({}), &format!("[resourceGroup(){}]", ".a".repeat(200_000))), "expression limit exceeded");
    let copied = |count: Value| {
        let mut copied = identity("[concat('uami-', copyIndex())]");
        copied["copy"] = json!({ "name": "loop", "count": count });
        copied
    };
    for count in [json!(801), json!(-1), json!(i64::MAX), json!("[mul(9223372036854775807, 1)]")] {
        refused(
            "copies",
            template(json!([copied(count)])),
            "invalid copy count. The copy count must be a positive integer value and cannot exceed '800'",
        );
    }
    refused("many", template(json!([copied(json!(800)), copied(json!(800))])), "resources limit exceeded. Limit: '800' and actual: '801'");
    let mut waiting = copied(json!(400));
    waiting["name"] = "[concat('other-', copyIndex())]".into();
    waiting["copy"]["name"] = "others".into();
    waiting["dependsOn"] = json!(["loop"]);
    refused("waiting", template(json!([copied(json!(400)), waiting])), "too many dependencies");
    // Nested deployments, each of 800 resources.
    let nested = (0..4).fold(identity("uami"), |inner, level| {
        json!({ "type": "Microsoft.Resources/deployments", "apiVersion": "2024-07-01", "name": format!("[concat('d{level}-', copyIndex())]"),
            "copy": { "name": format!("loop{level}"), "count": 800 },
            "properties": { "mode": "Incremental", "expressionEvaluationOptions": { "scope": "inner" }, "template": template(json!([inner])) } })
    });
    refused("nested", template(json!([nested])), "is too large once its expressions");
    let large =
        harness.send("PUT", &path("RG1", "/large"), Some(deploy(&with("variables", json!({ "a": "x".repeat(5_000_000) }), "uami"))));
    assert_eq!(large.refusal(), "413 RequestContentTooLarge");
    // An ordinary template is accepted and runs to completion.
    let mut ordinary = template(json!([copied(json!(100))]));
    ordinary["parameters"] = numbered(256, json!({ "type": "string", "defaultValue": "[resourceGroup().location]" }));
    ordinary["variables"] = chain(8, 2);
    assert_eq!(harness.send("PUT", &path("RG1", "/ordinary"), Some(deploy(&ordinary))).status, 201);
    harness.pass(60_000);
    assert_eq!(harness.get(&path("RG1", "/ordinary")).body["properties"]["provisioningState"], "Succeeded");
}
