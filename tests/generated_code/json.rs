//! Parses the ARM template and the REST requests back with `serde_json` and the rules of template expressions.

use identity_portal::arm::azure_cloud::AzureCloud;
use identity_portal::code::{Language, render};
use serde_json::{Map, Value};

use crate::{cases, readings};

#[test]
fn the_arm_template_matches_the_plan() {
    for (name, case) in cases::all() {
        let plan = case.plan();
        let template: Value =
            serde_json::from_str(&render(&plan, Language::ArmTemplate, &AzureCloud::default()).text).expect("the template is JSON");
        let reading = of_template(&template, if case.group_is_new { None } else { Some(case.group) });
        assert_eq!(reading, readings::of_plan(&plan), "{name}");
    }
}

#[test]
fn the_rest_requests_match_the_plan() {
    for (name, case) in cases::all() {
        let plan = case.plan();
        let text = render(&plan, Language::Rest, &AzureCloud::default()).text;
        let text = text.replace("{{principalId}}", readings::PRINCIPAL);
        assert_eq!(readings::of_requests(rest_requests(&text).into_iter()), readings::of_plan(&plan), "{name}");
    }
}

/// The URL and body of each request in a REST text.
pub(crate) fn rest_requests(text: &str) -> Vec<(&str, &str)> {
    // No body contains the separator: JSON strings have no raw line breaks.
    text.split("\n###\n\n")
        .map(|request| {
            let (head, body) = request.split_once("\n\n").expect("a head and a body");
            let mut head = head.lines();
            let address = head.next().and_then(|line| line.strip_prefix("PUT ")).expect("a request line");
            assert_eq!(head.collect::<Vec<_>>(), ["Authorization: Bearer {{token}}", "Content-Type: application/json"]);
            (address, body)
        })
        .collect()
}

/// The resources of a template deployed to `group` or to the subscription, including nested templates.
pub(crate) fn of_template(template: &Value, group: Option<&str>) -> readings::Reading {
    let schema = template["$schema"].as_str().expect("a schema");
    assert_eq!(schema.contains("subscriptionDeploymentTemplate.json#"), group.is_none(), "{schema}");
    assert_eq!(template["contentVersion"], "1.0.0.0");
    let mut made = readings::Reading::new();
    for resource in template["resources"].as_array().expect("resources") {
        let mut body = resource.as_object().expect("a resource").clone();
        let mut take = |key: &str| body.remove(key).and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default();
        let (kind, version, name) = (take("type"), take("apiVersion"), take("name"));
        assert!(version.starts_with("20"), "{version}");
        match (kind.as_str(), group) {
            ("Microsoft.Resources/resourceGroups", None) => {
                made.insert(readings::group_id(&name), evaluated(&Value::Object(body)));
            }
            ("Microsoft.Resources/deployments", _) if name.starts_with("role-") => {
                let subscription = take("subscriptionId");
                let subscription = if subscription.is_empty() { crate::cases::SUBSCRIPTION } else { &subscription };
                let inner = &body["properties"]["template"]["resources"][0];
                made.extend([of_role(
                    inner,
                    &format!("/subscriptions/{subscription}/resourceGroups/{}", body["resourceGroup"].as_str().expect("a group")),
                )]);
                let principal = body["properties"]["parameters"]["principalId"]["value"].as_str().expect("an expression");
                assert!(principal.starts_with("[reference("), "{principal}");
                assert_eq!(inner["properties"]["principalId"], "[parameters('principalId')]");
            }
            ("Microsoft.Authorization/roleAssignments", Some(group)) => {
                made.extend([of_role(resource, &readings::group_id(group))]);
            }
            ("Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials", Some(group)) => {
                let (identity, name) = name.split_once('/').expect("the names of an identity and a credential");
                let id = format!("{}/federatedIdentityCredentials/{name}", readings::identity_id(group, identity));
                body.remove("dependsOn");
                made.insert(id, evaluated(&Value::Object(body)));
            }
            ("Microsoft.Authorization/locks", Some(group)) => {
                let id = readings::lock_id(&format!("{}/providers/{}", readings::group_id(group), take("scope")), &name);
                body.remove("dependsOn");
                made.insert(id, evaluated(&Value::Object(body)));
            }
            ("Microsoft.Resources/deployments", None) => {
                let inner = take("resourceGroup");
                let waits_for = format!("[subscriptionResourceId('Microsoft.Resources/resourceGroups', '{inner}')]");
                assert_eq!(body["dependsOn"], serde_json::json!([waits_for]));
                assert_eq!(body["properties"]["mode"], "Incremental");
                assert_eq!(body["properties"]["expressionEvaluationOptions"]["scope"], "inner");
                made.extend(of_template(&body["properties"]["template"], Some(&inner)));
            }
            ("Microsoft.ManagedIdentity/userAssignedIdentities", Some(group)) => {
                made.insert(readings::identity_id(group, &name), evaluated(&Value::Object(body)));
            }
            other => panic!("{other:?} in a template"),
        }
    }
    made
}

/// A role assignment in `group`, with its id.
fn of_role(resource: &Value, group: &str) -> (String, Value) {
    let (scope, name) = (resource["scope"].as_str().expect("a scope"), resource["name"].as_str().expect("a name"));
    let mut properties = resource["properties"].clone();
    let definition = properties["roleDefinitionId"].as_str().expect("a definition");
    let role = definition
        .strip_prefix("[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '")
        .and_then(|rest| rest.strip_suffix("')]"))
        .expect("a role");
    let subscription = group.split('/').nth(2).expect("a subscription");
    properties["roleDefinitionId"] =
        format!("/subscriptions/{subscription}/providers/Microsoft.Authorization/roleDefinitions/{role}").into();
    properties["principalId"] = readings::PRINCIPAL.into();
    (readings::role_id(&format!("{group}/providers/{scope}"), name), serde_json::json!({ "properties": properties }))
}

/// Evaluates a template value: a string in brackets is an expression, unless its first bracket is doubled.
fn evaluated(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::from(evaluated_text(text)),
        Value::Array(items) => items.iter().map(evaluated).collect(),
        Value::Object(members) => {
            Value::Object(members.iter().map(|(name, value)| (evaluated_text(name), evaluated(value))).collect::<Map<_, _>>())
        }
        other => other.clone(),
    }
}

fn evaluated_text(text: &str) -> String {
    if !(text.starts_with('[') && text.ends_with(']')) {
        return text.to_owned();
    }
    assert!(text.starts_with("[["), "{text} would be an expression");
    text[1..].to_owned()
}
