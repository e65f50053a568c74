//! The system's packages: Debian's and its relatives', where we may install them.

use std::{fs, process::Command};

use anyhow::{Result, bail};

use crate::run::{ask, command, run, say};

pub(crate) fn has_apt() -> bool {
    cfg!(target_os = "linux") && ask(Command::new("apt-get").arg("--version")).is_some() && is_root()
}

/// Installs packages without asking; nothing happens for those that are there.
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
    let listed = fs::read_dir("/var/lib/apt/lists").is_ok_and(|mut entries| entries.any(|entry| entry.is_ok_and(|e| e.path().is_file())));
    if listed && install().is_ok() {
        return Ok(());
    }
    run(command("apt-get")?.args(["update", "-q"]), "asking for the system's list of packages")?;
    if install().is_err() {
        bail!("`apt-get install {}` failed: these packages are needed, from any Debian or Ubuntu mirror", packages.join(" "));
    }
    Ok(())
}

fn is_root() -> bool {
    ask(Command::new("id").arg("-u")).as_deref() == Some("0")
}
