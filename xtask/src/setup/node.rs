//! Node and what comes from npm: the tools of the build in the cache folder, those of the tests beside them.

use std::{fs, path::Path, path::PathBuf, process::Command};

use anyhow::{Context, Result, bail};

use super::system;
use crate::{
    folders, pins,
    run::{ask, command, run, say},
};

/// `npm` is a script on Windows, which has to be named by its extension.
const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

pub(crate) fn node() -> Result<Command> {
    command("node")
}

fn npm() -> Result<Command> {
    let mut npm = command(NPM)?;
    // Only errors are printed: no hints, no warnings about what packages depend on, no calls home.
    npm.env("npm_config_loglevel", "error").env("NO_UPDATE_NOTIFIER", "1").env("npm_config_audit", "false").env("npm_config_fund", "false");
    Ok(npm)
}

pub(crate) fn node_of_fitting_age() -> Result<()> {
    if age()?.is_some_and(|major| major >= pins::NODE_MAJOR) {
        return Ok(());
    }
    if ask(npm()?.arg("--version")).is_none() && system::has_apt() {
        system::install(&["nodejs", "npm"])?;
    }
    if age()?.is_some_and(|major| major >= pins::NODE_MAJOR) {
        return Ok(());
    }
    let folder = folders::tools()?.join("node");
    say(&format!("fetching Node {} from npm", pins::NODE_MAJOR));
    fs::create_dir_all(&folder)?;
    let package = format!("node@{}", pins::NODE_MAJOR);
    let fetched = npm()?.args(["install", "--no-save", "--prefix"]).arg(&folder).arg(package).status();
    if fetched.is_ok_and(|status| status.success()) && age()?.is_some_and(|major| major >= pins::NODE_MAJOR) {
        return Ok(());
    }
    bail!(
        "Node {} or newer is needed (it runs wasm-opt and the tests) and could not be fetched: https://nodejs.org has it",
        pins::NODE_MAJOR
    )
}

fn age() -> Result<Option<u32>> {
    let version = ask(node()?.arg("--version"));
    Ok(version.and_then(|text| text.trim_start_matches('v').split('.').next()?.parse().ok()))
}

fn folder() -> Result<PathBuf> {
    Ok(folders::tools()?.join("npm"))
}

/// The tools of the build, at their pinned versions.
pub(crate) fn build_tools() -> Result<()> {
    let wanted = [("binaryen", pins::BINARYEN), ("esbuild", pins::ESBUILD)];
    let folder = folder()?;
    if wanted.iter().all(|(name, version)| installed(&folder, name).as_deref() == Some(version)) {
        return Ok(());
    }
    say("fetching wasm-opt and esbuild from npm");
    fs::create_dir_all(&folder)?;
    // npm looks for the nearest project above otherwise.
    fs::write(folder.join("package.json"), "{ \"private\": true }\n")?;
    let packages = wanted.map(|(name, version)| format!("{name}@{version}"));
    let mut npm = npm()?;
    npm.args(["install", "--no-save", "--ignore-scripts", "--prefix"]).arg(&folder).args(&packages);
    run(&mut npm, "fetching from npm").with_context(|| {
        format!("{} could not be fetched; with a network, run this again, or copy them into {}", packages.join(" and "), folder.display())
    })
}

/// One of the tools of the build, as a script for [`node`].
pub(crate) fn build_tool(path: &str) -> Result<PathBuf> {
    Ok(folder()?.join("node_modules").join(path))
}

fn installed(folder: &Path, name: &str) -> Option<String> {
    let text = fs::read_to_string(folder.join("node_modules").join(name).join("package.json")).ok()?;
    let package: serde_json::Value = serde_json::from_str(&text).ok()?;
    Some(package.get("version")?.as_str()?.to_owned())
}

/// What the end-to-end tests import.
pub(crate) fn test_packages() -> Result<()> {
    packages("tests/e2e", "the packages of the end-to-end tests")
}

/// What the journeys in other browsers import.
pub(crate) fn browser_packages() -> Result<()> {
    packages("tests/browsers", "what drives other browsers")
}

/// The data set of what browsers support, and what reads scripts and styles.
pub(crate) fn compat_packages() -> Result<()> {
    packages("tests/compat", "the compatibility data of browsers")
}

/// The identity provider of the local cloud.
pub(crate) fn cloud_packages() -> Result<()> {
    packages("tests/cloud/provider", "the OpenID provider of the local cloud")
}

/// Microsoft's SDKs, which are tried on the local cloud.
pub(crate) fn sdk_packages() -> Result<()> {
    packages("tests/cloud/sdk", "Microsoft's SDKs for JavaScript")
}

/// A client for `.http` files, which reads the code panel's REST text back.
pub(crate) fn rest_client() -> Result<()> {
    packages("tests/generated_code/rest_client", "a REST client for the tests of the code panel")
}

/// What `package-lock.json` in a folder of the checkout says.
fn packages(folder: &str, what: &str) -> Result<()> {
    let folder = folders::checkout().join(folder);
    let lock = fs::read(folder.join("package-lock.json")).with_context(|| format!("{}/package-lock.json is missing", folder.display()))?;
    let note = folder.join("node_modules/.installed");
    if fs::read(&note).is_ok_and(|noted| noted == lock) {
        return Ok(());
    }
    say(&format!("fetching {what} from npm"));
    run(npm()?.arg("ci").current_dir(&folder), "fetching from npm")
        .with_context(|| format!("{what} could not be fetched; with a network, run this again"))?;
    fs::write(note, lock)?;
    Ok(())
}
