//! Stamps the list of this build's files into the service worker.

use std::{fs, path::Path};

use anyhow::{Context, Result};

use super::{digest, program::minify, replace_once};
use crate::{build::Profile, headers::is_hashed};

/// The service worker, whose name is the same in every version.
pub(super) const WORKER: &str = "sw.js";

/// The site's files without a hash in their name that the page uses.
const PLAIN: [&str; 5] = ["favicon.svg", "icon-192.png", "icon-512.png", "icon-maskable-512.png", "manifest.webmanifest"];

/// Stamps the list into the worker, or removes the worker in development. Call it after every other file is written.
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
