//! Azure Policy: what it denies when a resource is written, and `checkPolicyRestrictions`, which says so beforehand.

use serde_json::Value;

use super::answer::{Answer, Answered};
use super::call::Call;
use super::faults::Fault;
use super::gate;
use super::refusal::Refusal;
use super::regions;
use super::seed::{DEVELOPMENT, POLICY_GROUP};
use super::versions;
use super::world::{Tags, World, group_id};
use crate::arm::http::Method;
use crate::simulator::json::json;

/// The regions that [`POLICY_GROUP`] allows.
const ALLOWED: [&str; 2] = ["westeurope", "northeurope"];
/// The tag that [`POLICY_GROUP`] requires.
const REQUIRED_TAG: &str = "CostCenter";

/// A policy of the seeded world. The ids of the first two definitions are Azure's own.
struct Policy {
    display: &'static str,
    definition: &'static str,
    assignment: &'static str,
    kind: Kind,
}

enum Kind {
    Locations,
    Tag,
    /// Denies by name.
    Name,
}

const LOCATIONS: Policy = Policy {
    display: "Allowed locations",
    definition: "e56962a6-4747-49cd-b67b-bf8b01975c4c",
    assignment: "europe-only",
    kind: Kind::Locations,
};
const TAG: Policy = Policy {
    display: "Require a tag on resources",
    definition: "871b6d14-10aa-478d-b590-94f262ecfa99",
    assignment: "cost-center",
    kind: Kind::Tag,
};
const NAME: Policy = Policy {
    display: "Identities are made by the platform team",
    definition: "5c1d3a77-0f6e-4b0a-9d52-c8a4be917d20",
    assignment: "identities-by-request",
    kind: Kind::Name,
};

