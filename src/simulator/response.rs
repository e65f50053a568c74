//! An operation's result, and the HTTP response with ARM's standard headers.

use serde_json::Value;

use super::call::Call;
use super::refusal::Refusal;
use super::time;
use crate::arm::http::{Headers, Method, Response};
use crate::simulator::json::json;

/// The result of an operation.
#[derive(Clone, Debug)]
pub(crate) struct ArmResponse {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Option<Value>,
}

pub(crate) type ArmResult = Result<ArmResponse, Refusal>;

impl ArmResponse {
    pub(crate) fn new(status: u16, body: Value) -> Self {
        Self { status, headers: Vec::new(), body: Some(body) }
    }

    /// 200 with JSON.
    #[expect(clippy::unnecessary_wraps, reason = "it is what an operation returns")]
    pub(crate) fn ok(body: Value) -> ArmResult {
        Ok(Self::new(200, body))
    }

    pub(crate) fn empty(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: None }
    }

    /// Adds a header.
    pub(crate) fn with(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value));
        self
    }
}

/// The HTTP response. `id` is a fresh request ID, `remaining` the caller's remaining requests, `write` gives the text of its body.
pub(crate) fn respond(call: &Call, answered: ArmResult, id: &str, remaining: u32, write: fn(&Value) -> String) -> Response {
    let mut headers = Headers::default();
    headers.set("Cache-Control", "no-cache");
    headers.set("Pragma", "no-cache");
    headers.set("Expires", "-1");
    headers.set("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("x-ms-request-id", id);
    headers.set("x-ms-correlation-request-id", call.headers.get("x-ms-correlation-request-id").unwrap_or(id));
    headers.set("x-ms-routing-request-id", format!("SIMULATED:{}:{id}", time::compact(call.now)));
    if let Some(sent) = call.headers.get("x-ms-client-request-id") {
        headers.set("x-ms-client-request-id", sent);
    }
    let (status, own, body) = match answered {
        Ok(answer) => {
            headers.set(remaining_header(call), remaining.to_string());
            (answer.status, answer.headers, answer.body)
        }
        Err(mut refusal) => {
            if refusal.by_gateway {
                headers.set("x-ms-failure-cause", "gateway");
            }
            (refusal.status, std::mem::take(&mut refusal.headers), Some(json!({ "error": refusal.error })))
        }
    };
    let body = body.filter(|_| call.method != Method::Head).map(|body| write(&body)).unwrap_or_default();
    if !body.is_empty() {
        headers.set("Content-Type", "application/json; charset=utf-8");
    }
    for (name, value) in own {
        headers.set(name, value);
    }
    Response { status, headers, body }
}

fn remaining_header(call: &Call) -> &'static str {
    match (call.lower.get(1).is_some(), call.method) {
        (true, Method::Get | Method::Head) => "x-ms-ratelimit-remaining-subscription-reads",
        (true, Method::Delete) => "x-ms-ratelimit-remaining-subscription-deletes",
        (true, _) => "x-ms-ratelimit-remaining-subscription-writes",
        (false, Method::Get | Method::Head) => "x-ms-ratelimit-remaining-tenant-reads",
        (false, _) => "x-ms-ratelimit-remaining-tenant-writes",
    }
}
