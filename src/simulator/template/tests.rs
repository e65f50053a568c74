//! Tests of template expressions and their values.

use serde_json::{Map, Value, json};

use super::evaluate::EvaluationContext;
use super::{TemplateError, parameters};
use crate::simulator::Faults;
use crate::simulator::deployment::DeploymentTarget;
use crate::simulator::seed::DEVELOPMENT;
use crate::simulator::world::World;

fn evaluate(text: &str) -> Result<Value, TemplateError> {
    let world = World::new("https://management.azure.com".to_owned(), [0; 16], Faults::default(), crate::simulator::seed::tables::tables());
    let place = DeploymentTarget { subscription: DEVELOPMENT, group: Some("RG1"), location: None, name: "main" };
    let template = json!({ "contentVersion": "1.0.0.0", "variables": {
        "list": ["a", "b"], "object": { "Key": { "inner": 7 } }, "joined": "[join(variables('list'), '-')]" } });
    let parameters: Map<String, Value> = json!({ "name": "uami", "none": null }).as_object().cloned().unwrap_or_default();
    let scope = EvaluationContext {
        world: &world,
        place,
        template: &template,
        parameters: &parameters,
        planned: &[],
        running: true,
        copy: Some(("loop", 3)),
        now: 0,
        depth: 0,
    };
    scope.text(text)
}

#[test]
fn functions_match_azure() {
    let group = format!("/subscriptions/{DEVELOPMENT}/resourceGroups/RG1");
    for (text, value) in [
        ("[parameters('NAME')]", json!("uami")),
        ("[variables('joined')]", json!("a-b")),
        ("[variables('object').key.inner]", json!(7)),
        ("[variables('object')['KEY']]", json!({ "inner": 7 })),
        ("[variables('list')[sub(2, 1)]]", json!("b")),
        ("[concat('a', 1, true())]", json!("a1true")),
        ("[concat(variables('list'), createArray('c'))]", json!(["a", "b", "c"])),
        ("[format('{0}-{1:x} {{}}', 'a', 2)]", json!("a-2 {}")),
        ("[toLower('ABC')]", json!("abc")),
        ("[toUpper('abc')]", json!("ABC")),
        ("[trim('  a ')]", json!("a")),
        ("[replace('a-b-c', '-', '')]", json!("abc")),
        ("[split('a,b', ',')]", json!(["a", "b"])),
        ("[substring('grün', 2)]", json!("ün")),
        ("[substring('abc', 1, 1)]", json!("b")),
        ("[padLeft('7', 3, '0')]", json!("007")),
        ("[if(equals(1, 1), 'yes', nosuch())]", json!("yes")),
        ("[and(true(), not(false()), or(false(), true()))]", json!(true)),
        ("[coalesce(parameters('none'), 'else')]", json!("else")),
        ("[empty('')]", json!(true)),
        ("[contains(variables('object'), 'KEY')]", json!(true)),
        ("[contains('abc', 'b')]", json!(true)),
        ("[createObject('a', 1)]", json!({ "a": 1 })),
        ("[union(createObject('a', 1), createObject('b', 2))]", json!({ "a": 1, "b": 2 })),
        ("[union(variables('list'), createArray('b', 'c'))]", json!(["a", "b", "c"])),
        ("[length('grün')]", json!(4)),
        ("[tryGet(variables('object'), 'none')]", Value::Null),
        ("[items(createObject('a', 1))[0].key]", json!("a")),
        ("[first(variables('list'))]", json!("a")),
        ("[last('abc')]", json!("c")),
        ("[take('abc', 2)]", json!("ab")),
        ("[skip(range(1, 3), 1)]", json!([2, 3])),
        ("[startsWith('Abc', 'a')]", json!(true)),
        ("[int('12')]", json!(12)),
        ("[string(createArray(1))]", json!("[1]")),
        ("[bool('True')]", json!(true)),
        ("[json('{\"a\": [null]}').a[0]]", Value::Null),
        ("[max(1, mul(2, 3), mod(7, 4))]", json!(6)),
        ("[greaterOrEquals('b', 'a')]", json!(true)),
        ("[copyIndex()]", json!(3)),
        ("[copyIndex('loop', 1)]", json!(4)),
        ("[utcNow('yyyy')]", json!("1970")),
        ("[resourceGroup().id]", json!(group)),
        ("[resourceGroup().location]", json!("eastus")),
        ("[subscription().subscriptionId]", json!(DEVELOPMENT)),
        ("[deployment().name]", json!("main")),
        ("[resourceId('A.B/c/d', 'x', 'y')]", json!(format!("{group}/providers/A.B/c/x/d/y"))),
        ("[resourceId('other', 'A.B/c', 'x')]", json!(format!("/subscriptions/{DEVELOPMENT}/resourceGroups/other/providers/A.B/c/x"))),
        ("[resourceId('s', 'other', 'A.B/c', 'x')]", json!("/subscriptions/s/resourceGroups/other/providers/A.B/c/x")),
        ("[subscriptionResourceId('A.B/c', 'x')]", json!(format!("/subscriptions/{DEVELOPMENT}/providers/A.B/c/x"))),
        ("[tenantResourceId('A.B/c', 'x')]", json!("/providers/A.B/c/x")),
        ("[extensionResourceId('/s', 'A.B/c', 'x')]", json!("/s/providers/A.B/c/x")),
        // By Python's uuid5, in ARM's namespace.
        ("[guid('a', 'b')]", json!("2d796349-8c7e-55ec-9624-54ece82ed031")),
        ("[guid('a')]", json!("3703365d-5a9f-59b4-bca7-b9681389e4c1")),
        ("[length(uniqueString('a'))]", json!(13)),
        ("[[literal()]", json!("[literal()]")),
        ("plain", json!("plain")),
    ] {
        assert_eq!(evaluate(text), Ok(value), "{text}");
    }
    let identity =
        "[reference(resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'uami-existing'), '2023-01-31', 'Full').location]";
    assert_eq!(evaluate(identity), Ok(json!("eastus")));
}

