//! System packages of Debian and its derivatives, if we may install them.

use std::{fs, path::Path, process::Command};

use anyhow::{Result, bail};

use crate::run::{ask, command, run, say};

pub(crate) fn has_apt() -> bool {
    cfg!(target_os = "linux") && ask(Command::new("apt-get").arg("--version")).is_some() && is_root()
}

/// Installs packages without confirmation. Installed packages are left as they are.
pub(crate) fn install(packages: &[&str]) -> Result<()> {
    say(&format!("installing from the system's packages: {}", packages.join(" ")));
    let install = || -> Result<()> {
        run(
            command("apt-get")?
                .env("DEBIAN_FRONTEND", "noninteractive")
                .args(["install", "-y", "-q", "--no-install-recommends"])
                .args(packages),
            "installing the system's packages",
        )
    };
    if is_listed() && install().is_ok() {
        return Ok(());
    }
    run(command("apt-get")?.args(["update", "-q"]), "asking for the system's list of packages")?;
    if install().is_err() {
        bail!("`apt-get install {}` failed: these packages are needed, from any Debian or Ubuntu mirror", packages.join(" "));
    }
    Ok(())
}

/// Unpacks packages into a folder, without installing them. `false` if they aren't available.
pub(crate) fn unpack(packages: &[&str], folder: &Path) -> Result<bool> {
    if !cfg!(target_os = "linux") || ask(Command::new("apt-get").arg("--version")).is_none() {
        return Ok(false);
    }
    if !is_listed() && is_root() {
        run(command("apt-get")?.args(["update", "-q"]), "asking for the system's list of packages")?;
    }
    let fetch = || -> Result<bool> { Ok(ask(command("apt-get")?.current_dir(folder).args(["download", "-q"]).args(packages)).is_some()) };
    let mut fetched = fetch()?;
    if !fetched && is_root() {
        // The package list may be outdated.
        run(command("apt-get")?.args(["update", "-q"]), "asking for the system's list of packages")?;
        fetched = fetch()?;
    }
    for entry in fs::read_dir(folder)? {
        let package = entry?.path();
        if package.extension().is_some_and(|extension| extension == "deb") {
            run(command("dpkg-deb")?.arg("-x").arg(&package).arg(folder), "unpacking a package")?;
            fs::remove_file(package)?;
        }
    }
    Ok(fetched)
}

fn is_listed() -> bool {
    fs::read_dir("/var/lib/apt/lists").is_ok_and(|mut entries| entries.any(|entry| entry.is_ok_and(|e| e.path().is_file())))
}

fn is_root() -> bool {
    ask(Command::new("id").arg("-u")).as_deref() == Some("0")
}
