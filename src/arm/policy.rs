//! Checks a resource against Azure Policy before it is created (`checkPolicyRestrictions`).

use serde_json::{Value, json};

use super::client::{ArmClient, versioned};
use super::error::ArmError;
use super::http::Method;
use super::json::{list, some_text, text, texts, written};
use super::percent::encode_path;
use super::resource_id::ResourceId;
use super::transport::Transport;

const POLICY_API: &str = "2023-03-01";

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PolicyAnswer {
    /// Restrictions on single fields.
    pub restrictions: Vec<PolicyRestriction>,
    /// Policies that deny the resource as a whole.
    pub denials: Vec<PolicyDenial>,
}

/// A policy that denies the resource.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PolicyDenial {
    /// The policy assignment's name.
    pub assignment: String,
    /// The properties it evaluated: `location`, `tags[Owner]`, ...
    pub paths: Vec<String>,
}

/// A policy's restriction of one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyRestriction {
    /// `name`, `location`, `tags`, `tags.costCentre`, ...
    pub field: String,
    pub result: PolicyResult,
    /// The values required or denied; empty for any.
    pub values: Vec<String>,
    /// The value the policy would set.
    pub default_value: Option<String>,
    /// ARM's reason, or the policy assignment's name.
    pub reason: String,
    /// The policy assignment's name.
    pub assignment: String,
}

/// What a policy does to a field (`FieldRestrictionResult` of Microsoft.PolicyInsights 2023-03-01).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PolicyResult {
    /// The field or one of the values is required.
    Required,
    /// The field would be removed.
    Removed,
    /// The values are denied.
    Deny,
    /// The values would be audited.
    Audit,
}

impl<T: Transport> ArmClient<T> {
    /// Checks a resource with ARM's JSON `content`, and each of `locations`, against the policies at `place` (the group, or the
    /// subscription if the group is new).
    ///
    /// # Errors
    /// If the request fails.
    pub async fn policy_restrictions(
        &self,
        place: &ResourceId,
        content: Value,
        api_version: &str,
        locations: &[&str],
    ) -> Result<PolicyAnswer, ArmError> {
        let path = [&encode_path(place.as_str()), "/providers/Microsoft.PolicyInsights/checkPolicyRestrictions"].concat();
        let body = json!({
            "resourceDetails": { "resourceContent": content, "apiVersion": api_version },
            "pendingFields": [{ "field": "name" }, { "field": "location", "values": locations }, { "field": "tags" }],
        });
        let answered = self.call(Method::Post, &versioned(&path, POLICY_API), Some(&written(&body))).await?;
        Ok(read(&answered.json()?))
    }
}

fn read(value: &Value) -> PolicyAnswer {
    let mut restrictions = Vec::new();
    for field in list(value, "fieldRestrictions") {
        for restriction in list(field, "restrictions") {
            let result = match text(restriction, "result") {
                "Required" => PolicyResult::Required,
                "Removed" => PolicyResult::Removed,
                "Deny" => PolicyResult::Deny,
                _ => PolicyResult::Audit,
            };
            restrictions.push(PolicyRestriction {
                field: text(field, "field").to_owned(),
                result,
                values: texts(restriction, "values"),
                default_value: some_text(restriction, "defaultValue"),
                reason: some_text(restriction, "reason").unwrap_or_else(|| assignment(restriction, "policy")),
                assignment: assignment(restriction, "policy"),
            });
        }
    }
    let denials = list(value, "contentEvaluationResult.policyEvaluations")
        .iter()
        .filter(|evaluation| text(evaluation, "evaluationResult") == "NonCompliant")
        .filter(|evaluation| matches!(text(evaluation, "effectDetails.policyEffect"), "" | "Deny" | "deny"))
        .map(|evaluation| PolicyDenial {
            assignment: assignment(evaluation, "policyInfo"),
            paths: list(evaluation, "evaluationDetails.evaluatedExpressions")
                .iter()
                .filter_map(|expression| some_text(expression, "path"))
                .collect(),
        })
        .collect();
    PolicyAnswer { restrictions, denials }
}

/// The last segment of the policy assignment's ID.
fn assignment(value: &Value, policy: &str) -> String {
    let id = text(value, &[policy, ".policyAssignmentId"].concat());
    id.rsplit('/').next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_restrictions_and_denials() {
        let answer = read(&json!({
            "fieldRestrictions": [{ "field": "location", "restrictions": [{ "result": "Deny", "values": ["westus"], "reason": "Not there." }] },
                { "field": "tags.env", "restrictions": [{ "result": "Required", "policy": { "policyAssignmentId": "/a/policyAssignments/p1" } }] }],
            "contentEvaluationResult": { "policyEvaluations": [
                { "policyInfo": { "policyAssignmentId": "/a/policyAssignments/p2" }, "evaluationResult": "NonCompliant", "effectDetails": { "policyEffect": "Deny" },
                  "evaluationDetails": { "evaluatedExpressions": [{ "path": "tags[Owner]" }, { "result": "True" }] } },
                { "policyInfo": { "policyAssignmentId": "/a/policyAssignments/p3" }, "evaluationResult": "NonCompliant", "effectDetails": { "policyEffect": "Audit" } }] },
        }));
        assert_eq!(answer.denials, [PolicyDenial { assignment: "p2".into(), paths: vec!["tags[Owner]".into()] }]);
        let found_restrictions: Vec<_> =
            answer.restrictions.iter().map(|found| (found.field.as_str(), found.result, found.reason.as_str())).collect();
        assert_eq!(found_restrictions, [("location", PolicyResult::Deny, "Not there."), ("tags.env", PolicyResult::Required, "p1")]);
        assert_eq!(read(&json!({})), PolicyAnswer::default());
    }
}
