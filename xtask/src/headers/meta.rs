//! Hosts that send no headers: a copy of `index.html` with the policy in a `<meta>` element, before anything it loads.

use anyhow::Result;

use super::Policy;
use crate::site::replace_once;

/// The policy follows the encoding directly, because it doesn't apply to anything before it.
const AFTER: &str = "<meta charset=\"utf-8\">";

pub(super) fn text(policy: &Policy, page: &str) -> Result<String> {
    anyhow::ensure!(!page.contains("http-equiv"), "this index.html states a policy already: start from the one that was built");
    let policy = policy.content_security_in_page();
    let metas = format!(
        "{AFTER}\n    <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n    <meta name=\"referrer\" content=\"no-referrer\">"
    );
    replace_once(page, AFTER, &metas)
}

#[cfg(test)]
mod tests {
    use super::{Policy, text};

    #[test]
    fn the_policy_comes_first_and_once() {
        let page = "<!doctype html>\n<html>\n  <head>\n    <meta charset=\"utf-8\">\n    <script src=\"a.js\"></script>\n";
        let stamped = text(&Policy::preview(), page).unwrap();
        assert!(stamped.find("Content-Security-Policy").unwrap() < stamped.find("<script").unwrap());
        assert!(stamped.contains("content=\"default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; "));
        assert!(!stamped.contains("frame-ancestors"));
        assert!(text(&Policy::preview(), &stamped).is_err());
        assert!(text(&Policy::preview(), "<html>").is_err());
    }
}
