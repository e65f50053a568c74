//! Builds the site with Trunk, as people may who have it, and compares its files with those of our own build.

use std::{collections::BTreeSet, fs, path::Path};

use anyhow::{Context, Result};

use super::{Count, Done};
use crate::{
    build::{self, Profile},
    folders,
    progress::{self, Step},
    run::{command, run, say, search_path},
    setup,
};

pub(super) const STEPS: [Step; 1] = [TRUNK];
const TRUNK: Step = Step { name: "the site as Trunk builds it", usual: 60 };

pub(super) fn trunk(done: &mut Vec<Done>) -> Result<()> {
    setup::trunk()?;
    let ours = build::build(Profile::Development)?;
    progress::begin(TRUNK);
    let start = std::time::Instant::now();
    let same = same_files(&ours);
    if let Err(reason) = &same {
        say(&format!("{reason:#}"));
    }
    progress::end();
    let count = Count { passed: usize::from(same.is_ok()), failed: usize::from(same.is_err()), ..Count::default() };
    done.push(Done { name: TRUNK.name, count, took: start.elapsed(), reasons: Vec::new() });
    Ok(())
}

fn same_files(ours: &Path) -> Result<()> {
    let site = folders::checkout().join("target/trunk-site");
    let mut trunk = command("trunk")?;
    // By hand there is no such variable; cargo's own one stands for its configuration.
    trunk.env_remove("CARGO_TARGET_DIR").env("CARGO_BUILD_TARGET_DIR", folders::target()?);
    // Otherwise Trunk fetches a `wasm-bindgen` of this version from its releases.
    let tools = folders::checkout().join("target/trunk-tools");
    fs::create_dir_all(&tools)?;
    fs::copy(setup::wasm_bindgen()?, tools.join(format!("wasm-bindgen{}", std::env::consts::EXE_SUFFIX)))?;
    let path = search_path()?;
    trunk.env("PATH", std::env::join_paths([tools].into_iter().chain(std::env::split_paths(&path)))?);
    // Trunk reads `NO_COLOR` as a boolean and refuses the usual `1`.
    trunk.env_remove("NO_COLOR").args(["build", "--dist"]).arg(&site);
    run(&mut trunk, "building the site with Trunk")?;
    let (theirs, ours) = (names(&site)?, names(ours)?);
    anyhow::ensure!(theirs == ours, "Trunk's site has {theirs:?}, ours {ours:?}");
    Ok(())
}

/// The names of a site's files, without their hashes: the program of the two is bound by tools of the same version, but compiled
/// with other features.
fn names(site: &Path) -> Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(site).with_context(|| format!("reading {}", site.display()))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_file() {
            names.insert(match name.rsplit_once('-') {
                Some((stem, end)) if crate::headers::is_hashed(&name) => {
                    [stem, end.trim_start_matches(|hash: char| hash.is_ascii_hexdigit())].concat()
                }
                _ => name,
            });
        }
    }
    Ok(names)
}
