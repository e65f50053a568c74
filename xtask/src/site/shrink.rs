//! Makes wasm small with wasm-opt. What comes out is kept in the cache folder under a hash of what went in, the options and the
//! version, since it takes minutes and most parts are the same as in the last build.

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

/// Beside the features that it may use.
const OPTIONS: &[&str] = &["-Oz", "--strip-debug", "--strip-producers", "--strip-target-features"];

/// How long something is kept that no build uses.
const KEPT: Duration = Duration::from_hours(30 * 24);

/// A wasm-opt under way.
struct Running {
    child: Child,
    to: PathBuf,
    kept: PathBuf,
}

/// Runs wasm-opt on each file, as many at once as there are processors: each takes one and some 200 MB.
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

/// The name of what comes out of these bytes.
fn key(bytes: &[u8]) -> String {
    let mut hash = Sha256::new();
    hash.update(format!("{} {} ", pins::BINARYEN, options().collect::<Vec<_>>().join(" ")));
    hash.update(bytes);
    format!("{:x}.wasm", hash.finalize())
}

/// Copies what is kept; false where nothing is.
fn take(kept: &Path, to: &Path) -> bool {
    let used = |file: fs::File| file.set_modified(SystemTime::now());
    let found = fs::copy(kept, to).is_ok();
    if found {
        // Only its age is lost otherwise.
        drop(fs::File::options().append(true).open(kept).and_then(used));
    }
    found
}

fn start(from: &Path, to: &Path) -> Result<Child> {
    let mut node = setup::node()?;
    node.arg(setup::build_tool("binaryen/bin/wasm-opt")?).args(options()).arg(from).arg("-o").arg(to);
    // It warns of names that rustc writes and it does not know; they are of interest only where it fails.
    node.stderr(Stdio::piped()).spawn().context("starting wasm-opt")
}

fn finish(running: Option<Running>) -> Result<()> {
    let Some(Running { child, to, kept }) = running else { return Ok(()) };
    let done = child.wait_with_output()?;
    if !done.status.success() {
        bail!("wasm-opt failed:\n{}", String::from_utf8_lossy(&done.stderr));
    }
    // Under its name only when it is whole: other checkouts look for it, too.
    let half = kept.with_extension(format!("half-{}", std::process::id()));
    if fs::copy(&to, &half).is_ok() {
        drop(fs::rename(half, kept));
    }
    Ok(())
}

/// What stays behind is no harm.
fn forget_old(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let age = entry.metadata().and_then(|file| file.modified()).ok().and_then(|time| time.elapsed().ok());
        if age.is_some_and(|age| age > KEPT) {
            drop(fs::remove_file(entry.path()));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{key, take};

    #[test]
    fn what_is_kept_is_found_by_what_went_in() {
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
