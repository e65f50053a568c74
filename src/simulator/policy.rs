//! Azure Policy: denials when a resource is written, and `checkPolicyRestrictions`, which reports them before.

use serde_json::Value;

use super::call::Call;
use super::faults::Fault;
use super::records::group_id;
use super::refusal::Refusal;
use super::resource::Tags;
use super::resource_handler::ResourceHandler;
use super::resource_type::{ResourceScope, ResourceType, Target};
use super::response::{ArmResponse, ArmResult};
use super::seed::{DEVELOPMENT, POLICY_GROUP, SANDBOX};
use super::world::World;
use super::{preconditions, regions};
use crate::arm::http::Method;
use crate::simulator::json::{json, list};

/// The type `checkPolicyRestrictions`.
pub(crate) static TYPE: ResourceType = ResourceType {
    scopes: &[ResourceScope::Subscription, ResourceScope::Group],
    ..ResourceType::listed(
        "Microsoft.PolicyInsights/checkPolicyRestrictions",
        "2024-10-01 2023-03-01 2022-03-01 2020-07-01 2020-07-01-preview",
    )
};
pub(crate) static HANDLER: ResourceHandler = ResourceHandler::new(&TYPE, answer);

/// Policy's name for the type of resource groups.
const GROUP_TYPE: &str = "Microsoft.Resources/subscriptions/resourceGroups";
/// The regions that [`POLICY_GROUP`] allows.
const ALLOWED: [&str; 2] = ["westeurope", "northeurope"];

/// A policy of the seeded world. The IDs of the first three definitions are Azure's own.
struct Policy {
    display: &'static str,
    definition: &'static str,
    assignment: &'static str,
    reason: &'static str,
    kind: Kind,
}

