//! The security headers of the site. The development server sends the same ones.

mod caddy;
mod front_door;
mod meta;
mod netlify;
mod nginx;
mod static_web_apps;
mod write;

use std::{fs, path::Path};

use anyhow::{Result, bail};
use identity_portal::{messages::Sentence, settings::Settings};

use crate::site::Inline;

pub(crate) use write::{Host, Place, run, text};

/// The deployment-specific part of the headers.
#[derive(Default)]
pub(crate) struct Policy {
    /// Origins that the page may call, besides its own.
    pub(crate) connect: Vec<String>,
    /// Origins that a hidden frame may load for silent sign-in.
    pub(crate) frame: Vec<String>,
    /// Origins of images: the organisation's logo.
    pub(crate) img: Vec<String>,
    /// Origins that may frame the page; none by default.
    pub(crate) frame_ancestors: Vec<String>,
    /// What `index.html` contains. Without it, the first paint waits for other files.
    pub(crate) inline: Inline,
}

impl Policy {
    /// Preview calls no other origin, and no page may frame it.
    pub(crate) fn preview() -> Self {
        Self::default()
    }

    /// With the hashes of what the site's page contains; unchanged if there is no page.
    pub(crate) fn for_site(self, site: &Path) -> Self {
        let inline = fs::read_to_string(site.join("index.html")).map(|page| Inline::of(&page)).unwrap_or_default();
        Self { inline, ..self }
    }

    /// Exactly what the deployment of this `config.json` needs.
    pub(crate) fn of(config: &str) -> Result<Self> {
        let settings = Settings::read(config, "", "").map_err(|problems| {
            let all: Vec<_> = problems.iter().map(Sentence::text).collect();
            anyhow::anyhow!("config.json has mistakes; correct them first:\n  {}", all.join("\n  "))
        })?;
        let mut policy = Self { frame_ancestors: settings.allowed_origins, ..Self::default() };
        policy.img.extend(settings.brand.logo.as_deref().and_then(origin));
        // Even if Preview is the default: a link can select Live.
        if settings.client_id.is_some() {
            let Some(authority) = settings.cloud.authority.as_deref().and_then(origin) else {
                bail!("name `cloud.authority` in config.json: the page may only sign in where its policy says, and that is written now");
            };
            policy.connect = vec![settings.cloud.resource_manager, authority.clone()];
            policy.frame = vec![authority];
        }
        let named = [&policy.connect, &policy.frame, &policy.img, &policy.frame_ancestors];
        if let Some(origin) = named.into_iter().flatten().find(|origin| origin.contains('[')) {
            // CSP 3, `host-part`: browsers ignore a source with brackets, and so block it.
            bail!("a Content-Security-Policy can't name {origin} of config.json: write its host's name, such as localhost");
        }
        let length = policy.content_security().len();
        if length > LENGTH_MAX {
            bail!("embed.allowedOrigins is too long for one header: {length} characters, where hosts take {LENGTH_MAX}");
        }
        Ok(policy)
    }

    /// All headers of the file at `path` on a host, including caching and `Strict-Transport-Security`, which browsers ignore over
    /// http (RFC 6797, section 8.1).
    pub(crate) fn all(&self, path: &str) -> Vec<(&'static str, String)> {
        let mut headers = self.headers(path);
        headers.push(("Strict-Transport-Security", "max-age=31536000".to_owned()));
        headers.push(("Cache-Control", cache_control(path).to_owned()));
        headers
    }

    /// The headers of the file at `path`, without caching. Only the sign-in's redirect page and `embed.js` differ.
    pub(crate) fn headers(&self, path: &str) -> Vec<(&'static str, String)> {
        let finishes_sign_in = path == SIGN_IN_PAGE;
        let mut headers = vec![
            ("Content-Security-Policy", if finishes_sign_in { SIGN_IN_POLICY.to_owned() } else { self.content_security() }),
            ("X-Content-Type-Options", "nosniff".to_owned()),
            ("Referrer-Policy", "no-referrer".to_owned()),
            ("Permissions-Policy", PERMISSIONS.to_owned()),
        ];
        if !finishes_sign_in {
            // A sign-in pop-up must reach its opener, which this header would sever.
            headers.push(("Cross-Origin-Opener-Policy", "same-origin-allow-popups".to_owned()));
        }
        if path == EMBED_SCRIPT || (path.starts_with("embed-") && is_hashed(path)) {
            headers.push(("Access-Control-Allow-Origin", "*".to_owned()));
        }
        headers
    }

