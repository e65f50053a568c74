//! The styles and scripts inside a page, which a policy allows by their hash.

use base64::{Engine, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha256};

/// Sources of a Content-Security-Policy, such as `'sha256-…'`.
#[derive(Default)]
pub(crate) struct Inline {
    pub(crate) styles: Vec<String>,
    pub(crate) scripts: Vec<String>,
}

impl Inline {
    /// Those of a page that this program wrote. Data in a script element needs no permission.
    pub(crate) fn of(page: &str) -> Self {
        let runs = |tag: &str| !tag.contains("src=") && !["text/plain", "application/json"].iter().any(|data| tag.contains(data));
        Self { styles: hashes(page, "style", |_| true), scripts: hashes(page, "script", runs) }
    }
}

fn hashes(page: &str, name: &str, wanted: impl Fn(&str) -> bool) -> Vec<String> {
    let (start, end) = (format!("<{name}"), format!("</{name}>"));
    let mut found = Vec::new();
    let mut rest = page;
    while let Some((_, after)) = rest.split_once(&start) {
        let Some((tag, after)) = after.split_once('>') else { break };
        let Some((text, after)) = after.split_once(&end) else { break };
        if wanted(tag) {
            found.push(format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text))));
        }
        rest = after;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::Inline;

    #[test]
    fn finds_what_the_page_contains() {
        let page = "<style id=\"style\">a{}</style><script type=\"module\" src=\"a.js\"></script><script>alert(1)</script>\
                    <script type=\"application/json\">{}</script>";
        let inline = Inline::of(page);
        assert_eq!(inline.scripts, ["'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"]);
        assert_eq!(inline.styles.len(), 1);
        assert!(Inline::of("<script>").scripts.is_empty());
    }
}
