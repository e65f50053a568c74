//! Installs what is missing, and only that. Everything found already costs a version check at most.

mod browser;
mod node;
mod python;
mod rust;
mod servers;
mod system;

use std::path::PathBuf;

use anyhow::Result;

pub(crate) use browser::{chromedriver, chromium, firefox, webkit};
pub(crate) use node::{build_tool, node};
pub(crate) use rust::std_sources;
pub(crate) use servers::{Program, caddy, nginx};

use crate::{build::Profile, run::say};

/// What building the app needs.
pub(crate) fn for_build(profile: Profile) -> Result<()> {
    rust::wasm_target()?;
    rust::wasm_bindgen()?;
    rust::trunk()?;
    if profile == Profile::Release {
        rust::wasm_split()?;
        node::node_of_fitting_age()?;
        node::build_tools()?;
    }
    Ok(())
}

/// What wasm tests in a browser need.
pub(crate) fn for_wasm_tests() -> Result<()> {
    rust::wasm_target()?;
    rust::wasm_bindgen()?;
    browser::chromium().map(drop)?;
    browser::chromedriver().map(drop)
}

/// What tests through the whole page need, beside the build.
pub(crate) fn for_end_to_end() -> Result<()> {
    node::node_of_fitting_age()?;
    node::test_packages()?;
    browser::chromium().map(drop)
}

/// What the journeys in other browsers import.
pub(crate) fn for_browsers() -> Result<()> {
    node::node_of_fitting_age()?;
    node::browser_packages()
}

/// What linting for the browser needs.
pub(crate) fn for_lints() -> Result<()> {
    rust::wasm_target()?;
    node::node_of_fitting_age()?;
    node::compat_packages()
}

/// What the local cloud needs, beside cargo.
pub(crate) fn for_cloud() -> Result<()> {
    node::node_of_fitting_age()?;
    node::cloud_packages()
}

/// What its tests need, beside that.
pub(crate) fn for_cloud_tests() -> Result<()> {
    node::sdk_packages()
}

/// Python with Microsoft's SDKs, where there is a Python.
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
