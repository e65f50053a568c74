//! Node and npm packages: the build tools in the cache folder, the test packages beside the tests.

use std::{fs, path::Path, path::PathBuf, process::Command};

use anyhow::{Context, Result, bail};

use super::system;
use crate::{
    folders, pins,
    run::{ask, command, run, say},
};

/// On Windows `npm` is a script, which needs its extension.
const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

pub(crate) fn node() -> Result<Command> {
    command("node")
}

fn npm() -> Result<Command> {
    let mut npm = command(NPM)?;
    // Print only errors: no hints, no warnings about dependencies, no update checks.
    npm.env("npm_config_loglevel", "error").env("NO_UPDATE_NOTIFIER", "1").env("npm_config_audit", "false").env("npm_config_fund", "false");
    Ok(npm)
}

pub(crate) fn recent_node() -> Result<()> {
    if major_version()?.is_some_and(|major| major >= pins::NODE_MAJOR) {
        return Ok(());
    }
    if ask(npm()?.arg("--version")).is_none() && system::has_apt() {
        system::install(&["nodejs", "npm"])?;
    }
    if major_version()?.is_some_and(|major| major >= pins::NODE_MAJOR) {
        return Ok(());
    }
    let folder = folders::tools()?.join("node");
    say(&format!("fetching Node {} from npm", pins::NODE_MAJOR));
    fs::create_dir_all(&folder)?;
    let package = format!("node@{}", pins::NODE_MAJOR);
    let fetched = npm()?.args(["install", "--no-save", "--prefix"]).arg(&folder).arg(package).status();
    if fetched.is_ok_and(|status| status.success()) && major_version()?.is_some_and(|major| major >= pins::NODE_MAJOR) {
        return Ok(());
    }
    bail!(
        "Node {} or newer is needed (it runs wasm-opt and the tests) and could not be fetched: https://nodejs.org has it",
        pins::NODE_MAJOR
    )
}

fn major_version() -> Result<Option<u32>> {
    let version = ask(node()?.arg("--version"));
    Ok(version.and_then(|text| text.trim_start_matches('v').split('.').next()?.parse().ok()))
}

fn folder() -> Result<PathBuf> {
    Ok(folders::tools()?.join("npm"))
}

/// The build tools at their pinned versions.
const BUILD_TOOLS: [(&str, &str); 2] = [("binaryen", pins::BINARYEN), ("esbuild", pins::ESBUILD)];

/// Whether Node and the build tools are there.
pub(super) fn has_build_tools() -> Result<bool> {
    let folder = folder()?;
    let all = BUILD_TOOLS.iter().all(|(name, version)| installed(&folder, name).as_deref() == Some(version));
    Ok(all && major_version()?.is_some_and(|major| major >= pins::NODE_MAJOR))
}

/// Installs the build tools.
pub(crate) fn build_tools() -> Result<()> {
    let folder = folder()?;
    fs::create_dir_all(&folder)?;
    // Otherwise npm uses the nearest project in a parent folder.
    fs::write(folder.join("package.json"), "{ \"private\": true }\n")?;
    let packages = BUILD_TOOLS.map(|(name, version)| format!("{name}@{version}"));
    let mut npm = npm()?;
    npm.args(["install", "--no-save", "--ignore-scripts", "--prefix"]).arg(&folder).args(&packages);
    run(&mut npm, "fetching from npm").with_context(|| {
        format!("{} could not be fetched; with a network, run this again, or copy them into {}", packages.join(" and "), folder.display())
    })
}

/// The path of a build tool's script, for [`node`].
pub(crate) fn build_tool(path: &str) -> Result<PathBuf> {
    Ok(folder()?.join("node_modules").join(path))
}

fn installed(folder: &Path, name: &str) -> Option<String> {
    let text = fs::read_to_string(folder.join("node_modules").join(name).join("package.json")).ok()?;
    let package: serde_json::Value = serde_json::from_str(&text).ok()?;
    Some(package.get("version")?.as_str()?.to_owned())
}

/// Installs the packages of the end-to-end tests.
pub(crate) fn test_packages() -> Result<()> {
    packages("tests/e2e", "the packages of the end-to-end tests")
}

/// Installs the packages of the journeys in other browsers.
pub(crate) fn browser_packages() -> Result<()> {
    packages("tests/browsers", "what drives other browsers")
}

/// Installs the browser compatibility data, and the parsers for scripts and styles.
pub(crate) fn compat_packages() -> Result<()> {
    packages("tests/compat", "the compatibility data of browsers")
}

/// Installs the packages of the local cloud's identity provider.
pub(crate) fn cloud_packages() -> Result<()> {
    packages("tests/cloud/provider", "the OpenID provider of the local cloud")
}

/// Installs Microsoft's SDKs, which are tested against the local cloud.
pub(crate) fn sdk_packages() -> Result<()> {
    packages("tests/cloud/sdk", "Microsoft's SDKs for JavaScript")
}

/// Installs a client for `.http` files, which parses the code panel's REST text.
pub(crate) fn rest_client() -> Result<()> {
    packages("tests/generated_code/rest_client", "a REST client for the tests of the code panel")
}

/// Installs the packages of a folder's `package-lock.json`.
fn packages(folder: &str, what: &str) -> Result<()> {
    let folder = folders::checkout().join(folder);
    let lock = fs::read(folder.join("package-lock.json")).with_context(|| format!("{}/package-lock.json is missing", folder.display()))?;
    let note = folder.join("node_modules/.installed");
    if fs::read(&note).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    say(&format!("fetching {what} from npm"));
    run(npm()?.arg("ci").current_dir(&folder), "fetching from npm")
        .with_context(|| format!("{what} could not be fetched; with a network, run this again"))?;
    fs::write(note, lock)?;
    Ok(())
}
