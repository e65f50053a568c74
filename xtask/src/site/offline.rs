//! The worker that keeps the site for the next visit, with the list of this build's files in it.

use std::{fs, path::Path};

use anyhow::{Context, Result};

use super::{digest, program::minify, replace_once};
use crate::{build::Profile, headers::is_hashed};

/// Its address stays the same from version to version.
pub(super) const WORKER: &str = "sw.js";

/// What the page shows besides the files that are named by their content.
const PLAIN: [&str; 5] = ["favicon.svg", "icon-192.png", "icon-512.png", "icon-maskable-512.png", "manifest.webmanifest"];

/// Stamps the list into the worker; development has none. To be called when every other file is there.
pub(super) fn make(site: &Path, profile: Profile) -> Result<()> {
    let worker = site.join(WORKER);
    if profile == Profile::Development {
        return fs::remove_file(&worker).context("public/sw.js");
    }
    let mut files = PLAIN.map(str::to_owned).to_vec();
    for entry in fs::read_dir(site)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if is_hashed(&name) {
            files.push(name);
        }
    }
    files.sort();
    let mut contents = fs::read(site.join("index.html"))?;
    for file in PLAIN {
        contents.extend(fs::read(site.join(file)).with_context(|| format!("reading {file}"))?);
    }
    let text = fs::read_to_string(&worker)?;
    let text = replace_once(&text, "const VERSION = \"development\";", &format!("const VERSION = \"{}\";", digest(&contents)))?;
    let list = serde_json::to_string(&files)?;
    let text = replace_once(&text, "const FILES = [];", &format!("const FILES = {list};"))?;
    fs::write(&worker, minify(text.as_bytes(), "js")?)?;
    Ok(())
}
