//! A parsed request: ARM compares paths and query names case-insensitively, and decodes both.

use serde_json::Value;

use super::refusal::Refusal;
use crate::arm::http::{Headers, Method, Request};
use crate::arm::percent::{decode, pairs};

/// Maximum size of a request body in bytes (Azure Resource Manager limits).
const CONTENT_MAX: usize = 4 * 1024 * 1024;

/// A request as the operations see it.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) method: Method,
    /// The decoded path segments, without empty ones.
    pub(crate) path: Vec<String>,
    /// The same in lower case.
    pub(crate) lower: Vec<String>,
    /// The path and query as sent, for `nextLink` and `Location`.
    pub(crate) target: String,
    query: Vec<(String, String)>,
    pub(crate) headers: Headers,
    body: Option<String>,
    /// The time of the request, in milliseconds since 1970.
    pub(crate) now: u64,
}

impl Call {
    /// Parses `request`. The host is ignored: the simulator answers for any.
    pub(crate) fn of(request: &Request, now: u64) -> Self {
        let url = request.url.split('#').next().unwrap_or_default();
        let target = match url.find("://") {
            Some(at) => url[at + 3..].find('/').map_or("/", |path| &url[at + 3 + path..]),
            None => url,
        };
        Self::new(request.method, target, request.body.clone(), request.headers.clone(), now)
    }

    /// A call that a deployment makes for one of its resources.
    pub(crate) fn inner(method: Method, id: &str, api_version: &str, body: Option<&Value>, now: u64) -> Self {
        let mut call = Self::new(method, id, body.map(Value::to_string), Headers::default(), now);
        call.query.push(("api-version".to_owned(), api_version.to_owned()));
        call
    }

    fn new(method: Method, target: &str, body: Option<String>, headers: Headers, now: u64) -> Self {
        let (path, query_text) = target.split_once('?').unwrap_or((target, ""));
        let path: Vec<String> = path.split('/').filter(|segment| !segment.is_empty()).map(decode).collect();
        let mut query: Vec<(String, String)> = Vec::new();
        for (name, value) in pairs(query_text) {
            let name = name.to_lowercase();
            // Repeated values are joined by a comma, as in .NET.
            match query.iter_mut().find(|(known, _)| *known == name) {
                Some((_, known)) => *known = format!("{known},{value}"),
                None => query.push((name, value)),
            }
        }
        let lower = path.iter().map(|segment| segment.to_lowercase()).collect();
        Self { method, path, lower, target: target.to_owned(), query, headers, body, now }
    }

    /// A query value, by its lower-case name.
    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The API version; empty if absent, which `preconditions` refuses before.
    pub(crate) fn api_version(&self) -> &str {
        self.query("api-version").unwrap_or_default()
    }

    /// The segment at `index`, in its original case.
    pub(crate) fn segment(&self, index: usize) -> &str {
        self.path.get(index).map_or("", String::as_str)
    }

    /// The ID of the first `count` segments, in their original case.
    pub(crate) fn id(&self, count: usize) -> String {
        let mut id = String::new();
        for segment in self.path.iter().take(count) {
            id.push('/');
            id.push_str(segment);
        }
        id
    }

    /// Whether the path is inside a resource group.
    pub(crate) fn is_in_group(&self) -> bool {
        self.lower.get(2).is_some_and(|segment| segment == "resourcegroups")
    }

    /// The body as a JSON object.
    pub(crate) fn json(&self) -> Result<Value, Refusal> {
        if let Some(kind) = self.headers.get("content-type").filter(|kind| !kind.to_ascii_lowercase().contains("json")) {
            let message = format!("The content media type '{kind}' is not supported. Only 'application/json' is supported.");
            return Err(Refusal::new(415, "UnsupportedMediaType", &message));
        }
        let text = self.body.as_deref().unwrap_or_default();
        if text.len() > CONTENT_MAX {
            return Err(Refusal::new(413, "RequestContentTooLarge", "The request content size exceeds the maximum size of 4 MB."));
        }
        if text.trim().is_empty() {
            return Err(Refusal::bad_content("The request content is missing or empty."));
        }
        match serde_json::from_str(text) {
            Ok(value @ Value::Object(_)) => Ok(value),
            Ok(_) => Err(Refusal::bad_content("The request content was invalid and could not be deserialized: 'Expected a JSON object.'.")),
            Err(error) => Err(Refusal::bad_content(&format!("The request content was invalid and could not be deserialized: '{error}'."))),
        }
    }

    /// The refusal of a path that ARM does not have.
    pub(crate) fn no_such_path(&self) -> Refusal {
        let path = self.target.split('?').next().unwrap_or_default();
        Refusal::new(404, "NotFound", &format!("No HTTP resource was found that matches the request URI '{path}'."))
    }

    /// The refusal of a provider that is not simulated, or of a path that ARM does not have.
    pub(crate) fn unknown_type(&self) -> Refusal {
        let Some(at) = self.lower.iter().rposition(|segment| segment == "providers") else { return self.no_such_path() };
        let (namespace, kind) = (self.segment(at + 1), self.segment(at + 2));
        if !namespace.contains('.') {
            return Refusal::invalid_namespace(namespace);
        }
        if kind.is_empty() {
            return self.no_such_path();
        }
        let message = format!(
            "The resource type '{kind}' could not be found in the namespace '{namespace}' for api version '{}'.",
            self.api_version()
        );
        Refusal::new(404, "InvalidResourceType", &message)
    }

    pub(crate) fn is_write(&self) -> bool {
        !matches!(self.method, Method::Get | Method::Head)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(url: &str, body: Option<&str>) -> Call {
        let request = Request { method: Method::Get, url: url.to_owned(), headers: Headers::default(), body: body.map(str::to_owned) };
        Call::of(&request, 0)
    }

    #[test]
    fn parses_urls() {
        let call = call("https://arm.example:8443/Subscriptions//a%20b/x%zz?API-Version=2024-07-01&$filter=a+eq+%27b%27&flag#f", None);
        assert_eq!(call.path, ["Subscriptions", "a b", "x%zz"]);
        assert_eq!(call.lower[0], "subscriptions");
        assert_eq!(call.id(2), "/Subscriptions/a b");
        assert_eq!((call.api_version(), call.query("$filter"), call.query("flag")), ("2024-07-01", Some("a eq 'b'"), Some("")));
        for odd in ["", "/", "https://host", "x://", "a?b#c", "%", "/%f0%9f", "?%"] {
            let _ = self::call(odd, None);
        }
    }

    #[test]
    fn repeated_values_are_joined() {
        assert_eq!(call("/a?api-version=2023-01-31&Api-Version=2018-11-30", None).api_version(), "2023-01-31,2018-11-30");
    }

    #[test]
    fn refuses_invalid_json() {
        let mut call = call("/", Some("{}"));
        for (kind, status) in [("application/json; charset=utf-8", None), ("text/json", None), ("text/plain", Some(415))] {
            call.headers.set("Content-Type", kind);
            assert_eq!(call.json().err().map(|refusal| refusal.status), status, "{kind}");
        }
    }

    #[test]
    fn refuses_json_that_is_not_an_object() {
        for body in [None, Some(" "), Some("{"), Some("[]"), Some("3")] {
            let refusal = call("/", body).json().expect_err("no object");
            assert_eq!((refusal.status, refusal.code()), (400, "InvalidRequestContent"), "{body:?}");
        }
    }
}
