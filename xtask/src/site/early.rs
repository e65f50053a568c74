//! Builds the first screen's check of the name (`src/bin/early.rs`), a separate wasm small enough to load before the program.

use std::{fs, path::Path};

use anyhow::Result;

use super::{
    Build, Hashed, compile, parts,
    program::{join_script, work_folder},
    shrink, write_hashed,
};
use crate::{folders, run::run, setup};

pub(super) struct Early {
    pub(super) script: Hashed,
    pub(super) wasm: Hashed,
}

pub(super) fn make(site: &Path, build: &Build) -> Result<Early> {
    let mut cargo = compile::for_browser("early", build)?;
    run(cargo.args(["--quiet", "--no-default-features", "--features", "early"]), "compiling the check of the name")?;
    let bound = work_folder()?.join("early");
    let linked = folders::target()?.join("wasm32-unknown-unknown/release/early.wasm");
    run(setup::bind_wasm()?.arg(linked).arg(&bound).arg("early_program"), "binding the check to JavaScript")?;
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