    fn content_security(&self) -> String {
        let ancestors = if self.frame_ancestors.is_empty() { "'none'".to_owned() } else { self.frame_ancestors.join(" ") };
        format!("{}; frame-ancestors {ancestors}", self.content_security_in_page())
    }

    /// The policy for a `<meta>` element, which can't contain `frame-ancestors`.
    fn content_security_in_page(&self) -> String {
        let with = |own: &str, more: &[String]| {
            more.iter().fold(own.to_owned(), |mut all, origin| {
                all.push(' ');
                all.push_str(origin);
                all
            })
        };
        [
            "default-src 'none'",
            // WebAssembly may be compiled; `eval` stays forbidden.
            &with("script-src 'self' 'wasm-unsafe-eval'", &self.inline.scripts),
            &with("style-src 'self'", &self.inline.styles),
            &with("img-src 'self' data:", &self.img),
            "font-src 'self'",
            &with("connect-src 'self'", &self.connect),
            // 'self', since a silent sign-in ends at `auth.html`.
            &with("frame-src 'self'", &self.frame),
            "manifest-src 'self'",
            "worker-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            // `boot.js` creates the only policy, which allows only inert markup.
            "require-trusted-types-for 'script'",
            "trusted-types default",
        ]
        .join("; ")
    }
}

/// The maximum characters of the policy: nginx limits a word to 4,096, and other hosts limit all headers to 8,192.
const LENGTH_MAX: usize = 4000;

/// The origin of a URL that `settings` has validated; `None` for a path.
fn origin(address: &str) -> Option<String> {
    let (scheme, rest) = address.split_once("://")?;
    let host = rest.split('/').next().unwrap_or_default();
    Some(format!("{scheme}://{}", host.to_ascii_lowercase()))
}

/// A sample name of the files with a hash in their name.
const A_HASHED_FILE: &str = "app-0123456789abcdef.wasm";
/// Loaded by host pages of other origins.
const EMBED_SCRIPT: &str = "embed.js";
/// A sample name of its copy with a hash, which a page can pin.
const A_PINNED_EMBED_SCRIPT: &str = "embed-0123456789abcdef.js";
/// The sign-in's redirect page.
const SIGN_IN_PAGE: &str = "auth.html";
/// The policy of the redirect page, which runs one small script, and which only our own pages may frame.
const SIGN_IN_POLICY: &str = "default-src 'none'; script-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; \
                              require-trusted-types-for 'script'";

const PERMISSIONS: &str = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), \
                           microphone=(), midi=(), payment=(), usb=()";

/// Files with a hash in their name are cached for ever; all others are revalidated.
pub(crate) fn cache_control(path: &str) -> &'static str {
    if is_hashed(path) { "public, max-age=31536000, immutable" } else { "no-cache" }
}

/// Whether a name has a hash, as in `app-0123456789abcdef.wasm`: 16 hexadecimal digits between a hyphen and the extension.
pub(crate) fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let Some((stem, _)) = name.split_once('.') else { return false };
    stem.rsplit_once('-').is_some_and(|(_, hash)| {
        hash.len() == crate::site::HASH_DIGITS && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    })
}

