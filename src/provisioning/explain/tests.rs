//! Tests of the explanations of refusals, error codes and policies.

use serde_json::json;

use crate::arm::error::AdditionalInfo;
use crate::provisioning::explain::*;

fn refusal(status: u16, code: &str) -> Refusal {
    Refusal { status, code: code.into(), message: "ARM's words".into(), request_id: "r".into(), ..Refusal::default() }
}

/// The explanation of a refusal: title and field.
fn said(refusal: Refusal) -> (String, Option<Field>) {
    let explanation = explain(&ArmError::Refused(Box::new(refusal)));
    (explanation.title.text(), explanation.field)
}

#[test]
fn what_could_not_be_checked_says_why() {
    let said = |status, code: &str| reason(&ArmError::Refused(Box::new(Refusal { status, code: code.to_owned(), ..Refusal::default() })));
    for (status, code, expected) in [
        (401, "ExpiredAuthenticationToken", messages::REASON_NOT_ACCEPTED.text()),
        (401, "InvalidAuthenticationTokenTenant", messages::REASON_OTHER_DIRECTORY.text()),
        (403, "AuthorizationFailed", messages::REASON_FORBIDDEN.text()),
        (404, "ResourceGroupNotFound", "ResourceGroupNotFound".into()),
        (500, "", messages::REASON_OTHER.text()),
    ] {
        assert_eq!(said(status, code), expected, "{status} {code}");
    }
    for (wire, expected) in [
        (WireError::Unreachable, messages::REASON_UNREACHABLE),
        (WireError::TimedOut, messages::REASON_UNREACHABLE),
        (WireError::SignInRequired, messages::REASON_SIGN_IN),
        (WireError::OtherCaller, messages::REASON_OTHER_CALLER),
        (WireError::PartMissing, messages::REASON_PART_MISSING),
    ] {
        assert_eq!(reason(&ArmError::Wire(wire.clone())), expected.text(), "{wire:?}");
    }
}

#[test]
fn every_code_that_is_known_has_words_of_its_own() {
    let table = [
        (401, "", messages::TOKEN_NOT_ACCEPTED, None),
        (401, "ExpiredAuthenticationToken", messages::TOKEN_NOT_ACCEPTED, None),
        (401, "InvalidAuthenticationToken", messages::TOKEN_NOT_ACCEPTED, None),
        (401, "InvalidAuthenticationTokenTenant", messages::WRONG_TENANT, Some(Field::Subscription)),
        (401, "RequestDisallowedByPolicy", messages::STEP_UP_NEEDED, None),
        (403, "AuthorizationFailed", messages::FORBIDDEN, Some(Field::ResourceGroup)),
        (403, "LinkedAuthorizationFailed", messages::LINKED_FORBIDDEN, None),
        (403, "RequestDisallowedByPolicy", messages::POLICY_DENIED_UNNAMED, None),
        (403, "RequestDisallowedByAzure", messages::REGION_CLOSED, Some(Field::Region)),
        (404, "SubscriptionNotFound", messages::SUBSCRIPTION_MISSING, Some(Field::Subscription)),
        (404, "ResourceGroupNotFound", messages::GROUP_MISSING, Some(Field::ResourceGroup)),
        (404, "ResourceNotFound", messages::RESOURCE_MISSING, None),
        (404, "InvalidResourceType", messages::TYPE_MISSING, Some(Field::IsolationScope)),
        (400, "NoRegisteredProviderFound", messages::NOT_SUPPORTED_HERE, Some(Field::Region)),
        (400, "LocationNotAvailableForResourceType", messages::REGION_LACKS_TYPE, Some(Field::Region)),
        (409, "InvalidResourceLocation", messages::NAME_IN_OTHER_REGION, Some(Field::Name)),
        (409, "MissingSubscriptionRegistration", messages::NOT_REGISTERED, Some(Field::Subscription)),
        (409, "ScopeLocked", messages::LOCKED, Some(Field::ResourceGroup)),
        (409, "ReadOnlyDisabledSubscription", messages::SUBSCRIPTION_READ_ONLY, Some(Field::Subscription)),
        (409, "ResourceGroupBeingDeleted", messages::GROUP_GOING, Some(Field::ResourceGroup)),
        (409, "DeploymentActive", messages::DEPLOYMENT_RUNNING, None),
        (429, "SubscriptionRequestsThrottled", messages::THROTTLED, None),
        (429, "", messages::THROTTLED, None),
        (400, "InvalidTemplateDeployment", messages::TEMPLATE_INVALID, None),
        (200, "DeploymentFailed", messages::DEPLOYMENT_FAILED, None),
        (200, "InternalServerError", messages::SERVICE_TROUBLE, None),
        (400, "RoleAssignmentUpdateNotPermitted", messages::ROLE_TAKEN, None),
        (400, "RoleAssignmentLimitExceeded", messages::ROLES_FULL, None),
        (400, "PrincipalNotFound", messages::PRINCIPAL_MISSING, None),
        (409, "RoleAssignmentExists", messages::ROLE_THERE, None),
        (502, "", messages::SERVICE_TROUBLE, None),
        (400, "SomethingNew", messages::REFUSED, None),
    ];
    for (status, code, title, field) in table {
        assert_eq!(said(refusal(status, code)), (title.text().into_owned(), field), "{status} {code}");
    }
}

