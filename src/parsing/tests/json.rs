//! Tests of templates and other JSON.

use super::{TextFormat, expect, reported};
use crate::messages;
use crate::parsing::{check, read, read_all};
use crate::provisioning::problem::Severity;
use crate::provisioning::rules::Rules;

const SCHEMA: &str =
    r#""$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0""#;
const IDENTITY: &str = r#""type": "Microsoft.ManagedIdentity/userAssignedIdentities", "apiVersion": "2023-01-31""#;

#[test]
fn what_bicep_compiles_is_read() {
    let text = format!(
        "\u{feff}{{ {SCHEMA}, \"languageVersion\": \"2.0\", // Bicep
  \"definitions\": {{ \"t\": {{ \"type\": \"object\", \"metadata\": {{ \"source\": \"Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30#properties/tags\" }} }} }},
  \"parameters\": {{ \"name\": {{ \"defaultValue\": \"id jobs\" }}, \"tags\": {{ \"type\": \"object\", \"nullable\": true }} }},
  \"resources\": {{
    /* {IDENTITY} */
    \"identity\": {{ \"type\": \"microsoft.managedidentity/userassignedidentities\", \"apiVersion\": \"2024-11-30\", \"name\": \"[parameters('name')]\",
      \"location\": \"[resourceGroup().location]\", \"tags\": \"[parameters('tags')]\" }},
    \"there\": {{ \"existing\": true, {IDENTITY}, \"name\": \"a b\" }},
    \"credentials\": {{ \"copy\": {{ \"name\": \"c\", \"count\": \"[length(parameters('x'))]\" }}, \"type\": \"Microsoft.Resources/deployments\",
      \"properties\": {{ \"template\": {{ {SCHEMA}, \"resources\": [] }} }} }}
  }} }}"
    );
    let problems = ["6 blocks Use only letters", "7 warns Couldn't work out this value, so it wasn't checked: [parameters('tags')]"];
    expect(&text, TextFormat::Template, &["|||id jobs|||"], &problems);
}

#[test]
fn copies_are_read_one_by_one() {
    let template = |name: &str, count: &str, more: &str| {
        format!(
            "{{ {SCHEMA}, \"parameters\": {{ \"env\": {{ \"defaultValue\": \"dev\" }}, \"names\": {{ \"defaultValue\": [\"a b\", \"c\"] }} }},\n\"variables\": {{ \"prefix\": \"[concat('id-', parameters('env'))]\" }},\n\"resources\": [ {{ {IDENTITY}, \"location\": \"eastus\", \"copy\": {{ \"name\": \"ids\", \"count\": {count} }},\n\"name\": \"{name}\"{more} }} ] }}"
        )
    };
    let table: [(String, &[&str], &[&str]); 6] = [
        (template("[concat(variables('prefix'), '-', copyIndex(1))]", "2", ""), &["||eastus|id-dev-1|||", "||eastus|id-dev-2|||"], &[]),
        (
            template("[parameters('names')[copyIndex('ids')]]", "\"[length(parameters('names'))]\"", ""),
            &["||eastus|a b|||", "||eastus|c|||"],
            &["4 blocks Use only", "4 blocks Use at least 3"],
        ),
        (
            template("[format('id-{0}', createArray('x', 'y')[copyIndex()])]", "\"[length(createArray('x', 'y'))]\"", ""),
            &["||eastus|id-x|||", "||eastus|id-y|||"],
            &[],
        ),
        (
            template("[concat('id ', copyIndex())]", "\"[parameters('many')]\"", ""),
            &["||eastus||||"],
            &["3 warns Couldn't work out how many identities ids creates", "4 blocks Use only", "4 warns Couldn't work out this value"],
        ),
        (
            template("id-1", "1", ", \"tags\": { \"Env\": \"x\", \"env\": \"y\" }"),
            &["||eastus|id-1||Env=x,env=y|"],
            &["4 blocks There's already a tag named env"],
        ),
        (template("id-1", "0", ""), &[], &[]),
    ];
    for (text, drafts, problems) in table {
        expect(&text, TextFormat::Template, drafts, problems);
    }
}

