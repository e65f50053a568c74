//! Installs missing tools. An installed tool costs at most a version check.

mod browser;
mod node;
mod python;
mod rust;
mod servers;
mod system;
mod trunk;
mod wasm_tools;

use std::path::PathBuf;

use anyhow::Result;

pub(crate) use browser::{chromedriver, chromium, firefox, webkit};
pub(crate) use node::{build_tool, node};
pub(crate) use rust::std_sources;
pub(crate) use servers::{Program, caddy, nginx};
pub(crate) use wasm_tools::{bind as bind_wasm, bindgen as wasm_bindgen, split as split_wasm, test_runner as wasm_test_runner};

use crate::{
    build::Profile,
    progress::{self, Step},
    run::say,
};

const TARGET: Step = Step { name: "adding Rust's target for wasm", usual: 10 };
const TOOLS: Step = Step { name: "building the tools for wasm, once", usual: 70 };
const NODE: Step = Step { name: "fetching wasm-opt and esbuild", usual: 10 };
const TEST_TOOLS: Step = Step { name: "building the tools of wasm tests, once", usual: 70 };

/// The steps of [`for_build`], without those of what is there.
pub(crate) fn steps_of_build(profile: Profile) -> Result<Vec<Step>> {
    let release = profile == Profile::Release;
    let steps = [(TARGET, !rust::has_target()), (TOOLS, !wasm_tools::are_there()?), (NODE, release && !node::has_build_tools()?)];
    Ok(steps.into_iter().filter(|(_, is_missing)| *is_missing).map(|(step, _)| step).collect())
}

/// Installs the requirements of building the app.
pub(crate) fn for_build(profile: Profile) -> Result<()> {
    wasm_target()?;
    if !wasm_tools::are_there()? {
        progress::begin(TOOLS);
        wasm_tools::for_build()?;
    }
    if profile == Profile::Release && !node::has_build_tools()? {
        progress::begin(NODE);
        node::recent_node()?;
        node::build_tools()?;
    }
    Ok(())
}

fn wasm_target() -> Result<()> {
    if !rust::has_target() {
        progress::begin(TARGET);
    }
    rust::wasm_target()
}

fn wasm_test_tools() -> Result<()> {
    if !wasm_tools::of_tests_are_there()? {
        progress::begin(TEST_TOOLS);
        wasm_tools::for_tests()?;
    }
    Ok(())
}

/// Installs Trunk and the `wasm-bindgen` that it runs.
pub(crate) fn trunk() -> Result<()> {
    wasm_test_tools()?;
    trunk::trunk()
}

/// Installs the requirements of wasm tests in a browser.
pub(crate) fn for_wasm_tests() -> Result<()> {
    wasm_target()?;
    wasm_test_tools()?;
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
    wasm_target()?;
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
