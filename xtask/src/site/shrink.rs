//! Optimises wasm with wasm-opt. The output is cached under a hash of the input, the options and the version, since it takes
//! minutes and most parts haven't changed since the last build.

use std::{
    collections::VecDeque,
    fs,
    num::NonZero,
    path::{Path, PathBuf},
    process::{Child, Stdio},
    thread::available_parallelism,
    time::{Duration, SystemTime},
};

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use super::wasm_features;
use crate::{folders, pins, setup};

/// Besides the options that enable features.
const OPTIONS: &[&str] = &[
    "-Oz",
    // Puts the instances of a generic function side by side, which brotli turns into about 1% less.
    "--reorder-functions-by-name",
    "--strip-debug",
    "--strip-producers",
    "--strip-target-features",
];

/// How long an unused cache entry is kept.
const MAX_AGE: Duration = Duration::from_hours(30 * 24);

/// A running wasm-opt.
struct Running {
    child: Child,
    to: PathBuf,
    kept: PathBuf,
}

/// Runs wasm-opt on each file, one process per processor: each uses one core and about 200 MB.
pub(super) fn optimise_all(jobs: &[(PathBuf, PathBuf)]) -> Result<()> {
    let folder = folders::cache()?.join("wasm-opt");
    fs::create_dir_all(&folder)?;
    let at_once = available_parallelism().map_or(1, NonZero::get);
    let mut running = VecDeque::new();
    for (from, to) in jobs {
        let kept = folder.join(key(&fs::read(from).with_context(|| format!("reading {}", from.display()))?));
        if take(&kept, to) {
            continue;
        }
        if running.len() == at_once {
            finish(running.pop_front())?;
        }
        running.push_back(Running { child: start(from, to)?, to: to.clone(), kept });
    }
    while !running.is_empty() {
        finish(running.pop_front())?;
    }
    forget_old(&folder);
    Ok(())
}

fn options() -> impl Iterator<Item = &'static str> {
    OPTIONS.iter().copied().chain(wasm_features::ALLOWED.iter().map(|(_, option)| *option))
}

/// The cache file name for these input bytes.
fn key(bytes: &[u8]) -> String {
    let mut hash = Sha256::new();
    hash.update(format!("{} {} ", pins::BINARYEN, options().collect::<Vec<_>>().join(" ")));
    hash.update(bytes);
    format!("{:x}.wasm", hash.finalize())
}

/// Copies the cached output; `false` if there is none.
fn take(kept: &Path, to: &Path) -> bool {
    let used = |file: fs::File| file.set_modified(SystemTime::now());
    let found = fs::copy(kept, to).is_ok();
    if found {
        // Marks it as used. A failure does no harm.
        drop(fs::File::options().append(true).open(kept).and_then(used));
    }
    found
}

fn start(from: &Path, to: &Path) -> Result<Child> {
    let mut node = setup::node()?;
    node.arg(setup::build_tool("binaryen/bin/wasm-opt")?).args(options()).arg(from).arg("-o").arg(to);
    // It warns about names that rustc writes and it doesn't know. These matter only if it fails.
    node.stderr(Stdio::piped()).spawn().context("starting wasm-opt")
}

fn finish(running: Option<Running>) -> Result<()> {
    let Some(Running { child, to, kept }) = running else { return Ok(()) };
    let done = child.wait_with_output()?;
    if !done.status.success() {
        bail!("wasm-opt failed:\n{}", String::from_utf8_lossy(&done.stderr));
    }
    // Renamed only when complete, since other checkouts read the cache too.
    let partial = kept.with_extension(format!("partial-{}", std::process::id()));
    if fs::copy(&to, &partial).is_ok() {
        drop(fs::rename(partial, kept));
    }
    Ok(())
}

/// Failing to remove an entry does no harm.
fn forget_old(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let age = entry.metadata().and_then(|file| file.modified()).ok().and_then(|time| time.elapsed().ok());
        if age.is_some_and(|age| age > MAX_AGE) {
            drop(fs::remove_file(entry.path()));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{key, take};

    #[test]
    fn cached_output_is_found_by_its_input() {
        assert_ne!(key(b"a"), key(b"b"));
        let folder = std::env::temp_dir().join(format!("identity-portal-shrink-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let (kept, to) = (folder.join(key(b"a")), folder.join("to"));
        assert!(!take(&kept, &to));
        fs::write(&kept, "small").unwrap();
        assert!(take(&kept, &to));
        assert_eq!(fs::read(&to).unwrap(), b"small");
        fs::remove_dir_all(folder).unwrap();
    }
}
