//! Bundles `style/` into one stylesheet, with `tokens.css` first because the others use it.

use std::{fs, path::Path};

use anyhow::{Context, Result};

use super::{Hashed, program::minify, write_hashed};
use crate::{build::Profile, folders};

pub(super) fn make(site: &Path, profile: Profile) -> Result<Hashed> {
    let mut files = Vec::new();
    collect(&folders::checkout().join("style"), &mut files).context("reading style/")?;
    files.sort_by_key(|file| (file.file_name().is_none_or(|name| name != "tokens.css"), file.clone()));
    let mut all = Vec::new();
    for file in files {
        all.extend(fs::read(&file).with_context(|| format!("reading {}", file.display()))?);
        all.push(b'\n');
    }
    let all = match profile {
        Profile::Development => all,
        Profile::Release => minify(&all, "css")?,
    };
    write_hashed(site, "style", "css", &all)
}

fn collect(folder: &Path, files: &mut Vec<std::path::PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "css") {
            files.push(path);
        }
    }
    Ok(())
}
