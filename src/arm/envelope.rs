//! ARM's error envelope, parsed leniently: gateways answer with HTML, an empty body, or shapes of their own (Azure Resource
//! Manager RPC, "Common API details").

use serde_json::Value;

use super::error::{AdditionalInfo, ErrorDetail, Refusal};
use super::http::Response;
use super::json::{list, some_text, text};
use super::retry::retry_after;

/// Maximum depth of nested errors that are read; ARM nests three or four.
const DEPTH_MAX: usize = 8;

/// The error in a response whose status is not a success.
pub(crate) fn refusal(response: &Response, request_id: String) -> Refusal {
    let detail = serde_json::from_str(&response.body).map(|body| read(&body)).unwrap_or_default();
    let header = |name| response.headers.get(name).filter(|value| !value.is_empty()).map(str::to_owned);
    Refusal {
        status: response.status,
        retry_after: retry_after(response, &detail.message),
        request_id,
        correlation_id: header("x-ms-correlation-request-id").or_else(|| header("x-ms-request-id")),
        ..Refusal::from(detail)
    }
}

/// The error in a JSON body: `{"error":{..}}`, a bare `{"code":..}`, or the shapes of `OData` and OAuth.
pub(super) fn read(body: &Value) -> ErrorDetail {
    let error = body.get("error").or_else(|| body.get("odata.error")).unwrap_or(body);
    let mut detail = read_detail(error, 0);
    if let Some(Value::String(code)) = body.get("error") {
        detail.code.clone_from(code);
        text(body, "error_description").clone_into(&mut detail.message);
    }
    detail
}

fn read_detail(error: &Value, depth: usize) -> ErrorDetail {
    let either = |lower, upper| some_text(error, lower).or_else(|| some_text(error, upper)).unwrap_or_default();
    let mut message = either("message", "Message");
    if message.is_empty() {
        text(error, "message.value").clone_into(&mut message);
    }
    ErrorDetail {
        code: either("code", "Code"),
        message,
        target: some_text(error, "target"),
        details: if depth < DEPTH_MAX {
            list(error, "details").iter().map(|inner| read_detail(inner, depth + 1)).collect()
        } else {
            Vec::new()
        },
        additional_info: list(error, "additionalInfo")
            .iter()
            .map(|item| AdditionalInfo { kind: text(item, "type").to_owned(), info: item.get("info").cloned().unwrap_or_default() })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arm::http::Headers;

    fn read_body(status: u16, body: &str) -> Refusal {
        refusal(&Response { status, headers: Headers::default(), body: body.to_owned() }, "r".to_owned())
    }

    #[test]
    fn reads_odd_shapes_without_failing() {
        let table = [
            (r#"{"error":{"code":"AuthorizationFailed","message":"No."}}"#, "AuthorizationFailed", "No."),
            (r#"{"code":"Conflict","message":"Busy."}"#, "Conflict", "Busy."),
            (r#"{"Code":"Conflict","Message":"Busy."}"#, "Conflict", "Busy."),
            (r#"{"odata.error":{"code":"Request","message":{"lang":"en","value":"Bad."}}}"#, "Request", "Bad."),
            (r#"{"error":"invalid_token","error_description":"Old."}"#, "invalid_token", "Old."),
            (r#"{"error":null}"#, "", ""),
            (r#"{"error":{"code":403,"message":["x"]}}"#, "", ""),
            (r#""text""#, "", ""),
            ("[]", "", ""),
            ("", "", ""),
            ("<html><h1>502 Bad Gateway</h1></html>", "", ""),
        ];
        for (body, code, message) in table {
            let refusal = read_body(502, body);
            assert_eq!((refusal.code.as_str(), refusal.message.as_str()), (code, message), "{body}");
        }
        let bottomless = r#"{"code":"x","details":["#.repeat(60) + &"]}".repeat(60);
        assert_eq!(read_body(400, &bottomless).code, "x");
    }

    #[test]
    fn keeps_details_and_additional_info() {
        let refusal = read_body(
            400,
            r#"{"error":{"code":"InvalidTemplateDeployment","message":"See inner errors.","details":[{"code":"RequestDisallowedByPolicy",
            "target":"uami","message":"No.","additionalInfo":[{"type":"PolicyViolation","info":{"policyAssignmentName":"p"}}]}]}}"#,
        );
        let inner = &refusal.details[0];
        assert_eq!((inner.code.as_str(), inner.target.as_deref()), ("RequestDisallowedByPolicy", Some("uami")));
        assert_eq!(text(&inner.additional_info[0].info, "policyAssignmentName"), "p");
        assert_eq!(inner.additional_info[0].kind, "PolicyViolation");
    }

    #[test]
    fn reads_correlation_ids_when_present() {
        let mut headers = Headers::default();
        headers.set("X-Ms-Request-Id", "a");
        let response = Response { status: 500, headers, body: String::new() };
        assert_eq!(refusal(&response, "r".into()).correlation_id.as_deref(), Some("a"));
        assert_eq!(read_body(500, "").correlation_id, None);
    }
}
