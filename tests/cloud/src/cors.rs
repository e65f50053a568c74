//! ARM's CORS headers: any origin is allowed, and which response headers a browser may read.

use hyper::header::{HeaderMap, HeaderName, HeaderValue};

/// How long a browser may cache a preflight, in seconds (portaldocs, "Optimize number CORS preflight requests to ARM").
const MAX_AGE: &str = "3600";
const METHODS: &str = "GET,POST,PUT,DELETE,PATCH,OPTIONS,HEAD";
/// Headers that browsers always expose (Fetch standard, "CORS-safelisted response-header name").
const SAFE: [&str; 7] = ["cache-control", "content-language", "content-length", "content-type", "expires", "last-modified", "pragma"];

/// The response headers of a preflight, which allow everything requested.
pub(crate) fn preflight(requested: &HeaderMap) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert("access-control-allow-origin", HeaderValue::from_static("*"));
    headers.insert("access-control-allow-methods", HeaderValue::from_static(METHODS));
    headers.insert("access-control-max-age", HeaderValue::from_static(MAX_AGE));
    if let Some(wanted) = requested.get("access-control-request-headers") {
        headers.insert("access-control-allow-headers", wanted.clone());
    }
    headers
}

/// Adds the headers that let a browser read the response, and, with `expose`, its headers.
pub(crate) fn allow(headers: &mut HeaderMap, expose: bool) {
    if expose {
        let names: Vec<&str> = headers.keys().map(HeaderName::as_str).filter(|name| !SAFE.contains(name)).collect();
        if let Ok(value) = HeaderValue::from_str(&names.join(",")) {
            headers.insert("access-control-expose-headers", value);
        }
    }
    headers.insert("access-control-allow-origin", HeaderValue::from_static("*"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_shown_or_hidden() {
        for (expose, shown) in [(true, Some("retry-after")), (false, None)] {
            let mut headers = HeaderMap::new();
            headers.insert("content-type", HeaderValue::from_static("application/json"));
            headers.insert("retry-after", HeaderValue::from_static("3"));
            allow(&mut headers, expose);
            assert_eq!(headers.get("access-control-expose-headers").and_then(|value| value.to_str().ok()), shown);
            assert_eq!(headers["access-control-allow-origin"], "*");
        }
    }
}
