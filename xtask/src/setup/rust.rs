//! The wasm target, and the tools that are crates.

use std::{fs, path::Path, path::PathBuf, process::Command};

use anyhow::{Context, Result, bail};

use super::system;
use crate::{
    folders,
    run::{ask, command, run, say},
};

const TARGET: &str = "wasm32-unknown-unknown";

/// The toolchain from Debian's packages, used if rustup can't reach its server.
const DEBIAN_TOOLCHAIN: &str = "debian-web";

/// Debian's Rust for the web, all of the same version.
const DEBIAN_PACKAGES: &[&str] = &["rustc-web", "cargo-web", "rust-web-src", "rust-web-llvm", "rust-web-clippy", "rustfmt-web", "lld-22"];

pub(crate) fn wasm_target() -> Result<()> {
    if has_target() {
        return Ok(());
    }
    if has_rustup() {
        say("adding Rust's wasm target (rustup target add)");
        let added = command("rustup")?.args(["target", "add", TARGET]).status().is_ok_and(|status| status.success());
        if added && has_target() {
            return Ok(());
        }
    }
    if !system::has_apt() {
        bail!(
            "Rust's target {TARGET} could not be fetched from static.rust-lang.org. With a network, run \
             `rustup target add {TARGET}`; without, copy its folder into `{}` from another machine with the same Rust",
            libraries().unwrap_or_default().display()
        );
    }
    from_debian()
}

/// Whether the sources of the standard library and its dependencies are available; fetches them if possible. Without
/// them the app is built with the precompiled library, and is larger.
pub(crate) fn std_sources() -> Result<bool> {
    let sources = || {
        let root = ask(command("rustc").ok()?.args(["--print", "sysroot"]))?;
        let manifest = Path::new(&root).join("lib/rustlib/src/rust/library/Cargo.toml");
        manifest.exists().then_some(manifest)
    };
    if sources().is_none() && has_rustup() {
        say("adding the sources of Rust's standard library (rustup component add)");
        drop(ask(command("rustup")?.args(["component", "add", "rust-src"])));
    }
    let fetched = match sources() {
        // Its manifest uses unstable features of cargo.
        Some(manifest) => {
            let mut cargo = command("cargo")?;
            ask(cargo.env("RUSTC_BOOTSTRAP", "1").args(["fetch", "--quiet", "--locked", "--manifest-path"]).arg(manifest)).is_some()
        }
        None => false,
    };
    if !fetched {
        say("the sources of Rust's standard library are out of reach: the program will be an eighth larger");
    }
    Ok(fetched)
}

/// Installs Debian's Rust for the web. It lacks the standard library for this target, which is built once.
fn from_debian() -> Result<()> {
    let linked = folders::checkout().join("rust-toolchain.toml");
    if linked.exists() {
        bail!("`rust-toolchain.toml` names a toolchain that lacks {TARGET}, and Debian's can't stand in for it");
    }
    say("Rust's own server is out of reach: taking Debian's Rust for the web instead");
    system::install(DEBIAN_PACKAGES)?;
    if has_rustup() {
        run(command("rustup")?.args(["toolchain", "link", DEBIAN_TOOLCHAIN, "/usr"]), "linking Debian's Rust")?;
        fs::create_dir_all(folders::tools()?)?;
        fs::write(folders::toolchain_note()?, DEBIAN_TOOLCHAIN)?;
    }
    if has_target() {
        return Ok(());
    }
    say("building the standard library for wasm, once (about a minute)");
    let empty = folders::cache()?.join("std-for-wasm");
    empty_crate(&empty, "")?;
    let built = empty.join("target");
    run(
        command("cargo")?
            .current_dir(&empty)
            .env("RUSTC_BOOTSTRAP", "1")
            // Link-time optimisation of the app needs bitcode.
            .env("RUSTFLAGS", "-Cembed-bitcode=yes -Zforce-unstable-if-unmarked")
            .env("CARGO_TARGET_DIR", &built)
            .args(["build", "--release", "--target", TARGET, "-Zbuild-std=std,panic_abort,test"]),
        "building the standard library for wasm",
    )?;
    let into = libraries().context("rustc does not say where its libraries are")?;
    fs::create_dir_all(&into)?;
    for entry in fs::read_dir(built.join(TARGET).join("release/deps"))? {
        let file = entry?.path();
        if file.extension().is_some_and(|extension| extension == "rlib")
            && let Some(name) = file.file_name()
        {
            fs::copy(&file, into.join(name)).with_context(|| format!("copying into {}", into.display()))?;
        }
    }
    if has_target() { Ok(()) } else { bail!("the standard library for wasm was built, but rustc does not find it") }
}

/// Writes a crate without code into `folder`; `dependencies` are lines of its manifest.
pub(super) fn empty_crate(folder: &Path, dependencies: &str) -> Result<()> {
    fs::create_dir_all(folder.join("src"))?;
    let head = "[package]\nname = \"empty\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n[dependencies]\n";
    fs::write(folder.join("Cargo.toml"), [head, dependencies].concat())?;
    Ok(fs::write(folder.join("src/lib.rs"), "")?)
}

fn has_rustup() -> bool {
    ask(Command::new("rustup").arg("--version")).is_some()
}

fn libraries() -> Option<PathBuf> {
    ask(command("rustc").ok()?.args(["--print", "target-libdir", "--target", TARGET])).map(PathBuf::from)
}

pub(super) fn has_target() -> bool {
    let holds_std = |folder: &Path| {
        fs::read_dir(folder).is_ok_and(|mut entries| {
            entries.any(|entry| entry.is_ok_and(|entry| entry.file_name().to_string_lossy().starts_with("libstd-")))
        })
    };
    libraries().is_some_and(|folder| holds_std(&folder))
}
