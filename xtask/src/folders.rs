//! Where things lie: the checkout, and the cache folder that all checkouts of one user share.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

/// The root of the checkout.
pub(crate) fn checkout() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here)
}

/// `IDENTITY_PORTAL_CACHE`, else the platform's cache folder.
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

/// Where the tools are installed; the programs are in `bin` below it.
pub(crate) fn tools() -> Result<PathBuf> {
    Ok(cache()?.join("tools"))
}

/// The target folder of the app, shared by all checkouts so that a fresh one starts with its own code.
pub(crate) fn target() -> Result<PathBuf> {
    match env::var_os("CARGO_TARGET_DIR").filter(|value| !value.is_empty()) {
        Some(folder) => Ok(checkout().join(folder)),
        None => Ok(cache()?.join("target")),
    }
}

/// The name of the Rust toolchain that stands in for the default one, if this machine needed that.
pub(crate) fn toolchain() -> Result<Option<String>> {
    Ok(fs::read_to_string(toolchain_note()?).ok())
}

/// The file that names it.
pub(crate) fn toolchain_note() -> Result<PathBuf> {
    Ok(tools()?.join("toolchain"))
}
