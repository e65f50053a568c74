//! Whether a built site is up to date. A stamp in the checkout's `target` holds a hash of a site's inputs and one of the site
//! itself; if both still match, nothing is built.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::{
    folders,
    run::{ask, command},
};

/// A site's inputs in the checkout.
const INPUTS: [&str; 13] = [
    ".cargo",
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "build.rs",
    "docs/entra-setup.md",
    "index.html",
    "public",
    "rust-toolchain.toml",
    "src",
    "style",
    "tests/compat/browsers.json",
    "xtask",
];

/// What is in these folders and has no part in a site.
const OTHERS: [&str; 9] = [
    "xtask/src/bench.rs",
    "xtask/src/bench",
    "xtask/src/cloud.rs",
    "xtask/src/hosts.rs",
    "xtask/src/progress.rs",
    "xtask/src/progress",
    "xtask/src/serve",
    "xtask/src/test.rs",
    "xtask/src/test",
];

/// Prefixes of environment variables that affect the compiler or Trunk.
const VARIABLES: [&str; 5] = ["CARGO_BUILD_", "CARGO_ENCODED_RUSTFLAGS", "CARGO_PROFILE_", "RUSTFLAGS", "TRUNK_"];

pub(super) struct Stamp {
    file: PathBuf,
    site: PathBuf,
    /// The profile and the build options.
    words: Vec<String>,
    /// The hash of the inputs before the build.
    inputs: String,
}

impl Stamp {
    pub(super) fn of(site: &Path, words: &[&str]) -> Result<Self> {
        let words: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
        let name = site.file_name().unwrap_or_default().to_string_lossy();
        let file = folders::checkout().join("target").join(format!("{name}.stamp"));
        Ok(Self { file, site: site.to_owned(), inputs: inputs(folders::checkout(), &words)?, words })
    }

    /// The hash of the inputs, which is the same in every checkout.
    pub(super) fn inputs(&self) -> &str {
        &self.inputs
    }

    /// Whether the site was built from these inputs, and hasn't changed since.
    pub(super) fn holds(&self) -> bool {
        let stamp = fs::read_to_string(&self.file).unwrap_or_default();
        tree(&self.site).is_ok_and(|site| stamp == self.text(&site))
    }

    /// Removes the stamp at the start of a build, which makes the site invalid until the build has ended.
    pub(super) fn remove(&self) -> Result<()> {
        if self.file.exists() { fs::remove_file(&self.file).with_context(|| format!("removing {}", self.file.display())) } else { Ok(()) }
    }

    /// Writes the stamp at the end of a build, unless the inputs changed meanwhile: it is unknown which version was built.
    pub(super) fn write(&self) -> Result<()> {
        if inputs(folders::checkout(), &self.words)? != self.inputs {
            return Ok(());
        }
        fs::create_dir_all(folders::checkout().join("target"))?;
        fs::write(&self.file, self.text(&tree(&self.site)?)).with_context(|| format!("writing {}", self.file.display()))
    }

    fn text(&self, site: &str) -> String {
        format!("made of {}\nmade    {site}\n", self.inputs)
    }
}

/// The hash of a site's inputs.
fn inputs(checkout: &Path, words: &[String]) -> Result<String> {
    let mut hash = Sha256::new();
    for word in words {
        add(&mut hash, word.as_bytes());
    }
    let compiler = ask(command("rustc")?.arg("-vV")).context("rustc doesn't print its version")?;
    add(&mut hash, compiler.as_bytes());
    let mut set: Vec<_> = env::vars().filter(|(name, _)| VARIABLES.iter().any(|start| name.starts_with(start))).collect();
    set.sort();
    for (name, value) in set {
        add(&mut hash, name.as_bytes());
        add(&mut hash, value.as_bytes());
    }
    for input in INPUTS {
        add_path(&mut hash, checkout, &checkout.join(input))?;
    }
    Ok(text(hash))
}

/// The hash of a folder's content.
fn tree(folder: &Path) -> Result<String> {
    anyhow::ensure!(folder.is_dir(), "{} is not a folder", folder.display());
    let mut hash = Sha256::new();
    add_path(&mut hash, folder, folder)?;
    Ok(text(hash))
}

