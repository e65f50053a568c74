//! ARM's error responses, in ARM's own words: the simulator says what Azure says.

use std::ops::{Deref, DerefMut};

use serde_json::Value;

use crate::arm::http::Method;
use crate::simulator::json::json;

/// An error response. Boxed, since nearly every function of the simulator may return one.
#[derive(Clone, Debug)]
pub(crate) struct Refusal(Box<ErrorResponse>);

/// The status, `error` body and headers of an error response.
#[derive(Clone, Debug)]
pub(crate) struct ErrorResponse {
    pub(crate) status: u16,
    /// `{"code", "message", "target"?, "details"?, "additionalInfo"?}`.
    pub(crate) error: Value,
    pub(crate) headers: Vec<(&'static str, String)>,
    /// Whether ARM's gateway refused rather than the provider behind it; such responses say so in a header.
    pub(crate) by_gateway: bool,
}

impl Deref for Refusal {
    type Target = ErrorResponse;

    fn deref(&self) -> &ErrorResponse {
        &self.0
    }
}

impl DerefMut for Refusal {
    fn deref_mut(&mut self) -> &mut ErrorResponse {
        &mut self.0
    }
}

impl Refusal {
    /// An error of ARM's gateway.
    #[inline(never)]
    pub(crate) fn new(status: u16, code: &str, message: &str) -> Self {
        Self(Box::new(ErrorResponse { status, error: json!({ "code": code, "message": message }), headers: Vec::new(), by_gateway: true }))
    }

    /// An error of the provider behind the gateway.
    pub(crate) fn by_provider(status: u16, code: &str, message: &str) -> Self {
        let mut refusal = Self::new(status, code, message);
        refusal.by_gateway = false;
        refusal
    }

    pub(crate) fn target(mut self, target: &str) -> Self {
        self.error["target"] = target.into();
        self
    }

    /// Adds inner errors.
    pub(crate) fn details(mut self, details: Vec<Value>) -> Self {
        self.error["details"] = Value::Array(details);
        self
    }

    pub(crate) fn code(&self) -> &str {
        self.error["code"].as_str().unwrap_or_default()
    }

    pub(crate) fn message(&self) -> &str {
        self.error["message"].as_str().unwrap_or_default()
    }

    pub(crate) fn bad_content(message: &str) -> Self {
        Self::new(400, "InvalidRequestContent", message)
    }

    pub(crate) fn invalid_namespace(namespace: &str) -> Self {
        Self::new(404, "InvalidResourceNamespace", &format!("The resource namespace '{namespace}' is invalid."))
    }

    pub(crate) fn method_not_allowed(method: Method, allowed: &'static str) -> Self {
        let message = format!("The requested resource does not support http method '{}'.", method.as_str());
        let mut refusal = Self::new(405, "MethodNotAllowed", &message);
        refusal.headers.push(("Allow", allowed.to_owned()));
        refusal
    }

    pub(crate) fn subscription_not_found(id: &str) -> Self {
        Self::new(404, "SubscriptionNotFound", &format!("The subscription '{id}' could not be found."))
    }

    pub(crate) fn group_not_found(name: &str) -> Self {
        Self::new(404, "ResourceGroupNotFound", &format!("Resource group '{name}' could not be found."))
    }

    /// A resource that does not exist; `kind` is its type without the namespace.
    pub(crate) fn resource_not_found(kind: &str, name: &str, group: &str) -> Self {
        let message = format!(
            "The Resource '{kind}/{name}' under resource group '{group}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix"
        );
        Self::new(404, "ResourceNotFound", &message)
    }

    pub(crate) fn location_required() -> Self {
        Self::new(400, "LocationRequired", "The location property is required for this definition.")
    }
}
