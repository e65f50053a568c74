//! Cuts the linked program into its parts, by the recipe that was found to work: split, then
//! wasm-bindgen on the main part only, then wasm-opt on each part by itself. wasm-opt before the split
//! makes the split fail.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use super::{
    Hashed,
    program::{HAND_OVER, Program, join_script, target_folder, work_folder},
    replace_once,
    shrink::optimise_all,
    wasm_features, write_hashed,
};
use crate::run::{command, run, say};

/// The split's loader, as it is named where it is imported.
const LOADER: &str = "__wasm_split.js";

/// Gives what several parts share, by name, from the one file that holds all of it: there are dozens, most under 1 kB.
const SHARED_CHUNK: &str = r#"
let shared;
async function sharedChunk(name) {
  shared ??= WebAssembly.compileStreaming(FETCH);
  try {
    const [bytes] = WebAssembly.Module.customSections(await shared, name);
    return new Response(bytes, { headers: { "content-type": "application/wasm" } });
  } catch (error) {
    shared = undefined; // The next call tries again.
    throw error;
  }
}
"#;

/// Makes the program from what cargo linked and writes it with its parts into the site.
pub(super) fn make(site: &Path) -> Result<Program> {
    let linked = target_folder()?.join("wasm32-unknown-unknown/release/identity-portal.wasm");
    let cut = work_folder()?.join("cut");
    if cut.exists() {
        fs::remove_dir_all(&cut)?;
    }
    fs::create_dir_all(&cut)?;
    wasm_features::check(&fs::read(&linked)?)?;
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
    let (chunks, parts): (BTreeMap<_, _>, BTreeMap<_, _>) =
        read_parts(&cut, &names)?.into_iter().partition(|(name, _)| name.starts_with("chunk_"));
    for (name, bytes) in &parts {
        let part = write_hashed(site, name.strip_prefix("split_").unwrap_or(name), "wasm", bytes)?;
        loader = replace_fetch(&loader, name, &fetch(&part))?;
    }
    let shared = write_hashed(site, "shared", "wasm", &container(&chunks))?;
    for name in chunks.keys() {
        loader = replace_fetch(&loader, name, &format!("sharedChunk(\"{name}\")"))?;
    }
    loader.push_str(&SHARED_CHUNK.replace("FETCH", &fetch(&shared)));
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

/// Fetches a part, by `boot.js`, which can tell a part that is gone from a line that is down.
fn fetch(part: &Hashed) -> String {
    format!("globalThis.identityPortalPart(\"{}\", \"{}\")", part.name, part.integrity)
}

fn replace_fetch(loader: &str, name: &str, instead: &str) -> Result<String> {
    let fetch = format!("fetch(new URL(\"./{name}.wasm\", import.meta.url))");
    replace_once(loader, &fetch, instead).with_context(|| format!("the loader of the part {name}"))
}

/// A wasm that runs nothing and holds each chunk as a custom section of its name.
fn container(chunks: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let mut wasm = b"\0asm\x01\0\0\0".to_vec();
    for (name, bytes) in chunks {
        let head = [&number(name.len())[..], name.as_bytes()].concat();
        wasm.push(0);
        wasm.extend(number(head.len() + bytes.len()));
        wasm.extend(head);
        wasm.extend(bytes);
    }
    wasm
}

/// LEB128, without sign.
fn number(mut value: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let low = u8::try_from(value & 0x7f).unwrap_or_default();
        value >>= 7;
        if value == 0 {
            bytes.push(low);
            return bytes;
        }
        bytes.push(low | 0x80);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{container, number};

    #[test]
    fn numbers_are_written_as_leb128() {
        for (value, expected) in [(0, &[0][..]), (127, &[0x7f]), (128, &[0x80, 1]), (624_485, &[0xe5, 0x8e, 0x26])] {
            assert_eq!(number(value), expected, "{value}");
        }
    }

    #[test]
    fn a_container_holds_each_chunk_under_its_name() {
        let chunks = BTreeMap::from([("a".to_owned(), vec![1, 2]), ("bc".to_owned(), Vec::new())]);
        assert_eq!(container(&chunks), b"\0asm\x01\0\0\0\0\x04\x01a\x01\x02\0\x03\x02bc");
    }
}
