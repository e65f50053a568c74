//! Cuts the linked program into its parts, by the recipe that was found to work: split, then
//! wasm-bindgen on the main part only, then wasm-opt on each part by itself. wasm-opt before the split
//! makes the split fail.

use std::{
    collections::{BTreeMap, VecDeque},
    fs,
    num::NonZero,
    path::{Path, PathBuf},
    process::{Child, Stdio},
    thread::available_parallelism,
};

use anyhow::{Context, Result, bail};
use base64::{Engine, prelude::BASE64_STANDARD};

use super::{
    program::{HAND_OVER, Program, join_script, target_folder, work_folder},
    replace_once, write_hashed,
};
use crate::{
    run::{command, run, say},
    setup,
};

/// A part under this many bytes stands in the script: a request of its own would cost more.
const INLINE_BYTES: usize = 1024;

const OPTIMISE: &[&str] = &[
    "-Oz",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
    "--strip-debug",
    "--strip-producers",
    "--strip-target-features",
];

/// The split's loader, as it is named where it is imported.
const LOADER: &str = "__wasm_split.js";

/// Makes the program from what cargo linked and writes it with its parts into the site.
pub(super) fn make(site: &Path) -> Result<Program> {
    let linked = target_folder()?.join("wasm32-unknown-unknown/release/identity-portal.wasm");
    let cut = work_folder()?.join("cut");
    if cut.exists() {
        fs::remove_dir_all(&cut)?;
    }
    fs::create_dir_all(&cut)?;
    say("cutting the program into its parts");
    run(command("wasm-split-cli")?.env("RUST_LOG", "error").arg(&linked).arg(&cut).args(["--out-name", "app"]), "splitting the program")?;
    let bound = cut.join("bound");
    let mut bindgen = command("wasm-bindgen")?;
    bindgen.args(["--target", "web", "--no-typescript", "--keep-lld-exports", "--no-demangle", "--out-name", "app", "--out-dir"]);
    run(bindgen.arg(&bound).arg(cut.join("app.wasm")), "binding the program to JavaScript")?;

    say("making each part small (wasm-opt)");
    let names = names_of(&cut)?;
    let mut jobs = vec![(bound.join("app_bg.wasm"), cut.join("app_bg.opt"))];
    jobs.extend(names.iter().map(|name| (cut.join(format!("{name}.wasm")), cut.join(format!("{name}.opt")))));
    optimise_all(&jobs)?;

    let mut loader = fs::read_to_string(cut.join(LOADER))?;
    for (name, bytes) in read_parts(&cut, &names)? {
        let fetch = format!("fetch(new URL(\"./{name}.wasm\", import.meta.url))");
        let instead = if bytes.len() < INLINE_BYTES {
            let text = BASE64_STANDARD.encode(&bytes);
            format!(
                "Promise.resolve(new Response(Uint8Array.from(atob(\"{text}\"), (char) => char.charCodeAt(0)), \
                 {{ headers: {{ \"content-type\": \"application/wasm\" }} }}))"
            )
        } else {
            let part = write_hashed(site, short(&name), "wasm", &bytes)?;
            // By `boot.js`, which can tell a part that is gone from a line that is down.
            format!("globalThis.identityPortalPart(\"{}\", \"{}\")", part.name, part.integrity)
        };
        loader = replace_once(&loader, &fetch, &instead).with_context(|| format!("the loader of the part {name}"))?;
    }
    fs::write(bound.join(LOADER), loader)?;
    without_fallback(&bound.join("app.js"), "module_or_path = new URL('app_bg.wasm', import.meta.url);")?;
    let start = bound.join("start.js");
    fs::write(&start, format!("import start from \"./app.js\";\n{HAND_OVER}"))?;
    Ok(Program {
        script: write_hashed(site, "app", "js", &join_script(&start)?)?,
        wasm: write_hashed(site, "app", "wasm", &fs::read(cut.join("app_bg.opt"))?)?,
    })
}

/// Where a wasm lies is named by `index.html`; what wasm-bindgen would fetch otherwise is another file.
pub(super) fn without_fallback(script: &Path, fallback: &str) -> Result<()> {
    let text = fs::read_to_string(script)?;
    fs::write(script, replace_once(&text, fallback, "throw new TypeError('no program was given');")?)?;
    Ok(())
}

/// The parts beside the main one.
fn names_of(cut: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(cut)? {
        let path: PathBuf = entry?.path();
        if path.extension().is_some_and(|extension| extension == "wasm") {
            let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            if stem != "app" {
                names.push(stem);
            }
        }
    }
    names.sort();
    Ok(names)
}

fn read_parts(cut: &Path, names: &[String]) -> Result<BTreeMap<String, Vec<u8>>> {
    names.iter().map(|name| Ok((name.clone(), fs::read(cut.join(format!("{name}.opt")))?))).collect()
}

/// The name people see: `split_code` is the part `code`, and what several parts share is a `chunk`.
fn short(name: &str) -> &str {
    name.strip_prefix("split_").unwrap_or(if name.starts_with("chunk_") { "chunk" } else { name })
}

/// Runs wasm-opt on each file, as many at once as there are processors: each takes one and some 200 MB.
pub(super) fn optimise_all(jobs: &[(PathBuf, PathBuf)]) -> Result<()> {
    let at_once = available_parallelism().map_or(1, NonZero::get);
    let mut running = VecDeque::new();
    for (from, to) in jobs {
        if running.len() == at_once {
            finish(running.pop_front())?;
        }
        running.push_back(optimise(from, to)?);
    }
    while !running.is_empty() {
        finish(running.pop_front())?;
    }
    Ok(())
}

fn finish(child: Option<Child>) -> Result<()> {
    let Some(child) = child else { return Ok(()) };
    let done = child.wait_with_output()?;
    if !done.status.success() {
        bail!("wasm-opt failed:\n{}", String::from_utf8_lossy(&done.stderr));
    }
    Ok(())
}

fn optimise(from: &Path, to: &Path) -> Result<Child> {
    let mut node = setup::node()?;
    node.arg(setup::build_tool("binaryen/bin/wasm-opt")?).args(OPTIMISE).arg(from).arg("-o").arg(to);
    // It warns of names that rustc writes and it does not know; they are of interest only where it fails.
    node.stderr(Stdio::piped()).spawn().context("starting wasm-opt")
}
