//! Builds the app's site (see `site`), unless it is there.

mod kept;
mod stamp;

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use self::stamp::Stamp;
use crate::{
    folders,
    progress::{self, Step},
    run::{command, run, say},
    setup,
    site::{self, Build},
};

const FETCH: Step = Step { name: "fetching crates", usual: 10 };

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

/// Builds the site, unless it is up to date, and returns its folder.
pub(crate) fn build(profile: Profile) -> Result<PathBuf> {
    make(profile, false)
}

/// Builds the site even if it is up to date, for callers that read intermediate files of the build.
pub(crate) fn rebuild(profile: Profile) -> Result<PathBuf> {
    make(profile, true)
}

fn make(profile: Profile, force: bool) -> Result<PathBuf> {
    let features: &[&str] = match profile {
        Profile::Development => &[],
        Profile::Release => &["--features", "split"],
    };
    build_into(profile, &profile.site(), features, force)
}

/// Builds the release site without signing in, to compare sizes.
pub(crate) fn build_without_sign_in() -> Result<PathBuf> {
    let site = folders::checkout().join("target/without-sign-in");
    build_into(Profile::Release, &site, &["--no-default-features", "--features", "split"], true)
}

fn build_into(profile: Profile, site: &Path, features: &[&str], force: bool) -> Result<PathBuf> {
    let how = if profile == Profile::Release { "release" } else { "development" };
    let stamp = Stamp::of(site, &[&[how], features].concat())?;
    if !force && stamp.holds() {
        say("the site is up to date");
        return Ok(site.to_owned());
    }
    let _lock = lock()?;
    stamp.remove()?;
    if !force && kept::take(stamp.inputs(), site)? {
        say("the site of these sources was built before, in this or another checkout");
        stamp.write()?;
        return Ok(site.to_owned());
    }
    let mut build = Build { profile, features, own_std: false };
    progress::plan(setup::steps_of_build(profile)?.into_iter().chain([FETCH]).chain(build.steps()?));
    setup::for_build(profile)?;
    progress::begin(FETCH);
    fetch_crates()?;
    build.own_std = profile == Profile::Release && setup::std_sources()?;
    // Beside the site, which stays as it is until its successor is whole.
    let new = folders::checkout().join("target").join(format!("new-{}", site.file_name().unwrap_or_default().to_string_lossy()));
    site::make(&new, &build)?;
    replace(site, &new)?;
    progress::end();
    stamp.write()?;
    // A development site is as big as it is quick to build; without its own standard library, a release is larger than it may be.
    if build.own_std && stamp.holds() {
        kept::keep(stamp.inputs(), site)?;
    }
    Ok(site.to_owned())
}

/// Puts a new site into the place of the old one.
fn replace(site: &Path, new: &Path) -> Result<()> {
    if site.exists() {
        fs::remove_dir_all(site).with_context(|| format!("removing {}", site.display()))?;
    }
    fs::rename(new, site).with_context(|| format!("moving the new site to {}", site.display()))
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

/// Fetches the crates first: what is compiled after them is so at the same time.
fn fetch_crates() -> Result<()> {
    let mut cargo = command("cargo")?;
    run(cargo.args(["fetch", "--quiet", "--locked", "--target", "wasm32-unknown-unknown"]), "fetching crates")
        .context("the crates of Cargo.lock could not be fetched; with a network to crates.io, run this again")
}
