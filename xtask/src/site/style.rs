//! Bundles `style/` into one stylesheet, with `tokens.css` first because the others use it. It is in the page, so that the first
//! paint needs no other file, and in a file for hosts whose policy refuses that.

use std::{fs, path::Path};

use anyhow::{Context, Result, ensure};

use super::{Hashed, program::minify, write_hashed};
use crate::{build::Profile, folders};

pub(super) struct Style {
    /// For the page.
    pub(super) text: String,
    pub(super) file: Hashed,
}

pub(super) fn make(site: &Path, profile: Profile) -> Result<Style> {
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
    let text = String::from_utf8(all).context("a stylesheet is not text")?;
    ensure!(!text.contains("</style"), "the style has a text that would end it inside a page");
    Ok(Style { file: write_hashed(site, "style", "css", text.as_bytes())?, text })
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
