//! Building the app: Trunk does it, and calls `cargo xtask finish` (see `site`) before it is done.

use std::{
    fs::{self, File},
    path::PathBuf,
};

use anyhow::{Context, Result};

use crate::{
    folders,
    run::{command, run, say},
    setup,
};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    /// As fast to build as possible: one part, nothing optimised.
    Development,
    /// What people get.
    Release,
}

impl Profile {
    /// The folder of the built site.
    fn site(self) -> PathBuf {
        match self {
            Profile::Development => folders::checkout().join("target/development-site"),
            Profile::Release => folders::checkout().join("dist"),
        }
    }
}

/// Builds the site and gives its folder.
pub(crate) fn build(profile: Profile) -> Result<PathBuf> {
    setup::for_build(profile)?;
    fetch_crates()?;
    let _turn = turn()?;
    say(match profile {
        Profile::Development => "building the app for development (`--release` optimises it)",
        Profile::Release => "building the app, optimised",
    });
    let site = profile.site();
    let mut trunk = command("trunk")?;
    // Trunk reads `NO_COLOR` as a boolean and refuses the usual `1`.
    trunk.env_remove("NO_COLOR").env_remove("RUST_BACKTRACE").env("RUST_LOG", "warn").args(["build", "--offline", "--dist"]).arg(&site);
    match profile {
        // Unsplit: the feature list of `Trunk.toml` is for what is shipped.
        Profile::Development => trunk.args(["--features", "ui"]),
        Profile::Release => trunk.arg("--release"),
    };
    run(&mut trunk, "building the app")?;
    Ok(site)
}

/// Waits until no other build uses the target folder; it is ours for as long as the file is open. Checkouts share that folder,
/// and each would finish the other's program otherwise.
pub(crate) fn turn() -> Result<File> {
    let folder = folders::target()?;
    fs::create_dir_all(&folder)?;
    let turn = File::create(folder.join("building"))?;
    if turn.try_lock().is_err() {
        say("waiting for another build");
        turn.lock()?;
    }
    Ok(turn)
}

/// Trunk builds offline, so that it uses the tools we found; what it needs is fetched before.
fn fetch_crates() -> Result<()> {
    let mut cargo = command("cargo")?;
    run(cargo.args(["fetch", "--quiet", "--locked", "--target", "wasm32-unknown-unknown"]), "fetching crates")
        .context("the crates of Cargo.lock could not be fetched; with a network to crates.io, run this again")
}
