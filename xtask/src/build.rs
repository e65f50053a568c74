//! Builds the app with Trunk, which calls `cargo xtask finish` (see `site`) as its hook.

mod stamp;

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use self::stamp::Stamp;
use crate::{
    folders,
    run::{command, run, say},
    setup,
    site::{self, replace_once},
};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    /// Fast to build: a single part, not optimised.
    Development,
    /// What is deployed.
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

/// Compiles the standard library along with the app, optimised for size and with panics that abort immediately: that saves an
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

/// Removes [`OWN_STD`] from a command's environment, for programs that run on the host.
pub(crate) fn for_this_machine(command: &mut Command) -> &mut Command {
    OWN_STD.iter().fold(command, |command, (name, _)| command.env_remove(name))
}

/// `Trunk.toml` with this program as its hook: `cargo xtask` would recompile it with the app's flags.
fn trunk_config() -> Result<PathBuf> {
    let mut text = fs::read_to_string(folders::checkout().join("Trunk.toml")).context("reading Trunk.toml")?;
    let page = folders::checkout().join("index.html");
    let this = std::env::current_exe().context("finding this program")?;
    for (from, to) in [
        ("target = \"index.html\"", format!("target = '{}'", page.display())),
        ("command = \"cargo\"", format!("command = '{}'", this.display())),
        ("command_arguments = [\"xtask\", \"finish\"]", "command_arguments = [\"finish\"]".to_owned()),
    ] {
        text = replace_once(&text, from, &to).context("Trunk.toml")?;
    }
    // Inside the checkout, so that its `.cargo/config.toml` applies.
    let folder = folders::checkout().join("target");
    fs::create_dir_all(&folder)?;
    let file = folder.join("Trunk.toml");
    fs::write(&file, text).with_context(|| format!("writing {}", file.display()))?;
    Ok(file)
}

/// Builds the site, unless it is up to date, and returns its folder.
pub(crate) fn build(profile: Profile) -> Result<PathBuf> {
    make(profile, false)
}

/// Builds the site even if it is up to date, for callers that read intermediate files of the build.
pub(crate) fn rebuild(profile: Profile) -> Result<PathBuf> {
    make(profile, true)
}

fn make(profile: Profile, force: bool) -> Result<PathBuf> {
    // Without `split` for development: the features in `Trunk.toml` are for release builds.
    let words: &[&str] = match profile {
        Profile::Development => &["--features", "ui,live"],
        Profile::Release => &[],
    };
    build_into(profile, profile.site(), words, force)
}

/// Builds the release site without signing in, to compare sizes.
pub(crate) fn build_without_sign_in() -> Result<PathBuf> {
    build_into(
        Profile::Release,
        folders::checkout().join("target/without-sign-in"),
        &["--no-default-features", "--features", "split"],
        true,
    )
}

fn build_into(profile: Profile, site: PathBuf, words: &[&str], force: bool) -> Result<PathBuf> {
    let how = if profile == Profile::Release { "release" } else { "development" };
    let stamp = Stamp::of(&site, &[&[how], words].concat())?;
    if !force && stamp.holds() {
        say("the site is up to date");
        return Ok(site);
    }
    setup::for_build(profile)?;
    fetch_crates()?;
    let _lock = lock()?;
    stamp.remove()?;
    say(match profile {
        Profile::Development => "building the app for development (`--release` optimises it)",
        Profile::Release => "building the app, optimised",
    });
    let mut trunk = command("trunk")?;
    if profile == Profile::Release && setup::std_sources()? {
        trunk.envs(OWN_STD);
    }
    trunk.arg("--config").arg(trunk_config()?);
    // Trunk reads `NO_COLOR` as a boolean and refuses the usual `1`.
    trunk.env_remove("NO_COLOR").env_remove("RUST_BACKTRACE").env("RUST_LOG", "warn").args(["build", "--offline", "--dist"]).arg(&site);
    trunk.args(words);
    if profile == Profile::Release {
        trunk.arg("--release");
    }
    run(&mut trunk, "building the app")?;
    stamp.write()?;
    Ok(site)
}

/// Bundles a built site into a single file, and returns its path.
pub(crate) fn single_file(site: &Path, config: Option<&str>) -> Result<PathBuf> {
    let config = config.map(|file| fs::read_to_string(file).with_context(|| format!("reading {file}"))).transpose()?;
    // Not inside the site, since it wouldn't work with the site's headers.
    let file = folders::checkout().join("target/identity-portal.html");
    site::write_single_file(site, config.as_deref(), &file)?;
    Ok(file)
}

/// Waits until no other build uses the target folder, and locks it until the returned file is closed. Checkouts share that
/// folder, and one could otherwise package another's program.
pub(crate) fn lock() -> Result<File> {
    let folder = folders::target()?;
    fs::create_dir_all(&folder)?;
    let file = File::create(folder.join("building"))?;
    if file.try_lock().is_err() {
        say("waiting for another build");
        file.lock()?;
    }
    Ok(file)
}

/// Fetches the crates first: Trunk builds offline, so that it uses the tools that we found.
fn fetch_crates() -> Result<()> {
    let mut cargo = command("cargo")?;
    run(cargo.args(["fetch", "--quiet", "--locked", "--target", "wasm32-unknown-unknown"]), "fetching crates")
        .context("the crates of Cargo.lock could not be fetched; with a network to crates.io, run this again")
}
