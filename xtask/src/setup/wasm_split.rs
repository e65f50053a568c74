//! The tool that splits the wasm into parts: the registry's crate with a change of ours. It would make a chunk for each combination
//! of parts that share code, 220 in all; with the change there are three.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::rust;
use crate::{
    folders, pins,
    run::{ask, command},
    site::replace_once,
};

const CRATE: &str = "wasm_split_cli_support";

/// What is added to the file below.
const JOINS: &str = include_str!("../../wasm-split/joins.rs");
const CHANGED: &str = "src/split_point.rs";
/// Where the tool takes the next symbol with the modules that need it, and what is put there.
const PAINTED: (&str, &str) = (
    "    while let Some((node, color)) = painter.next() {\n",
    "    let joins = Joins::new(split_points_by_module.keys().cloned());\n    \
     while let Some((node, color)) = painter.next() {\n        let color = &joins.joined(color);\n",
);

/// Builds the tool, unless it is there.
pub(crate) fn wasm_split() -> Result<()> {
    let name = format!("{CRATE}-{}-{:.16x}", pins::WASM_SPLIT, Sha256::digest([JOINS, PAINTED.1].concat()));
    let folder = folders::cache()?.join("sources").join(&name);
    // It doesn't print its version, but cargo records the folder it was built from.
    let record = fs::read_to_string(folders::tools()?.join(".crates.toml")).unwrap_or_default();
    if record.contains(&name) {
        return Ok(());
    }
    let changed = folder.join(CHANGED);
    copy(&sources()?, &folder)?;
    let text = fs::read_to_string(&changed).with_context(|| format!("reading {}", changed.display()))?;
    fs::write(&changed, [&replace_once(&text, PAINTED.0, PAINTED.1)?, JOINS].concat())?;
    let from = ["--path".to_owned(), folder.display().to_string()];
    rust::build(CRATE, pins::WASM_SPLIT, &from, &["--features", "build-binary"], "about 1 minute")
}

/// The crate as the registry has it: the dependency of an empty crate.
fn sources() -> Result<PathBuf> {
    let empty = folders::cache()?.join("sources/of-wasm-split");
    rust::empty_crate(&empty, &format!("{CRATE} = \"={}\"\n", pins::WASM_SPLIT))?;
    let mut cargo = command("cargo")?;
    cargo.args(["metadata", "--quiet", "--format-version", "1", "--manifest-path"]).arg(empty.join("Cargo.toml"));
    let text = ask(&mut cargo).context("the sources of wasm-split could not be fetched from the crate registry")?;
    let metadata: Value = serde_json::from_str(&text)?;
    let packages = metadata["packages"].as_array().context("cargo metadata lists no packages")?;
    let package = packages.iter().find(|package| package["name"] == CRATE).with_context(|| format!("cargo metadata lacks {CRATE}"))?;
    let manifest = package["manifest_path"].as_str().context("cargo metadata names no manifest")?;
    Ok(Path::new(manifest).parent().unwrap_or(Path::new("")).to_owned())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("reading {}", from.display()))? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
