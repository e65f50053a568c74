//! Building the app: Trunk does it, and calls `cargo xtask finish` (see `site`) before it is done.

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

/// Compiles the standard library along with the app, for size and with panics that end the program at once: an eighth less
/// wasm. `boot.js` shows the page for such an end. The flags are cargo's and rustc's own, but not stable yet.
const OWN_STD: [(&str, &str); 4] = [
    ("RUSTC_BOOTSTRAP", "1"),
    ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"),
    ("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size"),
    (
        "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
        "--cfg erase_components -Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none",
    ),
];

/// A command as it was before [`OWN_STD`], for what runs on this machine.
pub(crate) fn for_this_machine(command: &mut Command) -> &mut Command {
    OWN_STD.iter().fold(command, |command, (name, _)| command.env_remove(name))
}

/// `Trunk.toml` with this program as its hook: `cargo` would compile it again, by what is set for the app.
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
    // Below the checkout, whose `.cargo/config.toml` then holds.
    let folder = folders::checkout().join("target");
    fs::create_dir_all(&folder)?;
    let file = folder.join("Trunk.toml");
    fs::write(&file, text).with_context(|| format!("writing {}", file.display()))?;
    Ok(file)
}

/// Builds the site, unless it is there already, and gives its folder.
pub(crate) fn build(profile: Profile) -> Result<PathBuf> {
    make(profile, false)
}

/// Builds the site in any case, for what reads the half-made files of the build.
pub(crate) fn build_anew(profile: Profile) -> Result<PathBuf> {
    make(profile, true)
}

fn make(profile: Profile, anew: bool) -> Result<PathBuf> {
    // Unsplit for development: the feature list of `Trunk.toml` is for what is shipped.
    let words: &[&str] = match profile {
        Profile::Development => &["--features", "ui,live"],
        Profile::Release => &[],
    };
    build_into(profile, profile.site(), words, anew)
}

/// Builds the release site without signing in, to be weighed and not to be used.
pub(crate) fn build_without_sign_in() -> Result<PathBuf> {
    build_into(
        Profile::Release,
        folders::checkout().join("target/without-sign-in"),
        &["--no-default-features", "--features", "split"],
        true,
    )
}

fn build_into(profile: Profile, site: PathBuf, words: &[&str], anew: bool) -> Result<PathBuf> {
    let how = if profile == Profile::Release { "release" } else { "development" };
    let stamp = Stamp::of(&site, &[&[how], words].concat())?;
    if !anew && stamp.holds() {
        say("the site is built already, of just these sources");
        return Ok(site);
    }
    setup::for_build(profile)?;
    fetch_crates()?;
    let _turn = turn()?;
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

/// Makes the single file from a built site, and gives its place.
pub(crate) fn single_file(site: &Path, config: Option<&str>) -> Result<PathBuf> {
    let config = config.map(|file| fs::read_to_string(file).with_context(|| format!("reading {file}"))).transpose()?;
    // Not among the files of the site, whose headers it would not work with.
    let file = folders::checkout().join("target/identity-portal.html");
    site::write_single_file(site, config.as_deref(), &file)?;
    Ok(file)
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
