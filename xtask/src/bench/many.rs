//! Benchmarks `identity-check` on a long list.

use std::{fmt::Write, fs, process::Stdio, time::Instant};

use anyhow::{Result, bail};

use crate::{folders, run::command};

/// How many rows the list has.
const ROWS: usize = 10_000;
/// How many runs the median is taken over.
const RUNS: usize = 7;

/// Prints the median time from the start of the process to its end.
pub(super) fn check() -> Result<()> {
    let built = command("cargo")?.args(["build", "--release", "--locked", "--quiet", "--package", "identity-check"]).status()?;
    if !built.success() {
        bail!("identity-check could not be built");
    }
    let mut list = String::from("name,resourceGroup,region,tag.Env,tag.Owner\r\n");
    for row in 0..ROWS {
        write!(list, "uami-{row:05},RG{},eastus,prod,\"Ada, Lovelace\"\r\n", row % 100)?;
    }
    let file = folders::target()?.join("identities.csv");
    fs::write(&file, list)?;
    let mut times = Vec::new();
    for _ in 0..RUNS {
        let start = Instant::now();
        let status = command(folders::target()?.join("release/identity-check"))?.arg(&file).stdout(Stdio::null()).status()?;
        if !status.success() {
            bail!("identity-check found problems in a list without problems");
        }
        times.push(start.elapsed());
    }
    times.sort();
    println!("{ROWS} rows of CSV, identity-check  {} ms  100 ms", times[RUNS / 2].as_millis());
    Ok(())
}
