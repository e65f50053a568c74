//! Links from ARM are followed only to ARM itself, so that a token is never sent anywhere else.

/// The path and query of `link`, if it is relative or at the origin `endpoint` (`https://host[:port]`).
pub(super) fn path_at<'a>(endpoint: &str, link: &'a str) -> Option<&'a str> {
    // Browsers treat a backslash as a slash and drop control characters: no honest link has either.
    if !link.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\') {
        return None;
    }
    if link.starts_with('/') && !link.starts_with("//") {
        return Some(link);
    }
    let (scheme, rest) = link.split_once("://")?;
    let (known_scheme, known) = endpoint.split_once("://")?;
    let host = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
    let same = scheme.eq_ignore_ascii_case(known_scheme)
        && without_default_port(scheme, host).eq_ignore_ascii_case(without_default_port(known_scheme, known));
    let path = &rest[host.len()..];
    (same && path.starts_with('/')).then_some(path)
}

/// ARM writes `:443` into some of its links.
fn without_default_port<'a>(scheme: &str, host: &'a str) -> &'a str {
    let port = if scheme.eq_ignore_ascii_case("https") { ":443" } else { ":80" };
    host.strip_suffix(port).unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_only_arms_own_origin() {
        let arm = "https://management.azure.com";
        let table = [
            ("https://management.azure.com/subscriptions?$skiptoken=a", Some("/subscriptions?$skiptoken=a")),
            ("https://management.azure.com:443/subscriptions?x", Some("/subscriptions?x")),
            ("HTTPS://Management.Azure.com/a", Some("/a")),
            ("/subscriptions?x", Some("/subscriptions?x")),
            ("https://management.azure.com", None),
            ("http://management.azure.com/a", None),
            ("https://management.azure.com:444/a", None),
            ("https://management.azure.com.evil.example/a", None),
            ("https://management.azure.com@evil.example/a", None),
            ("https://me@management.azure.com/a", None),
            ("https://evil.example/https://management.azure.com/a", None),
            ("https://evil.example?://management.azure.com/a", None),
            ("//evil.example/a", None),
            ("/\\evil.example/a", None),
            ("https://management.azure.com\\@evil.example/a", None),
            ("https://management.azure.com/a b", None),
            ("javascript:alert(1)", None),
            ("subscriptions", None),
            ("", None),
        ];
        for (link, path) in table {
            assert_eq!(path_at(arm, link), path, "{link}");
        }
        assert_eq!(path_at("http://localhost:9000", "http://localhost:9000/a"), Some("/a"));
    }
}
