//! Runs all tests, the cheapest first, and continues after a failure.

mod browsers;
mod cloud;
mod count;
mod trunk;

use std::{
    collections::BTreeSet,
    fs,
    process::{Command, ExitCode},
    time::{Duration, Instant},
};

use anyhow::{Result, bail};

use self::count::Count;
use crate::{
    build::{self, Profile},
    folders, hosts,
    progress::{self, Step},
    run::{ask, command, say, watch},
    serve, setup,
};

/// The number of Playwright's workers, one for each processor: with more, tests that open lists while these load time out.
fn workers() -> usize {
    const MAX: usize = 8;
    std::thread::available_parallelism().map_or(2, |processors| processors.get().min(MAX))
}

const WASM: [&str; 2] = ["--target", "wasm32-unknown-unknown"];

const FORMATTING: Step = Step { name: "formatting", usual: 2 };
const LINTS: Step = Step { name: "lints", usual: 45 };
const BROWSER_LINTS: Step = Step { name: "lints for the browser", usual: 30 };
const PURE: Step = Step { name: "the pure rooms by themselves", usual: 15 };
const LACKING: Step = Step { name: "what promised browsers lack", usual: 6 };
const HOST_TESTS: Step = Step { name: "tests on this machine", usual: 90 };
const EXAMPLES: Step = Step { name: "examples in the documentation", usual: 20 };
const WASM_TESTS: Step = Step { name: "wasm tests in a browser", usual: 30 };
const LACKING_BUILT: Step = Step { name: "what promised browsers lack, as built", usual: 4 };
const E2E: Step = Step { name: "end to end in a browser", usual: 1500 };

/// `profile` is that of the site for the end-to-end tests; `words` are Playwright's arguments.
pub(crate) fn test(part: Option<&str>, profile: Profile, words: &[String]) -> Result<ExitCode> {
    if !matches!(part, None | Some("unit" | "cloud" | "wasm" | "trunk" | "e2e" | "browsers")) {
        bail!("there are no tests of that name; there are `unit`, `cloud`, `wasm`, `trunk`, `e2e` and `browsers`");
    }
    let wanted = |name: &str| part.is_none_or(|part| part == name);
    let parts = [
        ("unit", &[FORMATTING, LINTS, BROWSER_LINTS, PURE, LACKING, HOST_TESTS, EXAMPLES][..]),
        ("cloud", &cloud::STEPS),
        ("wasm", &[WASM_TESTS]),
        ("trunk", &trunk::STEPS),
        ("e2e", &[LACKING_BUILT, E2E]),
        ("browsers", &browsers::STEPS),
    ];
    progress::plan(parts.into_iter().filter(|(name, _)| wanted(name)).flat_map(|(_, steps)| steps).copied());
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
    if wanted("trunk") {
        trunk::trunk(&mut done)?;
    }
    if wanted("e2e") {
        end_to_end(&mut done, profile, words)?;
    }
    if wanted("browsers") {
        browsers::browsers(&mut done, profile)?;
    }
    Ok(summary(&done))
}

/// A finished step.
struct Done {
    name: &'static str,
    count: Count,
    took: Duration,
    /// The reasons of skipped tests, as far as they are reported.
    reasons: Vec<String>,
}

/// Whether a skipped test is a failure.
pub(crate) fn in_ci() -> bool {
    std::env::var("CI").is_ok_and(|value| !matches!(value.as_str(), "" | "false" | "0"))
}

fn step(done: &mut Vec<Done>, step: Step, command: &mut Command) -> Result<()> {
    progress::begin(step);
    let name = step.name;
    let start = Instant::now();
    // The file in which tests/skip records skipped tests; in CI, only those that may be skipped.
    let list = folders::target()?.join(format!("skipped-{}.txt", std::process::id()));
    let (passed, output) = watch(command.env("IDENTITY_PORTAL_SKIPPED", &list), name)?;
    let mut count = Count::of(&output, passed);
    count.refuse_skipped(in_ci());
    let reasons: Vec<String> = fs::read_to_string(&list).unwrap_or_default().lines().map(str::to_owned).collect();
    drop(fs::remove_file(&list));
    progress::end();
    count.passed = count.passed.saturating_sub(reasons.len());
    count.skipped += reasons.len();
    done.push(Done { name, count, took: start.elapsed(), reasons });
    Ok(())
}

