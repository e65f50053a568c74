//! The form's first screen as markup, printed by the app's own components on this machine.

use anyhow::{Context, Result, bail};

use crate::{
    build::{Profile, for_this_machine},
    run::{command, say},
};

/// Development goes without, because it would compile everything a second time.
pub(super) fn make(profile: Profile) -> Result<String> {
    if profile == Profile::Development {
        return Ok(String::new());
    }
    say("printing the first screen");
    let output = for_this_machine(&mut command("cargo")?)
        .args(["run", "--quiet", "--locked", "--bin", "shell"])
        .stderr(std::process::Stdio::inherit())
        .output()
        .context("printing the first screen")?;
    let markup = String::from_utf8(output.stdout).context("the first screen is not text")?;
    if !output.status.success() || markup.trim().is_empty() {
        bail!("the first screen could not be printed");
    }
    Ok(markup)
}