/// Adds a file, or all files of a folder in the order of their names, each with its path below `root`; nothing if `path`
/// doesn't exist.
fn add_path(hash: &mut Sha256, root: &Path, path: &Path) -> Result<()> {
    if OTHERS.iter().any(|other| path.strip_prefix(root).is_ok_and(|path| path == Path::new(other))) {
        return Ok(());
    }
    if path.is_dir() {
        let mut entries = fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
        entries.sort();
        return entries.iter().try_for_each(|entry| add_path(hash, root, entry));
    }
    if path.is_file() {
        add(hash, path.strip_prefix(root).unwrap_or(path).to_string_lossy().as_bytes());
        add(hash, &fs::read(path).with_context(|| format!("reading {}", path.display()))?);
    }
    Ok(())
}

/// Prefixes the length, so that adjacent values can't be confused.
fn add(hash: &mut Sha256, bytes: &[u8]) {
    hash.update((bytes.len() as u64).to_le_bytes());
    hash.update(bytes);
}

fn text(hash: Sha256) -> String {
    use std::fmt::Write;
    hash.finalize().iter().fold(String::new(), |mut text, byte| {
        // Writing into a String can't fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::{INPUTS, Stamp, inputs};
    use crate::folders;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("identity-portal-stamp-{name}-{}", std::process::id()));
        drop(fs::remove_dir_all(&folder));
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    fn write(root: &Path, file: &str, text: &str) {
        let path = root.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    #[test]
    fn every_input_counts() {
        let root = folder("inputs");
        let now = |words: &[&str]| inputs(&root, &words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>()).unwrap();
        let mut seen = vec![now(&[])];
        let mut is_new = |hash: String, what: &str| {
            assert!(!seen.contains(&hash), "{what} doesn't change the hash");
            seen.push(hash);
        };
        is_new(now(&["--release"]), "a build option");
        for input in INPUTS {
            let file = if Path::new(input).extension().is_some() && !input.starts_with('.') {
                input.to_owned()
            } else {
                format!("{input}/deep/file")
            };
            write(&root, &file, "one");
            is_new(now(&[]), &file);
            write(&root, &file, "two");
            is_new(now(&[]), &file);
        }
        fs::rename(root.join("src/deep/file"), root.join("src/deep/elsewhere")).unwrap();
        is_new(now(&[]), "a file's name");
        assert_eq!(now(&[]), now(&[]));
        for other in ["docs/hosting.md", "tests/fields.rs", "xtask/src/test/count.rs", "xtask/src/bench.rs"] {
            write(&root, other, "not an input");
            assert_eq!(&now(&[]), seen.last().unwrap(), "{other}");
        }
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn a_stamp_holds_until_the_site_or_an_input_changes() {
        let (root, site) = (folder("checkout"), folder("site"));
        let stamp = |inputs: &str| Stamp { file: root.join("stamp"), site: site.clone(), words: Vec::new(), inputs: inputs.to_owned() };
        let built = |stamp: &Stamp| fs::write(&stamp.file, stamp.text(&super::tree(&site).unwrap())).unwrap();
        assert!(!stamp("a").holds(), "nothing was built");
        write(&site, "index.html", "page");
        built(&stamp("a"));
        assert!(stamp("a").holds());
        assert!(!stamp("b").holds(), "an input changed");
        write(&site, "config.json", "{}");
        assert!(!stamp("a").holds(), "a file was added");
        built(&stamp("a"));
        write(&site, "config.json", "[]");
        assert!(!stamp("a").holds(), "a file changed");
        built(&stamp("a"));
        stamp("a").remove().unwrap();
        assert!(!stamp("a").holds(), "a build was interrupted");
        built(&stamp("a"));
        fs::remove_dir_all(&site).unwrap();
        assert!(!stamp("a").holds(), "the site is gone");
        fs::remove_dir_all(root).unwrap();
    }

    /// Files that the sources include are inputs too.
    #[test]
    fn included_files_are_inputs() {
        let root = folders::checkout();
        let mut files: Vec<PathBuf> = ["src", "xtask/src"].map(|folder| root.join(folder)).to_vec();
        let mut included = 0;
        while let Some(path) = files.pop() {
            if path.is_dir() {
                files.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
                continue;
            }
            let text = fs::read_to_string(&path).unwrap_or_default();
            for start in ["include_str!(\"", "include_bytes!(\""] {
                for rest in text.split(start).skip(1) {
                    let name = rest.split('"').next().unwrap();
                    let Ok(file) = path.parent().unwrap().join(name).canonicalize() else { continue };
                    included += 1;
                    let file = file.strip_prefix(root.canonicalize().unwrap()).unwrap().to_owned();
                    assert!(INPUTS.iter().any(|input| file.starts_with(input)), "{} is not an input", file.display());
                }
            }
        }
        assert!(included > 3, "{included}");
    }
}