#[test]
fn what_only_wraps_is_looked_into_and_arms_words_are_kept() {
    let detail = |code: &str, details| ErrorDetail { code: code.into(), message: code.into(), details, ..ErrorDetail::default() };
    let wrapped = Refusal {
        details: vec![detail("ResourceDeploymentFailure", vec![detail("InvalidResourceLocation", vec![])])],
        correlation_id: Some("c".into()),
        ..refusal(400, "InvalidTemplateDeployment")
    };
    let explanation = explain(&ArmError::Refused(Box::new(wrapped)));
    assert_eq!((explanation.code.as_str(), explanation.field), ("InvalidResourceLocation", Some(Field::Name)));
    assert_eq!((explanation.request_id.as_str(), explanation.correlation_id.as_deref()), ("r", Some("c")));
    let known = Refusal { details: vec![detail("Other", vec![])], ..refusal(409, "MissingSubscriptionRegistration") };
    assert_eq!(said(known).1, Some(Field::Subscription));
    let new = explain(&ArmError::Refused(Box::new(refusal(400, "SomethingNew"))));
    assert_eq!((new.code.as_str(), new.message.as_str()), ("SomethingNew", "ARM's words"));
}

#[test]
fn a_template_that_lacks_permissions_is_told_from_one_that_is_wrong() {
    let scope = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/RG1";
    let action = "Microsoft.ManagedIdentity/userAssignedIdentities/write";
    let table = [
        (format!("Authorization failed for template resource 'uami'. No permission for '{action}' at scope '{scope}'."), true),
        (format!("Deployment failed with multiple errors: 'Authorization failed for 'uami': '{action}'.:Authorization failed …'"), true),
        (format!("Für die Aktion '{action}' fehlt die Berechtigung."), true),
        ("The template resource 'Microsoft.ManagedIdentity/userAssignedIdentities' is not valid.".to_owned(), false),
    ];
    for (message, is_forbidden) in table {
        let refused = Refusal { message: message.clone(), ..refusal(400, "InvalidTemplateDeployment") };
        let expected = if is_forbidden { (messages::FORBIDDEN, Some(Field::ResourceGroup)) } else { (messages::TEMPLATE_INVALID, None) };
        assert_eq!(said(refused), (expected.0.text().into_owned(), expected.1), "{message}");
    }
}

