//! The tools that make a site of the linked program (`xtask/wasm-tools`). All are built at once, in one target folder, into a folder
//! of their sources' hash: checkouts of several versions don't replace each other's.
//!
//! The one that splits the program is the registry's crate with a change of ours. It would make a chunk for each combination of parts
//! that share code, 220 in all; with the change there are three.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};
use serde_json::Value;

use super::rust::empty_crate;
use crate::{
    folders, pins,
    run::{ask, command, run, say},
    site::{digest, replace_once},
};

const SPLIT: &str = "wasm_split_cli_support";

/// The crate of the tools, without the split's.
const SOURCES: [(&str, &str); 6] = [
    ("Cargo.toml", include_str!("../../wasm-tools/Cargo.toml")),
    ("Cargo.lock", include_str!("../../wasm-tools/Cargo.lock")),
    ("src/bind.rs", include_str!("../../wasm-tools/src/bind.rs")),
    ("src/bindgen.rs", include_str!("../../wasm-tools/src/bindgen.rs")),
    ("src/split.rs", include_str!("../../wasm-tools/src/split.rs")),
    ("src/test_runner.rs", include_str!("../../wasm-tools/src/test_runner.rs")),
];

/// What is added to the file below of the split's crate.
const JOINS: &str = include_str!("../../wasm-tools/joins.rs");
const CHANGED: &str = "src/split_point.rs";
/// Where the split takes the next symbol with the modules that need it, and what is put there.
const PAINTED: (&str, &str) = (
    "    while let Some((node, color)) = painter.next() {\n",
    "    let joins = Joins::new(split_points_by_module.keys().cloned());\n    \
     while let Some((node, color)) = painter.next() {\n        let color = &joins.joined(color);\n",
);

const BIND: &str = "bind-wasm";
const CUT: &str = "split-wasm";
const TEST_RUNNER: &str = "wasm-bindgen-test-runner";
const BINDGEN: &str = "published-bindgen";

/// Binds a program to JavaScript: `PROGRAM FOLDER NAME [--split]`.
pub(crate) fn bind() -> Result<Command> {
    command(program(BIND)?)
}

/// Splits a program into its parts: `PROGRAM FOLDER NAME`.
pub(crate) fn split() -> Result<Command> {
    let mut split = command(program(CUT)?)?;
    split.env("RUST_LOG", "error");
    Ok(split)
}

/// Runs a wasm test.
pub(crate) fn test_runner() -> Result<PathBuf> {
    program(TEST_RUNNER)
}

/// The published `wasm-bindgen`.
pub(crate) fn bindgen() -> Result<PathBuf> {
    program(BINDGEN)
}

/// Whether the tools of a build are there.
pub(super) fn are_there() -> Result<bool> {
    Ok(program(BIND)?.is_file() && program(CUT)?.is_file())
}

/// Whether the tools of tests are there.
pub(super) fn of_tests_are_there() -> Result<bool> {
    Ok(program(TEST_RUNNER)?.is_file() && program(BINDGEN)?.is_file())
}

/// Builds the tools of a build.
pub(super) fn for_build() -> Result<()> {
    make(&[BIND, CUT], &[])
}

/// Builds the runner of wasm tests, and what Trunk needs.
pub(super) fn for_tests() -> Result<()> {
    make(&[TEST_RUNNER, BINDGEN], &["--features", "tests"])
}

