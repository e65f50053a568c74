//! The browsers of the tests. Chromium is the system's, or else Debian's package, or else Playwright's download; Firefox and
//! WebKit are the system's or Debian's, and skipped if there are none.

use std::{env, path::PathBuf};

use anyhow::{Context, Result, bail};

use super::{node, system};
use crate::{
    folders,
    run::{ask, run, say},
};

const NAMES: &[&str] = &["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome.exe"];

/// Where installers put it outside `PATH`.
const PATHS: &[&str] = &[
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/// Chromium's program. `CHROMIUM` overrides it.
pub(crate) fn chromium() -> Result<PathBuf> {
    if let Some(found) = named("CHROMIUM").or_else(installed).or_else(playwrights) {
        return Ok(found);
    }
    if system::has_apt() {
        system::install(&["chromium", "chromium-driver"])?;
    } else {
        say("fetching Playwright's Chromium");
        node::recent_node()?;
        node::test_packages()?;
        let folder = folders::checkout().join("tests/e2e");
        run(node::node()?.current_dir(folder).args(["node_modules/@playwright/test/cli.js", "install", "chromium"]), "fetching a browser")
            .context("Playwright's Chromium could not be fetched; install Chromium or set CHROMIUM to its program")?;
    }
    installed().or_else(playwrights).context("Chromium was installed, but is not found; set CHROMIUM to its program")
}

/// The `WebDriver` program for the wasm tests. `CHROMEDRIVER` overrides it.
pub(crate) fn chromedriver() -> Result<PathBuf> {
    let find = || named("CHROMEDRIVER").or_else(|| in_path(&["chromedriver", "chromedriver.exe"]));
    if let Some(found) = find() {
        return Ok(found);
    }
    if system::has_apt() {
        system::install(&["chromium-driver"])?;
    }
    match find() {
        Some(found) => Ok(found),
        None => bail!("wasm tests need the chromedriver of your Chromium's version; set CHROMEDRIVER to its program"),
    }
}

const FIREFOX: &[&str] = &["firefox-esr", "firefox", "firefox.exe"];

const FIREFOX_PATHS: &[&str] = &["/Applications/Firefox.app/Contents/MacOS/firefox", "C:\\Program Files\\Mozilla Firefox\\firefox.exe"];

/// Firefox's program, or why there is none. `FIREFOX` overrides it.
pub(crate) fn firefox() -> Result<Result<PathBuf, String>> {
    let installed = || FIREFOX_PATHS.iter().map(PathBuf::from).find(|path| path.is_file());
    let find = || named("FIREFOX").or_else(|| in_path(FIREFOX)).or_else(installed);
    if find().is_none() && system::has_apt() {
        system::install(&["firefox-esr"])?;
    }
    Ok(find().ok_or_else(|| "there is no Firefox; install it or set FIREFOX to its program".to_owned()))
}

/// WebKit's driver, and the X server that its windows need.
pub(crate) struct WebKit {
    pub(crate) driver: PathBuf,
    pub(crate) screen: PathBuf,
}

/// WebKitGTK with its driver, or why there is none.
pub(crate) fn webkit() -> Result<Result<WebKit, String>> {
    let find = || Some(WebKit { driver: in_path(&["WebKitWebDriver"])?, screen: in_path(&["Xvfb"])? });
    if find().is_none() && system::has_apt() {
        system::install(&["webkit2gtk-driver", "xvfb"])?;
    }
    Ok(find().ok_or_else(|| "there is no WebKitWebDriver with Xvfb; Debian's packages webkit2gtk-driver and xvfb have them".to_owned()))
}

fn named(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).map(PathBuf::from).filter(|path| path.is_file())
}

fn installed() -> Option<PathBuf> {
    in_path(NAMES).or_else(|| PATHS.iter().map(PathBuf::from).find(|path| path.is_file()))
}

fn in_path(names: &[&str]) -> Option<PathBuf> {
    let folders: Vec<PathBuf> = env::split_paths(&env::var_os("PATH")?).collect();
    names.iter().find_map(|name| folders.iter().map(|folder| folder.join(name)).find(|path| path.is_file()))
}

fn playwrights() -> Option<PathBuf> {
    let folder = folders::checkout().join("tests/e2e");
    let script = "console.log(require('@playwright/test').chromium.executablePath())";
    let path = PathBuf::from(ask(node::node().ok()?.current_dir(folder).args(["-e", script]))?);
    path.is_file().then_some(path)
}
