//! The headers a page is served with. They are part of what makes it safe, so development gets the same.

/// What of the headers depends on a deployment.
pub(crate) struct Policy {
    /// Origins that the page may call, beside its own.
    pub(crate) connect: Vec<String>,
    /// Origins that a hidden frame may try a silent sign-in at.
    pub(crate) frame: Vec<String>,
    /// Origins that may frame the page; none by default.
    pub(crate) frame_ancestors: Vec<String>,
}

impl Policy {
    /// Preview: no other origin is ever called, nobody frames the page.
    pub(crate) fn preview() -> Self {
        Self { connect: Vec::new(), frame: Vec::new(), frame_ancestors: Vec::new() }
    }

    /// The headers of the file at `path`: the same for all but the page that finishes the sign-in.
    pub(crate) fn headers(&self, path: &str) -> Vec<(&'static str, String)> {
        let finishes_sign_in = path == SIGN_IN_PAGE;
        let mut headers = vec![
            ("Content-Security-Policy", if finishes_sign_in { SIGN_IN_POLICY.to_owned() } else { self.content_security() }),
            ("X-Content-Type-Options", "nosniff".to_owned()),
            ("Referrer-Policy", "no-referrer".to_owned()),
            ("Permissions-Policy", PERMISSIONS.to_owned()),
        ];
        if !finishes_sign_in {
            // The sign-in may be a pop-up, which has to reach its opener: it keeps it only where it has no such header.
            headers.push(("Cross-Origin-Opener-Policy", "same-origin-allow-popups".to_owned()));
        }
        headers
    }

    fn content_security(&self) -> String {
        let with = |own: &str, more: &[String]| {
            more.iter().fold(own.to_owned(), |mut all, origin| {
                all.push(' ');
                all.push_str(origin);
                all
            })
        };
        let ancestors = if self.frame_ancestors.is_empty() { "'none'".to_owned() } else { self.frame_ancestors.join(" ") };
        [
            "default-src 'none'",
            // WebAssembly may be compiled; `eval` stays forbidden.
            "script-src 'self' 'wasm-unsafe-eval'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            &with("connect-src 'self'", &self.connect),
            // Our own: a silent sign-in ends at `auth.html`.
            &with("frame-src 'self'", &self.frame),
            "manifest-src 'self'",
            "worker-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            &format!("frame-ancestors {ancestors}"),
            // `boot.js` makes the one policy, which lets through inert markup only.
            "require-trusted-types-for 'script'",
            "trusted-types default",
        ]
        .join("; ")
    }
}

/// The redirect address of the sign-in.
const SIGN_IN_PAGE: &str = "auth.html";
/// It runs one small script, and only our own pages may frame it.
const SIGN_IN_POLICY: &str = "default-src 'none'; script-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; \
                              require-trusted-types-for 'script'";

const PERMISSIONS: &str = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), \
                           microphone=(), midi=(), payment=(), usb=()";

/// How long a file may be kept: one whose name has its content's hash for ever, any other only after asking.
pub(crate) fn cache_control(path: &str) -> &'static str {
    if is_hashed(path) { "public, max-age=31536000, immutable" } else { "no-cache" }
}

/// `app-0123456789abcdef.wasm`: sixteen hexadecimal digits between a hyphen and the extension.
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let Some((stem, _)) = name.split_once('.') else { return false };
    stem.rsplit_once('-').is_some_and(|(_, hash)| {
        hash.len() == crate::site::HASH_DIGITS && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    })
}

/// The `Content-Type` of a file, by its extension.
pub(crate) fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "webmanifest" => "application/manifest+json",
        "png" => "image/png",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::{Policy, cache_control};

    #[test]
    fn only_names_with_a_hash_are_kept() {
        for (path, kept) in [
            ("app-0123456789abcdef.wasm", true),
            ("parts/code-00000000deadbeef.wasm", true),
            ("index.html", false),
            ("config.json", false),
            ("app-0123456789ABCDEF.wasm", false),
            ("favicon-1.svg", false),
        ] {
            assert_eq!(cache_control(path) != "no-cache", kept, "{path}");
        }
    }

    #[test]
    fn the_policy_forbids_what_is_not_named() {
        let mut policy = Policy::preview();
        let text = policy.content_security();
        assert!(text.starts_with("default-src 'none'; "));
        assert!(!text.contains("unsafe-inline") && !text.contains("'unsafe-eval'"));
        assert!(text.contains("connect-src 'self'; ") && text.contains("frame-ancestors 'none'; "));
        policy.connect.push("https://management.azure.com".to_owned());
        policy.frame.push("https://login.microsoftonline.com".to_owned());
        policy.frame_ancestors.push("https://portal.example".to_owned());
        let text = policy.content_security();
        assert!(text.contains("connect-src 'self' https://management.azure.com; "));
        assert!(text.contains("frame-src 'self' https://login.microsoftonline.com; "));
        assert!(text.contains("frame-ancestors https://portal.example; "));
    }

    #[test]
    fn the_page_that_finishes_the_sign_in_keeps_its_opener_and_is_framed_by_us_alone() {
        let policy = Policy::preview();
        let value = |path: &str, name: &str| policy.headers(path).into_iter().find(|(known, _)| *known == name).map(|(_, value)| value);
        assert!(value("auth.html", "Content-Security-Policy").unwrap().contains("frame-ancestors 'self'"));
        assert_eq!(value("auth.html", "Cross-Origin-Opener-Policy"), None);
        assert_eq!(value("index.html", "Cross-Origin-Opener-Policy").as_deref(), Some("same-origin-allow-popups"));
    }
}
