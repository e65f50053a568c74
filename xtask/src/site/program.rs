//! The program's script and wasm: Trunk's output in development, split and optimised for release.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};

use super::{HASHED_SCRIPTS, Hashed, PLAIN_SCRIPTS, parts, replace_once, wasm_features, write_hashed};
use crate::{browsers, build::Profile, folders, run::run, setup};

/// Passes the script's start function to `boot.js`, which listens for this event.
pub(super) const HAND_OVER: &str = "dispatchEvent(new CustomEvent(\"identity-portal:script\", { detail: start }));\n";

pub(super) struct Program {
    pub(super) script: Hashed,
    pub(super) wasm: Hashed,
    /// The parts that `boot.js` may fetch before the program asks for them, by name; none in development.
    pub(super) ahead: Vec<(String, Hashed)>,
}

pub(super) fn make(staging: &Path, profile: Profile) -> Result<Program> {
    if profile == Profile::Release {
        // Trunk has bound the program before it is split.
        for end in [".js", "_bg.wasm"] {
            only(staging, end).and_then(|bound| Ok(fs::remove_file(bound)?)).ok();
        }
        return parts::make(staging);
    }
    let script = only(staging, ".js")?;
    let wasm = only(staging, "_bg.wasm")?;
    wasm_features::check(&fs::read(&wasm)?)?;
    // Not bundled: the file imports from its folder of snippets.
    let text = fs::read_to_string(&script)?;
    let text = replace_once(&text, "export { initSync, __wbg_init as default };", EXPORTS_AND_START)?;
    let program = Program {
        script: write_hashed(staging, "app", "js", text.as_bytes())?,
        wasm: write_hashed(staging, "app", "wasm", &fs::read(&wasm)?)?,
        ahead: Vec::new(),
    };
    fs::remove_file(script)?;
    fs::remove_file(wasm)?;
    Ok(program)
}

/// The last line of wasm-bindgen's script, followed by the hand-over.
const EXPORTS_AND_START: &str = "export { initSync, __wbg_init as default };\n\
    const start = __wbg_init;\n\
    dispatchEvent(new CustomEvent(\"identity-portal:script\", { detail: start }));\n";

/// The only file whose name ends with `end`, other than our own scripts.
fn only(folder: &Path, end: &str) -> Result<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.ends_with(end) && !PLAIN_SCRIPTS.contains(&name.as_str()) && !HASHED_SCRIPTS.contains(&name.as_str()) {
            found.push(path);
        }
    }
    match found.pop() {
        Some(path) if found.is_empty() => Ok(path),
        _ => bail!("wasm-bindgen should have left one file that ends in `{end}`"),
    }
}

/// Bundles a script with its imports, and minifies it.
pub(super) fn join_script(entry: &Path) -> Result<Vec<u8>> {
    let out = entry.with_extension("joined.js");
    let mut node = setup::node()?;
    node.arg(setup::build_tool("esbuild/bin/esbuild")?)
        .arg(entry)
        .args(["--bundle", "--format=esm", "--minify", "--log-level=warning", "--log-override:duplicate-object-key=silent"])
        .arg(browsers::esbuild_target()?)
        .arg(format!("--outfile={}", out.display()));
    run(&mut node, "bundling the scripts")?;
    Ok(fs::read(out)?)
}

/// Minifies a script or a stylesheet.
pub(super) fn minify(text: &[u8], kind: &str) -> Result<Vec<u8>> {
    let folder = work_folder()?;
    let file = folder.join(format!("minify.{kind}"));
    let out = folder.join(format!("minified.{kind}"));
    fs::write(&file, text)?;
    let mut node = setup::node()?;
    node.arg(setup::build_tool("esbuild/bin/esbuild")?)
        .arg(file)
        .args(["--minify", "--log-level=warning"])
        .arg(browsers::esbuild_target()?)
        .arg(format!("--outfile={}", out.display()));
    run(&mut node, "minifying")?;
    Ok(fs::read(out)?)
}

/// A part after the split and before wasm-opt, which still has its function names.
pub(crate) fn cut_part(name: &str) -> Result<Vec<u8>> {
    let file = folders::target()?.join(format!("site/cut/split_{name}.wasm"));
    fs::read(&file).with_context(|| format!("reading {}", file.display()))
}

/// The folder of intermediate files.
pub(super) fn work_folder() -> Result<PathBuf> {
    let folder = folders::target()?.join("site");
    fs::create_dir_all(&folder)?;
    Ok(folder)
}