/// Records a step that can't run on this machine.
fn skip(done: &mut Vec<Done>, step: Step, reason: String) {
    let mut count = Count { skipped: 1, ..Count::default() };
    count.refuse_skipped(in_ci());
    done.push(Done { name: step.name, count, took: Duration::ZERO, reasons: vec![reason] });
}

fn unit(done: &mut Vec<Done>) -> Result<()> {
    setup::for_lints()?;
    let cargo = || command("cargo");
    step(done, FORMATTING, cargo()?.args(["fmt", "--all", "--check"]))?;
    let strict = ["--", "-D", "warnings"];
    step(done, LINTS, cargo()?.args(["clippy", "--locked", "--workspace", "--all-targets"]).args(strict))?;
    let browser = ["clippy", "--locked", "--lib", "--bins", "--features", "split"];
    step(done, BROWSER_LINTS, cargo()?.args(browser).args(WASM).args(strict))?;
    step(done, PURE, cargo()?.args(["check", "--locked", "--lib", "--no-default-features"]))?;
    let nextest = ask(cargo()?.args(["nextest", "--version"])).is_some();
    let runner: &[&str] = if nextest {
        &["nextest", "run", "--no-tests", "pass", "--no-fail-fast"]
    } else {
        &["test", "--lib", "--bins", "--tests", "--no-fail-fast"]
    };
    step(done, LACKING, &mut compat(&["checks.test.mjs", "shipped.test.mjs"])?)?;
    step(done, HOST_TESTS, cargo()?.args(runner).args(["--locked", "--workspace"]))?;
    step(done, EXAMPLES, cargo()?.args(["test", "--locked", "--workspace", "--doc"]))
}

/// The command that runs files of `tests/compat` with Node.
fn compat(files: &[&str]) -> Result<Command> {
    let mut node = setup::node()?;
    node.current_dir(folders::checkout().join("tests/compat")).args(["--test", "--test-reporter=spec"]).args(files);
    Ok(node)
}

/// Runs `tests/wasm*.rs` in a browser.
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
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", setup::wasm_test_runner()?)
        .env("CHROMEDRIVER", setup::chromedriver()?)
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", folders::checkout().join("tests/webdriver.json"));
    step(done, WASM_TESTS, &mut cargo)
}

fn end_to_end(done: &mut Vec<Done>, profile: Profile, words: &[String]) -> Result<()> {
    setup::for_end_to_end()?;
    let chromium = setup::chromium()?;
    let site = build::build(profile)?;
    setup::for_lints()?;
    step(done, LACKING_BUILT, compat(&["site.test.mjs"])?.env("IDENTITY_PORTAL_SITE", &site))?;
    // The threads serve until this process ends.
    let (port, _thread) = serve::start(&site, 0)?;
    // Tests change the cloud's state, so each Playwright worker has its own cloud, with its own server of the app.
    let ports = ["--port-base".to_owned(), "0".to_owned()];
    let mut live = Vec::new();
    let mut clouds = Vec::new();
    for _ in 0..workers() {
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
        .env("IDENTITY_PORTAL_WORKERS", workers().to_string())
        .env("CHROMIUM", chromium);
    // Only release builds can be bundled into one file or deployed to a host.
    let hosts = if profile == Profile::Release {
        let hosts = hosts::start(&site, &folders::target()?.join("hosting"))?;
        playwright.env("IDENTITY_PORTAL_FILE", build::single_file(&site, None)?).env("IDENTITY_PORTAL_HOSTS", hosts.addresses());
        Some(hosts)
    } else {
        None
    };
    step(done, E2E, &mut playwright)?;
    drop((clouds, hosts));
    Ok(())
}

fn summary(done: &[Done]) -> ExitCode {
    println!("\n{:<40} {:>8} {:>8} {:>8} {:>9}", "", "passed", "failed", "skipped", "seconds");
    let mut all = Count::default();
    for Done { name, count, took, .. } in done {
        println!("{name:<40} {:>8} {:>8} {:>8} {:>9.1}", count.passed, count.failed, count.skipped, took.as_secs_f64());
        all.passed += count.passed;
        all.failed += count.failed;
        all.skipped += count.skipped;
    }
    let reasons: BTreeSet<_> = done.iter().flat_map(|step| step.reasons.iter().map(|reason| (step.name, reason))).collect();
    for (name, reason) in reasons {
        println!("skipped in {name}: {reason}");
    }
    println!("\n{} passed, {} failed, {} skipped", all.passed, all.failed, all.skipped);
    if all.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
