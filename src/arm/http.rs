//! HTTP requests and responses, as the client, the simulator and every transport exchange them.

use std::fmt;

/// The methods ARM supports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    Get,
    Head,
    Put,
    Post,
    Patch,
    Delete,
}

impl Method {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }

    /// `None` for a method ARM does not support.
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "GET" => Self::Get,
            "HEAD" => Self::Head,
            "PUT" => Self::Put,
            "POST" => Self::Post,
            "PATCH" => Self::Patch,
            "DELETE" => Self::Delete,
            _ => return None,
        })
    }
}

/// HTTP headers. Names are compared case-insensitively (RFC 9110, section 5.1), and values that carry secrets are redacted in
/// `Debug`.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Headers(Vec<(String, String)>);

/// Headers that carry secrets (RFC 9110, RFC 6265; Azure REST, `x-ms-authorization-auxiliary` and the SAS headers of storage).
const SECRET: [&str; 6] =
    ["authorization", "proxy-authorization", "cookie", "set-cookie", "x-ms-authorization-auxiliary", "x-ms-copy-source-authorization"];

impl fmt::Debug for Headers {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_secret = |name: &str| SECRET.iter().any(|secret| secret.eq_ignore_ascii_case(name));
        formatter.debug_map().entries(self.iter().map(|(name, value)| (name, if is_secret(name) { "…" } else { value }))).finish()
    }
}

impl Headers {
    /// Any header may be missing: a browser hides those that ARM does not expose.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// Sets a header, replacing any of the same name.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.0.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self.0.push((name.to_owned(), value.into()));
    }

    /// All names and values, in the order they were set.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// A request. The body is JSON, or a token request's form, which is redacted in `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    pub method: Method,
    /// Absolute, including the query.
    pub url: String,
    /// Headers other than those the transport adds, such as `Authorization`.
    pub headers: Headers,
    pub body: Option<String>,
}

impl fmt::Debug for Request {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { method, url, headers, body } = self;
        let body = body.as_deref().map(shown);
        formatter.debug_struct("Request").field("method", method).field("url", url).field("headers", headers).field("body", &body).finish()
    }
}

/// The body for `Debug`: forms and token responses are secrets.
fn shown(body: &str) -> &str {
    let is_json = body.is_empty() || body.trim_start().starts_with(['{', '[', '<']);
    if is_json && !body.contains("_token\"") { body } else { "…" }
}

/// A response. A body with tokens is redacted in `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Response {
    pub status: u16,
    /// The headers that the browser exposes.
    pub headers: Headers,
    /// Empty if there was none.
    pub body: String,
}

impl fmt::Debug for Response {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { status, headers, body } = self;
        formatter.debug_struct("Response").field("status", status).field("headers", headers).field("body", &shown(body)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_never_printed() {
        let mut headers = Headers::default();
        for name in ["Authorization", "authorization", "AUTHORIZATION", "Cookie", "Set-Cookie", "x-ms-authorization-auxiliary"] {
            headers.set(name, "Bearer hunter2");
            headers.set("Accept", "application/json");
            let request = Request { method: Method::Put, url: "https://arm/x".into(), headers: headers.clone(), body: Some("{}".into()) };
            let printed = format!("{request:?} {request:#?} {:?}", Some(&headers));
            assert!(!printed.contains("hunter2") && printed.contains("application/json") && printed.contains("https://arm/x"), "{printed}");
        }
        let form = "grant_type=refresh_token&refresh_token=hunter2";
        let request =
            Request { method: Method::Post, url: "https://login/token".into(), headers: Headers::default(), body: Some(form.into()) };
        let body = r#"{"access_token":"hunter2","expires_in":3600}"#.to_owned();
        let response = Response { status: 200, headers, body };
        assert!(!format!("{request:?} {response:?}").contains("hunter2"));
        let refused = Response { status: 403, headers: Headers::default(), body: r#"{"error":{"code":"X"}}"#.to_owned() };
        assert!(format!("{refused:?}").contains("code"), "an error body is not a secret");
    }
}