#[test]
fn a_policy_is_named_and_points_at_its_field() {
    let info = json!({ "policyAssignmentDisplayName": "Allowed locations",
        "evaluationDetails": { "evaluatedExpressions": [{ "path": "type" }, { "path": "location" }] } });
    let denied = Refusal {
        additional_info: vec![AdditionalInfo { kind: "PolicyViolation".into(), info }],
        ..refusal(403, "RequestDisallowedByPolicy")
    };
    assert_eq!(said(denied), ("Blocked by the policy “Allowed locations”.".into(), Some(Field::Region)));
}

#[test]
fn what_may_pass_by_itself_is_worth_another_try() {
    let table = [
        (200, "InternalServerError", true),
        (200, "ServiceUnavailable", true),
        (200, "ScopeLocked", false),
        (403, "AuthorizationFailed", false),
        (429, "", true),
        (502, "", true),
    ];
    for (status, code, worth) in table {
        let failed =
            Refusal { details: vec![ErrorDetail { code: code.into(), ..ErrorDetail::default() }], ..refusal(status, "DeploymentFailed") };
        assert_eq!(explain_run(&RunError::Failed(Box::new(failed))).worth_retrying, worth, "{status} {code}");
    }
}

#[test]
fn a_wait_is_told_in_seconds() {
    let throttled = Refusal { retry_after: Some(17), ..refusal(429, "SubscriptionRequestsThrottled") };
    assert_eq!(explain(&ArmError::Refused(Box::new(throttled))).advice.text(), "Wait 17 seconds, then try again.");
}

#[test]
fn a_policy_about_the_group_names_it_and_never_the_identitys_name() {
    let denied = |kind: &str, path: &str| {
        let info = json!({ "policyAssignmentDisplayName": "Names",
            "evaluationDetails": { "evaluatedExpressions": [{ "path": "type", "expressionValue": kind }, { "path": path }] } });
        let refusal = Refusal {
            target: Some("rg-new".into()),
            additional_info: vec![AdditionalInfo { kind: "PolicyViolation".into(), info }],
            ..refusal(403, "RequestDisallowedByPolicy")
        };
        explain(&ArmError::Refused(Box::new(refusal)))
    };
    let table = [
        (GROUP_TYPE, "name", Field::ResourceGroup),
        ("microsoft.resources/subscriptions/RESOURCEGROUPS", "name", Field::ResourceGroup),
        (GROUP_TYPE, "location", Field::Region),
        (GROUP_TYPE, "tags['Env']", Field::Tags),
        (GROUP_TYPE, "managedBy", Field::ResourceGroup),
        ("Microsoft.ManagedIdentity/userAssignedIdentities", "name", Field::Name),
    ];
    for (kind, path, field) in table {
        let told = denied(kind, path);
        assert_eq!(told.field, Some(field), "{kind} {path}");
        assert!(told.advice.text().contains("rg-new"), "{}", told.advice.text());
    }
}

#[test]
fn long_words_of_azure_are_cut_between_words() {
    let told = |message: &str| explain(&ArmError::Refused(Box::new(Refusal { message: message.into(), ..refusal(400, "X") }))).words();
    assert_eq!(told("Short."), "Short.");
    assert_eq!(told("Disallowed by policy. Policy identifiers: '[{\"id\":1}]'."), "Disallowed by policy.");
    let cut = told(&"ñandú ".repeat(100));
    assert!(cut.ends_with("ñandú …") && cut.chars().count() <= WORDS_MAX + 1, "{cut}");
}

#[test]
fn an_unknown_outcome_claims_nothing() {
    let told = explain_run(&RunError::Unknown(ArmError::Wire(WireError::Unreachable)));
    assert_eq!((told.title.text(), told.field, told.worth_retrying), (messages::OUTCOME_UNKNOWN.text().into_owned(), None, false));
    let signed_out = explain_run(&RunError::Unknown(ArmError::Wire(WireError::SignInRequired)));
    assert_eq!(signed_out.advice.text(), messages::OUTCOME_UNKNOWN_SIGN_IN.text());
}
