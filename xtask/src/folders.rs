//! The checkout's folder, and the cache folder that all checkouts of a user share.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

use anyhow::{Context, Result};

use crate::run::ask;

/// The variable that Trunk sets for its hooks: the folder of the site that it builds.
pub(crate) const TRUNK_STAGING: &str = "TRUNK_STAGING_DIR";

/// The root of the checkout.
pub(crate) fn checkout() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here)
}

/// `IDENTITY_PORTAL_CACHE`, or else the platform's cache folder.
pub(crate) fn cache() -> Result<PathBuf> {
    let named = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(folder) = named("IDENTITY_PORTAL_CACHE") {
        return Ok(folder);
    }
    let base = if cfg!(windows) {
        named("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        named("HOME").map(|home| home.join("Library/Caches"))
    } else {
        named("XDG_CACHE_HOME").or_else(|| named("HOME").map(|home| home.join(".cache")))
    };
    let base = base.context("there is no home folder to keep tools in; set IDENTITY_PORTAL_CACHE to a folder")?;
    Ok(base.join("identity-portal"))
}

/// The folder of the installed tools, with the programs in `bin`.
pub(crate) fn tools() -> Result<PathBuf> {
    Ok(cache()?.join("tools"))
}

/// The app's target folder. All checkouts share it, so that a new one has its dependencies compiled already. Trunk run by hand
/// compiles into the folder that cargo names.
pub(crate) fn target() -> Result<PathBuf> {
    let named = env::var_os("CARGO_TARGET_DIR").filter(|value| !value.is_empty());
    match (named, env::var_os(TRUNK_STAGING)) {
        (Some(folder), _) => Ok(checkout().join(folder)),
        (None, Some(_)) => target_by_cargo(),
        (None, None) => Ok(cache()?.join("target")),
    }
}

/// Asks cargo once.
fn target_by_cargo() -> Result<PathBuf> {
    static NAMED: OnceLock<PathBuf> = OnceLock::new();
    if let Some(folder) = NAMED.get() {
        return Ok(folder.clone());
    }
    let mut cargo = Command::new("cargo");
    cargo.current_dir(checkout()).args(["metadata", "--no-deps", "--format-version", "1"]);
    let text = ask(&mut cargo).context("`cargo metadata` failed")?;
    let value: serde_json::Value = serde_json::from_str(&text)?;
    let folder = value.get("target_directory").and_then(serde_json::Value::as_str).context("`cargo metadata` names no target folder")?;
    Ok(NAMED.get_or_init(|| PathBuf::from(folder)).clone())
}

/// Copies a folder with all that is in it.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("reading {}", from.display()))? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), &target).with_context(|| format!("copying to {}", target.display()))?;
        }
    }
    Ok(())
}

/// The name of the Rust toolchain that replaces the default one, if this machine needs that.
pub(crate) fn toolchain() -> Result<Option<String>> {
    Ok(fs::read_to_string(toolchain_note()?).ok())
}

/// The file with that name.
pub(crate) fn toolchain_note() -> Result<PathBuf> {
    Ok(tools()?.join("toolchain"))
}
