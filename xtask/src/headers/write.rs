//! `cargo xtask headers`: a host's configuration file, generated from [`Policy`].

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};

use super::{Policy, caddy, front_door, meta, netlify, nginx, static_web_apps};
use crate::arguments::Arguments;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Host {
    Nginx,
    Caddy,
    StaticWebApps,
    Netlify,
    FrontDoor,
    /// A host that sends no headers: the policy is in the page.
    Meta,
}

const HOSTS: [(&str, Host); 6] = [
    ("nginx", Host::Nginx),
    ("caddy", Host::Caddy),
    ("swa", Host::StaticWebApps),
    ("netlify", Host::Netlify),
    ("frontdoor", Host::FrontDoor),
    ("meta", Host::Meta),
];

/// Where a site is on a server.
pub(crate) struct Place<'a> {
    /// The folder of the built files.
    pub(crate) root: &'a str,
    /// The URL path, with a slash at both ends.
    pub(crate) path: &'a str,
}

pub(crate) fn run(mut arguments: Arguments) -> Result<()> {
    let config = arguments.value("--config")?.unwrap_or_else(|| "config.json".to_owned());
    let host = arguments.value("--for")?.unwrap_or_default();
    let site = arguments.value("--site")?.unwrap_or_else(|| "dist".to_owned());
    let path = arguments.value("--path")?.unwrap_or_else(|| "/".to_owned());
    let root = arguments.value("--root")?.unwrap_or_else(|| "/srv/identity-portal".to_owned());
    let out = arguments.value("--out")?;
    arguments.finish()?;
    let Some((_, host)) = HOSTS.into_iter().find(|(name, _)| *name == host) else {
        bail!("`--for` takes one of these hosts: {}", HOSTS.map(|(name, _)| name).join(", "));
    };
    let shared = shared_origin(host, &path);
    let config = fs::read_to_string(&config).with_context(|| format!("reading {config}; `--config FILE` names another"))?;
    // Some editors on Windows write a byte order mark, which browsers ignore.
    let policy = Policy::of(config.trim_start_matches('\u{feff}'))?.for_site(Path::new(&site));
    if policy.inline.styles.is_empty() {
        eprintln!("{}. Without it, the policy can't name what index.html contains, and the page appears later.", missing(Path::new(&site)));
    }
    let text = text(host, &policy, &Place { root: checked_root(&root)?, path: checked_path(&path)? }, Path::new(&site))?;
    match out {
        Some(file) => fs::write(&file, text).with_context(|| format!("writing {file}"))?,
        None => print!("{text}"),
    }
    // To standard error, since the file may go to standard output.
    if let Some(shared) = shared {
        eprintln!("{shared}");
    }
    Ok(())
}

/// A warning if other pages share the site's origin, as below a path, or may share it, as on hosts that send no headers.
fn shared_origin(host: Host, path: &str) -> Option<String> {
    let why = match (host, path) {
        (Host::Meta, _) => {
            "hosts without headers often serve several sites from one origin, as GitHub Pages does with user.github.io/project"
        }
        (_, "/") => return None,
        _ => "the site is below a path, beside anything else this host serves",
    };
    Some(format!(
        "\nWARNING: is this origin shared? It looks so: {why}.\n\
         Every page of one origin can read what this one keeps in the browser, a session's tokens among it, and act as the person who is\n\
         signed in. Give Identity Portal a host name of its own. Where that can't be, set \"tokenCache\": \"memory\" in config.json: no token\n\
         is stored then, though scripts of that origin can still act in a page that is open. docs/hosting.md has more.\n"
    ))
}

/// A host's configuration file. `site` is read for hosts without patterns, whose file lists every file by name.
pub(crate) fn text(host: Host, policy: &Policy, place: &Place<'_>, site: &Path) -> Result<String> {
    Ok(match host {
        Host::Nginx => nginx::text(policy, place),
        Host::Caddy => caddy::text(policy, place),
        Host::StaticWebApps => static_web_apps::text(policy, &files(site)?),
        Host::Netlify => netlify::text(policy, place.path, &files(site)?),
        Host::FrontDoor => front_door::text(policy, place.path),
        Host::Meta => {
            let page = site.join("index.html");
            meta::text(policy, &fs::read_to_string(&page).with_context(|| missing(site))?)?
        }
    })
}

/// The names of the site's files, without the precompressed ones.
fn files(site: &Path) -> Result<Vec<String>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(site).with_context(|| missing(site))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let compressed = [".br", ".gz"].iter().any(|end| name.ends_with(end));
        if entry.file_type()?.is_file() && !compressed && !name.starts_with('_') {
            files.push(name);
        }
    }
    files.sort();
    Ok(files)
}

fn missing(site: &Path) -> String {
    format!("{} holds no site; `cargo xtask build` makes dist, `--site FOLDER` names another", site.display())
}

/// Requires slashes at both ends, and allows no characters with a meaning in a host's file.
fn checked_path(path: &str) -> Result<&str> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte);
    let climbs = path.split('/').any(|name| name == ".." || name == ".");
    if path.starts_with('/') && path.ends_with('/') && !path.contains("//") && !climbs && path.bytes().all(plain) {
        return Ok(path);
    }
    bail!("`--path` begins and ends with a slash, with letters, digits, `-`, `.`, `_` and `~` between: /some/path/")
}

fn checked_root(root: &str) -> Result<&str> {
    let root = root.strip_suffix('/').unwrap_or(root);
    if root.is_empty() || root.contains(|char: char| char.is_control() || char.is_whitespace() || "\"'`;{}$\\#".contains(char)) {
        bail!("`--root` is the folder with the site's files, without spaces, quotes and the like");
    }
    Ok(root)
}

#[cfg(test)]
mod tests {
    use super::{Host, checked_path, checked_root, shared_origin};

    #[test]
    fn a_shared_origin_gives_a_warning() {
        for (host, path, warned) in [
            (Host::Nginx, "/", false),
            (Host::StaticWebApps, "/", false),
            (Host::Nginx, "/some/path/", true),
            (Host::Caddy, "/identity/", true),
            (Host::FrontDoor, "/identity/", true),
            (Host::Meta, "/", true),
            (Host::Meta, "/project/", true),
        ] {
            let warning = shared_origin(host, path);
            assert_eq!(warning.is_some(), warned, "{host:?} {path}");
            assert!(warning.is_none_or(|warning| warning.contains("WARNING") && warning.contains("\"tokenCache\": \"memory\"")));
        }
    }

    #[test]
    fn paths_and_roots_cant_inject_directives() {
        for (path, fits) in [
            ("/", true),
            ("/some/path/", true),
            ("some/", false),
            ("/some", false),
            ("//", false),
            ("/a;b/", false),
            ("/a b/", false),
            ("/a/../b/", false),
        ] {
            assert_eq!(checked_path(path).is_ok(), fits, "{path}");
        }
        for (root, fits) in [("/srv/site", true), ("/srv/site/", true), ("", false), ("/", false), ("/srv/a b", false), ("/srv/a;", false)]
        {
            assert_eq!(checked_root(root).is_ok(), fits, "{root}");
        }
    }
}