#[test]
fn evaluation_errors_have_arms_messages() {
    for text in [
        "[parameters('x')]",
        "[variables('x')]",
        "[variables('list')[9]]",
        "[variables('list').x]",
        "[variables('object').x]",
        "[nosuch('a')]",
        "[substring('abc', 2, 9)]",
        "[div(1, 0)]",
        "[add(9223372036854775807, 1)]",
        "[int('x')]",
        "[json('{')]",
        "[format('{1}', 'a')]",
        "[format('{', 'a')]",
        "[resourceId('A.B/c')]",
        "[resourceId()]",
        "[copyIndex('other')]",
        "[reference('/subscriptions/x')]",
        "[range(9223372036854775807, 2)]",
        "[range(2147483647, 2)]",
        "[range(0, 10001)]",
        "[range(0, -1)]",
        "[copyIndex(9223372036854775807)]",
    ] {
        assert!(matches!(evaluate(text), Err(TemplateError::Wrong(why)) if !why.is_empty()), "{text}");
    }
}

#[test]
fn parameters_are_checked_against_their_definitions() {
    let world = World::new(String::new(), [0; 16], Faults::default(), crate::simulator::seed::tables::tables());
    let place = DeploymentTarget { subscription: DEVELOPMENT, group: None, location: Some("eastus"), name: "main" };
    let template = json!({ "parameters": {
        "b": { "type": "string", "defaultValue": "[concat(parameters('a'), '-b')]" },
        "a": { "type": "string", "allowedValues": ["x", "y"] },
        "s": { "type": "secureString", "defaultValue": "secret" },
        "n": { "type": "int", "nullable": true } } });
    let resolve = |given: Value| parameters::resolve(&world, place, &template, &given, 0);
    let resolved = resolve(json!({ "A": { "value": "x" } })).expect("they hold");
    assert_eq!(Value::Object(resolved.clone()), json!({ "a": "x", "b": "x-b", "s": "secret", "n": null }));
    let shown = parameters::shown(&template, &resolved);
    assert_eq!((&shown["a"], &shown["s"]), (&json!({ "type": "String", "value": "x" }), &json!({ "type": "SecureString" })));
    for given in
        [json!({}), json!({ "a": { "value": "z" } }), json!({ "a": { "value": 1 } }), json!({ "a": { "value": "x" }, "c": { "value": 1 } })]
    {
        assert!(matches!(resolve(given.clone()), Err(TemplateError::Wrong(_))), "{given}");
    }
}

/// Each terminates, with ARM's error if ARM has one; none overflows the stack or exhausts memory.
#[test]
fn hostile_expressions_terminate() {
    let wrong = |text: &str, start: &str| match evaluate(text) {
        Err(TemplateError::Wrong(why)) => assert!(why.starts_with(start), "{text:.60}: {why:.200}"),
        other => unreachable!("{text:.60}: {other:?}"),
    };
    wrong(&format!("[resourceGroup(){}]", ".a".repeat(200_000)), "The template language expression limit exceeded. Limit: '24576'");
    for chain in [".a", "[0]", ".a[0]"] {
        wrong(&format!("[resourceGroup(){}]", chain.repeat(4_000)), "The template language expression is nested too deeply.");
    }
    wrong(&format!("[{}1{}]", "string(".repeat(3_000), ")".repeat(3_000)), "The template language expression is nested too deeply.");
    wrong(&format!("[{}0]", "resourceGroup()[".repeat(1_500)), "The template language expression is nested too deeply.");
    // Nested both ways at once.
    let both = (0..16).fold("1".to_owned(), |inner, _| format!("string({inner}).a.b.c"));
    wrong(&format!("[{both}]"), "The template language expression is nested too deeply.");
    let long = "x".repeat(12_000);
    let replaced = format!("replace(padLeft('', 1000, 'a'), 'a', '{long}')");
    wrong(&format!("[{replaced}]"), "The value of the template language expression exceeds");
    wrong(&format!("[join(range(0, 10000), '{long}')]"), "The value of the template language expression exceeds");
    wrong(&format!("[format('{}', '{long}')]", "{0}".repeat(3_000)), "The value of the template language expression exceeds");
    let union = evaluate("[length(union(range(0, 10000), range(5000, 10000)))]");
    assert_eq!(union, Ok(json!(15_000)));
    assert_eq!(evaluate(&format!("[length(utcNow('{}'))]", "y".repeat(20_000))), Ok(json!(20_000)));
}