#[test]
fn json_of_any_origin_is_read_for_what_it_is() {
    let id = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-1";
    let shown = format!(
        r#"{{ "id": "{id}", "name": "id-1", "location": "eastus", "type": "Microsoft.ManagedIdentity/userAssignedIdentities", "tags": null, "sku": null }}"#
    );
    let other = r#"{ "id": "x", "name": "a b", "location": "nowhere", "type": "Microsoft.Web/sites" }"#;
    let template = format!(r#"{{ {SCHEMA}, "resources": [ {{ {IDENTITY}, "name": "id 2", "location": "eastus" }} ] }}"#);
    let found: &[&str] = &["1|rg-1|eastus|id-1|||"];
    let table: Vec<(String, &[&str], &[&str])> = vec![
        (shown.clone(), found, &[]),
        (format!("[{shown}, {other}]"), found, &[]),
        (format!(r#"{{ "value": [{shown}, {other}], "nextLink": null }}"#), found, &[]),
        (format!(r#"{{ "count": 2, "data": [{shown}, {other}], "skip_token": null, "total_records": 2 }}"#), found, &[]),
        (
            format!(
                r#"{{ "data": {{ "columns": [ {{ "name": "id", "type": "string" }}, {{ "name": "name" }}, {{ "name": "location" }} ], "rows": [ [ "{id}", "id-1", "eastus" ], [ "/x", "y z", "q" ] ] }} }}"#
            ),
            found,
            &[],
        ),
        (format!(r#"{{ "properties": {{ "mainTemplate": {template} }} }}"#), &["||eastus|id 2|||"], &["1 blocks Use only"]),
        (
            format!(
                r#"{{ "properties": {{ "policyRule": {{ "if": {{ "field": "type", "equals": "x" }}, "then": {{ "effect": "deployIfNotExists",
"details": {{ "type": "Microsoft.ManagedIdentity/userAssignedIdentities", "roleDefinitionIds": [],
"deployment": {{ "properties": {{ "parameters": {{ "l": {{ "value": "[field('location')]" }} }},
"template": {{ "parameters": {{ "l": {{ "type": "string" }} }},
"resources": [ {{ {IDENTITY}, "name": "id-3", "location": "[parameters('l')]" }} ] }} }} }} }} }} }} }} }}"#
            ),
            &["|||id-3|||"],
            &["5 warns Couldn't work out this value, so it wasn't checked: [parameters('l')]"],
        ),
        (format!(r#"{{ "kind": "template", "properties": {{ "template": {template}, "resourceGroup": "x" }} }}"#), &["||eastus|id 2|||"], &["1 blocks Use only"]),
        (
            format!(
                r#"{{ {SCHEMA}, "resources": [ {{ "type": "Microsoft.Resources/deploymentScripts", "kind": "AzureCLI", "properties": {{
"scriptContent": "set -e\n\taz identity create -g rg-1 -n \"id 1\"" }} }} ] }}"#
            ),
            &["|rg-1||id 1|||"],
            &["2 blocks Use only"],
        ),
        (r#"{ "name": "my package", "version": "1.0.0", "type": "module", "location": "Paris" }"#.into(), &[], &[]),
        (r#"{ "name": "a b", "location": "nowhere" }"#.into(), &[], &[]),
        (r#"{ "location": "eastus", "kind": "StorageV2", "tags": {} }"#.into(), &[], &[]),
        (r#"{ "location": "eastus", "properties": { "sku": "x" } }"#.into(), &[], &[]),
        (r#"{ "location": "eastus", "properties": { "isolationScope": "Regional" } }"#.into(), &["||eastus||Regional||"], &[]),
        (r#"{ "name": "uami-1", "location": "eastus", "clientId": "x" }"#.into(), &["||eastus|uami-1|||"], &[]),
        (r#"{ "resources": ["a", { "name": "b" }], "properties": { "template": "x" } }"#.into(), &[], &[]),
        (
            r#"{ "$schema": "https://schema.management.azure.com/schemas/0.1.2-preview/CreateUIDefinition.MultiVm.json#", "resourceType": "Microsoft.ManagedIdentity/userAssignedIdentities" }"#.into(),
            &[],
            &[],
        ),
        (format!("{{ {SCHEMA}, \"resources\": [ {{ {IDENTITY}, \"name\": \"id-1\", \"location\": \"eastus\", \"comments\": \"two\nlines\" }}, ], }}"), &["||eastus|id-1|||"], &[]),
        (format!("{{ {SCHEMA}, \"resources\": [ {{ \"name\": \"x\" }} ] }}"), &[], &["1 blocks This resource has no type"]),
        (format!("{{ \"unknown\": [\n{{ {IDENTITY}, \"name\": \"id-1\" }} ] }}"), &[], &["2 warns This seems to create an identity"]),
    ];
    for (text, drafts, problems) in table {
        let reading = read(&text);
        assert_eq!(reported(&text, &reading).len(), problems.len(), "{text}\n{:#?}", reported(&text, &reading));
        expect(&text, TextFormat::Template, drafts, problems);
    }
}

#[test]
fn long_json_of_something_else_is_not_parsed_in_a_project() {
    let long = |text: &str| [" ".repeat(20_000).as_str(), text].concat();
    let unclosed = |text: &str| {
        let text = long(text);
        let readings = read_all(&[("a.json", &text), ("b.sh", "az account show\n")], None);
        readings[0].notes.iter().any(|note| note.sentence.message == messages::READ_UNCLOSED)
    };
    for text in
        [r#"{ "a": "\u0061" "#, r#"{ "b": "Microsoft.ManagedIdentity/x" "#, r#"{ "c": "az identity create" "#, r#"[ { "clientId": "x" } "#]
    {
        assert!(unclosed(text), "{text}");
    }
    assert!(!unclosed(r#"{ "identity": { "type": "SystemAssigned" } "#));
    let text = long(&format!(r#"{{ {SCHEMA}, "resources": [ {{ {IDENTITY}, "name": "id-1", "location": "eastus" }} ] }}"#));
    assert_eq!(read_all(&[("a.json", &text), ("b.sh", "az account show\n")], None)[0].found.len(), 1);
}

#[test]
fn a_resource_taken_out_of_a_template_has_its_expressions() {
    let text = r#"{"type":"Microsoft.ManagedIdentity/userAssignedIdentities","apiVersion":"2023-01-31","name":"[parameters('name')]","location":"[resourceGroup().location]"}"#;
    let reading = read(text);
    let [found] = reading.found.as_slice() else { panic!("{reading:?}") };
    assert_eq!((found.draft.name.as_str(), found.draft.region.as_str()), ("", ""));
    let problems = check(text, &reading, &Rules::default());
    assert!(problems[0].iter().all(|problem| problem.severity < Severity::Blocks), "{problems:?}");
}

#[test]
fn a_body_of_something_global_is_no_identity() {
    for text in [
        r#"{"location":"global","properties":{}}"#,
        r#"{"id":"/planes/radius/local/resourcegroups/a","name":"a","location":"global","tags":{}}"#,
    ] {
        assert!(read(text).found.is_empty(), "{text}");
    }
    assert_eq!(read(r#"{"location":"eastus","tags":{"a":"b"}}"#).found.len(), 1);
}