/// The `Content-Type` by file extension.
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
    fn only_files_with_a_hash_are_cached() {
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
    fn the_policy_allows_only_listed_origins() {
        let mut policy = Policy::preview();
        let text = policy.content_security();
        assert!(text.starts_with("default-src 'none'; "));
        assert!(!text.contains("unsafe-inline") && !text.contains("'unsafe-eval'"));
        assert!(text.contains("connect-src 'self'; ") && text.ends_with("; frame-ancestors 'none'"));
        policy.connect.push("https://management.azure.com".to_owned());
        policy.frame.push("https://login.microsoftonline.com".to_owned());
        policy.frame_ancestors.push("https://portal.example".to_owned());
        let text = policy.content_security();
        assert!(text.contains("connect-src 'self' https://management.azure.com; "));
        assert!(text.contains("frame-src 'self' https://login.microsoftonline.com; "));
        assert!(text.ends_with("; frame-ancestors https://portal.example"));
    }

    #[test]
    fn a_deployment_gets_its_own_hosts_and_no_others() {
        let client = r#""clientId":"11111111-2222-3333-4444-555555555555""#;
        let table = [
            ("{}".to_owned(), "connect-src 'self'; frame-src 'self';"),
            (r#"{"cloud":"AzureChina"}"#.to_owned(), "connect-src 'self'; frame-src 'self';"),
            (
                format!("{{{client}}}"),
                "connect-src 'self' https://management.azure.com https://login.microsoftonline.com; \
                 frame-src 'self' https://login.microsoftonline.com;",
            ),
            (
                format!(r#"{{{client},"mode":"preview","cloud":"AzureUSGovernment"}}"#),
                "connect-src 'self' https://management.usgovcloudapi.net https://login.microsoftonline.us; \
                 frame-src 'self' https://login.microsoftonline.us;",
            ),
            (
                format!(r#"{{{client},"cloud":"AzureChina"}}"#),
                "connect-src 'self' https://management.chinacloudapi.cn https://login.chinacloudapi.cn; \
                 frame-src 'self' https://login.chinacloudapi.cn;",
            ),
            (
                format!(
                    r#"{{{client},"cloud":{{"name":"Site","resourceManager":"https://arm.Site.example","authority":"https://Login.site.example:8443/adfs"}}}}"#
                ),
                "connect-src 'self' https://arm.site.example https://login.site.example:8443; \
                 frame-src 'self' https://login.site.example:8443;",
            ),
        ];
        for (config, expected) in table {
            let text = Policy::of(&config).unwrap().content_security();
            assert!(text.contains(expected), "{config}: {text}");
        }
    }

    #[test]
    fn embedding_pages_and_the_logo_are_named() {
        let config = r#"{"embed":{"allowedOrigins":["https://Portal.example/","http://localhost:7007"]},"brand":{"logo":"https://cdn.example/a/b.svg"}}"#;
        let policy = Policy::of(config).unwrap();
        let text = policy.content_security();
        assert!(text.ends_with("; frame-ancestors https://portal.example http://localhost:7007"), "{text}");
        assert!(text.contains("; img-src 'self' data: https://cdn.example;"), "{text}");
        assert!(!policy.content_security_in_page().contains("frame-ancestors"));
        let beside = Policy::of(r#"{"brand":{"logo":"logo.svg"}}"#).unwrap();
        assert!(beside.img.is_empty());
    }

    #[test]
    fn a_config_that_the_page_would_refuse_is_refused_here() {
        let refused = |config: &str| Policy::of(config).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(refused("{").contains("line 1"));
        assert!(refused(r#"{"embed":{"allowedOrigins":["https://a.example; script-src *"]}}"#).contains("embed.allowedOrigins"));
        let unnamed =
            r#"{"clientId":"11111111-2222-3333-4444-555555555555","cloud":{"name":"Site","resourceManager":"https://arm.site.example"}}"#;
        assert!(refused(unnamed).contains("cloud.authority"));
        let many: Vec<_> = (0..200).map(|number| format!("\"https://portal-{number}.example\"")).collect();
        assert!(refused(&format!(r#"{{"embed":{{"allowedOrigins":[{}]}}}}"#, many.join(","))).contains("too long for one header"));
        assert!(refused(r#"{"embed":{"allowedOrigins":["http://[::1]:7007"]}}"#).contains("can't name http://[::1]:7007"));
    }

    #[test]
    fn other_origins_may_load_only_the_embed_script() {
        let policy = Policy::preview();
        let allowed = |path: &str| policy.headers(path).iter().any(|(name, _)| *name == "Access-Control-Allow-Origin");
        assert!(allowed("embed.js") && allowed("embed-0123456789abcdef.js"));
        assert!(
            ["index.html", "config.json", "auth.html", "sw.js", "app-0123456789abcdef.js", "embed-x.js"].iter().all(|path| !allowed(path))
        );
    }

    #[test]
    fn hosts_send_hsts_and_the_development_server_does_not() {
        let named = |headers: Vec<(&str, String)>| headers.iter().any(|(name, _)| *name == "Strict-Transport-Security");
        let policy = Policy::preview();
        for path in ["index.html", "auth.html", "embed.js", "config.json", "app-0123456789abcdef.wasm"] {
            assert!(named(policy.all(path)) && !named(policy.headers(path)), "{path}");
        }
    }

    #[test]
    fn the_redirect_page_keeps_its_opener_and_only_we_may_frame_it() {
        let policy = Policy::preview();
        let value = |path: &str, name: &str| policy.headers(path).into_iter().find(|(known, _)| *known == name).map(|(_, value)| value);
        assert!(value("auth.html", "Content-Security-Policy").unwrap().contains("frame-ancestors 'self'"));
        assert_eq!(value("auth.html", "Cross-Origin-Opener-Policy"), None);
        assert_eq!(value("index.html", "Cross-Origin-Opener-Policy").as_deref(), Some("same-origin-allow-popups"));
    }
}
