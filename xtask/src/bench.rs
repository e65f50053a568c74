//! Sizes, start-up and interaction times of the release build, in a real browser.

use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::{
    build::{self, Profile},
    folders, serve, setup,
};

/// Builds the site (which prints the parts and their sizes), serves it and measures it.
pub(crate) fn bench() -> Result<ExitCode> {
    setup::for_end_to_end()?;
    let chromium = setup::chromium()?;
    let site = build::build(Profile::Release)?;
    let file = build::single_file(&site, None)?;
    // The threads serve until this process ends.
    let (port, _threads) = serve::start(&site, 0)?;
    let (live, cloud, _live_threads) = serve::start_with_cloud(&site, 0, &["--port-base".to_owned(), "0".to_owned()])?;
    let measured = setup::node()?
        .current_dir(folders::checkout().join("tests/e2e"))
        .arg("bench/measure.mjs")
        .env("IDENTITY_PORTAL_URL", format!("http://localhost:{port}/"))
        .env("IDENTITY_PORTAL_LIVE", cloud.beside(&format!("http://localhost:{live}/")).to_string())
        .env("IDENTITY_PORTAL_FILE", file)
        .env("CHROMIUM", chromium)
        .status()?;
    if !measured.success() {
        bail!("the measurements did not come to their end");
    }
    Ok(ExitCode::SUCCESS)
}
