//! Which calls to ARM may leave in which mode.

use crate::arm::http::Method;

/// What a `POST` may end with where nothing is written: questions that ARM answers.
const QUESTIONS: [&str; 3] = ["/validate", "/whatif", "/checkpolicyrestrictions"];

/// Whether a request only asks. Code only sends no other.
pub fn only_asks(method: Method, url: &str) -> bool {
    let path = url.split('?').next().unwrap_or_default().to_ascii_lowercase();
    match method {
        Method::Get | Method::Head => true,
        Method::Post => QUESTIONS.iter().any(|question| path.ends_with(question)),
        Method::Put | Method::Patch | Method::Delete => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_are_told_from_questions() {
        const AT: &str = "https://management.azure.com/subscriptions/1/providers/Microsoft.Resources/deployments/d";
        for (method, path, asks) in [
            (Method::Get, "", true),
            (Method::Post, "/validate?api-version=2022-09-01", true),
            (Method::Post, "/whatIf?api-version=1", true),
            (Method::Post, "/register?api-version=1", false),
            (Method::Post, "/cancel?x=/validate", false),
            (Method::Put, "/validate", false),
            (Method::Patch, "", false),
            (Method::Delete, "", false),
        ] {
            assert_eq!(only_asks(method, &[AT, path].concat()), asks, "{method:?} {path}");
        }
    }
}