enum Kind {
    Locations,
    /// Requires this tag.
    Tag(&'static str),
    /// Denies by name.
    Name,
}

static LOCATIONS: Policy = Policy {
    display: "Allowed locations",
    definition: "e56962a6-4747-49cd-b67b-bf8b01975c4c",
    assignment: "europe-only",
    reason: "Resources of this group stay in Europe.",
    kind: Kind::Locations,
};
static TAG: Policy = Policy {
    display: "Require a tag on resources",
    definition: "871b6d14-10aa-478d-b590-94f262ecfa99",
    assignment: "cost-center",
    reason: "Every resource of this group names its cost centre.",
    kind: Kind::Tag("CostCenter"),
};
/// Required tag of new groups in [`SANDBOX`].
static GROUP_TAG: Policy = Policy {
    display: "Require a tag on resource groups",
    definition: "96670d01-0a4d-4649-9c89-2d3abc0a5025",
    assignment: "group-owner",
    reason: "Every resource group of the sandbox names its owner.",
    kind: Kind::Tag("Owner"),
};
static NAME: Policy = Policy {
    display: "Identities are made by the platform team",
    definition: "5c1d3a77-0f6e-4b0a-9d52-c8a4be917d20",
    assignment: "identities-by-request",
    reason: "The platform team makes identities on request.",
    kind: Kind::Name,
};

/// Refuses what a policy denies. `id` is the resource's ID, or the group's when a group is created.
pub(crate) fn enforce(world: &World, id: &str, name: &str, location: &str, tags: &Tags) -> Result<(), Refusal> {
    let denying: Vec<&Policy> = policies(world, id, name).into_iter().filter(|policy| policy.denies(location, tags)).collect();
    if denying.is_empty() {
        return Ok(());
    }
    let scope = scope_of(id);
    let identifiers: Vec<Value> = denying.iter().map(|policy| policy.identifiers(&scope)).collect();
    let message = format!("Resource '{name}' was disallowed by policy. Policy identifiers: '{}'.", Value::Array(identifiers));
    let mut refusal = Refusal::new(403, "RequestDisallowedByPolicy", &message).target(name);
    refusal.error["additionalInfo"] = denying
        .iter()
        .map(|policy| json!({ "type": "PolicyViolation", "info": policy.violation(&scope, name, location) }))
        .collect::<Vec<_>>()
        .into();
    Err(refusal)
}

fn answer(world: &mut World, call: &Call, target: &Target<'_>) -> ArmResult {
    if target.name.is_some() {
        return Err(call.unknown_type());
    }
    restrictions(world, call)
}

/// `POST .../providers/Microsoft.PolicyInsights/checkPolicyRestrictions` in a group or subscription.
pub(crate) fn restrictions(world: &World, call: &Call) -> ArmResult {
    let subscription = preconditions::subscription(world, call)?.id;
    let scope = if call.is_in_group() {
        group_id(&subscription, &preconditions::group(world, call)?.name)
    } else {
        format!("/subscriptions/{subscription}")
    };
    TYPE.check_version(call)?;
    if call.method != Method::Post {
        return Err(Refusal::method_not_allowed(call.method, "POST"));
    }
    preconditions::authorize(world, &scope, "Microsoft.PolicyInsights/checkPolicyRestrictions/read")?;
    let body = call.json()?;
    let content = &body["resourceDetails"]["resourceContent"];
    if !content.is_object() {
        return Err(Refusal::by_provider(400, "InvalidRequestContent", "The property 'resourceDetails.resourceContent' is required."));
    }
    // In loops, here and below: chains of iterators take several times the code.
    let mut fields = Vec::new();
    let mut names: Vec<&str> = Vec::new();
    names.extend(content["name"].as_str());
    for field in list(&body["pendingFields"]) {
        if let Some(pending) = pending(field) {
            names.extend(&pending.1);
            fields.push(pending);
        }
    }
    let name = names.join(" ");
    let kind = content["type"].as_str().unwrap_or_default();
    let id = if kind.eq_ignore_ascii_case(GROUP_TYPE) {
        group_id(&subscription, content["name"].as_str().unwrap_or_default())
    } else {
        format!("{scope}/providers/{kind}/{name}")
    };

    let mut restricted = Vec::new();
    let mut evaluations = Vec::new();
    let location = content["location"].as_str().map(regions::normal);
    let tags = content["tags"].as_object().cloned();
    for policy in policies(world, &id, &name) {
        let place = scope_of(&id);
        restricted.extend(policy.restriction(&place, &fields));
        let known = match policy.kind {
            Kind::Locations => location.is_some(),
            Kind::Tag(_) => tags.is_some(),
            Kind::Name => true,
        };
        if known && policy.denies(location.as_deref().unwrap_or_default(), tags.as_ref().unwrap_or(&Tags::new())) {
            evaluations.push(json!({
                "policyInfo": policy.info(&place),
                "evaluationResult": "NonCompliant",
                "evaluationDetails": { "evaluatedExpressions": [policy.expression(&name, location.as_deref().unwrap_or_default())] },
                "effectDetails": { "policyEffect": "Deny" },
            }));
        }
    }
    ArmResponse::ok(json!({
        "fieldRestrictions": restricted,
        "contentEvaluationResult": { "policyEvaluations": evaluations },
    }))
}

fn pending(field: &Value) -> Option<(&str, Vec<&str>)> {
    let mut values = Vec::new();
    for value in list(&field["values"]) {
        values.extend(value.as_str());
    }
    Some((field["field"].as_str()?, values))
}

fn policies(world: &World, id: &str, name: &str) -> Vec<&'static Policy> {
    let mut found = Vec::new();
    let group = group_id(DEVELOPMENT, POLICY_GROUP).to_lowercase();
    if is_group(id) && id.to_lowercase().starts_with(&format!("/subscriptions/{SANDBOX}/")) {
        found.push(&GROUP_TAG);
    }
    if id.to_lowercase().starts_with(&format!("{group}/")) {
        found.extend([&LOCATIONS, &TAG]);
    }
    if world.faults.hit(Fault::PolicyDenied, name) && id.to_lowercase().contains("/userassignedidentities") {
        found.push(&NAME);
    }
    found
}

fn is_group(id: &str) -> bool {
    id.split('/').count() == 5 && id.to_lowercase().contains("/resourcegroups/")
}

// The scope that a resource's policies are assigned to: its group, otherwise its subscription.
fn scope_of(id: &str) -> String {
    if is_group(id) {
        return id.split('/').take(3).collect::<Vec<_>>().join("/");
    }
    id.split("/providers/").next().unwrap_or_default().to_owned()
}

