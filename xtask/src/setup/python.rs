//! Python packages, in a virtual environment in the cache folder.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use super::system;
use crate::{
    folders,
    run::{ask, command, run, say},
};

/// An interpreter with the packages of a folder's `requirements.txt`; `None` without Python.
pub(crate) fn with_packages(folder: &str, name: &str) -> Result<Option<PathBuf>> {
    let requirements = folders::checkout().join(folder).join("requirements.txt");
    let wanted = fs::read_to_string(&requirements).with_context(|| format!("{} is missing", requirements.display()))?;
    let place = folders::cache()?.join(name);
    let python = place.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let note = place.join("installed.txt");
    if python.exists() && fs::read_to_string(&note).is_ok_and(|installed| installed == wanted) {
        return Ok(Some(python));
    }
    if base().is_none() && system::has_apt() {
        system::install(&["python3", "python3-venv"])?;
    }
    let Some(base) = base() else { return Ok(None) };
    say("fetching Microsoft's SDKs for Python from PyPI");
    make(base, &place)?;
    run(
        command(&python)?.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"]).arg(&requirements),
        "fetching from PyPI",
    )
    .with_context(|| format!("the packages of {} could not be fetched; with a network, run this again", requirements.display()))?;
    fs::write(note, wanted)?;
    Ok(Some(python))
}

fn base() -> Option<&'static str> {
    const NEW_ENOUGH: &str = "import sys; assert sys.version_info >= (3, 9)";
    let fits = |name: &&str| command(name).is_ok_and(|mut python| ask(python.args(["-c", NEW_ENOUGH])).is_some());
    ["python3", "python"].into_iter().find(fits)
}

/// Creates a virtual environment. Debian's Python lacks the `venv` module.
fn make(base: &str, place: &Path) -> Result<()> {
    let venv = || run(command(base)?.args(["-m", "venv"]).arg(place), "making a virtual environment for Python");
    if venv().is_ok() {
        return Ok(());
    }
    if system::has_apt() {
        system::install(&["python3-venv"])?;
    }
    venv()
}
