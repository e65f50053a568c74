//! Precompresses every text and wasm file to `.br` and `.gz`, except `config.json`, which people edit: a server would go on
//! sending the old compressed copy. It uses Node, which wasm-opt needs anyway, and whose brotli is written in C.

use std::{fs, path::Path};

use anyhow::Result;

use crate::{run::run, setup};

use super::program::work_folder;

/// Compresses the files given as arguments, several at a time.
const SCRIPT: &str = include_str!("../../node/compress.mjs");

const EXTENSIONS: &[&str] = &["html", "css", "js", "wasm", "json", "svg", "txt", "webmanifest"];

pub(super) fn folder(site: &Path) -> Result<()> {
    let mut files = Vec::new();
    collect(site, &mut files)?;
    let script = work_folder()?.join("compress.mjs");
    fs::write(&script, SCRIPT)?;
    run(setup::node()?.arg(script).args(files), "compressing")
}

fn collect(folder: &Path, files: &mut Vec<std::path::PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.file_name().is_none_or(|name| name != "config.json")
            && path.extension().is_some_and(|extension| EXTENSIONS.iter().any(|known| extension == *known))
        {
            files.push(path);
        }
    }
    Ok(())
}
