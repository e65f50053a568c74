//! The last sites that were built, by the hash of their inputs: a second checkout, or a return to an earlier commit, takes its site
//! from here.

use std::{
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

use anyhow::{Context, Result};

use crate::folders;

/// How many are kept, of some 10 MB each.
const MAX: usize = 8;

fn folder() -> Result<PathBuf> {
    Ok(folders::cache()?.join("sites"))
}

/// Copies the site with these inputs into its place; `false` if there is none.
pub(super) fn take(inputs: &str, site: &Path) -> Result<bool> {
    take_from(&folder()?, inputs, site)
}

/// Keeps a site.
pub(super) fn keep(inputs: &str, site: &Path) -> Result<()> {
    keep_in(&folder()?, inputs, site)
}

fn take_from(folder: &Path, inputs: &str, site: &Path) -> Result<bool> {
    let kept = folder.join(inputs);
    if !kept.is_dir() {
        return Ok(false);
    }
    if site.exists() {
        fs::remove_dir_all(site).with_context(|| format!("removing {}", site.display()))?;
    }
    folders::copy(&kept, site)?;
    Ok(true)
}

fn keep_in(folder: &Path, inputs: &str, site: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    let partial = folder.join(format!("partial-{}", std::process::id()));
    folders::copy(site, &partial)?;
    // Renamed when it is complete. Another checkout may have kept the same.
    if fs::rename(&partial, folder.join(inputs)).is_err() {
        fs::remove_dir_all(&partial)?;
    }
    let mut all: Vec<(SystemTime, PathBuf)> =
        fs::read_dir(folder)?.flatten().filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry.path()))).collect();
    all.sort();
    for (_, old) in all.iter().rev().skip(MAX) {
        fs::remove_dir_all(old).with_context(|| format!("removing {}", old.display()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{MAX, keep_in, take_from};

    #[test]
    fn a_site_comes_back_by_its_inputs() {
        let root = std::env::temp_dir().join(format!("identity-portal-kept-{}", std::process::id()));
        let (folder, site) = (root.join("sites"), root.join("dist"));
        assert!(!take_from(&folder, "a", &site).unwrap());
        let build = |text: &str| {
            drop(fs::remove_dir_all(&site));
            fs::create_dir_all(site.join("deep")).unwrap();
            fs::write(site.join("deep/file"), text).unwrap();
        };
        build("a");
        keep_in(&folder, "a", &site).unwrap();
        keep_in(&folder, "a", &site).unwrap();
        build("b");
        fs::write(site.join("left over"), "").unwrap();
        assert!(take_from(&folder, "a", &site).unwrap());
        assert_eq!(fs::read_to_string(site.join("deep/file")).unwrap(), "a");
        assert!(!site.join("left over").exists());
        for number in 0..2 * MAX {
            keep_in(&folder, &format!("another-{number}"), &site).unwrap();
        }
        assert_eq!(fs::read_dir(&folder).unwrap().count(), MAX);
        fs::remove_dir_all(root).unwrap();
    }
}
