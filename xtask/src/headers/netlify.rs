//! `_headers` for Netlify and Cloudflare Pages. If several rules match a file, their headers are combined, so each file has
//! exactly one rule.

use super::Policy;

pub(super) fn text(policy: &Policy, path: &str, files: &[String]) -> String {
    let mut text =
        "# Identity Portal. Written by `cargo xtask headers --for netlify`, for these files: write it again after each build.\n".to_owned();
    let mut rule = |address: &str, file: &str| {
        text.extend([path, address, "\n"]);
        for (name, value) in policy.all(file) {
            text.extend(["  ", name, ": ", &value, "\n"]);
        }
        if file.ends_with(".webmanifest") {
            text.push_str("  Content-Type: application/manifest+json\n");
        }
    };
    rule("", "index.html");
    for file in files {
        rule(file, file);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Policy, text};

    #[test]
    fn each_file_has_one_rule() {
        let files = ["app-0123456789abcdef.wasm", "auth.html", "index.html"].map(str::to_owned);
        let text = text(&Policy::preview(), "/", &files);
        let rules: Vec<_> = text.lines().filter(|line| line.starts_with('/')).collect();
        assert_eq!(rules, ["/", "/app-0123456789abcdef.wasm", "/auth.html", "/index.html"]);
        let of = |file: &str| text.split(&format!("\n/{file}\n")).nth(1).and_then(|rest| rest.split("\n/").next()).unwrap_or_default();
        assert!(of("auth.html").contains("frame-ancestors 'self'") && !of("auth.html").contains("Cross-Origin-Opener-Policy"));
        assert!(of("app-0123456789abcdef.wasm").contains("  Cache-Control: public, max-age=31536000, immutable"));
        assert!(of("index.html").contains("  Strict-Transport-Security: max-age=31536000\n"));
        assert!(of("index.html").contains("  Cache-Control: no-cache"));
    }
}
