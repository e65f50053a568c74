//! Installs missing tools. An installed tool costs at most a version check.

mod browser;
mod node;
mod python;
mod rust;
mod servers;
mod system;
mod wasm_split;

use std::path::PathBuf;

use anyhow::Result;

pub(crate) use browser::{chromedriver, chromium, firefox, webkit};
pub(crate) use node::{build_tool, node};
pub(crate) use rust::std_sources;
pub(crate) use servers::{Program, caddy, nginx};

use crate::{build::Profile, run::say};

/// Installs the requirements of building the app.
pub(crate) fn for_build(profile: Profile) -> Result<()> {
    rust::wasm_target()?;
    rust::wasm_bindgen()?;
    rust::trunk()?;
    if profile == Profile::Release {
        wasm_split::wasm_split()?;
        node::recent_node()?;
        node::build_tools()?;
    }
    Ok(())
}

/// Installs the requirements of wasm tests in a browser.
pub(crate) fn for_wasm_tests() -> Result<()> {
    rust::wasm_target()?;
    rust::wasm_bindgen()?;
    browser::chromium().map(drop)?;
    browser::chromedriver().map(drop)
}

/// Installs the requirements of the end-to-end tests, besides those of the build.
pub(crate) fn for_end_to_end() -> Result<()> {
    node::recent_node()?;
    node::test_packages()?;
    browser::chromium().map(drop)
}

/// Installs the packages of the journeys in other browsers.
pub(crate) fn for_browsers() -> Result<()> {
    node::recent_node()?;
    node::browser_packages()
}

/// Installs the requirements of linting for the browser.
pub(crate) fn for_lints() -> Result<()> {
    rust::wasm_target()?;
    node::recent_node()?;
    node::compat_packages()
}

/// Installs the requirements of the local cloud, besides cargo.
pub(crate) fn for_cloud() -> Result<()> {
    node::recent_node()?;
    node::cloud_packages()
}

/// Installs the further requirements of the local cloud's tests.
pub(crate) fn for_cloud_tests() -> Result<()> {
    node::sdk_packages()
}

/// Python with Microsoft's SDKs, or `None` without Python.
pub(crate) fn python_for_cloud() -> Result<Option<PathBuf>> {
    python::with_packages("tests/cloud/sdk-python", "cloud/python")
}

pub(crate) fn everything() -> Result<()> {
    for_build(Profile::Release)?;
    for_lints()?;
    for_end_to_end()?;
    for_cloud()?;
    for_cloud_tests()?;
    python_for_cloud()?;
    node::rest_client()?;
    for_browsers()?;
    for reason in [nginx()?.err(), caddy()?.err(), firefox()?.err(), webkit()?.err()].into_iter().flatten() {
        say(&reason);
    }
    for_wasm_tests()
}