/// Refuses what a policy denies. `id` is the resource's, or the group's where a group is made.
pub(crate) fn enforce(world: &World, id: &str, name: &str, location: &str, tags: &Tags) -> Result<(), Refusal> {
    // These policies are for resources; the group itself may be tagged as it likes.
    if !id.to_lowercase().contains("/providers/") {
        return Ok(());
    }
    let denying: Vec<Policy> = policies(world, id, name).into_iter().filter(|policy| policy.denies(location, tags)).collect();
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

/// `POST .../providers/Microsoft.PolicyInsights/checkPolicyRestrictions`, of a group or of a subscription.
pub(crate) fn restrictions(world: &World, call: &Call) -> Answered {
    let subscription = gate::subscription(world, call)?.id;
    let scope = if call.lower.get(2).is_some_and(|segment| segment == "resourcegroups") {
        group_id(&subscription, &gate::group(world, call)?.name)
    } else {
        format!("/subscriptions/{subscription}")
    };
    versions::of_type("Microsoft.PolicyInsights", "checkPolicyRestrictions", versions::POLICY_RESTRICTIONS, call.api_version())?;
    if call.method != Method::Post {
        return Err(Refusal::method_not_allowed(call.method, "POST"));
    }
    gate::authorize(world, &scope, "Microsoft.PolicyInsights/checkPolicyRestrictions/read")?;
    let body = call.json()?;
    let content = &body["resourceDetails"]["resourceContent"];
    if !content.is_object() {
        return Err(Refusal::by_provider(400, "InvalidRequestContent", "The property 'resourceDetails.resourceContent' is required."));
    }
    let fields: Vec<(&str, Vec<&str>)> = body["pendingFields"].as_array().into_iter().flatten().filter_map(pending).collect();
    let named = content["name"].as_str().into_iter().chain(fields.iter().flat_map(|(_, values)| values.iter().copied()));
    let name = named.collect::<Vec<_>>().join(" ");
    let id = format!("{scope}/providers/{}/{name}", content["type"].as_str().unwrap_or_default());

    let mut restricted = Vec::new();
    let mut evaluations = Vec::new();
    let location = content["location"].as_str().map(regions::normal);
    let tags = content["tags"].as_object().cloned();
    for policy in policies(world, &id, &name) {
        let place = scope_of(&id);
        restricted.extend(policy.restriction(&place, &fields));
        let known = match policy.kind {
            Kind::Locations => location.is_some(),
            Kind::Tag => tags.is_some(),
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
    Answer::ok(json!({
        "fieldRestrictions": restricted,
        "contentEvaluationResult": { "policyEvaluations": evaluations },
    }))
}

fn pending(field: &Value) -> Option<(&str, Vec<&str>)> {
    Some((field["field"].as_str()?, field["values"].as_array().into_iter().flatten().filter_map(Value::as_str).collect()))
}

fn policies(world: &World, id: &str, name: &str) -> Vec<Policy> {
    let mut found = Vec::new();
    let group = group_id(DEVELOPMENT, POLICY_GROUP).to_lowercase();
    if id.to_lowercase().starts_with(&format!("{group}/")) {
        found.extend([LOCATIONS, TAG]);
    }
    if world.faults.hit(Fault::PolicyDenied, name) && id.to_lowercase().contains("/userassignedidentities") {
        found.push(NAME);
    }
    found
}

// What a policy of a resource is assigned to: its group, or else its subscription.
fn scope_of(id: &str) -> String {
    id.split("/providers/").next().unwrap_or_default().to_owned()
}

impl Policy {
    fn denies(&self, location: &str, tags: &Tags) -> bool {
        match self.kind {
            Kind::Locations => !ALLOWED.contains(&location),
            Kind::Tag => !tags.keys().any(|name| name.eq_ignore_ascii_case(REQUIRED_TAG)),
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
            Kind::Locations => ("location", json!(location), json!(ALLOWED), "NotIn"),
            Kind::Tag => ("tags[CostCenter]", Value::Null, json!("false"), "Exists"),
            Kind::Name => ("name", json!(name), json!("*"), "Like"),
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
            Kind::Tag => json!({ "tagName": { "value": REQUIRED_TAG } }),
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

    // What the policy says of the fields that are still open.
    fn restriction(&self, scope: &str, fields: &[(&str, Vec<&str>)]) -> Option<Value> {
        let asked =
            |field: &str| fields.iter().find(|(name, _)| name.eq_ignore_ascii_case(field) || (field == "tags" && name.starts_with("tags")));
        let (field, result, values, reason) = match self.kind {
            Kind::Locations => {
                let (_, values) = asked("location")?;
                let denied: Vec<String> = if values.is_empty() {
                    regions::all().map(|region| region.name()).filter(|name| !ALLOWED.contains(&name.as_str())).collect()
                } else {
                    values
                        .iter()
                        .map(|&value| value.to_owned())
                        .filter(|value| !ALLOWED.contains(&regions::normal(value).as_str()))
                        .collect()
                };
                ("location", "Deny", denied, "Resources of this group stay in Europe.")
            }
            Kind::Tag => {
                asked("tags")?;
                ("tags.CostCenter", "Required", Vec::new(), "Every resource of this group names its cost centre.")
            }
            Kind::Name => {
                let (_, values) = asked("name")?;
                ("name", "Deny", values.iter().map(|&value| value.to_owned()).collect(), "The platform team makes identities on request.")
            }
        };
        if result == "Deny" && values.is_empty() {
            return None;
        }
        let mut restriction = json!({ "result": result, "policy": self.info(scope), "policyEffect": "Deny", "reason": reason });
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
    use crate::simulator::trial::Trial;

    fn ask(trial: &mut Trial, group: &str, content: &Value, fields: &Value) -> Value {
        let path = format!(
            "/subscriptions/{DEVELOPMENT}/resourceGroups/{group}/providers/Microsoft.PolicyInsights/checkPolicyRestrictions?api-version=2023-03-01"
        );
        trial.send("POST", &path, Some(json!({ "resourceDetails": { "resourceContent": content }, "pendingFields": fields }))).body
    }

    #[test]
    fn tells_what_is_restricted() {
        let mut trial = Trial::new("");
        let kind = "Microsoft.ManagedIdentity/userAssignedIdentities";
        let fields = json!([{ "field": "location", "values": ["eastus", "westeurope"] }, { "field": "tags" }]);
        let answer = ask(&mut trial, POLICY_GROUP, &json!({ "type": kind }), &fields);
        assert_eq!(answer["fieldRestrictions"][0]["restrictions"][0]["values"], json!(["eastus"]));
        assert_eq!(answer["fieldRestrictions"][1]["field"], "tags.CostCenter");
        assert_eq!(answer["contentEvaluationResult"]["policyEvaluations"], json!([]));
        let answer = ask(&mut trial, POLICY_GROUP, &json!({ "type": kind, "location": "East US", "tags": {} }), &json!([]));
        assert_eq!(answer["contentEvaluationResult"]["policyEvaluations"].as_array().map(Vec::len), Some(2));
        let answer = ask(&mut trial, "RG1", &json!({ "type": kind, "location": "eastus" }), &fields);
        assert_eq!(answer["fieldRestrictions"], json!([]));
    }

    #[test]
    fn a_denied_name_is_told_beforehand() {
        let mut trial = Trial::new("");
        let kind = "Microsoft.ManagedIdentity/userAssignedIdentities";
        let fields = json!([{ "field": "name", "values": ["uami-policy-denied"] }]);
        let answer = ask(&mut trial, "RG1", &json!({ "type": kind }), &fields);
        assert_eq!(answer["fieldRestrictions"][0]["restrictions"][0]["result"], "Deny");
        let answer = ask(&mut trial, "RG1", &json!({ "type": kind, "name": "uami-policy-denied" }), &json!([]));
        assert_eq!(answer["contentEvaluationResult"]["policyEvaluations"][0]["evaluationResult"], "NonCompliant");
    }
}