fn program(name: &str) -> Result<PathBuf> {
    Ok(folders::tools()?.join(folder_name()).join(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
}

fn folder_name() -> String {
    let all: Vec<&str> = SOURCES.iter().map(|(_, text)| *text).chain([JOINS, PAINTED.1]).collect();
    format!("wasm-{}", digest(all.concat().as_bytes()))
}

fn make(programs: &[&str], options: &[&str]) -> Result<()> {
    let crate_folder = lay_out()?;
    let target = folders::cache()?.join("tools-target");
    let cargo = |words: &[&str]| -> Result<Command> {
        let mut cargo = command("cargo")?;
        cargo.args(words).arg("--manifest-path").arg(crate_folder.join("Cargo.toml")).env("CARGO_TARGET_DIR", &target);
        Ok(cargo)
    };
    // Before anything is compiled, which would be for nothing.
    if !cargo(&["fetch", "--locked"])?.status().is_ok_and(|status| status.success()) {
        say("a crate of that version can't be had; taking the newest fitting ones, which a registry's mirror may need");
        fs::remove_file(crate_folder.join("Cargo.lock"))?;
        run(&mut cargo(&["fetch"])?, "fetching the crates of the tools")
            .context("the crates could not be fetched; with a network to crates.io, run this again")?;
    }
    let mut build = cargo(&["build", "--offline"])?;
    run(build.args(options).args(programs.iter().flat_map(|name| ["--bin", name])), "building the tools")?;
    for name in programs {
        let made = program(name)?;
        let folder = made.parent().context("the folder of the tools")?;
        fs::create_dir_all(folder)?;
        // Renamed when it is complete, since another checkout may look for it.
        let partial = folder.join(format!("{name}.partial-{}", std::process::id()));
        fs::copy(target.join("debug").join(made.file_name().unwrap_or_default()), &partial).with_context(|| format!("copying {name}"))?;
        fs::rename(partial, made)?;
    }
    Ok(())
}

/// Writes the crate of the tools, and the split's with its change beside it.
fn lay_out() -> Result<PathBuf> {
    let folder = folders::cache()?.join("sources").join(folder_name());
    for (name, text) in SOURCES {
        let file = folder.join(name);
        fs::create_dir_all(file.parent().unwrap_or(&folder))?;
        // What didn't change keeps its time, and isn't compiled again.
        if fs::read_to_string(&file).ok().as_deref() != Some(text) {
            fs::write(&file, text).with_context(|| format!("writing {}", file.display()))?;
        }
    }
    let split = folder.join("split");
    let changed = split.join(CHANGED);
    if !fs::read_to_string(&changed).is_ok_and(|text| text.ends_with(JOINS)) {
        folders::copy(&published_split()?, &split)?;
        let text = fs::read_to_string(&changed).with_context(|| format!("reading {}", changed.display()))?;
        fs::write(&changed, [&replace_once(&text, PAINTED.0, PAINTED.1)?, JOINS].concat())?;
    }
    Ok(folder)
}

/// The split's crate as the registry has it: the dependency of an empty crate.
fn published_split() -> Result<PathBuf> {
    let empty = folders::cache()?.join("sources/of-wasm-split");
    empty_crate(&empty, &format!("{SPLIT} = \"={}\"\n", pins::WASM_SPLIT))?;
    let mut cargo = command("cargo")?;
    cargo.args(["metadata", "--quiet", "--format-version", "1", "--manifest-path"]).arg(empty.join("Cargo.toml"));
    let text = ask(&mut cargo).context("the sources of wasm-split could not be fetched from the crate registry")?;
    let metadata: Value = serde_json::from_str(&text)?;
    let packages = metadata["packages"].as_array().context("cargo metadata lists no packages")?;
    let package = packages.iter().find(|package| package["name"] == SPLIT).with_context(|| format!("cargo metadata lacks {SPLIT}"))?;
    let manifest = package["manifest_path"].as_str().context("cargo metadata names no manifest")?;
    Ok(Path::new(manifest).parent().unwrap_or(Path::new("")).to_owned())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{SOURCES, SPLIT};
    use crate::{folders, pins};

    fn version<'a>(lock: &'a str, name: &str) -> &'a str {
        let (_, rest) = lock.split_once(&format!("name = \"{name}\"\nversion = \"")).unwrap_or_else(|| panic!("{name} is not locked"));
        rest.split('"').next().unwrap()
    }

    /// The page breaks in obscure ways if they don't.
    #[test]
    fn the_tools_fit_the_program() {
        let program = fs::read_to_string(folders::checkout().join("Cargo.lock")).unwrap();
        let tools = SOURCES.iter().find(|(name, _)| *name == "Cargo.lock").unwrap().1;
        let bindgen = version(&program, "wasm-bindgen");
        assert_eq!(version(tools, "wasm-bindgen-cli-support"), bindgen);
        assert_eq!(version(tools, "wasm-bindgen-cli"), bindgen);
        assert_eq!(version(tools, SPLIT), pins::WASM_SPLIT);
    }
}