impl Policy {
    fn denies(&self, location: &str, tags: &Tags) -> bool {
        match self.kind {
            Kind::Locations => !ALLOWED.contains(&location),
            Kind::Tag(tag) => !tags.keys().any(|name| name.eq_ignore_ascii_case(tag)),
            Kind::Name => true,
        }
    }

    fn assignment_id(&self, scope: &str) -> String {
        format!("{scope}/providers/Microsoft.Authorization/policyAssignments/{}", self.assignment)
    }

    fn definition_id(&self) -> String {
        format!("/providers/Microsoft.Authorization/policyDefinitions/{}", self.definition)
    }

    fn info(&self, scope: &str) -> Value {
        json!({ "policyDefinitionId": self.definition_id(), "policyAssignmentId": self.assignment_id(scope) })
    }

    fn identifiers(&self, scope: &str) -> Value {
        json!({
            "policyAssignment": { "name": self.display, "id": self.assignment_id(scope) },
            "policyDefinition": { "name": self.display, "id": self.definition_id() },
        })
    }

    fn expression(&self, name: &str, location: &str) -> Value {
        let (path, value, target, operator) = match self.kind {
            Kind::Locations => ("location".to_owned(), json!(location), json!(ALLOWED), "NotIn"),
            Kind::Tag(tag) => (format!("tags[{tag}]"), Value::Null, json!("false"), "Exists"),
            Kind::Name => ("name".to_owned(), json!(name), json!("*"), "Like"),
        };
        let mut expression = json!({
            "result": "True", "expressionKind": "Field", "expression": path, "path": path, "targetValue": target, "operator": operator,
        });
        if !value.is_null() {
            expression["expressionValue"] = value;
        }
        expression
    }

    fn violation(&self, scope: &str, name: &str, location: &str) -> Value {
        let parameters = match self.kind {
            Kind::Locations => json!({ "listOfAllowedLocations": { "value": ALLOWED } }),
            Kind::Tag(tag) => json!({ "tagName": { "value": tag } }),
            Kind::Name => json!({}),
        };
        json!({
            "policyDefinitionDisplayName": self.display,
            "evaluationDetails": { "evaluatedExpressions": [self.expression(name, location)] },
            "policyDefinitionId": self.definition_id(),
            "policyDefinitionName": self.definition,
            "policyDefinitionEffect": "deny",
            "policyAssignmentId": self.assignment_id(scope),
            "policyAssignmentName": self.assignment,
            "policyAssignmentDisplayName": self.display,
            "policyAssignmentScope": scope,
            "policyAssignmentParameters": parameters,
        })
    }

