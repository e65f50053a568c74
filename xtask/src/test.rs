//! Every test there is, in the order in which they are cheap. All are run, even after one has failed.

mod cloud;
mod count;

use std::{
    fs,
    process::{Command, ExitCode},
    time::{Duration, Instant},
};

use anyhow::{Result, bail};

use self::count::Count;
use crate::{
    build::{self, Profile},
    folders, hosts,
    run::{ask, command, say, watch},
    serve, setup,
};

/// As many as `tests/e2e/playwright.config.ts` has.
const WORKERS: usize = 2;

const WASM: [&str; 2] = ["--target", "wasm32-unknown-unknown"];

/// `profile` is of the site that the end-to-end tests open; `words` go to Playwright: which files, how often.
pub(crate) fn test(part: Option<&str>, profile: Profile, words: &[String]) -> Result<ExitCode> {
    if !matches!(part, None | Some("unit" | "cloud" | "wasm" | "e2e")) {
        bail!("there are no tests of that name; there are `unit`, `cloud`, `wasm` and `e2e`");
    }
    let wanted = |name: &str| part.is_none_or(|part| part == name);
    let mut done = Vec::new();
    if wanted("unit") {
        unit(&mut done)?;
    }
    if wanted("cloud") {
        cloud::cloud(&mut done)?;
    }
    if wanted("wasm") {
        wasm(&mut done)?;
    }
    if wanted("e2e") {
        end_to_end(&mut done, profile, words)?;
    }
    Ok(summary(&done))
}

/// A finished step.
struct Done {
    name: &'static str,
    count: Count,
    took: Duration,
}

fn step(done: &mut Vec<Done>, name: &'static str, command: &mut Command) -> Result<()> {
    say(name);
    let start = Instant::now();
    let (passed, output) = watch(command, name)?;
    done.push(Done { name, count: Count::of(&output, passed), took: start.elapsed() });
    Ok(())
}

fn unit(done: &mut Vec<Done>) -> Result<()> {
    setup::for_lints()?;
    let cargo = || command("cargo");
    step(done, "formatting", cargo()?.args(["fmt", "--all", "--check"]))?;
    let strict = ["--", "-D", "warnings"];
    step(done, "lints", cargo()?.args(["clippy", "--locked", "--workspace", "--all-targets"]).args(strict))?;
    let browser = ["clippy", "--locked", "--lib", "--bins", "--features", "split"];
    step(done, "lints for the browser", cargo()?.args(browser).args(WASM).args(strict))?;
    step(done, "the pure rooms by themselves", cargo()?.args(["check", "--locked", "--lib", "--no-default-features"]))?;
    let nextest = ask(cargo()?.args(["nextest", "--version"])).is_some();
    let runner: &[&str] = if nextest {
        &["nextest", "run", "--no-tests", "pass", "--no-fail-fast"]
    } else {
        &["test", "--lib", "--bins", "--tests", "--no-fail-fast"]
    };
    step(done, "tests on this machine", cargo()?.args(runner).args(["--locked", "--workspace"]))?;
    step(done, "examples in the documentation", cargo()?.args(["test", "--locked", "--doc"]))
}

/// `tests/wasm*.rs`, each run in a browser.
fn wasm(done: &mut Vec<Done>) -> Result<()> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folders::checkout().join("tests"))? {
        let path = entry?.path();
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if stem.starts_with("wasm") && path.extension().is_some_and(|extension| extension == "rs") {
            files.push(stem);
        }
    }
    if files.is_empty() {
        say("there are no wasm tests");
        return Ok(());
    }
    setup::for_wasm_tests()?;
    let mut cargo = command("cargo")?;
    cargo.args(["test", "--locked", "--no-fail-fast"]).args(WASM);
    for file in files {
        cargo.args(["--test", &file]);
    }
    cargo
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner")
        .env("CHROMEDRIVER", setup::chromedriver()?)
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", folders::checkout().join("tests/webdriver.json"));
    step(done, "wasm tests in a browser", &mut cargo)
}

fn end_to_end(done: &mut Vec<Done>, profile: Profile, words: &[String]) -> Result<()> {
    setup::for_end_to_end()?;
    let chromium = setup::chromium()?;
    let site = build::build(profile)?;
    // The threads serve until this process ends.
    let (port, _thread) = serve::start(&site, 0)?;
    // A test turns a cloud's knobs for itself alone: each of Playwright's workers has one, and the app served against it.
    let ports = ["--port-base".to_owned(), "0".to_owned()];
    let mut live = Vec::new();
    let mut clouds = Vec::new();
    for _ in 0..WORKERS {
        let (port, cloud, _thread) = serve::start_with_cloud(&site, 0, &ports)?;
        live.push(cloud.beside(&format!("http://localhost:{port}/")));
        clouds.push(cloud);
    }
    let mut playwright = setup::node()?;
    playwright
        .current_dir(folders::checkout().join("tests/e2e"))
        .args(["node_modules/@playwright/test/cli.js", "test"])
        .args(words)
        .env("IDENTITY_PORTAL_URL", format!("http://localhost:{port}/"))
        .env("IDENTITY_PORTAL_LIVE", serde_json::Value::from(live).to_string())
        .env("CHROMIUM", chromium);
    // Only what is shipped can be one file, or stand on a host.
    let hosts = if profile == Profile::Release {
        let hosts = hosts::start(&site, &folders::target()?.join("hosting"))?;
        playwright.env("IDENTITY_PORTAL_FILE", build::single_file(&site, None)?).env("IDENTITY_PORTAL_HOSTS", hosts.addresses());
        Some(hosts)
    } else {
        None
    };
    step(done, "end to end in a browser", &mut playwright)?;
    drop((clouds, hosts));
    Ok(())
}

fn summary(done: &[Done]) -> ExitCode {
    println!("\n{:<32} {:>8} {:>8} {:>9}", "", "passed", "failed", "seconds");
    let mut all = Count::default();
    for Done { name, count, took } in done {
        println!("{name:<32} {:>8} {:>8} {:>9.1}", count.passed, count.failed, took.as_secs_f64());
        all.passed += count.passed;
        all.failed += count.failed;
    }
    println!("\n{} passed, {} failed", all.passed, all.failed);
    if all.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
