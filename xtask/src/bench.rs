//! Benchmarks: sizes, start-up and interaction times of the release build in a real browser; `identity-check` on many rows; and
//! the size of signing in.

mod many;
mod weight;

use std::{fs, path::Path, process::ExitCode};

use anyhow::{Result, bail};

use crate::{
    build::{self, Profile},
    folders, serve, setup,
    site::program,
};

/// The budget for signing in, in bytes of wasm after brotli.
const SIGN_IN_MAX: u64 = 45_000;
/// How many rows the table by crate has.
const ROWS: usize = 30;

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
    many::check()?;
    if !measured.success() {
        bail!("the measurements failed");
    }
    Ok(ExitCode::SUCCESS)
}

/// Builds the site with and without signing in, and prints the difference: the wasm of both sites after brotli, and the part
/// `signin` by crate, before wasm-opt.
pub(crate) fn sign_in() -> Result<ExitCode> {
    let with = wire(&build::rebuild(Profile::Release)?)?;
    let part = program::cut_part("signin")?;
    let without = wire(&build::build_without_sign_in()?)?;
    let added = with.saturating_sub(without);
    println!("\n{:<60} {with:>9}\n{:<60} {without:>9}", "wasm of the site, brotli, bytes", "the same without signing in");
    println!("{:<60} {added:>9}  at most {SIGN_IN_MAX}\n", "signing in adds");
    println!("{:<60} {:>9}", "the part `signin` by crate, before wasm-opt", "bytes");
    let rows = weight::by_crate(&part)?;
    for (name, bytes) in rows.iter().take(ROWS) {
        println!("{name:<60} {bytes:>9}");
    }
    let rest: u64 = rows.iter().skip(ROWS).map(|(_, bytes)| bytes).sum();
    println!("{:<60} {rest:>9}", "all others");
    Ok(ExitCode::SUCCESS)
}

/// The size of a site's wasm after brotli.
fn wire(site: &Path) -> Result<u64> {
    let mut sum = 0;
    for entry in fs::read_dir(site)? {
        let path = entry?.path();
        if path.to_string_lossy().ends_with(".wasm.br") {
            sum += fs::metadata(path)?.len();
        }
    }
    Ok(sum)
}
