//! Compiles the program and lays out what its site is made of. (Trunk does this where people run it by hand.)

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result};

use super::{Build, replace_once};
use crate::{
    build::Profile,
    folders,
    run::{command, run},
    setup,
};

/// The line of `index.html` that has Trunk copy `public/`.
const COPIED: &str = "    <link data-trunk rel=\"copy-dir\" href=\"public\" data-target-path=\".\">\n";

/// Compiles the standard library along with the program, optimised for size and with panics that abort immediately: that saves an
/// eighth of the wasm. `boot.js` handles such an abort. The cargo and rustc flags are unstable.
const OWN_STD: [(&str, &str); 4] = [
    ("RUSTC_BOOTSTRAP", "1"),
    ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"),
    ("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size"),
    (
        "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
        "--cfg erase_components -Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none",
    ),
];

/// A build of one program for the browser, from crates that were fetched before.
pub(super) fn for_browser(program: &str, build: &Build) -> Result<Command> {
    let mut cargo = command("cargo")?;
    cargo.args(["build", "--locked", "--offline", "--target", "wasm32-unknown-unknown", "--bin", program]);
    if build.profile == Profile::Release {
        cargo.arg("--release");
    }
    if build.own_std {
        cargo.envs(OWN_STD);
    }
    Ok(cargo)
}

/// Compiles the program.
pub(super) fn program(build: &Build) -> Result<()> {
    run(for_browser("identity-portal", build)?.args(build.features), "compiling the program")
}

/// Fills a new folder with the page, with what ships unchanged, and in development with the program bound to JavaScript.
pub(super) fn lay_out(site: &Path, build: &Build) -> Result<()> {
    if site.exists() {
        fs::remove_dir_all(site).with_context(|| format!("removing {}", site.display()))?;
    }
    folders::copy(&folders::checkout().join("public"), site)?;
    let page = fs::read_to_string(folders::checkout().join("index.html")).context("reading index.html")?;
    fs::write(site.join("index.html"), replace_once(&page, COPIED, "").context("index.html")?)?;
    if build.profile == Profile::Development {
        let linked = folders::target()?.join("wasm32-unknown-unknown/debug/identity-portal.wasm");
        run(setup::bind_wasm()?.arg(linked).arg(site).arg("app"), "binding the program to JavaScript")?;
    }
    Ok(())
}