    // The policy's restriction of the pending fields.
    fn restriction(&self, scope: &str, fields: &[(&str, Vec<&str>)]) -> Option<Value> {
        let pending_field =
            |field: &str| fields.iter().find(|(name, _)| name.eq_ignore_ascii_case(field) || (field == "tags" && name.starts_with("tags")));
        let (field, result, values) = match self.kind {
            Kind::Locations => {
                let (_, values) = pending_field("location")?;
                let mut denied = Vec::new();
                if values.is_empty() {
                    denied.extend(regions::all().map(|region| region.name()));
                }
                for value in values {
                    denied.push((*value).to_owned());
                }
                denied.retain(|value| !ALLOWED.contains(&regions::normal(value).as_str()));
                ("location".to_owned(), "Deny", denied)
            }
            Kind::Tag(tag) => {
                pending_field("tags")?;
                (format!("tags.{tag}"), "Required", Vec::new())
            }
            Kind::Name => {
                let (_, values) = pending_field("name")?;
                ("name".to_owned(), "Deny", values.iter().map(|&value| value.to_owned()).collect())
            }
        };
        if result == "Deny" && values.is_empty() {
            return None;
        }
        let mut restriction = json!({ "result": result, "policy": self.info(scope), "policyEffect": "Deny", "reason": self.reason });
        if !values.is_empty() {
            restriction["values"] = json!(values);
        }
        Some(json!({ "field": field, "restrictions": [restriction] }))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::simulator::test_harness::TestHarness;

    fn ask(harness: &mut TestHarness, group: &str, content: &Value, fields: &Value) -> Value {
        let path = format!(
            "/subscriptions/{DEVELOPMENT}/resourceGroups/{group}/providers/Microsoft.PolicyInsights/checkPolicyRestrictions?api-version=2023-03-01"
        );
        harness.send("POST", &path, Some(json!({ "resourceDetails": { "resourceContent": content }, "pendingFields": fields }))).body
    }

    #[test]
    fn reports_restrictions() {
        let mut harness = TestHarness::new("");
        let kind = "Microsoft.ManagedIdentity/userAssignedIdentities";
        let fields = json!([{ "field": "location", "values": ["eastus", "westeurope"] }, { "field": "tags" }]);
        let answer = ask(&mut harness, POLICY_GROUP, &json!({ "type": kind }), &fields);
        assert_eq!(answer["fieldRestrictions"][0]["restrictions"][0]["values"], json!(["eastus"]));
        assert_eq!(answer["fieldRestrictions"][1]["field"], "tags.CostCenter");
        assert_eq!(answer["contentEvaluationResult"]["policyEvaluations"], json!([]));
        let answer = ask(&mut harness, POLICY_GROUP, &json!({ "type": kind, "location": "East US", "tags": {} }), &json!([]));
        assert_eq!(answer["contentEvaluationResult"]["policyEvaluations"].as_array().map(Vec::len), Some(2));
        let answer = ask(&mut harness, "RG1", &json!({ "type": kind, "location": "eastus" }), &fields);
        assert_eq!(answer["fieldRestrictions"], json!([]));
    }

    #[test]
    fn a_group_without_the_tag_is_reported_and_denied() {
        let mut harness = TestHarness::new("");
        let path = format!("/subscriptions/{SANDBOX}/providers/Microsoft.PolicyInsights/checkPolicyRestrictions?api-version=2023-03-01");
        let fields = json!([{ "field": "tags" }]);
        let mut ask = |kind: &str| {
            let content = json!({ "type": kind, "name": "rg-new", "location": "eastus" });
            harness.send("POST", &path, Some(json!({ "resourceDetails": { "resourceContent": content }, "pendingFields": fields }))).body
        };
        let group = ask(GROUP_TYPE);
        assert_eq!(group["fieldRestrictions"][0]["field"], "tags.Owner");
        let assignment = group["fieldRestrictions"][0]["restrictions"][0]["policy"]["policyAssignmentId"].as_str();
        assert_eq!(assignment, Some(&*format!("/subscriptions/{SANDBOX}/providers/Microsoft.Authorization/policyAssignments/group-owner")));
        assert_eq!(ask("Microsoft.ManagedIdentity/userAssignedIdentities")["fieldRestrictions"], json!([]));

        let path = format!("/subscriptions/{SANDBOX}/resourcegroups/rg-new?api-version=2024-07-01");
        let refused = harness.send("PUT", &path, Some(json!({ "location": "eastus", "tags": { "Env": "test" } })));
        assert_eq!((refused.status, refused.body["error"]["code"].as_str()), (403, Some("RequestDisallowedByPolicy")));
        assert_eq!(refused.body["error"]["target"], "rg-new");
        let made = harness.send("PUT", &path, Some(json!({ "location": "eastus", "tags": { "owner": "ada" } })));
        assert_eq!(made.status, 201);
    }

    #[test]
    fn a_denied_name_is_reported_before_it_is_written() {
        let mut harness = TestHarness::new("");
        let kind = "Microsoft.ManagedIdentity/userAssignedIdentities";
        let fields = json!([{ "field": "name", "values": ["uami-policy-denied"] }]);
        let answer = ask(&mut harness, "RG1", &json!({ "type": kind }), &fields);
        assert_eq!(answer["fieldRestrictions"][0]["restrictions"][0]["result"], "Deny");
        let answer = ask(&mut harness, "RG1", &json!({ "type": kind, "name": "uami-policy-denied" }), &json!([]));
        assert_eq!(answer["contentEvaluationResult"]["policyEvaluations"][0]["evaluationResult"], "NonCompliant");
    }
}
