//! Builds the first screen's check of the name (`src/bin/early.rs`), a separate wasm small enough to load before the program.

use std::{fs, path::Path};

use anyhow::Result;

use super::{
    Hashed, parts,
    program::{join_script, target_folder, work_folder},
    shrink, write_hashed,
};
use crate::{
    folders,
    run::{command, run, say},
};

pub(super) struct Early {
    pub(super) script: Hashed,
    pub(super) wasm: Hashed,
}

pub(super) fn make(site: &Path) -> Result<Early> {
    say("building the first screen's own check");
    let mut cargo = command("cargo")?;
    cargo.args(["build", "--quiet", "--release", "--locked", "--offline", "--bin", "early"]);
    run(cargo.args(["--no-default-features", "--features", "early", "--target", "wasm32-unknown-unknown"]), "building the check")?;
    let bound = work_folder()?.join("early");
    let mut bindgen = command("wasm-bindgen")?;
    bindgen.args(["--target", "web", "--no-typescript", "--out-name", "early_program", "--out-dir"]).arg(&bound);
    let linked = target_folder()?.join("wasm32-unknown-unknown/release/early.wasm");
    run(bindgen.arg(linked), "binding the check to JavaScript")?;
    let wasm = bound.join("early.opt");
    shrink::optimise_all(&[(bound.join("early_program_bg.wasm"), wasm.clone())])?;
    let script = bound.join("early.js");
    fs::copy(folders::checkout().join("public/early.js"), &script)?;
    let fallback = "module_or_path = new URL('early_program_bg.wasm', import.meta.url);";
    parts::without_fallback(&bound.join("early_program.js"), fallback)?;
    Ok(Early {
        script: write_hashed(site, "early", "js", &join_script(&script)?)?,
        wasm: write_hashed(site, "early", "wasm", &fs::read(wasm)?)?,
    })
}
