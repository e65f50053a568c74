//! Renders the form's first screen to HTML with the app's own components, on the host.

use anyhow::{Context, Result, bail};

use crate::{
    build::{Profile, for_this_machine},
    run::{command, say},
};

/// Empty in development, because rendering it requires a second compilation for the host.
pub(super) fn make(profile: Profile) -> Result<String> {
    if profile == Profile::Development {
        return Ok(String::new());
    }
    say("rendering the first screen");
    let output = for_this_machine(&mut command("cargo")?)
        .args(["run", "--quiet", "--locked", "--bin", "shell"])
        .stderr(std::process::Stdio::inherit())
        .output()
        .context("rendering the first screen")?;
    let markup = String::from_utf8(output.stdout).context("the first screen is not text")?;
    if !output.status.success() || markup.trim().is_empty() {
        bail!("the first screen could not be rendered");
    }
    Ok(markup)
}
