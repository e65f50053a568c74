//! Addresses of repositories and projects, as people paste them.

/// The host and path of an address, or of a path with a slash, whose host is empty. `github.com/…` needs no `https://`.
pub fn host_and_path(value: &str) -> Option<(String, String)> {
    let value = value.trim();
    let (host, path) = match value.split_once("://") {
        Some((_, rest)) => rest.split_once('/')?,
        None => match value.split_once('/')? {
            (host, path) if host.contains('.') && path.contains('/') => (host, path),
            _ => ("", value),
        },
    };
    Some((host.to_owned(), path.trim_matches('/').to_owned()))
}
