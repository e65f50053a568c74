//! Trunk, for the test that it builds the site, too.

use anyhow::{Context, Result};

use crate::{
    folders, pins,
    run::{ask, command, run, say},
};

/// Installs Trunk, unless its version is on the `PATH`.
pub(super) fn trunk() -> Result<()> {
    if ask(command("trunk")?.arg("--version")) == Some(format!("trunk {}", pins::TRUNK)) {
        return Ok(());
    }
    say("installing Trunk from its sources, once (some minutes)");
    let install = |lock: &[&str]| -> Result<()> {
        let mut cargo = command("cargo")?;
        // Not optimised: it runs for seconds.
        cargo.args(["install", "trunk", "--debug", "--version", pins::TRUNK, "--no-default-features", "--features", "rustls", "--root"]);
        cargo.arg(folders::tools()?).args(lock).env("CARGO_TARGET_DIR", folders::cache()?.join("tools-target"));
        run(&mut cargo, "installing Trunk")
    };
    // A mirror of the registry may lack a crate that Trunk's lock file names.
    install(&["--locked"]).or_else(|_| install(&[])).context("Trunk could not be built; with a network to crates.io, run this again")
}
